import Diagnostics
import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

@Suite struct HostileRecordsTests {
  private static let record: String = {
    var top = URL(filePath: #filePath)
    for _ in 0..<4 { top.deleteLastPathComponent() }
    let path = top.appending(path: "content/releases/gateway/2.5.0.yml").path
    return FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }()

  private func read(_ bytes: [UInt8]) {
    var check = ShapeCheck()
    let file = TextFile(path: "a.yml", text: String(decoding: bytes, as: UTF8.self))
    let files = ReleaseFiles(product: ProductID("gateway"), version: "2.5.0", record: file)
    let record = ReleaseRecord(files, check: &check)
    // A record is read or something is said about it, never neither and never both.
    #expect((record == nil) == check.report.hasErrors)
    for finding in check.report.diagnostics {
      #expect((finding.location?.line ?? 0) >= 1 && (finding.location?.column ?? 0) >= 1)
    }
  }

  @Test("truncated records give diagnostics, never a trap")
  func truncated() {
    let bytes = Array(HostileRecordsTests.record.utf8)
    #expect(bytes.count > 5000)
    for length in stride(from: 0, to: bytes.count, by: 41) { read(Array(bytes.prefix(length))) }
  }

  @Test("records with flipped bytes give diagnostics, never a trap", arguments: 0..<12)
  func flipped(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = Array(HostileRecordsTests.record.utf8)
    for _ in 0..<25 {
      var broken = bytes
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let index = Int.random(in: 0..<broken.count, using: &generator)
        // Structure is what breaks readers, so that its characters come often.
        broken[index] =
          Bool.random(using: &generator)
          ? UInt8.random(in: 0...255, using: &generator)
          : Array("{}[]:,-&*!|>'\"\n #?%@`\t".utf8).randomElement(using: &generator) ?? 0
      }
      read(broken)
    }
  }

  @Test(
    "release files of another project are read or diagnosed",
    .enabled(if: SharedData.folder != nil, "needs ../shared/data"))
  func foreign() throws {
    let folder = try #require(SharedData.folder).appending(path: "openstack-releases")
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    var count = 0
    for path in paths where path.hasSuffix(".yaml") {
      let data = try Data(contentsOf: folder.appending(path: path))
      var report = Report()
      let node = YAMLNode.read(String(decoding: data, as: UTF8.self), file: path, into: &report)
      #expect(node != nil || report.hasErrors)
      read(Array(data))
      count += 1
    }
    #expect(count > 10)
  }
}
