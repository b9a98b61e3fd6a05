import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

@Suite("The cache of evidence") struct EvidenceCacheTests {
  private func isEqual(_ a: EvidencePayload, _ b: EvidencePayload) -> Bool {
    switch (a, b) {
    case (.tests(let a), .tests(let b)): a == b
    case (.findings(let a), .findings(let b)): a == b
    case (.components(let a), .components(let b)): a == b
    case (.vulnerabilities(let a), .vulnerabilities(let b)): a == b
    default: false
    }
  }

  private func files() throws -> [(path: String, bytes: [UInt8])] {
    guard let folder = SharedData.folder?.appending(path: "evidence") else { return [] }
    return try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted().compactMap { path in
      var isFolder: ObjCBool = false
      let file = folder.appending(path: path)
      guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), !isFolder.boolValue else {
        return nil
      }
      let bytes = Array(try Data(contentsOf: file))
      // Larger ones have nothing else in them.
      return bytes.count > 1 << 20 ? nil : (path, bytes)
    }
  }

  @Test("every real file is the same from the cache as from its bytes") func same() throws {
    var new: [EvidenceCache.Key: [UInt8]] = [:]
    var cold: [(EvidenceCache.Key, EvidenceFile)] = []
    for (path, bytes) in try files() {
      let outcome = EvidenceFiles.outcome(of: bytes, path: path, as: nil, cache: EvidenceCache(version: "1"))
      guard case .new(let key, let entry) = outcome.memory, let file = outcome.reading.file else { continue }
      new[key] = entry
      cold.append((key, file))
    }
    let bytes = EvidenceCache(version: "1").bytes(keeping: [], adding: new, version: "1")
    let cache = EvidenceCache(bytes, version: "1")
    #expect(cache.count == new.count)
    if SharedData.folder != nil { #expect(cold.count > 40) }
    for (key, file) in cold {
      let warm = try #require(cache.file(key, path: file.path))
      #expect(isEqual(warm.payload, file.payload), "\(file.path)")
      #expect(warm.size == file.size && warm.sha256 == file.sha256 && warm.format == file.format, "\(file.path)")
      #expect(warm.producedAt == file.producedAt && warm.tool == file.tool && warm.subjects == file.subjects)
    }
    #expect(EvidenceCache(bytes, version: "2").count == 0)
    #expect(cache.bytes(keeping: Set(new.keys), adding: [:], version: "1") == bytes)
    // Cut off anywhere it is empty, or whole up to an entry's end; nothing in it is ever something else.
    for length in stride(from: 0, to: min(bytes.count, 20_000), by: 97) {
      let cut = EvidenceCache(Array(bytes.prefix(length)), version: "1")
      #expect(cut.count <= cache.count)
    }
  }

  @Test("a flipped bit gives nothing or the same, never something else") func damaged() throws {
    let xml =
      #"<testsuite><testcase classname="c" name="n" time="1.5"/><testcase name="m"><failure message="x"/></testcase></testsuite>"#
    let outcome = EvidenceFiles.outcome(of: Array(xml.utf8), path: "a", as: nil, cache: EvidenceCache(version: "1"))
    guard case .new(let key, let entry) = outcome.memory, let file = outcome.reading.file else {
      Issue.record("it is not kept")
      return
    }
    let bytes = EvidenceCache(version: "1").bytes(keeping: [], adding: [key: entry], version: "1")
    #expect(EvidenceCache(bytes, version: "1").file(key, path: "a").map { isEqual($0.payload, file.payload) } == true)
    for bit in 0..<bytes.count * 8 {
      var broken = bytes
      broken[bit / 8] ^= 1 << UInt8(bit % 8)
      if let read = EvidenceCache(broken, version: "1").file(key, path: "a") {
        #expect(isEqual(read.payload, file.payload))
      }
    }
    // Also where the digest of an entry is right and the entry is not.
    for length in 0..<entry.count {
      let cut = EvidenceCache(version: "1").bytes(keeping: [], adding: [key: Array(entry.prefix(length))], version: "1")
      #expect(EvidenceCache(cut, version: "1").file(key, path: "a") == nil)
    }
  }

  @Test("numbers and texts are what they were") func coding() throws {
    var writer = PackedWriter()
    let numbers = [0, 1, -1, 63, 64, -65, 1 << 40, .max, .min]
    for number in numbers { writer.write(number) }
    writer.write("é\u{0}")
    writer.write(-0.1)
    func read(_ bytes: UnsafeRawBufferPointer) throws {
      var reader = PackedReader(bytes)
      for number in numbers {
        let same = try reader.number()
        #expect(same == number)
      }
      let (text, double) = (try reader.text(), try reader.double())
      #expect(text == "é\u{0}" && double == -0.1 && reader.isAtEnd)
      #expect(throws: DamagedBytes.self) { _ = try reader.byte() }
    }
    try writer.bytes.withUnsafeBytes(read)
  }
}
