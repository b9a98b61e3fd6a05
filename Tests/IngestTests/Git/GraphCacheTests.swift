import Diagnostics
import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

@Suite("The cache of the commit graph") struct GraphCacheTests {
  private let memory = GraphMemory(version: "1", least: 1)

  private func open(_ temporary: TemporaryRepository) async throws -> GitRepository {
    try #require(try await GitRepository.open(at: temporary.root))
  }

  private func file(_ temporary: TemporaryRepository) -> String { temporary.root + "/.git/gazette/graph" }

  private func kept(_ temporary: TemporaryRepository) -> Data? { FileManager.default.contents(atPath: file(temporary)) }

  /// Whether the graph by the cache is the one without, in order too; and what the file then is.
  @discardableResult
  private func isSame(_ temporary: TemporaryRepository, _ memory: GraphMemory? = nil) async throws -> Bool {
    let repository = try await open(temporary)
    let (cold, warm) = (try await repository.graph(), try await repository.graph(keptBy: memory ?? self.memory))
    return Array(cold.commits) == Array(warm.commits) && !cold.commits.isEmpty
      && cold.commits.allSatisfy { warm.position(of: $0.id) == cold.position(of: $0.id) }
  }

  /// A cache in which the subject of the first commit is another, so that one can see whether it is believed.
  private func lie(_ temporary: TemporaryRepository, _ memory: GraphMemory? = nil) async throws {
    let repository = try await open(temporary)
    let cache = try #require(try await GraphCache(of: repository, memory ?? self.memory))
    let known = try #require(await cache.known())
    var columns = known.table.columns
    columns.subjects[0] = UInt8(ascii: "!")
    await cache.keep(GraphCache.Known(tips: known.tips, table: try #require(CommitTable(columns))))
  }

  private func isBelieved(_ temporary: TemporaryRepository, _ memory: GraphMemory? = nil) async throws -> Bool {
    let graph = try await open(temporary).graph(keptBy: memory ?? self.memory)
    return graph.commits.contains { $0.subject.hasPrefix("!") }
  }

  private func history(_ temporary: TemporaryRepository) async throws {
    try await temporary.commit("One", files: ["a": "1"])
    try await temporary.branch("side")
    try await temporary.commit("Two\n\nCo-authored-by: Ben <ben@harbor.example>\nReverts: 1", author: "José")
    try await temporary.checkout("main")
    try await temporary.commit("Three", email: "other@harbor.example")
    try await temporary.merge("side")
    try await temporary.tag("v1", "One")
    try await temporary.tag("v1-again", "Of a tag", at: "v1")
    try await temporary.tag("tree", at: "HEAD^{tree}")
  }

  @Test("what was kept is what Git says, and is believed as long as nothing changes") func kept() async throws {
    try await TemporaryRepository.with { temporary async throws in
      try await history(temporary)
      #expect(kept(temporary) == nil)
      #expect(try await isSame(temporary))
      let first = try #require(kept(temporary))
      #expect(try await isSame(temporary))
      #expect(kept(temporary) == first)
      // What branches are called, where they lead to and who pushes them is nothing to a log.
      try await temporary.git(["branch", "-q", "same", "main"])
      try await temporary.git(["config", "branch.same.remote", "origin"])
      try await lie(temporary)
      #expect(try await isBelieved(temporary))
      let status = try await temporary.git(["status", "--porcelain", "--ignored"])
      #expect(status.isEmpty)
      #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.root + "/.git/gazette") == ["graph"])
    }
  }

  @Test("new commits, branches and merges are added, and Git is asked for nothing else") func extended() async throws {
    try await TemporaryRepository.with { temporary async throws in
      try await history(temporary)
      #expect(try await isSame(temporary))
      try await temporary.commit("Four", author: "New", email: "new@harbor.example")
      #expect(try await isSame(temporary))
      try await temporary.branch("other", at: "HEAD~2")
      try await temporary.commit("Five", files: ["b": "1"])
      #expect(try await isSame(temporary))
      try await temporary.checkout("main")
      try await temporary.merge("other")
      #expect(try await isSame(temporary))
      try await temporary.git(["checkout", "-q", "--orphan", "root"])
      try await temporary.commit("Six", files: ["c": "1"])
      #expect(try await isSame(temporary))
      try await lie(temporary)
      try await temporary.commit("Seven", files: ["c": "2"])
      #expect(try await isBelieved(temporary))
    }
  }

  @Test("what is gone from history is gone from the graph") func rewritten() async throws {
    try await TemporaryRepository.with { temporary async throws in
      try await history(temporary)
      try await temporary.commit("Draft")
      #expect(try await isSame(temporary))
      try await temporary.git(["commit", "-q", "--amend", "--allow-empty", "-m", "Final"])
      #expect(try await isSame(temporary))
      try await temporary.git(["reset", "-q", "--hard", "HEAD~2"])
      #expect(try await isSame(temporary))
      try await temporary.git(["tag", "-d", "v1", "v1-again"])
      try await temporary.git(["branch", "-q", "-D", "side"])
      #expect(try await isSame(temporary))
      // Those that the cache knows are not in the repository any more.
      try await temporary.commit("Lost")
      #expect(try await isSame(temporary))
      try await temporary.git(["reset", "-q", "--hard", "HEAD~1"])
      try await temporary.git(["reflog", "expire", "--expire=now", "--all"])
      try await temporary.git(["gc", "-q", "--prune=now"])
      try await temporary.commit("Other")
      #expect(try await isSame(temporary))
      // Another commit that is looked at has other tips.
      let repository = try #require(try await open(temporary).at("HEAD~1"))
      #expect(Array(try await repository.graph().commits) == Array(try await repository.graph(keptBy: memory).commits))
    }
  }

  @Test("random histories grow in the order in which Git tells them anew", arguments: 0..<4)
  func random(seed: UInt64) async throws {
    try await TemporaryRepository.with { temporary async throws in
      var generator = SeededGenerator(seed: seed)
      var stream = ""
      for step in 0..<6 {
        stream = ""
        for mark in (step * 12 + 1)...(step * 12 + 12) {
          // Clocks run backwards, and stand still.
          let time = 1_700_000_000 + (mark + Int.random(in: -40...40, using: &generator)) / 8 * 60
          stream += "commit refs/heads/c\(mark)\nauthor A\(mark % 3) <a@x.example> \(time) +0000\n"
          stream += "committer A <a@x.example> \(time) +0000\ndata 2\n\(mark % 10)\n"
          let width = mark == 1 ? 0 : [0, 1, 1, 1, 2, 2, 3].randomElement(using: &generator) ?? 1
          let parents = Set((0..<width).map { _ in max(1, mark - Int.random(in: 1...9, using: &generator)) })
          for (index, parent) in parents.sorted().enumerated() {
            stream += "\(index == 0 ? "from" : "merge") refs/heads/c\(parent)\n"
          }
          stream += "\n"
        }
        try temporary.write(stream, to: "stream")
        try await temporary.git(["-c", "alias.import=!git fast-import --quiet < stream", "import"])
        if step == 0 { try await temporary.git(["reset", "-q", "--hard", "c1"]) }
        let gone = ["c\(step * 12 + 12)", "c\(step * 12 + 5)"]
        #expect(try await isSame(temporary))
        try await temporary.git(["branch", "-q", "-D"] + gone.filter { $0 != "c1" })
        #expect(try await isSame(temporary))
        for (index, name) in gone.enumerated() {
          try await temporary.git(["branch", "-q", name, "c\(step * 12 + 1 + index)"])
        }
      }
    }
  }

  @Test("the order is that of Git where times differ") func order() async throws {
    try await TemporaryRepository.with { temporary async throws in
      try await history(temporary)
      try await temporary.branch("other", at: "HEAD~1")
      try await temporary.commit("Five", files: ["b": "1"])
      let graph = try await open(temporary).graph()
      let lines = try await temporary.git(["log", "--topo-order", "--format=%H", "--branches", "--tags"])
      #expect(graph.commits.map(\.id) == lines.split(separator: "\n").map(String.init))
    }
  }

  @Test("another mailmap, another setting or another version reads all anew") func circumstances() async throws {
    try await TemporaryRepository.with { temporary async throws in
      try await history(temporary)
      #expect(try await isSame(temporary))
      try await lie(temporary)
      #expect(try await isBelieved(temporary))
      try temporary.write("Ana R. <ana@harbor.example>\n", to: ".mailmap")
      #expect(try await !isBelieved(temporary))
      #expect(try await open(temporary).graph(keptBy: memory).commits.contains { $0.author.name == "Ana R." })
      try await lie(temporary)
      try temporary.write("Ana S. <ana@harbor.example>\n", to: ".mailmap")
      #expect(try await isSame(temporary))
      try FileManager.default.removeItem(atPath: temporary.root + "/.mailmap")
      #expect(try await isSame(temporary))
      try await lie(temporary)
      try await temporary.git(["config", "trailer.separators", ":#"])
      #expect(try await !isBelieved(temporary))
      try await lie(temporary)
      #expect(try await !isBelieved(temporary, GraphMemory(version: "2", least: 1)))
    }
  }

  @Test("a mailmap from elsewhere, a shallow clone and a small repository leave no file") func none() async throws {
    try await TemporaryRepository.with { temporary async throws in
      try await history(temporary)
      #expect(try await isSame(temporary, GraphMemory(version: "1", least: 100)))
      #expect(kept(temporary) == nil)
      let clone = try await temporary.clone(depth: 1)
      let shallow = try #require(try await GitRepository.open(at: clone))
      #expect(try await shallow.graph(keptBy: memory).isShallow)
      #expect(!FileManager.default.fileExists(atPath: clone + "/.git/gazette"))
      try await temporary.git(["config", "mailmap.file", temporary.outer + "/map"])
      try Data("Ana Q. <ana@harbor.example>\n".utf8).write(to: URL(fileURLWithPath: temporary.outer + "/map"))
      #expect(try await isSame(temporary))
      #expect(kept(temporary) == nil)
    }
  }

  @Test("a bare repository follows the mailmap of its HEAD") func bare() async throws {
    try await TemporaryRepository.with { temporary async throws in
      try await history(temporary)
      let clone = try await temporary.clone(bare: true)
      let repository = try #require(try await GitRepository.open(at: clone))
      let cold = try await repository.graph()
      #expect(Array(try await repository.graph(keptBy: memory).commits) == Array(cold.commits))
      #expect(FileManager.default.fileExists(atPath: clone + "/gazette/graph"))
      try await temporary.commit("Map", files: [".mailmap": "Ana R. <ana@harbor.example>\n"])
      try await temporary.git(["fetch", "-q", temporary.root, "+refs/heads/*:refs/heads/*"], in: clone)
      let later = try #require(try await GitRepository.open(at: clone))
      #expect(Array(try await later.graph(keptBy: memory).commits) == Array(try await later.graph().commits))
      #expect(try await later.graph(keptBy: memory).commits.contains { $0.author.name == "Ana R." })
    }
  }

  @Test("a file that is cut, flipped, foreign, a folder or a link is as none") func broken() async throws {
    try await TemporaryRepository.with { temporary async throws in
      try await history(temporary)
      #expect(try await isSame(temporary))
      let repository = try await open(temporary)
      let good = Array(try #require(kept(temporary)))
      let cache = try #require(try await GraphCache(of: repository, memory))
      #expect(await cache.known() != nil)
      var generator = SeededGenerator(seed: 7)
      var broken = [[], Array("x".utf8), good + [0], Array(good.dropLast()), good + good]
      broken += stride(from: 0, to: good.count, by: 37).map { Array(good.prefix($0)) }
      broken += (0..<60).map { _ in
        var bytes = good
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        return bytes
      }
      for bytes in broken {
        try Data(bytes).write(to: URL(fileURLWithPath: file(temporary)))
        #expect(await cache.known() == nil)
      }
      #expect(try await isSame(temporary))
      #expect(kept(temporary) == Data(good))
      // With a sum that is right, what does not go together is refused all the same.
      let known = try #require(await cache.known())
      for spoil: (inout CommitColumns) -> Void in [
        { $0.parents[0] = 0 }, { $0.parents[0] = 99 }, { $0.authors[1] = -1 }, { $0.subjectStarts[1] = 1 << 40 },
        { $0.parentStarts[2] = 0 }, { $0.trailers[0] = 9 }, { $0.ids.removeLast() },
        { $0.trailerStarts[$0.count] = 0 },
      ] {
        var columns = known.table.columns
        spoil(&columns)
        #expect(CommitTable(columns) == nil)
      }
      try FileManager.default.removeItem(atPath: file(temporary))
      try FileManager.default.createDirectory(atPath: file(temporary), withIntermediateDirectories: true)
      #expect(try await isSame(temporary))
    }
  }

  @Test("a repository without a commit, or with a HEAD that leads nowhere, is as without a cache")
  func headless() async throws {
    try await TemporaryRepository.with { temporary async throws in
      #expect(try await open(temporary).graph(keptBy: memory).commits.isEmpty)
      try await history(temporary)
      try await temporary.git(["symbolic-ref", "HEAD", "refs/heads/none"])
      #expect(try await isSame(temporary))
      #expect(kept(temporary) != nil)
      #expect(try await isSame(temporary))
    }
  }

  @Test("where nothing can be written everything goes on without") func unwritable() async throws {
    try await TemporaryRepository.with { temporary async throws in
      try await history(temporary)
      try temporary.write("", to: ".git/gazette")
      #expect(try await isSame(temporary))
      #expect(try await isSame(temporary))
      try FileManager.default.removeItem(atPath: temporary.root + "/.git/gazette")
      try FileManager.default.createDirectory(atPath: temporary.outer + "/else", withIntermediateDirectories: true)
      try temporary.link(".git/gazette", to: temporary.outer + "/else")
      #expect(try await isSame(temporary))
      #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.outer + "/else").isEmpty)
    }
  }

  @Test("drafts of runs that were ended are cleared away") func drafts() async throws {
    try await TemporaryRepository.with { temporary async throws in
      try await history(temporary)
      try temporary.write("half", to: ".git/gazette/graph-1")
      #expect(try await isSame(temporary))
      #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.root + "/.git/gazette") == ["graph"])
    }
  }
}
