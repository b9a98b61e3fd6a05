import Diagnostics
import Model
import TestSupport
import Testing

@testable import Ingest

@Suite("The log of the content") struct ContentLogTests {
  private func load(_ repository: TemporaryRepository) async throws -> (ledger: Ledger, report: Report) {
    var report = Report()
    let checkout = try await Checkout.open(at: repository.root, content: "content", sources: [:], into: &report)
    var options = LoadOptions(clock: Moment(seconds: 1_900_000_000), slices: 3)
    options.questions = { _ in [.log, .origins, .originSignatures] }
    let ledger = try #require(try await Ledger.load(from: checkout, options: options, into: &report))
    return (ledger, report)
  }

  private static let record = "content/releases/tool/1.0.0.yml"

  private func start(_ repository: TemporaryRepository) async throws {
    try await repository.commit(
      "Start",
      files: [
        "content/gazette.yml": "title: Tools\npeople: {ana: {name: Ana, emails: [ana@harbor.example]}}\n",
        "content/products/tool.yml": "name: Tool\n", Self.record: "status: planned\ntitle: First\n", "README.md": "x",
      ])
  }

  @Test("every commit is told once, the first first, with what became of the fields") func commits() async throws {
    try await TemporaryRepository.with { repository in
      try await start(repository)
      try await repository.commit("Elsewhere", files: ["README.md": "y"])
      try await repository.branch("approve")
      try await repository.commit(
        "Approve",
        files: ["content/releases/tool/1.0.0.d/a.yml": "approvals: [{by: ana, role: qa, decision: approved}]\n"],
        author: "Ben", email: "ben@harbor.example")
      try await repository.checkout("main")
      try await repository.commit(
        "Ship it\n\nCo-authored-by: Chao <chao@x.example>",
        files: [
          Self.record: "status: released\nreleased: 2026-01-01\napprovals: [{by: ana, decision: approved}]\n",
          "content/evidence/tool/1.0.0/unit.txt": "ok",
        ])
      try await repository.merge("approve")
      try await repository.git(["rm", "-q", "content/evidence/tool/1.0.0/unit.txt"])
      try await repository.commit("Drop the report")
      let (ledger, report) = try await load(repository)
      #expect(report.diagnostics.map(\.message) == [])
      let entries = try #require(ledger.git.log).entries
      #expect(entries.map(\.commit.subject) == ["Start", "Approve", "Ship it", "Merge", "Drop the report"])
      #expect(entries.map(\.published) == [nil, nil, nil, 1, nil])
      #expect(entries.allSatisfy { $0.signature == .unsigned })
      #expect(
        entries[0].files.map(\.path) == ["content/gazette.yml", "content/products/tool.yml", Self.record])
      #expect(entries[0].files[0].facts == ["title: Tools", "people.ana: added"])
      #expect(entries[1].commit.author.name == "Ben")
      #expect(entries[1].files.map(\.facts) == [["approvals: added ana (qa, approved)"]])
      #expect(entries[1].files[0].subject.kind == .part)
      #expect(entries[2].commit.authors.map(\.name) == ["Ana Ruiz", "Chao"])
      #expect(entries[2].files.map(\.change) == [.added, .changed])
      #expect(
        entries[2].files[1].facts == [
          "status: planned → released", "released: 2026-01-01", "approvals: added ana (approved)", "title: removed",
        ])
      #expect(entries[3].files == [])
      #expect(entries[4].files.map(\.change) == [.removed])
    }
  }

  @Test("a merge that writes something itself is told with what it wrote") func ownLines() async throws {
    try await TemporaryRepository.with { repository in
      try await start(repository)
      try await repository.branch("other")
      try await repository.commit("There", files: [Self.record: "status: planned\ntitle: There\n"])
      try await repository.checkout("main")
      try await repository.commit("Here", files: [Self.record: "status: planned\ntitle: Here\n"])
      _ = try? await repository.merge("other")
      try await repository.commit("Both", files: [Self.record: "status: planned\ntitle: Both\n"])
      let entries = try #require(try await load(repository).ledger.git.log).entries
      #expect(entries.map(\.commit.subject) == ["Start", "There", "Here", "Both"])
      #expect(entries[3].published == 1)
      #expect(entries[3].files.map(\.facts) == [["title: Here → Both"]])
    }
  }

  @Test(
    "a signature is told, and checked only where an approval asks for it", .enabled(if: TemporaryRepository.canSign))
  func signatures() async throws {
    try await TemporaryRepository.with { repository in
      try await start(repository)
      let key = try await repository.signingKey("ana")
      try await repository.commit("Retitle", files: [Self.record: "status: planned\ntitle: Second\n"], key: key)
      try await repository.commit(
        "Approve", files: ["content/releases/tool/1.0.0.d/a.yml": "approvals: [{by: ana, decision: approved}]\n"],
        key: key)
      let entries = try #require(try await load(repository).ledger.git.log).entries
      #expect(entries[0].signature == .unsigned)
      #expect(entries[1].signature == .unchecked(kind: "SSH"))
      guard case .checked(.unlisted) = entries[2].signature else {
        Issue.record("\(entries[2].signature)")
        return
      }
    }
  }

  @Test("a shallow clone tells nothing, and says why") func shallow() async throws {
    try await TemporaryRepository.with { repository in
      try await start(repository)
      try await repository.commit("Retitle", files: [Self.record: "status: planned\ntitle: Second\n"])
      let clone = try await repository.clone(depth: 1)
      var report = Report()
      let checkout = try await Checkout.open(at: clone, content: "content", sources: [:], into: &report)
      var options = LoadOptions(clock: Moment(seconds: 1_900_000_000), slices: 3)
      options.questions = { _ in .log }
      let ledger = try #require(try await Ledger.load(from: checkout, options: options, into: &report))
      #expect(ledger.git.log?.entries.isEmpty == true)
      #expect(ledger.git.obstacle == .shallow)
    }
  }

  @Test(
    "fields are told by what became of them",
    arguments: [
      ("a: 1", "a: 1 # same", []), ("a: 1", "a: 2", ["a: 1 → 2"]), ("a: 1", "b: ~", ["a: removed"]),
      ("a: [x, y]", "a: [y, z]", ["a: added z", "a: removed x"]),
      ("a: [x, y]", "a: [y, x]", ["a: put into another order"]),
      ("a: [{id: q, status: open}]", "a: [{id: q, status: done}]", ["a: changed q (done)"]),
      ("a: {b: 1, c: 2}", "a: {b: 1, c: 3, d: {e: 1}}", ["a.c: 2 → 3", "a.d: added"]),
      ("a: {b: 1}", "a: text", ["a: another value → text"]), ("- {id: f}", "- {id: f, kind: g}", ["changed f (g)"]),
      ("a: 1", "just text", ["rewritten"]),
    ])
  func fields(old: String, new: String, words: [String]) {
    var report = Report()
    let (before, after) = (
      YAMLNode.read(old, file: "a.yml", into: &report), YAMLNode.read(new, file: "a.yml", into: &report)
    )
    #expect(FieldChanges.words(from: before, to: after) == words)
    #expect(FieldChanges.words(from: before, to: nil) == [])
  }
}
