import Diagnostics
import Model
import TestSupport

@testable import Ingest

/// A content folder of a test: paths below `content/` to marked texts.
struct ContentInMemory {
  var files: [String: String]

  /// `gazette.yml` and the product `gateway` unless the files say otherwise.
  init(_ files: [String: String]) {
    self.files = files
    if files["gazette.yml"] == nil { self.files["gazette.yml"] = ContentInMemory.site }
    if files["products/gateway.yml"] == nil { self.files["products/gateway.yml"] = "name: Gateway\n" }
  }

  static let site = """
    title: Harbor
    teams: {platform: {name: Platform}}
    people: {ana: {name: Ana, emails: [ana@harbor.example]}, ben: {name: Ben}}
    environments: [{id: production, production: true}]
    """

  func read(slices: Int = 3) async throws -> (records: Records?, report: Report) {
    var report = Report()
    let texts = Dictionary(uniqueKeysWithValues: files.map { ("content/" + $0.key, MarkedText($0.value).text) })
    let source = ContentSource(
      text: { path, _ throws(FileError) in texts[path].map { ($0, nil) } },
      exists: { path throws(FileError) in texts[path] != nil })
    let paths = texts.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let records = try await Records.read(
      ContentInventory(of: paths, in: "content"), content: "content", slices: slices, files: source, into: &report)
    return (records, report)
  }

  /// The findings, each with its file and the marker or place: `products/gateway.yml 1 C026`.
  func findings() async throws -> [String] {
    ContentInMemory.show(try await read().report, files)
  }

  static func show(_ report: Report, _ files: [String: String]) -> [String] {
    report.diagnostics.map { finding in
      guard let file = finding.location?.file.dropFirst("content/".count) else { return finding.code }
      var one = Report()
      one.add(finding)
      let place = MarkedText(files[String(file)] ?? "").findings(of: one, in: "content/" + file)
      return "\(file) \(place[0])"
    }
  }
}
