package import Diagnostics

/// The templates of a site, compiled.
package struct TemplateLibrary: Sendable {
  private let sources: [TemplateSource]
  private let indices: [String: Int]
  /// By index of the source; `nil` for a template with an error, or that includes one.
  private let programs: [Program?]

  /// Compiles templates, and reports all that is wrong with them, each at its place.
  ///
  /// - Parameter sources: By name, which is the path without `.mustache`: `release`, `partials/head`. Tags may name what is
  ///   in `partials/` without the folder: `{{>head}}`.
  package init(sources: [String: TemplateSource], into report: inout Report) {
    let names = sources.keys.sorted()
    self.sources = names.compactMap { sources[$0] }
    indices = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    programs = TemplateCompiler.programs(of: self.sources, named: names, into: &report)
  }

  /// Whether there is such a template, be it sound or not.
  package func contains(_ name: TemplateName) -> Bool {
    indices[name.text] != nil
  }

  /// Appends a page.
  ///
  /// Strict: a name that no context has is an error, and so is text that would be shown unescaped. Each place has at most
  /// one finding a page, and the same finding from page to page, so that a sorted report has it once.
  /// A template that could not be compiled appends nothing; the report has its errors already.
  package func render(_ name: TemplateName, with data: Value, into bytes: inout [UInt8], report: inout Report) {
    guard let index = indices[name.text] else {
      report.error(
        .unknownTemplate, "there is no template `\(name)` to draw a page with",
        help: suggestion(for: name.text, among: indices.keys.sorted()))
      return
    }
    guard let program = programs[index] else { return }
    var drawing = Drawing(data: data, page: bytes, report: report)
    // Given back before the page grows, so that it is not copied.
    bytes = []
    report = Report()
    Renderer(program: program, template: name.text, sources: sources).render(&drawing)
    bytes = drawing.page
    report = drawing.report
  }

  /// The templates to compile: the built-in ones, each replaced by the user's of the same name.
  ///
  /// A template of the user's that replaces none is a warning, unless another of theirs includes it: it is probably
  /// misnamed, and would never be seen.
  package static func merge(
    builtIn: [String: TemplateSource], overrides: [String: TemplateSource], into report: inout Report
  ) -> [String: TemplateSource] {
    let unknown = overrides.keys.filter { builtIn[$0] == nil }
    if !unknown.isEmpty {
      let included = Set(overrides.values.flatMap { TemplateParser.parse($0).template.inclusions.map(\.template) })
      for name in unknown.sorted() where included.isDisjoint(with: TemplateCompiler.inclusionNames(of: name)) {
        report.warning(
          .unknownOverride, "the template `\(name)` replaces none and is included by none",
          at: overrides[name]?.location(of: 0..<0),
          help: suggestion(for: name, among: builtIn.keys.sorted()) ?? "give it the name of the template to replace")
      }
    }
    return builtIn.merging(overrides) { _, override in override }
  }
}
