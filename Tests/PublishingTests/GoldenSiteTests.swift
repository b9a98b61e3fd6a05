import Diagnostics
import Foundation
import Ingest
import Model
import Publishing
import TestSupport
import Testing

/// Whole sites, as they are written, against what was reviewed.
///
/// Of a page its `<main>`, of feeds and data the whole file, and what `check` says. `GAZETTE_RECORD=1` writes anew what
/// is expected; then read the difference.
@Suite("Golden sites") struct GoldenSiteTests {
  private static let cases = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")
  private static let environment = ProcessInfo.processInfo.environment

  @Test("a site is what it was, or what it is now was recorded", arguments: ["harbor"])
  func site(name: String) async throws {
    let folder = Self.cases.appending(path: name)
    let made = try await TemporaryRepository.with { repository -> [String: String] in
      try await self.made(from: folder.appending(path: "input"), in: repository)
    }
    let expected = folder.appending(path: "expected")
    if Self.environment["GAZETTE_RECORD"] == "1" {
      #expect(Self.environment["CI"] == nil, "nobody reads what a machine records")
      try record(made, in: expected)
    }
    let known = try files(in: expected)
    #expect(made.keys.sorted() == known.keys.sorted())
    for (path, text) in made.sorted(by: { $0.key < $1.key }) {
      #expect(text == known[path], "\(path) differs; see `git diff` after GAZETTE_RECORD=1")
    }
  }

  private func made(from input: URL, in repository: TemporaryRepository) async throws -> [String: String] {
    for (path, text) in try files(in: input) { try repository.write(text, to: path) }
    try await repository.commitTool()
    let output = repository.outer + "/site"
    let built = try await build(repository.request(writing: output))
    let report = TextReport(colour: false) { _ in nil }.text(of: built.report)
    var made = ["check.txt": report]
    let site = try files(in: URL(filePath: output))
    for (path, text) in site where isReviewed(path) {
      let shown = path.hasSuffix(".html") ? main(of: text) : text
      // The internal site only where it says something else.
      let twin = path.replacing("internal/", with: "public/")
      if path.hasPrefix("internal/"), let open = made[twin] ?? site[twin].map(main), open == shown { continue }
      made[path] = shown
    }
    return made
  }

  /// Not the theme, the schemas, the search index, what only points on, and the seal, which has a digest of it all.
  private func isReviewed(_ path: String) -> Bool {
    let isInternalData = path.hasPrefix("internal/") && !path.hasSuffix(".html")
    let isOther = ["/schemas/", "/search/", "/products/api/", "/latest/", "404.html", "seal.json"].contains {
      path.contains($0)
    }
    // One month stands for all.
    let isOtherMonth = path.contains("/calendar/2026-") && !path.contains("/calendar/2026-01/")
    return !isOther && !isInternalData && !isOtherMonth
      && ["/all.ics", ".html", ".atom", ".json", ".xml", "/robots.txt", "/notes.md"].contains { path.hasSuffix($0) }
  }

  private func main(of page: String) -> String {
    guard let start = page.firstRange(of: "<main"), let end = page.firstRange(of: "</main>") else { return page }
    return String(page[start.lowerBound..<end.upperBound]) + "\n"
  }

  private func files(in folder: URL) throws -> [String: String] {
    var files: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      let file = folder.appending(path: path)
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
      guard exists, !isFolder.boolValue else { continue }
      files[path] = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }
    return files
  }

  private func record(_ files: [String: String], in folder: URL) throws {
    if FileManager.default.fileExists(atPath: folder.path) { try FileManager.default.removeItem(at: folder) }
    for (path, text) in files {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }
}

extension TemporaryRepository {
  /// What the cases' products are released from.
  func commitTool() async throws {
    try await commit("Start the tool")
    try await tag("tool-v1.0.0")
    try await commit("fix(list): show the last line")
    try await tag("tool-v1.1.0")
    try await commit("feat: count lines (#5)")
    try await tag("tool-v1.2.0-rc.1")
  }

  /// The sites of both audiences, of what stands in the repository.
  func request(writing output: String) throws -> BuildRequest {
    let clock = try #require(Moment("2026-11-21T00:00Z"))
    let source = SourceRequest(folder: root, content: "content", options: LoadOptions(clock: clock, slices: 4))
    return BuildRequest(source: source, audiences: [.public, .internal], output: output, gazetteVersion: "0.1.0")
  }
}
