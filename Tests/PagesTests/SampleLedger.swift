import Diagnostics
import Model
import Testing

/// A text as Markdown reading would give it: one paragraph.
func prose(_ text: String) -> Prose {
  Prose(RichText(markdown: text, pieces: [.html("<p>\(text)</p>")], plainText: text))
}

func place(_ file: String = "content/x.yml", _ line: Int = 1) -> Diagnostics.SourceLocation {
  Diagnostics.SourceLocation(file: file, line: line)
}

func located<Value>(_ value: Value) -> Located<Value> { Located(value, at: place()) }

func day(_ text: String) throws -> Located<When> { located(try #require(When(text))) }

func release(
  _ version: String, of product: String = "gateway", _ status: Release.Status = .released, on date: String? = nil,
  kind: Release.Kind = .minor
) throws -> Release {
  let version = try #require(Version(version, scheme: .semver))
  var release = Release(
    product: ProductID(product), version: version, status: status, kind: kind,
    at: place("content/releases/\(product)/\(version.text).yml"))
  if let date {
    if status.isUpcoming { release.scheduled = Schedule(at: try day(date)) } else { release.released = try day(date) }
  }
  return release
}

func change(_ id: String, _ kind: Change.Kind?, _ text: String, action: String? = nil) -> Change {
  var change = Change(id: id, kind: kind, text: prose(text), origin: .record, at: place())
  change.action = action.map(prose)
  return change
}

/// A small vendor: a public product with two lines, roadmap, guide, vulnerability, and an internal product.
func sampleLedger() throws -> Ledger {
  var site = Site(title: "Harbor releases")
  site.url = "https://releases.harbor.example/notes/"
  var ana = Person(id: "ana", name: "Ana Ruiz", at: place())
  ana.emails = ["ana@harbor.example"]
  site.people = [ana]
  site.privateMatter.links = ["https://tracker.harbor.example/"]
  site.privateMatter.patterns = [located(#"HARB-\d+"#)]
  var ledger = Ledger(site: site, asOf: try #require(Moment("2026-11-02T09:00Z")))
  ledger.shelves = [try gatewayShelf(), try vaultShelf()]
  let tokensPlace = place("content/pages/tokens.md")
  var tokens = GuidePage(id: "tokens", title: "Tokens", body: prose("How to make a token."), at: tokensPlace)
  tokens.products = [located("gateway")]
  tokens.formerly = ["passwords"]
  var runbook = GuidePage(id: "ops/runbook", title: "Runbook", body: prose("Call the officer."), at: place())
  runbook.audience = .internal
  ledger.pages = [runbook, tokens]
  ledger.referenceLinks = ["#412": "https://code.harbor.example/issues/412"]
  return ledger
}

private func gatewayShelf() throws -> Ledger.Shelf {
  var gateway = Product(id: ProductID("gateway"), name: "Harbor Gateway", at: place("content/products/gateway.yml"))
  gateway.summary = prose("The public HTTP API.")
  gateway.kind = .service
  gateway.showsRoadmap = true
  gateway.formerly = ["api"]
  gateway.upgradeStops = [located("2.0.0")]
  var two = ReleaseLine(id: "2", match: "2.*", at: place())
  two.released = CivilDate("2025-03-04")
  two.activeUntil = CivilDate("2026-09-30")
  two.securityUntil = CivilDate("2027-09-30")
  two.isLongTerm = true
  var one = ReleaseLine(id: "1", match: "1.*", at: place())
  one.released = CivilDate("2022-05-10")
  one.securityUntil = CivilDate("2026-12-31")
  gateway.lines = [two, one]

  var planned = try release("2.5.0", .planned, on: "2026-11-17")
  planned.changes = [change("limits", .breaking, "Limits follow the account")]
  let withdrawn = try release("2.3.0", .withdrawn, on: "2026-09-08")
  var old = try release("2.0.0", on: "2025-03-04", kind: .major)
  old.changes = [change("tokens", .breaking, "Tokens replace passwords")]
  var backport = try release("1.9.7", on: "2026-10-20", kind: .patch)
  backport.changes = [change("cursor-1", .fix, "A cursor stays valid")]
  backport.changes[0].backportOf = "cursor"
  let newest = try newestRelease()
  backport.security = newest.security

  var releases = [planned, newest, withdrawn, old, backport]
  for index in releases.indices { releases[index].line = releases[index].version.text.hasPrefix("1") ? "1" : "2" }
  releases[0].previous = releases[1].version
  releases[1].previous = releases[2].version
  releases[2].previous = releases[3].version
  return Ledger.Shelf(product: gateway, releases: releases, lineage: Lineage(parents: [[1], [2], [3], [], []]))
}

private func newestRelease() throws -> Release {
  var newest = try release("2.4.0", on: "2026-10-20")
  newest.title = "Faster search"
  newest.summary = prose("Search answers in half the time. The old endpoint is gone.")
  newest.changes = [
    change("find-gone", .breaking, "<code>/v1/find</code> is gone", action: "Call <code>/v2/search</code>"),
    change("search-fast", .feature, "Search answers in half the time"), change("cursor", .fix, "A cursor stays valid"),
  ]
  newest.changes[1].references = ["#412"]
  newest.changes[1].component = "search"
  var vulnerability = Vulnerability(id: "CVE-2026-1234", at: place())
  vulnerability.aliases = ["GHSA-7h2x-9q4r-c8vm"]
  vulnerability.severity = .high
  vulnerability.score = 8.1
  vulnerability.summary = prose("Tokens were written to logs.")
  newest.security = [vulnerability]
  let notes = RichText(
    markdown: [
      .text("### Security\n\nSee "), .mark("[", of: .guide(page: "tokens")), .text("the guide"),
      .mark("](", of: .guide(page: "tokens")), .address(.guide(page: "tokens"), fragment: nil),
      .mark(")", of: .guide(page: "tokens")), .text("."),
    ],
    pieces: [
      .html("<h3 id=\"security\">Security</h3><p>See <a href=\""), .address(.guide(page: "tokens"), fragment: nil),
      .html("\">the guide</a>.</p>"),
    ],
    plainText: "Security\nSee the guide.", headings: [RichText.Heading(level: 1, text: "Security", anchor: "security")])
  newest.notes = Notes(prose: Prose(notes), origin: .file, at: place())
  var issue = KnownIssue(id: nil, text: prose("Exports can stop at 99 %."), at: place())
  issue.fixedIn = located("2.5.0")
  newest.knownIssues = [issue]
  newest.dependsOn = [ReleaseDependency(product: located("vault"), version: ">=3.1", at: place())]
  newest.upgrade.from = ">=2.2"
  newest.upgrade.guide = located("tokens")
  newest.upgrade.downgrade = .dataLoss
  var artifact = Artifact(name: "gateway.tar.gz", at: place())
  artifact.digest = "sha256:" + String(repeating: "ab", count: 32)
  artifact.size = 10_485_760
  artifact.url = "https://files.harbor.example/gateway.tar.gz"
  newest.artifacts = [artifact]
  newest.reason = located("Customers with many objects asked for this for about a year")
  newest.owner = located("ana")
  return newest
}

private func vaultShelf() throws -> Ledger.Shelf {
  var vault = Product(id: ProductID("vault"), name: "Harbor Vault", at: place("content/products/vault.yml"))
  vault.audience = .internal
  var secret = try release("3.1.0", of: "vault", on: "2026-08-01")
  secret.summary = prose("We rebuilt the key store after the audit of last spring.")
  var plain = try release("0.1.0+build-1", of: "vault", on: "2026-01-01")
  plain.changes = [Change(id: "3f2a91c", kind: nil, text: prose("Begin"), origin: .commit, at: place())]
  return Ledger.Shelf(product: vault, releases: [secret, plain], lineage: Lineage(parents: [[1], []]))
}
