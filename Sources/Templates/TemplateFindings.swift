import Diagnostics

/// What is wrong with one template.
struct TemplateFindings {
  /// How many are reported: enough to see what is going on; a binary file that was named `.mustache` by mistake would have thousands.
  static let limit = 50

  private let source: TemplateSource
  private(set) var report = Report()
  private var count = 0

  init(in source: TemplateSource) {
    self.source = source
  }

  mutating func error(
    _ code: Code, _ message: String, at place: Range<Int>, label: String? = nil,
    note: (text: String, place: Range<Int>)? = nil, help: String? = nil
  ) {
    count += 1
    guard count <= Self.limit else { return }
    let notes = note.map { [Diagnostic.Note($0.text, at: source.location(of: $0.place))] } ?? []
    report.error(code, message, at: source.location(of: place), label: label, notes: notes, help: help)
  }

  mutating func warning(_ code: Code, _ message: String, at place: Range<Int>, label: String? = nil, help: String) {
    count += 1
    guard count <= Self.limit else { return }
    report.warning(code, message, at: source.location(of: place), label: label, help: help)
  }
}
