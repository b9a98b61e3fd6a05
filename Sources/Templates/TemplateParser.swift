import Diagnostics

/// Builds the tree of a template, line by line: white space depends on which tags have a line to themselves.
///
/// - Source: the Mustache specification, with its optional module *inheritance* for blocks and their indentation.
struct TemplateParser {
  /// How deep sections, blocks and included templates may stand inside each other: what walks them recurses.
  static let maximumDepth = 100

  private let source: TemplateSource
  private var template = Template()
  private var findings: TemplateFindings
  /// The sections, blocks and parents that are open, outermost first.
  private var open: [OpenTag] = []
  /// What the innermost of them holds so far.
  private var nodes: [Node] = []
  /// Whether a tag could not be opened, after which no end can be trusted.
  private var isTooDeep = false

  /// The template, and what is wrong with it; one with an error must not be rendered.
  static func parse(_ source: TemplateSource) -> (template: Template, report: Report) {
    var parser = TemplateParser(source)
    parser.parse()
    return (parser.template, parser.findings.report)
  }

  private init(_ source: TemplateSource) {
    self.source = source
    findings = TemplateFindings(in: source)
  }

  private mutating func parse() {
    if let malformed = source.malformedStretch {
      findings.error(
        .templateNotUTF8, "these bytes are not UTF-8", at: malformed, help: "save the file in the encoding UTF-8")
      return
    }
    var line: [Token] = []
    for token in TagScanner.tokens(of: source, into: &findings) {
      guard case .text(var rest) = token else {
        line.append(token)
        continue
      }
      while let newline = source.bytes[rest].firstIndex(of: UInt8(ascii: "\n")) {
        line.append(.text(rest.lowerBound..<newline + 1))
        add(line)
        line.removeAll(keepingCapacity: true)
        rest = newline + 1..<rest.upperBound
      }
      if !rest.isEmpty { line.append(.text(rest)) }
    }
    add(line)
    while let unclosed = open.last {
      if !isTooDeep { reportUnclosed(unclosed.tag) }
      close()
    }
    template.nodes = nodes
  }
}

// MARK: - Lines

extension TemplateParser {
  /// What becomes of a line's white space.
  private enum Layout {
    /// The tags have it to themselves, and nothing of it is left.
    case alone
    /// It holds nothing but the place of a block, `{{$name}}{{/name}}`: the white space before is the block's
    /// indentation, the line end stays.
    case gap
    /// Everything stays.
    case shared
  }

  private mutating func add(_ line: [Token]) {
    guard !line.isEmpty else { return }
    let leading = leadingBlanks(of: line)
    let tags = line.compactMap(\.tag)
    let isBlank = line.allSatisfy { $0.text.map(holdsOnlyBlanks) ?? true }
    if !isBlank || tags.first.map({ $0.kind != .end }) ?? false { noteFirstLine(indentedBy: leading) }

    switch isBlank && !tags.isEmpty ? layout(of: tags) : .shared {
    case .alone:
      for tag in tags { add(tag, indentation: leading, startsLine: true) }
    case .gap:
      for tag in tags { add(tag, indentation: leading, startsLine: false) }
      if let text = line.last?.text, let end = source.bytes[text].firstIndex(where: isLineEnd) {
        add(.text(end..<text.upperBound), at: text)
      }
    case .shared:
      add(.lineStart(leading: leading, isBlank: isBlank && tags.isEmpty), at: leading)
      for token in line {
        switch token {
        case .tag(let tag): add(tag, indentation: nil, startsLine: false)
        case .text(let text):
          let rest = max(text.lowerBound, leading.upperBound)..<text.upperBound
          if !rest.isEmpty { add(.text(rest), at: rest) }
        }
      }
    }
  }

  /// - Precondition: The line holds tags, and blanks at most.
  private func layout(of tags: [Tag]) -> Layout {
    guard tags.count > 1 else { return tags[0].mayStandAlone ? .alone : .shared }
    // Several tags on a line stay inline, but for those of inheritance, which come in pairs: `{{<base}}{{$title}}`.
    var kinds = open.map(\.tag.kind)
    var returns = 0
    for tag in tags {
      switch tag.kind {
      case .block, .parent: kinds.append(tag.kind)
      case .end:
        guard let kind = kinds.popLast(), kind == .block || kind == .parent else { return .shared }
        if kinds.count == open.count { returns += 1 }
      case .comment: break
      case .escaped, .raw, .section, .inverted, .partial, .delimiters: return .shared
      }
    }
    guard tags[0].kind == .block, kinds.count == open.count, open.last?.opening != .parent else { return .alone }
    return returns == 1 ? .gap : .shared
  }

  /// The indentation of a block's body is that of its first line, if it begins on a line of its own.
  private mutating func noteFirstLine(indentedBy leading: Range<Int>) {
    guard let last = open.indices.last, open[last].startsLine, open[last].firstLine == nil else { return }
    open[last].firstLine = leading
  }

  private func leadingBlanks(of line: [Token]) -> Range<Int> {
    switch line[0] {
    case .tag(let tag): return tag.place.lowerBound..<tag.place.lowerBound
    case .text(let text):
      let end = source.bytes[text].firstIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
      return text.lowerBound..<(end ?? text.upperBound)
    }
  }

  private func holdsOnlyBlanks(_ text: Range<Int>) -> Bool { source.bytes[text].allSatisfy(isBlank) }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
}

// MARK: - Tags

/// A section, block or parent whose end has not come yet.
private struct OpenTag {
  enum Opening: Hashable {
    case section(isInverted: Bool)
    case parent
    case block
  }

  let tag: Tag
  let opening: Opening
  /// The white space before it, where it has its line to itself.
  let indentation: Range<Int>?
  /// Whether what it holds begins on the next line.
  let startsLine: Bool
  /// The white space before the first line that it holds.
  var firstLine: Range<Int>?
  /// What came before it.
  let before: [Node]
  /// The blocks that a parent is given.
  var overrides: [Block] = []
}

extension TemplateParser {
  private mutating func add(_ tag: Tag, indentation: Range<Int>?, startsLine: Bool) {
    guard !isTooDeep else { return }
    switch tag.kind {
    case .escaped, .raw:
      guard let path = namePath(tag.name) else { return }
      add(.value(Name(path: path, place: tag.namePlace), isRaw: tag.kind == .raw), at: tag.place)
    case .section: open(tag, .section(isInverted: false), indentation: indentation, startsLine: startsLine)
    case .inverted: open(tag, .section(isInverted: true), indentation: indentation, startsLine: startsLine)
    case .parent: open(tag, .parent, indentation: indentation, startsLine: startsLine)
    case .block: open(tag, .block, indentation: indentation, startsLine: startsLine)
    case .partial:
      include(tag, indentation: indentation, overrides: [])
    case .end:
      end(tag)
    case .comment, .delimiters:
      break
    }
  }

  private mutating func open(
    _ tag: Tag, _ opening: OpenTag.Opening, indentation: Range<Int>?, startsLine: Bool
  ) {
    guard open.count < Self.maximumDepth else {
      findings.error(
        .nestedTooDeep, "`\(tag.text)` is the \(open.count + 1)th tag inside another", at: tag.place,
        help: "nest at most \(Self.maximumDepth) sections and blocks")
      isTooDeep = true
      return
    }
    open.append(
      OpenTag(tag: tag, opening: opening, indentation: indentation, startsLine: startsLine, before: nodes))
    nodes = []
  }

  private mutating func end(_ tag: Tag) {
    guard let index = open.lastIndex(where: { $0.tag.name == tag.name }) else {
      reportStray(tag)
      return
    }
    while open.count > index + 1, let unclosed = open.last {
      reportUnclosed(unclosed.tag)
      close()
    }
    close()
  }

  /// Closes the innermost open tag.
  private mutating func close() {
    let closed = open.removeLast()
    let body = nodes
    let tag = closed.tag
    nodes = closed.before
    switch closed.opening {
    case .section(let isInverted):
      guard let path = namePath(tag.name) else { return }
      let name = Name(path: path, place: tag.namePlace)
      add(.section(name, isInverted: isInverted, body: body, place: tag.place), at: tag.place)
    case .parent:
      include(tag, indentation: closed.indentation, overrides: closed.overrides)
    case .block:
      let block = Block(
        name: tag.name, body: body, place: tag.namePlace,
        indentation: closed.indentation.map { closed.firstLine ?? $0 }, startsLine: closed.startsLine)
      template.blocks.insert(tag.name)
      add(block)
    }
  }

  private mutating func include(_ tag: Tag, indentation: Range<Int>?, overrides: [Block]) {
    guard isTemplateName(tag.name) else { return }
    let inclusion = Inclusion(
      template: tag.name, place: tag.namePlace, indentation: indentation, overrides: overrides)
    template.inclusions.append(inclusion)
    add(.inclusion(inclusion), at: tag.place)
  }

  /// A block is part of the text around it, or, directly inside a parent, what replaces the parent's.
  private mutating func add(_ block: Block) {
    guard let last = open.indices.last, open[last].opening == .parent else {
      nodes.append(.block(block))
      return
    }
    if let other = open[last].overrides.first(where: { $0.name == block.name }) {
      findings.error(
        .repeatedBlock, "the block `\(block.name)` is given twice", at: block.place,
        note: ("it is given here already", other.place), help: "keep one of the two")
    }
    open[last].overrides.append(block)
  }

  private mutating func add(_ node: Node, at place: Range<Int>) {
    guard let parent = open.last, parent.opening == .parent else {
      nodes.append(node)
      return
    }
    let bytes = source.bytes[place]
    guard let first = bytes.firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return }
    findings.warning(
      .textInParent, "this is never shown: `\(parent.tag.text)` takes only blocks", at: first..<last + 1,
      help: "put it into a block of `\(parent.tag.name)`, or remove it")
  }

  private mutating func reportUnclosed(_ tag: Tag) {
    findings.error(
      .unclosedSection, "`\(tag.text)` is never closed", at: tag.place, label: "opened here",
      help: "add `{{/\(tag.name)}}` where it ends")
  }

  private mutating func reportStray(_ tag: Tag) {
    guard let innermost = open.last?.tag else {
      findings.error(
        .strayEnd, "`\(tag.text)` closes nothing", at: tag.place, label: "nothing is open here",
        help: "remove it, or open `{{#\(tag.name)}}` before it")
      return
    }
    let isMisspelt = nearest(to: tag.name, among: [innermost.name]) != nil
    findings.error(
      .strayEnd, "`\(tag.text)` closes nothing", at: tag.place, label: "`\(innermost.text)` is open here",
      note: ("`\(innermost.text)` is opened here", innermost.place),
      help: isMisspelt
        ? "did you mean `{{/\(innermost.name)}}`?" : "close `{{/\(innermost.name)}}` first, or remove this")
    // One slip of the pen is one finding: what was probably meant is closed.
    if isMisspelt { close() }
  }
}
