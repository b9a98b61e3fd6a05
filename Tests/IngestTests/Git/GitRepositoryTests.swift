import Diagnostics
import Model
import TestSupport
import Testing

@testable import Ingest

@Suite("A Git repository")
struct GitRepositoryTests {
  @Test("an empty folder is in no repository")
  func noRepository() async throws {
    try await TemporaryRepository.with { repository in
      let found = try await GitRepository.open(at: repository.outer)
      #expect(found?.folder == nil)
    }
  }

  @Test("a repository without commits has a branch, no head, and empty lists")
  func noCommits() async throws {
    try await TemporaryRepository.with { temporary in
      let repository = try #require(try await GitRepository.open(at: temporary.root))
      #expect(repository.head == nil)
      #expect(repository.branch == "main")
      #expect(try await repository.graph().commits.isEmpty)
      #expect(try await repository.tags().isEmpty)
      #expect(try await repository.newestCommitterDateOnFirstParent() == nil)
      #expect(try await repository.contentHistory(of: ["content"]).revisions.isEmpty)
    }
  }

  @Test("the graph has commits with parents as positions, people, times and trailers")
  func graph() async throws {
    try await TemporaryRepository.with { temporary in
      let first = try await temporary.commit("First")
      let second = try await temporary.commit(
        "Second\n\nBecause.\n\nCo-authored-by: Chao Li\n <chao@harbor.example>\nFixes: #1\nReviewed-by: Dana <dana@x.example>",
        author: "Ben")
      let repository = try #require(try await GitRepository.open(at: temporary.root))
      let graph = try await repository.graph()
      #expect(graph.commits.map(\.id) == [second, first])
      #expect(graph.commits.map(\.parents) == [[1], []])
      #expect(graph.commits[0].author == Commit.Identity(name: "Ben", email: "ana@harbor.example"))
      #expect(graph.commits[0].committed == Moment("2026-01-01T01:00Z"))
      #expect(graph.commits[0].subject == "Second")
      #expect(
        graph.commits[0].trailers == [
          Commit.Trailer(key: "Co-authored-by", value: "Chao Li <chao@harbor.example>"),
          Commit.Trailer(key: "Reviewed-by", value: "Dana <dana@x.example>"),
        ])
    }
  }

  @Test("light, annotated and nested tags lead to commits; tags of trees are left out")
  func tags() async throws {
    try await TemporaryRepository.with { temporary in
      let first = try await temporary.commit("First")
      let second = try await temporary.commit("Second")
      try await temporary.tag("light", at: first)
      try await temporary.tag("annotated", "The first\n\nBody", at: first, hour: 7)
      try await temporary.tag("nested", "Again", at: "annotated", hour: 8)
      try await temporary.tag("deeper", "And again", at: "nested", hour: 9)
      try await temporary.tag("tree", at: "HEAD^{tree}")
      try await temporary.tag("annotated-tree", "A tree", at: "HEAD^{tree}")
      try await temporary.tag("nested-tree", "A tree's tag", at: "annotated-tree")
      try await temporary.tag("é/ü", at: second)
      let repository = try #require(try await GitRepository.open(at: temporary.root))
      func date(_ hour: Int) -> Moment { Moment(seconds: TemporaryRepository.seconds(hour: hour)) }
      #expect(
        try await repository.tags() == [
          Tag(name: "annotated", commit: first, isAnnotated: true, date: date(7), subject: "The first"),
          Tag(name: "deeper", commit: first, isAnnotated: true, date: date(9), subject: "And again"),
          Tag(name: "light", commit: first, isAnnotated: false, date: date(0), subject: ""),
          Tag(name: "nested", commit: first, isAnnotated: true, date: date(8), subject: "Again"),
          Tag(name: "é/ü", commit: second, isAnnotated: false, date: date(1), subject: ""),
        ])
    }
  }
}
