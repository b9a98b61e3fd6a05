import Diagnostics
import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

/// Content of a test together with files beside it, as evidence is loaded.
struct EvidenceInFolder {
  var record: String
  var files: [String: [UInt8]]
  var stored: [String: [UInt8]] = [:]

  init(_ record: String, files: [String: String]) {
    (self.record, self.files) = (record, files.mapValues { Array($0.utf8) })
  }

  static let release = ReleaseID(product: ProductID("gateway"), version: "2.4.0")

  func load(slices: Int = 3) async throws -> (loaded: EvidenceLoading.Loaded, findings: [String]) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gazette-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ files: [String: [UInt8]], below name: String) throws -> FileReader {
      let top = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: top, withIntermediateDirectories: true)
      for (path, bytes) in files {
        let file = top.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
      }
      return FileReader(root: top.resolvingSymlinksInPath().path)
    }
    let reading = EvidenceFiles(
      checkout: try write(files, below: "checkout"), store: stored.isEmpty ? nil : try write(stored, below: "store"))
    let content = ContentInMemory(["releases/gateway/2.4.0.yml": record])
    let records = try #require(try await content.read().records)
    let loaded = try await EvidenceLoading(files: reading, slices: slices).load(records.releases)
    let path = "content/releases/gateway/2.4.0.yml"
    return (loaded, MarkedText(record).findings(of: loaded.report, in: path))
  }
}

@Suite("Loading evidence") struct EvidenceLoadTests {
  @Test("evidence must be there and be what was pinned")
  func pinned() async throws {
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    let content = EvidenceInFolder(
      """
      status: released
      evidence:
        - {id: a, kind: document, path: e/empty.txt, sha256: \(empty)}
        - {id: b, kind: document, path: e/other.txt, sha256: 1️⃣\(empty)}
        - {id: c, path: 2️⃣e/none.txt}
        - {id: d, path: 3️⃣e/none.txt, sha256: \(empty)}
        - {id: e, kind: document, path: e/other.txt}
      """, files: ["e/empty.txt": "", "e/other.txt": "other"])
    let (loaded, findings) = try await content.load()
    #expect(findings == ["1 C027", "2 E001", "3 E001"])
    let message = loaded.report.diagnostics[0].message
    #expect(message.contains("`d9298a10d1b0…`") && message.contains("`e3b0c44298fc…`"))
    #expect(loaded.shelf[EvidenceInFolder.release, "b"]?.reason?.hasPrefix("its digest is `d9298a10d1b0…`") ?? false)
    let file = try #require(loaded.shelf[EvidenceInFolder.release, "e"]?.file)
    #expect(file.size == 5 && file.format == .document && file.sha256.hasPrefix("d9298a10d1b0"))
    #expect(loaded.shelf[EvidenceInFolder.release, "c"]?.reason == "the file does not exist")
  }

  @Test("a Git LFS pointer is referenced, and read where the store has the file")
  func pointer() async throws {
    let pointer = """
      version https://git-lfs.github.com/spec/v1
      oid sha256:d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa
      size 5

      """
    var content = EvidenceInFolder(
      "status: released\nevidence: [{id: a, kind: document, path: a.bin}]", files: ["a.bin": pointer])
    var (loaded, findings) = try await content.load()
    #expect(findings == ["a.bin:1:1 E009"])
    #expect(loaded.shelf[EvidenceInFolder.release, "a"]?.reason == "Git LFS has not fetched it")
    content.stored = ["sha256/d9/298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa": Array("other".utf8)]
    (loaded, findings) = try await content.load()
    #expect(findings == [])
    #expect(loaded.shelf[EvidenceInFolder.release, "a"]?.file?.size == 5)
  }

  @Test("a file elsewhere is looked up by its digest, and must have it")
  func store() async throws {
    let digest = "d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa"
    var content = EvidenceInFolder(
      "status: released\nevidence: [{id: a, kind: document, url: 'https://ci.example/a', sha256: \(digest)}, {id: b, url: 'https://ci.example/b'}]",
      files: [:])
    var (loaded, findings) = try await content.load()
    #expect(findings == [])
    #expect(
      loaded.shelf[EvidenceInFolder.release, "a"]?.reason == "it is kept elsewhere and is not in an evidence store")
    #expect(loaded.shelf[EvidenceInFolder.release, "b"]?.reason == "no `sha256` says which file it is")
    let place = "sha256/d9/\(digest.dropFirst(2))"
    content.stored = [place: Array("other".utf8)]
    (loaded, findings) = try await content.load()
    #expect(findings == [])
    #expect(loaded.shelf[EvidenceInFolder.release, "a"]?.file?.sha256 == digest)
    content.stored = [place: Array("another".utf8)]
    (loaded, findings) = try await content.load()
    #expect(findings == ["\(place):1:1 E010"])
    #expect(loaded.shelf[EvidenceInFolder.release, "a"]?.file == nil)
  }

  @Test("a format that nobody knows is named, and one that does not fit is an error with its place")
  func formats() async throws {
    let content = EvidenceInFolder(
      """
      status: released
      evidence:
        - {id: a, path: unit.xml}
        - {id: b, path: unit.xml, format: 1️⃣junitt}
        - {id: c, path: broken.xml}
        - {id: d, path: notes.txt, format: junit}
        - {id: e, path: notes.txt}
        - {id: f, path: empty.json}
      """,
      files: [
        "unit.xml": "<testsuite><testcase name='a'/></testsuite>", "broken.xml": "<testsuite>\n<testcase name='a'/>\n",
        "notes.txt": "Some words", "empty.json": "",
      ])
    let (loaded, findings) = try await content.load()
    #expect(
      findings == ["broken.xml:3:1 E002", "1 E007", "empty.json:1:1 E011", "notes.txt:1:1 E002", "notes.txt:1:1 E008"])
    guard case .tests(let report) = loaded.shelf[EvidenceInFolder.release, "a"]?.file?.payload else {
      Issue.record("no test report")
      return
    }
    #expect(report.counts.passed == 1 && report.counts.cases == 1)
  }
}
