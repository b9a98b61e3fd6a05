import Diagnostics
import Export
import Foundation
import Ingest
import Model
import TestSupport
import Testing

@testable import Publishing

/// Sites that are built in parts, against the site that one build writes.
@Suite("Parts of a site") struct ShardTests {
  private typealias Key = Export.SigningKey

  private static let harbor = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Cases/harbor/input")
  private static let key = """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEIGucajX4ukdM9CS4w7iXXbKDGBSD/lyrs0fx20s0QRY8
    -----END PRIVATE KEY-----
    """

  /// A site with all that is rendered or copied: audit pages, evidence, a period's archive, a page of the theme's own.
  private func fill(_ repository: TemporaryRepository) async throws {
    for path in try FileManager.default.subpathsOfDirectory(atPath: Self.harbor.path) {
      guard let text = try? String(contentsOf: Self.harbor.appending(path: path), encoding: .utf8) else { continue }
      try repository.write(text, to: path)
    }
    let settings = try String(contentsOf: Self.harbor.appending(path: "content/gazette.yml"), encoding: .utf8)
    try repository.write(
      settings + """
        theme: {files: theme}
        periods: [{id: 2026-q1, from: 2026-01-01, to: 2026-03-31, frameworks: [soc2-2017], sample: 5}]

        """, to: "content/gazette.yml")
    try repository.write("extends: [baseline]\n", to: "content/policy/releases.yml")
    try repository.write(
      """
      status: released
      released: 2026-01-12T10:00Z
      evidence: [{id: log, kind: document, audience: public, path: content/evidence/log — ж.txt}]

      """, to: "content/releases/gateway/2.0.2.yml")
    try repository.write("it went well\n", to: "content/evidence/log — ж.txt")
    // Nobody looks for links in what is only copied, by one build or by many.
    try repository.write("<a href=\"nowhere.html\">gone</a><b id=\"here\"></b>", to: "theme/own/page.html")
    try await repository.commitTool()
  }

  private func shard(_ text: String) throws -> Shard { try #require(Shard(text)) }

  /// Builds the parts, and names them in an order of the generator's.
  private func parts(
    _ count: Int, of repository: TemporaryRepository, shuffledBy generator: inout SeededGenerator
  ) async throws -> [(name: String, folder: String)] {
    var parts: [(name: String, folder: String)] = []
    for number in 1...count {
      var request = try repository.request(writing: repository.outer + "/parts-\(count)/\(number)")
      request.shard = try shard("\(number)/\(count)")
      let built = try await build(request)
      #expect(built.written != nil, "\(built.report.diagnostics)")
      parts.append((name: "\(number)", folder: request.output))
    }
    return parts.shuffled(using: &generator)
  }

  private func bytes(below folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: folder + "/" + path, isDirectory: &isFolder)
      if exists, !isFolder.boolValue { files[path] = FileManager.default.contents(atPath: folder + "/" + path) }
    }
    return files
  }

  private func merged(
    _ parts: [(name: String, folder: String)], _ output: String, key: Key? = nil, version: String = "0.1.0"
  ) async throws -> SiteBuild {
    try await merge(MergeRequest(parts: parts, output: output, signingKey: key, gazetteVersion: version, slices: 4))
  }

  @Test("one, three or seven parts in any order join into the bytes of one build, signature and all")
  func sameBytes() async throws {
    try await TemporaryRepository.with { repository in
      try await fill(repository)
      let key = try Key(pem: Self.key)
      var request = try repository.request(writing: repository.outer + "/whole")
      request.signingKey = key
      let built = try await build(request)
      let whole = try bytes(below: request.output)
      for end in [
        ".gazette-manifest", "public/seal.json", "internal/seal.dsse.json", "public/own/page.html", ".zip", ".txt",
      ] { #expect(whole.keys.contains { $0.hasSuffix(end) }, "\(end)") }

      var generator = SeededGenerator(seed: 5)
      for count in [1, 3, 7] {
        let parts = try await parts(count, of: repository, shuffledBy: &generator)
        let output = repository.outer + "/joined-\(count)"
        let joined = try await merged(parts, output, key: key)
        #expect(joined.report.diagnostics == built.report.diagnostics)
        #expect(joined.pages >= built.pages && built.pages > 0)
        let site = try bytes(below: output)
        #expect(Set(site.keys) == Set(whole.keys))
        for (path, bytes) in whole where site[path] != bytes { Issue.record("\(path) differs in \(count) parts") }
        if count == 7 {
          let loads = try parts.map { try bytes(below: $0.folder).count }
          #expect(loads.allSatisfy { $0 > 0 && $0 < whole.count / 3 }, "\(loads)")
        }
        let again = try await merged(parts, output, key: key)
        #expect(again.written?.changed == 0)
      }
    }
  }

  @Test(
    "what is no shard is none",
    arguments: ["0/3", "4/3", "x", "", "1", "1/", "1/3/3", "+1/3", "01/3", "1/1001", "-1/3"])
  func noShard(text: String) {
    #expect(Shard(text) == nil)
  }

  @Test("every address belongs to one part, neighbours in a plan to many") func addresses() throws {
    for count in [1, 2, 16] {
      var loads = [Int](repeating: 0, count: count)
      for number in 0..<1600 {
        let address = "products/p/\(number).0/" + (number.isMultiple(of: 2) ? "index.html" : "notes.md")
        let owners = try (1...count).filter { try shard("\($0)/\(count)").holds(address) }
        #expect(owners.count == 1)
        // Of those that cost most.
        if number.isMultiple(of: 2), let owner = owners.first { loads[owner - 1] += 1 }
      }
      #expect(loads.allSatisfy { $0 * count > 400 && $0 * count < 1200 }, "\(loads)")
    }
  }

  @Test("a part's file that was cut off, changed or made up is none") func brokenPart() async throws {
    try await TemporaryRepository.with { repository in
      try await fill(repository)
      var request = try repository.request(writing: repository.outer + "/part")
      request.shard = try shard("2/3")
      _ = try await build(request)
      let text = try #require(FileManager.default.contents(atPath: request.output + "/.gazette-part"))
      let bytes = Array(text)
      let part = try #require(SitePart(bytes: bytes))
      #expect(part.bytes == bytes)
      #expect(part.sites.map(\.seal.audience) == [.public, .internal])
      #expect(!part.sites.flatMap(\.copied).isEmpty)
      for count in stride(from: 0, to: bytes.count, by: 997) {
        #expect(SitePart(bytes: Array(bytes.prefix(count))) == nil, "\(count) bytes")
      }
      for place in stride(from: 3, to: bytes.count, by: 1999) {
        var other = bytes
        other[place] ^= 1
        #expect(SitePart(bytes: other) == nil, "byte \(place)")
      }
      // Its own digest fits, and yet it has files of other parts, or outside of the site.
      var lying = part
      lying.shard = try shard("1/3")
      #expect(SitePart(bytes: lying.bytes) == nil)
      lying = part
      lying.sites[0].seal.files.append(SealedFile(path: "../x", holding: []))
      lying.shard = try shard("1/1")
      #expect(SitePart(bytes: lying.bytes) == nil)
    }
  }

  @Test("parts of another version or of other options are refused by name") func otherOptions() async throws {
    try await TemporaryRepository.with { repository in
      try await fill(repository)
      var generator = SeededGenerator(seed: 1)
      let parts = try await parts(2, of: repository, shuffledBy: &generator)
      let output = repository.outer + "/joined"
      let later = try await merged(parts, output, version: "0.2.0")
      #expect(
        later.report.diagnostics.map(\.message).contains("`1` was built by Gazette 0.1.0, and this is Gazette 0.2.0"))

      let file = parts[1].folder + "/.gazette-part"
      let text = try #require(FileManager.default.contents(atPath: file))
      var part = try #require(SitePart(bytes: Array(text)))
      part.build = Fingerprint(of: "another")
      try Data(part.bytes).write(to: URL(filePath: file))
      let other = try await merged(parts, output)
      #expect(other.report.diagnostics.map(\.code) == ["S032"])
      #expect(other.report.diagnostics[0].message.contains("`\(parts[1].name)` was built with other options"))
      #expect(!FileManager.default.fileExists(atPath: output))
    }
  }
}
