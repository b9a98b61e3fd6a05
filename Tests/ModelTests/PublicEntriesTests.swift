import Diagnostics
import Model
import Testing

private func place() -> Diagnostics.SourceLocation { Diagnostics.SourceLocation(file: "x.yml") }

private func prose(_ text: String) -> Prose {
  Prose(RichText(markdown: text, pieces: [.html("<p>\(text)</p>")], plainText: text))
}

/// The fields in which a value differs from one that says nothing.
private func told(_ value: Any, unlike silent: Any) -> Set<String> {
  Set(
    zip(Mirror(reflecting: value).children, Mirror(reflecting: silent).children).compactMap { mine, theirs in
      String(reflecting: mine.value) == String(reflecting: theirs.value) ? nil : mine.label
    })
}

/// A field that is added to one of these types fails here until somebody says who may read it.
@Suite("The fields of entries that are public") struct PublicEntriesTests {
  private let silentPlace = Diagnostics.SourceLocation(file: "-")
  private let now = Moment(seconds: 0)

  private func open(_ edit: (inout Release) -> Void) throws -> Release {
    var site = Site(title: "Harbor")
    site.publish.evidence = .full
    var ledger = Ledger(site: site, asOf: now)
    let version = try #require(Version("2.4.0", scheme: .semver))
    var release = Release(product: ProductID("a"), version: version, status: .released, kind: .minor, at: place())
    edit(&release)
    let product = Product(id: ProductID("a"), name: "A", at: place())
    ledger.shelves = [Ledger.Shelf(product: product, releases: [release], lineage: Lineage(parents: [[]]))]
    return try #require(ledger.facts(for: .public).shelves.first?.releases.first)
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
    let silent = Change(id: "", kind: nil, text: prose(""), origin: .commit, at: silentPlace)
    let all = told(full, unlike: silent)
    // A text does not show what it holds; it is no change without one.
    #expect(all.union(["audience", "text"]) == Set(Mirror(reflecting: full).children.compactMap(\.label)))
    let open = try #require(try open { $0.changes = [full] }.changes.first)
    #expect(told(open, unlike: silent) == all.subtracting(["embargoUntil"]))
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
    let silent = Vulnerability(id: "", at: silentPlace)
    let all = told(full, unlike: silent)
    #expect(all.union(["audience"]) == Set(Mirror(reflecting: full).children.compactMap(\.label)))
    let open = try #require(try open { $0.security = [full] }.security.first)
    #expect(told(open, unlike: silent) == all.subtracting(["embargoUntil"]))
  }

  @Test("of evidence: neither commit, tool, environment, controls nor who gave it")
  func evidence() throws {
    var full = EvidenceEntry(id: Located("unit", at: place()), at: place())
    full.kind = Located("test", at: place())
    full.layer = "unit"
    full.path = Located("a.xml", at: place())
    full.url = "https://x.example/a.xml"
    full.size = 1
    full.sha256 = Located("ab", at: place())
    full.format = "junit"
    full.commit = Located("ab", at: place())
    full.at = When("2026-10-20").map { Located($0, at: place()) }
    full.tool = "runner"
    full.environment = Located("staging", at: place())
    full.controls = [Located("c1", at: place())]
    full.statement = "Passed"
    full.by = Located("ana", at: place())
    full.audience = .public
    let silent = EvidenceEntry(id: Located("", at: silentPlace), at: silentPlace)
    let all = told(full, unlike: silent)
    #expect(all == Set(Mirror(reflecting: full).children.compactMap(\.label)))
    let open = try #require(try open { $0.evidence = [full] }.evidence.first)
    #expect(told(open, unlike: silent) == all.subtracting(["commit", "tool", "environment", "controls", "by"]))
  }
}
