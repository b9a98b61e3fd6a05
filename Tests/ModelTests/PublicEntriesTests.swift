import Diagnostics
import Model
import Testing

/// A field that is added to one of these types fails here until somebody says who may read it.
@Suite("The fields of entries that are public") struct PublicEntriesTests {
  private let now = Moment(seconds: 0)

  private func open(reading file: EvidenceFile? = nil, _ edit: (inout Release) -> Void) throws -> Release {
    var site = Site(title: "Harbor")
    site.publish.evidence = .full
    var ledger = Ledger(site: site, asOf: now)
    let version = try #require(Version("2.4.0", scheme: .semver))
    var release = Release(product: ProductID("a"), version: version, status: .released, kind: .minor, at: place())
    edit(&release)
    if let file, let entry = release.evidence.first { ledger.evidence[release.id, entry.id.value] = .read(file) }
    let product = Product(id: ProductID("a"), name: "A", at: place())
    ledger.pages = [GuidePage(id: "up", title: "Up", body: prose("Up"), at: place())]
    ledger.shelves = [Ledger.Shelf(product: product, releases: [release], lineage: Lineage(parents: [[]]))]
    return try #require(ledger.facts(for: .public).shelves.first?.releases.first)
  }

  @Test("of an amendment: its day, and of the fields it names those that are public")
  func amendment() throws {
    var full = Amendment(at: try someDay(), location: place())
    full.by = located("ana")
    full.reason = "Because"
    full.fields = [located("approvals"), located("security"), located("evidence")]
    var silent = Amendment(at: located(try #require(When("2026-01-01"))), location: place("-"))
    silent.fields = []
    let open = try open { $0.amendments = [full] }.amendments
    expectAllowList(full, open: try #require(open.first), silent: silent, internalFields: ["by", "reason"])
    #expect(open[0].fields.map(\.value).first == "security" && !open[0].fields.contains { $0.value == "approvals" })
    full.fields = [located("approvals")]
    #expect(try self.open { $0.amendments = [full] }.amendments.isEmpty)
  }

  @Test("of a change: all but its audience and its embargo")
  func change() throws {
    var full = Change(id: "a", kind: .fix, text: prose("A"), origin: .record, at: place())
    full.isNamed = true
    full.component = "api"
    full.references = ["#1"]
    full.action = prose("Act")
    full.impact = prose("Impact")
    full.backportOf = "b"
    full.embargoUntil = now
    expectAllowList(
      full, open: try #require(try open { $0.changes = [full] }.changes.first),
      silent: Change(id: "", kind: nil, text: prose(""), origin: .commit, at: place("-")),
      internalFields: ["embargoUntil"], alike: ["audience"])
  }

  @Test("of a vulnerability: all but its audience and its embargo")
  func vulnerability() throws {
    var full = Vulnerability(id: "CVE-2026-1", at: place())
    full.aliases = ["GHSA-a"]
    full.severity = .high
    full.score = 7
    full.summary = prose("Summary")
    full.isFixed = false
    full.disclosed = When("2026-10-20")
    full.embargoUntil = now
    expectAllowList(
      full, open: try #require(try open { $0.security = [full] }.security.first),
      silent: Vulnerability(id: "", at: place("-")), internalFields: ["embargoUntil"], alike: ["audience"])
  }

  @Test("of a known issue: all but its audience")
  func knownIssue() throws {
    var full = KnownIssue(id: "a", text: prose("A"), at: place())
    full.workaround = prose("Restart")
    full.fixedIn = located("2.4.0")
    full.at = When("2026-10-20")
    expectAllowList(
      full, open: try #require(try open { $0.knownIssues = [full] }.knownIssues.first),
      silent: KnownIssue(id: nil, text: prose(""), at: place("-")), internalFields: [], alike: ["audience"])
  }

  @Test("of an artifact: all but its audience")
  func artifact() throws {
    var full = Artifact(name: "a.tar.gz", at: place())
    full.url = "https://x.example/a.tar.gz"
    full.digest = "sha256:ab"
    full.size = 1
    full.purl = "pkg:generic/a@1"
    expectAllowList(
      full, open: try #require(try open { $0.artifacts = [full] }.artifacts.first),
      silent: Artifact(name: "", at: place("-")), internalFields: [], alike: ["audience"])
  }

  @Test("of an upgrade, a dependency and what it works with: everything")
  func upgrade() throws {
    var upgrade = Upgrade()
    upgrade.guide = located("up")
    upgrade.from = ">=2"
    upgrade.downgrade = .dataLoss
    let dependency = ReleaseDependency(product: located("a"), version: ">=1", at: place())
    let compatibility = Compatibility(name: "Board", versions: "C")
    let open = try open {
      $0.upgrade = upgrade
      $0.dependsOn = [dependency]
      $0.compatibility = [compatibility]
    }
    expectAllowList(upgrade, open: open.upgrade, silent: Upgrade(), internalFields: [])
    expectAllowList(
      dependency, open: try #require(open.dependsOn.first),
      silent: ReleaseDependency(
        product: Located("", at: place("-")), version: nil, at: place("-")), internalFields: [])
    expectAllowList(
      compatibility, open: try #require(open.compatibility.first), silent: Compatibility(name: "", versions: ""),
      internalFields: [])
  }

  @Test("of a schedule: all but the window")
  func schedule() throws {
    var full = Schedule(at: try someDay())
    full.until = try someDay()
    full.window = located("tuesdays")
    let silent = Schedule(at: try someDay("2020-01-01"))
    expectAllowList(
      full, open: try #require(try open { $0.scheduled = full }.scheduled), silent: silent, internalFields: ["window"])
  }

  @Test("of evidence: neither commit, tool, environment, controls nor who gave it")
  func evidence() throws {
    var full = EvidenceEntry(id: located("unit"), at: place())
    full.kind = located("test")
    full.layer = "unit"
    full.path = located("a.xml")
    full.url = "https://x.example/a.xml"
    full.size = 1
    full.sha256 = located("ab")
    full.format = located("junit")
    full.commit = located("ab")
    full.at = try someDay()
    full.tool = "runner"
    full.environment = located("staging")
    full.controls = [located("c1")]
    full.statement = "Passed"
    full.by = located("ana")
    full.audience = .public
    let file = EvidenceFile(path: "a.xml", size: 7, sha256: "ab", format: .junit, payload: .document)
    let open = try #require(try open(reading: file) { $0.evidence = [full] }.evidence.first)
    expectAllowList(
      full, open: open,
      silent: EvidenceEntry(id: Located("", at: place("-")), at: place("-")),
      internalFields: ["commit", "tool", "environment", "controls", "by"])
  }

  @Test("a file of evidence is public only where it was read, from its place, and is the one that the record pins")
  func evidenceFile() throws {
    var entry = EvidenceEntry(id: located("sbom"), at: place())
    entry.path = located("sbom.json")
    entry.audience = .public
    func path(_ file: EvidenceFile?) throws -> String? {
      try open(reading: file) { $0.evidence = [entry] }.evidence.first?.path?.value
    }
    var file = EvidenceFile(path: "sbom.json", size: 7, sha256: "ab", format: .cyclonedx, payload: .document)
    #expect(try path(nil) == nil)
    #expect(try path(file) == "sbom.json")
    #expect(try open(reading: file) { $0.evidence = [entry] }.evidence.first?.sha256?.value == "ab")
    entry.sha256 = located("cd")
    #expect(try path(file) == nil)
    entry.sha256 = located("AB")
    #expect(try path(file) == "sbom.json")
    file.path = "sha256/ab/cd"
    #expect(try path(file) == nil)
  }
}
