import Diagnostics

/// Makes one program of a template and all that it includes.
///
/// Nothing about inclusion is left to rendering: which template, which block replaces which, and how lines are indented
/// is all known here.
/// - Source: the Mustache specification, modules *partials* and *inheritance*.
struct TemplateLinker {
  /// Partials that include others twice, which do the same, would grow without an end in sight.
  private static let maximumBytes = 16 << 20
  private static let maximumNodes = 100_000

  private let root: Int
  private let sources: [TemplateSource]
  private let templates: [Template]
  private let indices: [String: Int]
  private var program = Program()
  private var nodes = 0
  private var depth = 0
  /// Why it cannot be done; nothing is added any more when this is set.
  private var refusal: Diagnostic?

  /// - Precondition: All that the template includes is there, and nothing includes itself.
  static func program(
    of template: Int, among templates: [Template], indices: [String: Int], sources: [TemplateSource],
    into report: inout Report
  ) -> Program? {
    var linker = TemplateLinker(root: template, templates: templates, indices: indices, sources: sources)
    linker.add(templates[template].nodes, in: Scope(template: template))
    linker.program.flush()
    guard let refusal = linker.refusal else { return linker.program }
    report.add(refusal)
    return nil
  }

  private init(root: Int, templates: [Template], indices: [String: Int], sources: [TemplateSource]) {
    self.root = root
    self.templates = templates
    self.indices = indices
    self.sources = sources
  }

  private mutating func add(_ nodes: [Node], in scope: Scope) {
    self.nodes += nodes.count
    for node in nodes {
      guard refusal == nil else { return }
      add(node, in: scope)
    }
    if self.nodes > Self.maximumNodes || program.constants.count > Self.maximumBytes, refusal == nil {
      refusal = .error(
        .tooLarge, "this template has over 100,000 parts or 16 MB once all partials are in place",
        at: sources[root].location(of: 0..<0),
        help: "look for a partial that includes others several times, which do the same")
    }
  }

  private mutating func add(_ node: Node, in scope: Scope) {
    let source = sources[scope.template]
    switch node {
    case .text(let text):
      program.add(source.bytes[text])
    case .lineStart(let leading, let isBlank):
      if !isBlank { program.add(scope.margin.added) }
      program.add(scope.margin.kept(of: source.bytes[leading]))
    case .value(let name, let isRaw):
      program.addValue(programName(name, in: scope), isRaw: isRaw)
    case .section(let name, let isInverted, let body, let place):
      let section = program.beginSection(programName(name, in: scope))
      descend(at: place, of: scope) { $0.add(body, in: scope) }
      program.endSection(section, isInverted: isInverted)
    case .inclusion(let inclusion):
      guard let template = indices[inclusion.template] else { return }
      let inner = scope.inside(template, included: inclusion, bytes: source.bytes)
      descend(at: inclusion.place, of: scope) { $0.add($0.templates[template].nodes, in: inner) }
    case .block(let block):
      descend(at: block.place, of: scope) { $0.add(block, in: scope) }
    }
  }

  private mutating func add(_ block: Block, in scope: Scope) {
    guard let override = scope.overrides[block.name] else {
      add(block.body, in: scope)
      return
    }
    let replacement = override.block
    var margin = Margin(added: scope.margin.added)
    if let indentation = block.indentation {
      margin.added += scope.margin.kept(of: sources[scope.template].bytes[indentation])
      // A replacement that begins beside its tag has no line start of its own that would be indented.
      if !replacement.startsLine, !replacement.body.isEmpty { program.add(margin.added) }
    }
    if replacement.startsLine, let indentation = replacement.indentation {
      margin.removed = Array(sources[override.scope.template].bytes[indentation])
    }
    var inner = override.scope
    inner.margin = margin
    add(replacement.body, in: inner)
  }

  private mutating func descend(at place: Range<Int>, of scope: Scope, _ body: (inout TemplateLinker) -> Void) {
    guard depth < TemplateParser.maximumDepth else {
      refusal = .error(
        .nestedTooDeep, "the \(depth + 1)th level of tags and partials inside each other begins here",
        at: sources[scope.template].location(of: place),
        help: "nest at most \(TemplateParser.maximumDepth) levels, those of partials and parents counted")
      return
    }
    depth += 1
    body(&self)
    depth -= 1
  }

  private func programName(_ name: Name, in scope: Scope) -> Program.Name {
    Program.Name(
      first: name.path.first, rest: Array(name.path.dropFirst()), source: scope.template, place: name.place)
  }
}

/// Where a piece of template stands among those that include it.
private struct Scope {
  var template: Int
  var margin = Margin()
  /// The replacements of blocks; those of the outermost parent tag win.
  var overrides: [String: Override] = [:]

  /// The scope of a template that is included here.
  func inside(_ template: Int, included inclusion: Inclusion, bytes: [UInt8]) -> Scope {
    var inner = Scope(template: template, overrides: overrides)
    if let indentation = inclusion.indentation {
      inner.margin.added = margin.added + margin.kept(of: bytes[indentation])
    }
    for block in inclusion.overrides where inner.overrides[block.name] == nil {
      inner.overrides[block.name] = Override(block: block, scope: self)
    }
    return inner
  }
}

/// A block that replaces one of the same name, with the scope in which it was written.
private struct Override {
  let block: Block
  let scope: Scope
}

/// How the lines of a piece of template are moved: white space is taken away in front, and other put there.
private struct Margin {
  var removed: [UInt8] = []
  var added: [UInt8] = []

  /// What is left of a line's leading white space.
  func kept(of leading: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    leading.dropFirst(zip(leading, removed).prefix { $0 == $1 }.count)
  }
}
