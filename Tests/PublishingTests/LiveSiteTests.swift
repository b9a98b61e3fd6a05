import Diagnostics
import Foundation
import Ingest
import Model
import Pages
import TestSupport
import Testing

@testable import Publishing

/// Sites whose pages are made when they are asked for, each with what the last look at the checkout has found.
@Suite("Live sites") struct LiveSiteTests {
  /// The bytes of every file that a request could ask for, by audience and path, or what keeps the site from being made.
  private func files(_ request: BuildRequest, _ memory: inout BuildMemory) async throws -> [String: String] {
    let (build, sites) = try await liveSites(request, remembering: &memory)
    var files: [String: String] = ["report": build.report.diagnostics.map { "\($0)" }.joined(separator: "\n")]
    for (audience, site) in zip(request.audiences, sites) {
      for path in site.plan.routes.map(\.path) + site.plan.assets.map(\.address) {
        guard case .file(let bytes) = try site.answer(path, isFolder: false) else { continue }
        files[audience.rawValue + "/" + path] = String(decoding: bytes, as: UTF8.self)
      }
    }
    return files
  }

  private func differences(_ a: [String: String], _ b: [String: String]) -> [String] {
    Set(a.keys).union(b.keys).filter { a[$0] != b[$0] }.sorted()
  }

  @Test(
    "whatever was edited, the site that is made with a memory is the one that is made without",
    arguments: [UInt64](1...3))
  func remembering(seed: UInt64) async throws {
    let count = ProcessInfo.processInfo.environment["GAZETTE_EDITS"].flatMap(Int.init) ?? 15
    try await TemporaryRepository.with { repository in
      try await repository.fillHarbor()
      var edits = Edits(of: repository, seed: seed)
      var (memory, told) = (BuildMemory(), BuildMemory())
      var request = try repository.request(writing: repository.outer + "/site")
      // Files count as written long ago, so that all of them can be known again.
      request.source.options.clock = Moment(seconds: 4_102_444_800)
      var changes = 0
      var last: [String: String] = [:]
      for number in 0..<count {
        let edit = try await edits.next()
        let remembered = try await files(request, &memory)
        var nothing = BuildMemory()
        let made = try await files(request, &nothing)
        #expect(differences(remembered, made) == [], "edit \(number) of seed \(seed): \(edit)")
        // What happened twice is told at once.
        told.note(edits.paths, below: repository.root)
        if number % 3 > 0 {
          #expect(
            differences(try await files(request, &told), made) == [], "told of edit \(number) of seed \(seed): \(edit)")
        }
        changes += made == last ? 0 : 1
        last = made
      }
      #expect(changes > count / 2)
    }
  }

  @Test("only the product whose files changed is made anew; what was just written is not believed")
  func sparing() async throws {
    try await TemporaryRepository.with { repository in
      try await repository.fillHarbor()
      let (gateway, tool) = (ProductID("gateway"), ProductID("tool"))
      var request = try repository.request(writing: repository.outer + "/site")
      request.source.options.clock = Moment(seconds: 4_102_444_800)
      var memory = BuildMemory()
      _ = try await liveSites(request, remembering: &memory)
      let first = try #require(memory.load)
      _ = try await liveSites(request, remembering: &memory)
      #expect(memory.load?.making(of: gateway) == first.making(of: gateway))
      try repository.write("status: planned\ntitle: Longer lists\n", to: "content/releases/gateway/2.1.0.yml")
      _ = try await liveSites(request, remembering: &memory)
      #expect(first.making(of: tool) != nil)
      #expect(memory.load?.making(of: tool) == first.making(of: tool))
      #expect(memory.load?.making(of: gateway) != first.making(of: gateway))

      request.source.options.clock = Moment(seconds: 0)
      _ = try await liveSites(request, remembering: &memory)
      #expect(memory.load?.making(of: tool) == nil)
    }
  }

  @Test("read as a whole, it has the files that a build writes, and the same seal") func whole() async throws {
    try await TemporaryRepository.with { repository in
      try await repository.fillHarbor()
      try await repository.commit("All")
      let output = repository.outer + "/site"
      let request = try repository.request(writing: output)
      let built = try await build(request)
      #expect(built.written != nil)
      var memory = BuildMemory()
      let (live, sites) = try await liveSites(request, remembering: &memory)
      for (audience, site) in zip(request.audiences, sites) {
        #expect(!site.isWhole)
        #expect(try site.answer("seal.json", isFolder: false) == .missing)
        #expect(try site.answer("search/index/index.js", isFolder: false) == .missing)
        let (whole, report) = try await site.whole()
        #expect(report.diagnostics == [])
        let folder = URL(filePath: output).appending(path: audience.rawValue)
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
          guard let data = try? Data(contentsOf: folder.appending(path: path)) else { continue }
          #expect(try whole.answer(path, isFolder: false) == .file(Array(data)), "\(path)")
        }
        #expect(try whole.answer("products/gateway", isFolder: false) == .folder)
        #expect(try whole.answer("products/gateway", isFolder: true) != .missing)
        #expect(try whole.answer("products/none", isFolder: true) == .missing)
      }
      #expect(live.pages == built.pages)
    }
  }
}

/// Edits as people and tools make them, in an order that a seed decides.
private struct Edits {
  let repository: TemporaryRepository
  var random: SeededGenerator
  /// Where the last one changed something.
  private(set) var paths: Set<String> = []
  private var count = 0

  init(of repository: TemporaryRepository, seed: UInt64) {
    (self.repository, random) = (repository, SeededGenerator(seed: seed))
  }

  private static let releases = "content/releases/gateway/"

  /// Makes one edit and tells of it.
  mutating func next() async throws -> String {
    count += 1
    paths = []
    let version = ["1.9.0", "2.0.0", "2.0.1", "2.1.0", "2.2.0"].randomElement(using: &random) ?? "1.9.0"
    let record = Edits.releases + version + ".yml"
    switch Int.random(in: 0..<20, using: &random) {
    case 0:
      return try write(
        "# Notes\n\n- Number \(count), see [pages](../../pages/tokens.md)\n", Edits.releases + version + ".md")
    case 1: return try write("status: released\nreleased: 2026-04-0\(1 + count % 9)\naudience: internal\n", record)
    case 2: return try write("status: planned\ntitle: Plan \(count)\nscheduled: 2026-12-1\(count % 9)\n", record)
    case 3:
      return try write(
        """
        status: released
        released: 2026-05-0\(1 + count % 9)
        changes: [{id: c\(count), kind: fixed, text: 'See #\(count) and HARB-\(count)', private: \(count % 2 == 0)}]
        security: [{id: CVE-2026-1\(count), severity: high, embargo_until: 2027-01-01, text: Secret \(count)}]

        """, record)
    case 4: return remove(record)
    case 5: return remove(Edits.releases + version + ".md")
    case 6: return try write("status: relased\n", record)
    case 7: return try write("# Page \(count)\n\n![](picture.png) [gone](gone.md)\n", "content/pages/tokens.md")
    case 8: return try write("---\ntitle: New \(count % 3)\naudience: internal\n---\nWords.\n", "content/pages/new.md")
    case 9: return remove("content/pages/new.md")
    case 10: return try write("P\(count)", "content/pages/picture.png")
    case 11:
      return try write("---\nkind: added\n---\nSomething \(count)\n", "content/changes/gateway/f\(count % 3).md")
    case 12:
      let settings = try text("content/gazette.yml").split(separator: "\n").filter { !$0.hasPrefix("title:") }
      return try write("title: Site \(count)\n" + settings.joined(separator: "\n") + "\n", "content/gazette.yml")
    case 13:
      let settings = try text("content/gazette.yml").split(separator: "\n").filter { !$0.hasPrefix("as_of:") }
      return try write(
        settings.joined(separator: "\n") + "\nas_of: 2026-11-0\(1 + count % 9)T09:00Z\n", "content/gazette.yml")
    case 14:
      return try write(
        count % 2 == 0 ? "extends: [baseline]\n" : "rules: {risk-classified: {severity: warning}}\n",
        "content/policy/own.yml")
    case 15: return try write(text("CHANGELOG.md") + "\n- Line \(count)\n", "CHANGELOG.md")
    case 16:
      try await repository.git(["tag", "-f", "tool-v1.\(count % 3).0", count % 2 == 0 ? "HEAD" : "HEAD~1"])
      return "a tag was moved"
    case 17:
      try await repository.commit("Commit \(count)")
      return "a commit"
    case 18:
      try await repository.git(["commit", "-q", "--amend", "--allow-empty", "-m", "feat: amended \(count)"])
      return "a commit was amended"
    default: return try write("Ana R. <ana@harbor.example>\nB\(count) <b@x.example>\n", ".mailmap")
    }
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: repository.root + "/" + path, encoding: .utf8)
  }

  private mutating func write(_ text: String, _ path: String) throws -> String {
    // Of a folder that is new nobody watches yet what happens in it.
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    let isNew = !folder.isEmpty && !FileManager.default.fileExists(atPath: repository.root + "/" + folder)
    paths = [isNew ? folder : path]
    try repository.write(text, to: path)
    return "wrote \(path)"
  }

  private mutating func remove(_ path: String) -> String {
    paths = [path]
    // It may be gone already.
    try? FileManager.default.removeItem(atPath: repository.root + "/" + path)
    return "removed \(path)"
  }
}

extension TemporaryRepository {
  private static let harbor = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Cases/harbor/input")

  /// The site of the golden cases, with a policy.
  fileprivate func fillHarbor() async throws {
    for path in try FileManager.default.subpathsOfDirectory(atPath: Self.harbor.path) {
      guard let text = try? String(contentsOf: Self.harbor.appending(path: path), encoding: .utf8) else { continue }
      try write(text, to: path)
    }
    try write("extends: [baseline]\n", to: "content/policy/releases.yml")
    try await commitTool()
  }
}
