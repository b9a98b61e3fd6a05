import Diagnostics
import Ingest
import Model
import TestSupport
import Testing

@Suite("Loading a ledger")
struct LedgerLoadTests {
  private let clock = Moment(seconds: 1_900_000_000)

  private func load(
    _ repository: TemporaryRepository, asOf: String? = nil, clock: Moment? = nil, isPreview: Bool = false
  ) async throws -> (ledger: Ledger?, report: Report) {
    var report = Report()
    let checkout = try await Checkout.open(at: repository.root, content: "content", sources: [:], into: &report)
    let options = LoadOptions(
      asOf: asOf.flatMap { Moment($0) }, clock: clock ?? self.clock, isPreview: isPreview, slices: 3)
    let ledger = try await Ledger.load(from: checkout, options: options, into: &report)
    return (ledger, report)
  }

  /// A repository with a site for the product `tool`, whose tags are its releases.
  private func site(
    in repository: TemporaryRepository, source: String = "tags: 'v{version}', discover: true", more: String = ""
  ) async throws {
    try repository.write("title: Tools\n", to: "content/gazette.yml")
    try repository.write(
      "name: Tool\nsource: {id: main, \(source)}\n\(more)", to: "content/products/tool.yml")
    try await repository.commit("Start a site")
  }

  @Test("makes a release of every tag, with its commits as notes and its date from the tag")
  func releasesFromTags() async throws {
    try await TemporaryRepository.with { repository in
      try await site(in: repository)
      try await repository.commit("feat(search): answer faster")
      try await repository.git(["tag", "v1.0.0"])
      try await repository.commit("fix: keep `_names_` as they are")
      try await repository.commit("Tidy up")
      try await repository.git(["tag", "-a", "v1.1.0-rc.1", "-m", "Candidate"], hour: 9)
      let (ledger, report) = try await load(repository)
      #expect(report.diagnostics == [])
      let shelf = try #require(ledger?.shelves.first)
      #expect(shelf.releases.map(\.version.text) == ["1.1.0-rc.1", "1.0.0"])
      let candidate = shelf.releases[0]
      #expect(candidate.kind == .preRelease)
      #expect(candidate.released?.value == .moment(Moment(seconds: 1_767_225_600 + 9 * 3600)))
      #expect(candidate.changes.map(\.text.whole.plainText) == ["Tidy up", "keep _names_ as they are"])
      #expect(candidate.changes.map(\.kind) == [nil, .fix])
      #expect(candidate.previous?.text == "1.0.0")
      #expect(shelf.releases[1].changes.contains { $0.component == "search" && $0.kind == .feature })
    }
  }

  @Test("prefers the changelog's section to the commits, and the file beside a record to both")
  func notesInOrder() async throws {
    try await TemporaryRepository.with { repository in
      try repository.write(
        "# Changelog\n\n## [1.1.0] - 2026-01-02\n\n### Fixed\n\n- A leak (#7)\n\n## [1.0.0] - 2026-01-01\n\n### Added\n\n- All\n",
        to: "CHANGELOG.md")
      try await site(in: repository, source: "tags: 'v{version}', discover: true, changelog: CHANGELOG.md")
      try await repository.git(["tag", "v1.0.0"])
      try await repository.commit("A commit")
      try await repository.git(["tag", "v1.1.0"])
      try repository.write("status: released\n", to: "content/releases/tool/1.0.0.yml")
      try repository.write("It *works*.\n", to: "content/releases/tool/1.0.0.md")
      try await repository.commit("Describe")
      let (ledger, report) = try await load(repository)
      #expect(report.diagnostics == [])
      let shelf = try #require(ledger?.shelves.first)
      let (new, old) = (shelf.releases[0], shelf.releases[1])
      #expect(new.notes?.origin == .changelog)
      #expect(new.notes?.isAllChanges == true)
      #expect(new.changes.map(\.kind) == [.fix])
      #expect(old.notes?.origin == .file)
      #expect(old.notes?.prose.whole.plainText.contains("It works.") == true)
      #expect(old.notes?.location.file == "content/releases/tool/1.0.0.md")
    }
  }

  @Test("follows ancestry, not numbers, on parallel lines")
  func parallelLines() async throws {
    try await TemporaryRepository.with { repository in
      try await site(in: repository)
      try await repository.git(["tag", "v1.0.0"])
      try await repository.git(["checkout", "-q", "-b", "release/1.x"])
      try await repository.commit("Mend it on the old line")
      try await repository.git(["tag", "v1.0.1"])
      try await repository.git(["checkout", "-q", "main"])
      try await repository.commit("Go on")
      try await repository.git(["tag", "v2.0.0"])
      let (ledger, _) = try await load(repository)
      let shelf = try #require(ledger?.shelves.first)
      let previous = Dictionary(uniqueKeysWithValues: shelf.releases.map { ($0.version.text, $0.previous?.text) })
      #expect(previous["2.0.0"] == "1.0.0")
      #expect(previous["1.0.1"] == "1.0.0")
      let positions = ["2.0.0", "1.0.1", "1.0.0"].compactMap(shelf.position(of:))
      try #require(positions.count == 3)
      #expect(!shelf.lineage.contains(positions[1], in: positions[0]))
      #expect(shelf.lineage.contains(positions[2], in: positions[0]))
    }
  }

  @Test("joins a record with its tag: what the record says wins, what it leaves out the tag gives")
  func recordAndTag() async throws {
    try await TemporaryRepository.with { repository in
      try await site(in: repository, more: "lines: [{id: '1', match: '1.*'}]\n")
      try await repository.git(["tag", "v1.0.0"])
      try repository.write("status: withdrawn\ntitle: First\n", to: "content/releases/tool/1.0.0.yml")
      try repository.write("status: planned\n", to: "content/releases/tool/1.1.0.yml")
      try await repository.commit("Withdraw it")
      let (ledger, report) = try await load(repository)
      #expect(report.diagnostics == [])
      let shelf = try #require(ledger?.shelves.first)
      #expect(shelf.releases.map(\.status) == [.planned, .withdrawn])
      #expect(shelf.releases[1].released != nil)
      #expect(shelf.releases[1].commit?.count == 40)
      #expect(shelf.releases[1].line == "1")
      #expect(shelf.releases[0].kind == .minor)
      #expect(shelf.releases[0].previous?.text == "1.0.0")
    }
  }

  @Test("names versions and tags that do not parse")
  func unparsed() async throws {
    try await TemporaryRepository.with { repository in
      try await site(in: repository)
      try await repository.git(["tag", "v1.0"])
      try await repository.git(["tag", "vendor"])
      try repository.write("status: planned\n", to: "content/releases/tool/one.yml")
      try await repository.commit("Plan")
      let (_, report) = try await load(repository)
      #expect(
        report.diagnostics.map { "\($0.severity.rawValue) \($0.code) \($0.location?.file ?? "-")" } == [
          "warning \(Code.tagDoesNotParse.id) content/products/tool.yml",
          "error \(Code.malformedVersion.id) content/releases/tool/one.yml",
        ])
      #expect(report.diagnostics[0].message.contains("`v1.0`, `vendor`"))
    }
  }

  @Test("is true as of the newest commit, and never later than the clock without a preview")
  func asOf() async throws {
    try await TemporaryRepository.with { repository in
      try await site(in: repository)
      try await repository.commit("Later")
      #expect(try await load(repository).ledger?.asOf.iso == "2026-01-01T01:00:00Z")
      #expect(try await load(repository, asOf: "2026-03-01T00:00Z").ledger?.asOf.iso == "2026-03-01T00:00:00Z")
      let early = try #require(Moment("2026-02-01T00:00Z"))
      let refused = try await load(repository, asOf: "2026-03-01T00:00Z", clock: early)
      #expect(refused.report.diagnostics.map(\.code) == [Code.asOfInFuture.id])
      let preview = try await load(repository, asOf: "2026-03-01T00:00Z", clock: early, isPreview: true)
      #expect(preview.report.diagnostics == [])
      #expect(preview.ledger?.embargoesHeldAt == early)
    }
  }

  @Test("warns of a changelog that names what is under embargo, without naming it")
  func embargoInChangelog() async throws {
    try await TemporaryRepository.with { repository in
      try repository.write("## 1.0.0\n\n### Security\n\n- Mends CVE-2026-4242\n- Another\n", to: "CHANGELOG.md")
      try await site(in: repository, source: "tags: 'v{version}', discover: true, changelog: CHANGELOG.md")
      try repository.write(
        "status: released\nreleased: 2026-01-01\nsecurity:\n  - {id: CVE-2026-4242, severity: high, embargo_until: 2026-06-01T00:00Z}\n",
        to: "content/releases/tool/1.0.0.yml")
      try await repository.commit("Release", hour: 48)
      try await repository.git(["tag", "v1.0.0"])
      let (ledger, report) = try await load(repository)
      #expect(report.diagnostics.map(\.code) == [Code.embargoedNameInChangelog.id])
      #expect(!TextReport(colour: false) { _ in nil }.text(of: report).contains("4242"))
      let release = try #require(ledger?.shelves.first?.releases.first)
      #expect(release.notes?.prose.whole.plainText.contains("4242") == true)
      #expect(release.notes?.prose.forPublic.whole.plainText.contains("4242") == false)
      #expect(release.notes?.prose.forPublic.whole.plainText.contains("Another") == true)
    }
  }

  @Test("leaves out tags that came after the as-of, and says so")
  func laterTags() async throws {
    try await TemporaryRepository.with { repository in
      try await site(in: repository)
      try await repository.commit("One")
      try await repository.tag("v1.0.0")
      try await repository.commit("Two", hour: 48)
      try await repository.tag("v1.1.0")
      let (ledger, report) = try await load(repository, asOf: "2026-01-02T00:00Z")
      #expect(ledger?.shelves.first?.releases.map(\.version.text) == ["1.0.0"])
      #expect(report.diagnostics.map(\.code) == [Code.tagAfterAsOf.id])
      #expect(report.diagnostics.first?.message.contains("`v1.1.0`") == true)
      // One that is minutes later than its commit is not later than the site.
      try await repository.tag("v1.2.0", "A tagger takes his time", hour: 50)
      #expect(try await load(repository).ledger?.shelves.first?.releases.count == 3)
    }
  }

  @Test("warns of a record that takes a tagged release back, where tags are releases", arguments: [true, false])
  func taggedCandidate(discovers: Bool) async throws {
    try await TemporaryRepository.with { repository in
      try await site(in: repository, source: "tags: 'v{version}', discover: \(discovers)")
      for (version, status) in [("1.0.0", "candidate"), ("1.1.0", "released"), ("1.2.0", "cancelled")] {
        try repository.write("status: \(status)\n", to: "content/releases/tool/\(version).yml")
        try await repository.commit(version)
        try await repository.tag("v" + version)
      }
      let (_, report) = try await load(repository)
      #expect(report.diagnostics.map(\.code) == (discovers ? [Code.staleStatus.id] : []))
      #expect(report.diagnostics.allSatisfy { $0.severity == .warning && $0.message.contains("as `v1.0.0`") })
    }
  }

  @Test("of a fact that no commit holds yet, says to commit it")
  func uncommittedFact() async throws {
    try await TemporaryRepository.with { repository in
      try await site(in: repository)
      try repository.write("status: released\nreleased: 2026-02-01\n", to: "content/releases/tool/1.0.0.yml")
      let (_, early) = try await load(repository)
      let finding = try #require(early.diagnostics.first { $0.code == Code.futureFact.id })
      #expect(finding.help?.hasPrefix("commit the file") == true)
      let asked = try await load(repository, asOf: "2026-01-10T00:00Z").report.diagnostics
      #expect(asked.first { $0.code == Code.futureFact.id }?.help?.contains("--as-of") == true)
      try await repository.commit("Release")
      let committed = try await load(repository).report.diagnostics
      #expect(committed.first { $0.code == Code.futureFact.id }?.help?.contains("--as-of") == true)
    }
  }

  @Test("refuses tags that differ only in case")
  func sameCase() async throws {
    try await TemporaryRepository.with { repository in
      try await site(in: repository)
      try await repository.tag("v1.0.0-RC.1")
      try await repository.tag("v1.0.0-rc.1")
      #expect(try await load(repository).report.diagnostics.map(\.code) == [Code.sameRelease.id])
    }
  }

  @Test("says which flag binds a repository that it cannot find, when releases hang on it")
  func unboundSource() async throws {
    try await TemporaryRepository.with { repository in
      try await site(in: repository, source: "repository: elsewhere, tags: 'v{version}', discover: true")
      let (_, report) = try await load(repository)
      #expect(report.diagnostics.map(\.code) == [Code.unboundSource.id])
      #expect(report.diagnostics.first?.help?.contains("--source elsewhere=DIR") == true)
    }
  }

  @Test("names tags and commits of records that Git does not know, and takes shortened ids")
  func statedCommits() async throws {
    try await TemporaryRepository.with { repository in
      try await site(in: repository, source: "tags: 'v{version}'")
      let id = try await repository.commit("Work")
      try await repository.tag("v1.1.0")
      try repository.write(
        "status: released\nreleased: 2026-01-01\ntag: v1.1.O\n", to: "content/releases/tool/1.0.0.yml")
      try repository.write(
        "status: released\nreleased: 2026-01-01\ncommit: \(id.prefix(10))\n", to: "content/releases/tool/1.2.0.yml")
      try repository.write(
        "status: released\nreleased: 2026-01-01\ncommit: '1234567890'\n", to: "content/releases/tool/1.3.0.yml")
      try repository.write("status: planned\ntag: v2.0.0\n", to: "content/releases/tool/2.0.0.yml")
      try await repository.commit("Record", hour: 72)
      let (ledger, report) = try await load(repository)
      #expect(
        report.diagnostics.map { "\($0.code) \($0.location?.file ?? "-") \($0.help ?? "-")" } == [
          "C026 content/releases/tool/1.0.0.yml did you mean `v1.1.0`?",
          "C026 content/releases/tool/1.3.0.yml give the whole id of the commit that was released",
        ])
      #expect(ledger?.shelves.first?.release("1.2.0")?.commit == id)
    }
  }

  @Test("a withdrawal counts from the commit that says so, unless an amendment does")
  func withdrawals() async throws {
    try await TemporaryRepository.with { repository in
      func record(_ version: String, _ text: String) throws {
        try repository.write(text + "\nreleased: 2026-01-01\n", to: "content/releases/tool/\(version).yml")
      }
      try await site(in: repository, source: "tags: 'v{version}'")
      for version in ["1.0.0", "1.1.0", "1.2.0"] { try record(version, "status: released") }
      try await repository.commit("Release", hour: 24)
      try record("1.0.0", "status: withdrawn")
      try record("1.1.0", "status: rolled-back\namendments: [{at: 2026-01-03, by: ana, fields: [status], reason: Bad}]")
      try repository.write("title: Tools\npeople: {ana: {name: Ana}}\n", to: "content/gazette.yml")
      try await repository.commit("Withdraw", hour: 72)
      try record("1.0.0", "status: withdrawn\ntitle: Old")
      try record("1.2.0", "status: released\ntitle: New")
      try await repository.commit("Polish", hour: 96)
      try record("1.2.0", "status: withdrawn")
      let (ledger, report) = try await load(repository)
      #expect(report.diagnostics.map(\.code) == [Code.uncommittedContent.id])
      let updated = ledger?.shelves.first?.releases.map { $0.updated?.iso }
      #expect(updated == ["2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z", "2026-01-04T00:00:00Z"])
    }
  }

  @Test("tells changes apart that begin with the same words")
  func identities() async throws {
    try await TemporaryRepository.with { repository in
      try await site(in: repository, source: "tags: 'v{version}'")
      let words = "The default value of the timeout setting in seconds for every new client connection of the pool is"
      for (version, value) in [("1.0.0", 30), ("1.1.0", 60)] {
        try repository.write(
          "status: released\nreleased: 2026-01-01\nchanges: [{kind: breaking, text: \(words) \(value), action: Set it}]\n",
          to: "content/releases/tool/\(version).yml")
      }
      try await repository.commit("Record", hour: 72)
      let releases = try #require(try await load(repository).ledger?.shelves.first?.releases)
      let changes = releases.flatMap(\.changes)
      #expect(Set(changes.map(\.id)).count == 1)
      #expect(Set(changes.map(\.identity)).count == 2)
    }
  }
}
