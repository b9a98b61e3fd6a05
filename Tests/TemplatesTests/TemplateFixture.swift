import Diagnostics
import Templates

/// A few templates as a test writes them, and what comes of them.
struct TemplateFixture {
  let library: TemplateLibrary
  /// What was found in compiling.
  let compiling: Report

  /// - Parameter templates: By name; the file of each is the name with `.mustache`.
  init(_ templates: [String: String]) {
    self.init(bytes: templates.mapValues { Array($0.utf8) })
  }

  init(bytes templates: [String: [UInt8]]) {
    var report = Report()
    let sources = Dictionary(
      uniqueKeysWithValues: templates.map { ($0, TemplateSource(file: "\($0).mustache", bytes: $1)) })
    library = TemplateLibrary(sources: sources, into: &report)
    compiling = report
  }

  /// The page, and all that was found in compiling and rendering.
  func page(_ name: TemplateName = "page", _ data: Value = [:]) -> (text: String, report: Report) {
    var bytes: [UInt8] = []
    var report = compiling
    library.render(name, with: data, into: &bytes, report: &report)
    return (String(decoding: bytes, as: UTF8.self), report)
  }
}

/// The page of a single template, with all that was found.
func page(_ template: String, _ data: Value = [:]) -> (text: String, report: Report) {
  TemplateFixture(["page": template]).page("page", data)
}
