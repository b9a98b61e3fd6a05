import Diagnostics

/// Compiles all templates of a library: parses each, checks how they include each other, and links what is sound.
struct TemplateCompiler {
  private let names: [String]
  private let sources: [TemplateSource]
  /// The templates by the names that tags may use for them.
  private let indices: [String: Int]
  private var templates: [Template] = []
  /// The templates with an error, and those that include one.
  private var unsound: Set<Int> = []
  /// The blocks that a template has, those of all that it includes among them; `nil` until its inclusions are checked.
  private var blocks: [Set<String>?]
  private var programs: [Program?]
  /// How much is wrong with what each template includes.
  private var counts: [Int]
  private var report = Report()

  /// - Parameter sources: In the order of their names.
  static func programs(
    of sources: [TemplateSource], named names: [String], into report: inout Report
  ) -> [Program?] {
    var compiler = TemplateCompiler(sources: sources, names: names)
    compiler.parse()
    for template in names.indices { compiler.compile(template, includedBy: []) }
    report.merge(compiler.report)
    return compiler.programs
  }

  /// What tags may call a template: its name, and what is in `partials/` without the folder too.
  static func inclusionNames(of template: String) -> [String] {
    template.hasPrefix(partials) ? [template, String(template.dropFirst(partials.count))] : [template]
  }

  private static let partials = "partials/"

  private init(sources: [TemplateSource], names: [String]) {
    self.names = names
    self.sources = sources
    var indices = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    // Where a page and a partial have the same name, tags mean the partial.
    for (index, name) in names.enumerated() where name.hasPrefix(Self.partials) {
      for known in Self.inclusionNames(of: name) { indices[known] = index }
    }
    self.indices = indices
    blocks = Array(repeating: nil, count: names.count)
    programs = Array(repeating: nil, count: names.count)
    counts = Array(repeating: 0, count: names.count)
  }

  private mutating func parse() {
    for (index, source) in sources.enumerated() {
      let (template, findings) = TemplateParser.parse(source)
      templates.append(template)
      report.merge(findings)
      if findings.hasErrors { unsound.insert(index) }
    }
  }

  /// Compiles a template after those that it includes; a cycle is found where it closes.
  ///
  /// - Parameter path: The templates on the way to this one, outermost first.
  private mutating func compile(_ template: Int, includedBy path: [Int]) {
    guard blocks[template] == nil else { return }
    let path = path + [template]
    var known = templates[template].blocks
    for inclusion in templates[template].inclusions {
      guard let included = indices[inclusion.template] else {
        reportUnknown(inclusion, in: template)
        continue
      }
      if let start = path.firstIndex(of: included) {
        reportCycle(path[start...] + [included], at: inclusion, in: template)
        continue
      }
      guard path.count < TemplateParser.maximumDepth else {
        reportDepth(of: inclusion, in: template)
        continue
      }
      compile(included, includedBy: path)
      let taken = blocks[included] ?? []
      known.formUnion(taken)
      if unsound.contains(included) {
        unsound.insert(template)
      } else {
        checkBlocks(of: inclusion, takenBy: taken, in: template)
      }
    }
    blocks[template] = known
    if !unsound.contains(template) { link(template) }
  }

  private mutating func link(_ template: Int) {
    programs[template] = TemplateLinker.program(
      of: template, among: templates, indices: indices, sources: sources, into: &report)
    if programs[template] == nil { unsound.insert(template) }
  }
}

// MARK: - Findings

extension TemplateCompiler {
  private mutating func reportUnknown(_ inclusion: Inclusion, in template: Int) {
    error(
      .unknownInclusion, "there is no template `\(inclusion.template)` to include", at: inclusion.place, in: template,
      help: suggestion(for: inclusion.template, among: indices.keys.sorted())
        ?? "add `\(inclusion.template).mustache` to the templates")
  }

  private mutating func reportCycle(_ cycle: some Sequence<Int>, at inclusion: Inclusion, in template: Int) {
    error(
      .templateCycle, "`\(inclusion.template)` includes itself", at: inclusion.place, in: template,
      label: cycle.map { "`\(names[$0])`" }.joined(separator: " includes "),
      help: "break the cycle: what a template includes is put in place once, before there is any data")
  }

  private mutating func reportDepth(of inclusion: Inclusion, in template: Int) {
    error(
      .nestedTooDeep, "`\(inclusion.template)` is the \(TemplateParser.maximumDepth + 1)th template inside another",
      at: inclusion.place, in: template, help: "nest at most \(TemplateParser.maximumDepth) levels")
  }

  /// A block that the parent does not have would silently go nowhere.
  private mutating func checkBlocks(of inclusion: Inclusion, takenBy known: Set<String>, in template: Int) {
    for block in inclusion.overrides where !known.contains(block.name) {
      error(
        .unknownBlock, "`\(inclusion.template)` has no block `\(block.name)`", at: block.place, in: template,
        help: suggestion(for: block.name, among: known.sorted())
          ?? "add `{{$\(block.name)}}{{/\(block.name)}}` where it belongs in `\(inclusion.template)`")
    }
  }

  private mutating func error(
    _ code: Code, _ message: String, at place: Range<Int>, in template: Int, label: String? = nil, help: String
  ) {
    unsound.insert(template)
    counts[template] += 1
    guard counts[template] <= TemplateFindings.limit else { return }
    report.error(code, message, at: sources[template].location(of: place), label: label, help: help)
  }
}
