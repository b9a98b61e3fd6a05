import Diagnostics
import Foundation
import Testing

@testable import Publishing

@Suite("Writing a site") struct SiteWriterTests {
  private let folder: TemporaryFolder
  private let place: OutputPlace

  init() throws {
    folder = try TemporaryFolder()
    place = try OutputPlace(folder.path + "/site")
  }

  private let first = ["index.html": "one", "products/a/1.0/index.html": "two", "feed.atom": "three"]
  private let second = ["index.html": "one", "products/b/index.html": "new", "feed.atom": "changed"]

  private func staged(_ files: [String: String], by writer: SiteWriter) throws -> SiteWriter.Staged {
    var staged = SiteWriter.Staged()
    for (path, text) in files { try writer.stage(Array(text.utf8), at: path, into: &staged) }
    return staged
  }

  @discardableResult
  private func write(
    _ files: [String: String], isForced: Bool = false, into report: inout Report
  ) throws -> SiteWriter.Written? {
    let writer = try SiteWriter(to: place, isForced: isForced)
    return try writer.finish([staged(files, by: writer)], into: &report)
  }

  private func written(_ files: [String: String]) throws -> SiteWriter.Written? {
    var report = Report()
    defer { #expect(report.isEmpty) }
    return try write(files, into: &report)
  }

  private func site() -> [String: String] {
    folder.texts(in: "site").filter { $0.key != SiteManifest.name }
  }

  @Test("a first build is what was staged, and leaves nothing beside it") func firstBuild() throws {
    let written = try written(first)
    #expect(written == SiteWriter.Written(folder: folder.path + "/site", files: 3, changed: 3, removed: 0))
    #expect(site() == first)
    #expect(folder.names == ["site"])
  }

  @Test("a later build changes, adds and removes, and leaves no empty folder") func laterBuild() throws {
    _ = try written(first)
    let written = try written(second)
    #expect(written?.changed == 2)
    #expect(written?.removed == 1)
    #expect(site() == second)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/site/products/a"))
    #expect(folder.names == ["site"])
  }

  @Test("a second build of the same touches nothing") func sameAgain() throws {
    _ = try written(first)
    let dates = try modificationDates()
    let written = try written(first)
    #expect(written?.changed == 0)
    #expect(written?.removed == 0)
    #expect(try modificationDates() == dates)
  }

  private func modificationDates() throws -> [String: Date] {
    let names =
      FileManager.default.enumerator(atPath: folder.path + "/site")?.allObjects.compactMap { $0 as? String } ?? []
    return try Dictionary(
      uniqueKeysWithValues: names.map { name in
        let date =
          try FileManager.default.attributesOfItem(atPath: folder.path + "/site/" + name)[.modificationDate] as? Date
        return (name, date ?? .distantPast)
      })
  }

  @Test("files that Gazette did not write are kept") func foreignFilesStay() throws {
    _ = try written(first)
    try folder.write("releases.example.com", to: "site/CNAME")
    try folder.write("mine", to: "site/products/a/1.0/mine.txt")
    _ = try written(second)
    #expect(folder.text(of: "site/CNAME") == "releases.example.com")
    #expect(folder.text(of: "site/products/a/1.0/mine.txt") == "mine")
    #expect(folder.text(of: "site/products/a/1.0/index.html") == nil)
  }

  @Test("a foreign file where a page should be is replaced only by force") func foreignFileInTheWay() throws {
    _ = try written(first)
    try folder.write("mine", to: "site/products/b/index.html")
    var report = Report()
    #expect(try write(second, into: &report) == nil)
    #expect(report.diagnostics.map(\.code) == ["S005"])
    #expect(folder.text(of: "site/products/b/index.html") == "mine")
    #expect(folder.text(of: "site/feed.atom") == "three")
    #expect(folder.names == ["site"])

    var again = Report()
    #expect(try write(second, isForced: true, into: &again) != nil)
    #expect(site() == second)
  }

  @Test("two files with one address are refused") func sameAddress() throws {
    let writer = try SiteWriter(to: place)
    var staged = SiteWriter.Staged()
    try writer.stage([1], at: "a", into: &staged)
    try writer.stage([2], at: "a", into: &staged)
    var report = Report()
    #expect(try writer.finish([staged], into: &report) == nil)
    #expect(report.diagnostics.map(\.code) == ["S006"])
    #expect(folder.names == [])
  }

  @Test("nothing is written through a link that leads out of the site") func linkInTheOutput() throws {
    _ = try written(first)
    try FileManager.default.removeItem(atPath: folder.path + "/site/products")
    try folder.write("outside", to: "elsewhere/a/1.0/index.html")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/site/products", withDestinationPath: folder.path + "/elsewhere")
    var report = Report()
    #expect(try write(second, into: &report) == nil)
    #expect(report.diagnostics.map(\.code) == ["S005"])
    #expect(folder.text(of: "elsewhere/a/1.0/index.html") == "outside")
    #expect(folder.text(of: "elsewhere/b/index.html") == nil)
  }

  @Test("the old site stays when the new one is given up") func discarding() throws {
    _ = try written(first)
    let writer = try SiteWriter(to: place)
    _ = try staged(second, by: writer)
    try writer.discard()
    #expect(site() == first)
    #expect(folder.names == ["site"])
  }

  @Test("a writer that is killed after any step leaves the old site, or one that the next finishes")
  func killedAfterEachStep() throws {
    _ = try written(first)
    var report = Report()
    let writer = try SiteWriter(to: place)
    let all = try #require(try writer.steps(for: [staged(second, by: writer)], into: &report)).steps
    try writer.discard()
    #expect(all.count > 5)
    for count in 0...all.count {
      _ = try written(first)
      let writer = try SiteWriter(to: place)
      let steps = try #require(try writer.steps(for: [staged(second, by: writer)], into: &report)).steps
      for step in steps.prefix(count) { try writer.take(step) }
      try SiteWriter(to: place).discard()
      #expect(site() == (count == 0 ? first : second), "after \(count) steps")
      #expect(try SiteWriter.manifest(of: place)?.paths == (count == 0 ? first : second).keys.sorted())
    }
    #expect(report.isEmpty)
  }

  @Test("a finished journal may be finished again") func idempotent() throws {
    _ = try written(first)
    var report = Report()
    let writer = try SiteWriter(to: place)
    let steps = try #require(try writer.steps(for: [staged(second, by: writer)], into: &report)).steps
    for step in steps.dropLast() { try writer.take(step) }
    for step in steps { try writer.take(step) }
    #expect(site() == second)
  }

  @Test("half a journal is no journal") func halfAJournal() throws {
    let journal = Journal([.remove("a"), .prune("b"), .makeFolder("c"), .place("d/e f")])
    #expect(Journal(bytes: journal.bytes) == journal)
    for count in 0..<journal.bytes.count { #expect(Journal(bytes: Array(journal.bytes.prefix(count))) == nil) }
    #expect(Journal(bytes: Array("m../x\0.".utf8)) == nil)
  }

  @Test("an empty folder is taken over") func emptyFolder() throws {
    try FileManager.default.createDirectory(atPath: folder.path + "/site", withIntermediateDirectories: true)
    _ = try written(first)
    #expect(site() == first)
  }

  @Test("a link to a folder is written through, and stays a link") func linkedOutput() throws {
    try FileManager.default.createDirectory(atPath: folder.path + "/far/site", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/linked", withDestinationPath: folder.path + "/far/site")
    let place = try OutputPlace(folder.path + "/linked")
    let writer = try SiteWriter(to: place)
    var report = Report()
    _ = try writer.finish([staged(first, by: writer)], into: &report)
    #expect(folder.text(of: "far/site/index.html") == "one")
    #expect(folder.names == ["far", "linked"])
  }

  @Test("of two builds at once, the second is told of the first") func lock() throws {
    func hold() throws {
      let lock = try OutputLock(for: place)
      let error = #expect(throws: FileError.self) { _ = try OutputLock(for: place) }
      #expect(error?.reason.contains("another build is writing this site (process \(getpid()))") == true)
      _ = consume lock
    }
    try hold()
    _ = try OutputLock(for: place)
    #expect(folder.names == [])
  }

  @Test("a manifest that names something outside the site is none") func hostileManifest() {
    #expect(SiteManifest(bytes: Array("gazette 1\n../x\n".utf8)) == nil)
    #expect(SiteManifest(bytes: Array("gazette 1\n/etc/passwd\n".utf8)) == nil)
    #expect(SiteManifest(bytes: Array("index.html\n".utf8)) == nil)
    #expect(SiteManifest(bytes: Array("gazette 1\nb\na/c\n".utf8))?.paths == ["a/c", "b"])
  }
}
