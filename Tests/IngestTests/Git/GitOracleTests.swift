import Diagnostics
import Model
import TestSupport
import Testing

@testable import Ingest

@Suite("Histories as git itself sees them")
struct GitOracleTests {
  @Test("ranges and ancestry agree with `git rev-list` on random histories", arguments: 0..<4)
  func ranges(seed: UInt64) async throws {
    try await TemporaryRepository.with { temporary async throws in
      var generator = SeededGenerator(seed: seed)
      try await importHistory(of: 80, into: temporary, using: &generator)
      let graph = try await #require(try await GitRepository.open(at: temporary.root)).graph()
      let lines = try await temporary.git(["rev-list", "--parents", "--branches"]).split(separator: "\n")
      #expect(graph.commits.count == lines.count)
      for line in lines {
        let ids = line.split(separator: " ").map(String.init)
        let commit = graph.commits[try #require(graph.position(of: ids[0]))]
        #expect(commit.parents.map { graph.commits[$0].id } == Array(ids.dropFirst()))
      }
      for _ in 0..<12 {
        let tip = Int.random(in: 0..<lines.count, using: &generator)
        let bases = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
          Int.random(in: 0..<lines.count, using: &generator)
        }
        let arguments = ["rev-list", graph.commits[tip].id] + bases.map { "^" + graph.commits[$0].id }
        let expected = try await temporary.git(arguments).split(separator: "\n").map(String.init)
        #expect(graph.commits(from: tip, without: bases).map { graph.commits[$0].id }.sorted() == expected.sorted())
      }
    }
  }

  /// Random merges, octopuses and roots, with clocks that run backwards at times.
  private func importHistory(
    of count: Int, into temporary: TemporaryRepository, using generator: inout SeededGenerator
  ) async throws {
    var stream = ""
    for mark in 1...count {
      let time = 1_700_000_000 + mark * 60 + Int.random(in: -3000...3000, using: &generator)
      stream += "commit refs/heads/c\(mark)\nmark :\(mark)\nauthor A <a@x.example> \(time) +0000\n"
      stream += "committer A <a@x.example> \(time) +0000\ndata 2\n\(mark % 10)\n"
      let width = mark == 1 ? 0 : [0, 1, 1, 1, 1, 2, 2, 2, 3, 4].randomElement(using: &generator) ?? 1
      var parents: [Int] = []
      for _ in 0..<width {
        let parent = max(1, mark - Int.random(in: 1...12, using: &generator))
        if !parents.contains(parent) { parents.append(parent) }
      }
      for (index, parent) in parents.enumerated() { stream += "\(index == 0 ? "from" : "merge") :\(parent)\n" }
      stream += "\n"
    }
    try temporary.write(stream, to: "stream")
    try await temporary.git([
      "-c", "fastimport.unpackLimit=1", "-c", "alias.import=!git fast-import --quiet < stream", "import",
    ])
  }

  @Test("an octopus merge has all its parents in order")
  func octopus() async throws {
    try await TemporaryRepository.with { temporary async throws in
      let base = try await temporary.commit("Base")
      var sides: [String] = []
      for name in ["one", "two", "three"] {
        try await temporary.branch(name, at: base)
        sides.append(try await temporary.commit(name, files: [name: name]))
      }
      try await temporary.checkout("main")
      let merge = try await temporary.merge("one", "two", "three")
      let graph = try await #require(try await GitRepository.open(at: temporary.root)).graph()
      let commit = graph.commits[try #require(graph.position(of: merge))]
      #expect(commit.parents.map { graph.commits[$0].id } == [base] + sides)
    }
  }

  @Test("stashes and notes are no commits of the graph; remote branches are")
  func references() async throws {
    try await TemporaryRepository.with { temporary async throws in
      let first = try await temporary.commit("First", files: ["a": "1"])
      try await temporary.git(["notes", "add", "-m", "A note"])
      try temporary.write("2", to: "a")
      try await temporary.git(["stash", "-q"])
      let side = try await temporary.commit("Side")
      try await temporary.git(["update-ref", "refs/remotes/origin/side", side])
      try await temporary.git(["reset", "-q", "--hard", first])
      let graph = try await #require(try await GitRepository.open(at: temporary.root)).graph()
      #expect(graph.commits.map(\.id) == [side, first])
    }
  }

  @Test("the mailmap renames authors and committers, and bytes that are not UTF-8 are repaired")
  func people() async throws {
    try await TemporaryRepository.with { temporary async throws in
      try await temporary.commit("Old", author: "A. R.", email: "old@harbor.example")
      try await temporary.commit("Map", files: [".mailmap": "Ana Ruiz <ana@harbor.example> <old@harbor.example>\n"])
      let stream: [UInt8] =
        Array("commit refs/heads/main\ncommitter Jos".utf8) + [0xE9]
        + Array(" <j@x.example> 1700000000 +0100\ndata 5\nOl".utf8)
        + [0xE9] + Array("!\n\n".utf8)
      try temporary.write(stream, to: "stream")
      try await temporary.git(["-c", "alias.import=!git fast-import --quiet --force < stream", "import"])
      let repository = try #require(try await GitRepository.open(at: temporary.root))
      let latin = try await repository.graph().commits[0]
      #expect(latin.committer == Commit.Identity(name: "José", email: "j@x.example"))
      #expect(latin.subject == "Olé!")
      #expect(latin.committed == Moment(seconds: 1_700_000_000))
      try await temporary.git(["update-ref", "refs/heads/main", "HEAD@{1}"])
      let mapped = try await repository.graph().commits.last
      #expect(mapped?.author == Commit.Identity(name: "Ana Ruiz", email: "ana@harbor.example"))
      #expect(mapped?.committer == Commit.Identity(name: "Ana Ruiz", email: "ana@harbor.example"))
    }
  }

  @Test("the commits of a part of the repository leave out what touches only excluded paths")
  func touching() async throws {
    try await TemporaryRepository.with { temporary async throws in
      let both = try await temporary.commit("Both", files: ["api/a": "1", "web/a": "1"])
      let docs = try await temporary.commit("Docs", files: ["api/docs/a": "1"])
      let odd = try await temporary.commit("Odd", files: ["api/*": "1"])
      let web = try await temporary.commit("Web", files: ["web/a": "2"])
      let repository = try #require(try await GitRepository.open(at: temporary.root + "/api"))
      #expect(try await repository.commitsTouching(path: "api", exclude: ["api/docs"]) == [both, odd])
      #expect(try await repository.commitsTouching(path: "api/*", exclude: []) == [odd])
      #expect(try await repository.commitsTouching(path: ".", exclude: ["api"]) == [both, web])
      #expect(try await repository.commitsTouching(path: ".", exclude: []) == [both, docs, odd, web])
    }
  }

  @Test("the as-of is the newest committer date of the first parents, not of HEAD")
  func newest() async throws {
    try await TemporaryRepository.with { temporary async throws in
      try await temporary.commit("Late", hour: 50)
      try await temporary.branch("side")
      try await temporary.commit("Later on a side", files: ["a": ""], hour: 90)
      try await temporary.checkout("main")
      try await temporary.commit("Clock went back", hour: 20)
      try await temporary.merge("side", hour: 30)
      let repository = try #require(try await GitRepository.open(at: temporary.root))
      let newest = try await repository.newestCommitterDateOnFirstParent()
      #expect(newest == Moment(seconds: TemporaryRepository.seconds(hour: 50)))
    }
  }

  @Test("the history of content has each state of each file, merges as one revision")
  func contentHistory() async throws {
    try await TemporaryRepository.with { temporary async throws in
      let first = try await temporary.commit(
        "First", files: ["content/a.yml": "1", "content/line\nend \"é\".md": "x", "b": ""])
      try await temporary.branch("side")
      try await temporary.commit("Side one", files: ["content/a.yml": "2"])
      try await temporary.commit("Side two", files: ["content/a.yml": "3", "content/c.yml": "1"])
      try await temporary.checkout("main")
      try await temporary.commit("Elsewhere", files: ["b": "1"])
      let merge = try await temporary.merge("side")
      try await temporary.git(["rm", "-q", "content/c.yml"])
      let removal = try await temporary.commit("Remove")
      let again = try await temporary.commit("Again", files: ["content/c.yml": "2"])
      let repository = try #require(try await GitRepository.open(at: temporary.root))
      let history = try await repository.contentHistory(of: ["content"])
      #expect(history.revisions.map(\.id) == [again, removal, merge, first])
      #expect(history.paths == ["content/a.yml", "content/c.yml", "content/line\nend \"é\".md"])
      #expect(history.touches(of: "content/c.yml").map(\.kind) == [.added, .removed, .added])
      let a = history.touches(of: "content/a.yml")
      #expect(a.map(\.kind) == [.changed, .added])
      #expect(a.map(\.revision) == [2, 3])
      let blobs = try await temporary.git(["rev-parse", "\(first):content/a.yml", "HEAD:content/a.yml"])
      #expect([a[1].after, a[0].after] == blobs.split(separator: "\n").map(String.init))
      #expect(a[0].before == a[1].after)
      #expect(a[1].before == nil)
      #expect(history.touches(of: "content/c.yml").map(\.revision) == [0, 1, 2])
      #expect(history.touches(of: "b").isEmpty)
      #expect(history.revisions[3].author.name == "Ana Ruiz")
      #expect(history.revisions[3].committed == Moment("2026-01-01T00:00Z"))
    }
  }

  @Test("what differs from HEAD below the content is listed: changed, staged, removed, untracked; the ignored apart")
  func differences() async throws {
    try await TemporaryRepository.with { temporary async throws in
      try await temporary.commit(
        "First", files: ["content/a": "1", "content/b": "1", "content/c": "1", "d": "", ".gitignore": "*.tmp\n"])
      let repository = try #require(try await GitRepository.open(at: temporary.root))
      #expect(try await repository.workTree(of: ["content"]) == WorkTreeState())
      try temporary.write("2", to: "content/a")
      try await temporary.git(["rm", "-q", "content/b"])
      try temporary.write("1", to: "content/new/line\nend é")
      try temporary.write("1", to: "content/x.tmp")
      try temporary.write("1", to: "content/y.tmp/a/b")
      try temporary.write("2", to: "d")
      let state = try await repository.workTree(of: ["content"])
      #expect(state.changed == ["content/a", "content/b", "content/new/line\nend é"])
      for path in ["content/a", "content/x.tmp", "content/y.tmp/a/b"] { #expect(state.isUncommitted(path), "\(path)") }
      for path in ["content/c", "d", "content/x", "content/y.tmp"] { #expect(!state.isUncommitted(path), "\(path)") }
    }
  }

  @Test("a file is read from the work tree, or from a revision")
  func revisionFile() async throws {
    try await TemporaryRepository.with { temporary async throws in
      try await temporary.commit("First", files: ["CHANGELOG.md": "one", "folder/a": ""])
      try await temporary.tag("v1")
      try temporary.write("two", to: "CHANGELOG.md")
      let repository = try #require(try await GitRepository.open(at: temporary.root))
      #expect(try await repository.file("CHANGELOG.md") == Array("two".utf8))
      #expect(try await repository.file("CHANGELOG.md", at: "v1") == Array("one".utf8))
      let folder = try await repository.file("folder", at: "v1")
      #expect(folder == nil)
      let missing = try await repository.file("nothing", at: "v1")
      #expect(missing == nil)
      await #expect(throws: FileError.self) { try await repository.file("CHANGELOG.md", at: "v9") }
    }
  }

  @Test("the environment and the repository's own settings do not change what is read")
  func settings() async throws {
    try await TemporaryRepository.with { temporary async throws in
      let first = try await temporary.commit("First", files: ["content/a": "1"])
      try await temporary.commit("Second", files: ["content/a": "2"])
      for (key, value) in [
        ("log.date", "relative"), ("log.follow", "true"), ("core.fsmonitor", "false-program"), ("color.ui", "always"),
        ("format.pretty", "oneline"), ("log.showSignature", "true"), ("diff.renames", "copies"),
        ("core.pager", "false"),
        ("log.showRoot", "false"), ("i18n.logOutputEncoding", "UTF-16"), ("diff.noprefix", "true"),
        ("log.decorate", "full"),
        ("status.showUntrackedFiles", "no"), ("log.diffMerges", "off"), ("log.excludeDecoration", "*"),
      ] { try await temporary.git(["config", key, value]) }
      try await temporary.git(["replace", "HEAD", first])
      try temporary.write("", to: "content/untracked")
      let repository = try #require(try await GitRepository.open(at: temporary.root))
      #expect(try await repository.graph().commits.map(\.subject) == ["Second", "First"])
      #expect(
        try await repository.contentHistory(of: ["content"]).touches(of: "content/a").map(\.kind) == [.changed, .added])
      #expect(try await repository.workTree(of: ["content"]).changed == ["content/untracked"])
    }
  }
}
