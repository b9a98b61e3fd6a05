import Diagnostics
import Model
import Testing

/// A release in which every field says something.
private func fullRelease() throws -> Release {
  let version = try #require(Version("2.4.0", scheme: .semver))
  var release = Release(product: ProductID("gateway"), version: version, status: .released, kind: .minor, at: place())
  release.released = try someDay()
  release.title = "Faster search"
  release.summary = prose("Summary")
  release.audience = .public
  release.embargoUntil = Moment(seconds: 0)
  release.notes = Notes(prose: prose("Notes"), origin: .changelog, isAllChanges: true, at: place())
  var change = Change(id: "fast", kind: .feature, text: prose("Fast"), origin: .record, at: place())
  change.action = prose("Act")
  release.changes = [change]
  release.security = [Vulnerability(id: "CVE-2026-1", at: place())]
  release.knownIssues = [KnownIssue(id: "issue", text: prose("Issue"), at: place())]
  release.dependsOn = [ReleaseDependency(product: located("gateway"), version: ">=1", at: place())]
  release.upgrade.from = ">=2"
  release.compatibility = [Compatibility(name: "Board", versions: "C")]
  release.artifacts = [Artifact(name: "a.tar.gz", at: place())]
  release.line = "2"
  release.previous = Version("2.3.0", scheme: .semver)
  release.hotfixOf = located("2.3.0")
  release.procedure = located(.normal)
  release.standardChange = "sc-1"
  release.cause = .incident(located("inc-1"))
  release.isUnplanned = true
  release.reason = located("Reason")
  release.securityImpact = located("Impact")
  release.risk = located(.high)
  release.riskFactors = [located("identity")]
  release.labels = ["pci"]
  release.owner = located("ana")
  release.authors = [located("ben")]
  release.scheduled = Schedule(at: try someDay())
  release.train = located("fortnightly")
  release.commits = [ReleasedCommit(tag: located("v2.4.0"))]
  release.scopeFrozen = try someDay()
  release.build = BuildRun(at: place())
  var evidence = EvidenceEntry(id: located("unit"), at: place())
  evidence.audience = .public
  release.evidence = [evidence, EvidenceEntry(id: located("scan"), at: place())]
  release.acceptance = [Acceptance(criterion: "works", at: place())]
  release.approvals = [Approval(by: located("dana"), decision: located(.approved), at: place())]
  release.environments = [EnvironmentState(id: located("staging"), at: place())]
  release.rollout = Rollout(at: place())
  release.rollback = Rollback(at: place())
  release.runbook = [RunbookTask(task: "Announce", at: place())]
  release.communication = [Communication(to: "customers", at: place())]
  release.validation = Validation(at: place())
  release.review = Review(at: place())
  release.gates = [GateVerdict(located(.passed), at: try someDay(), location: place())]
  release.amendments = [Amendment(at: try someDay(), location: place())]
  release.amendments[0].fields = [located("changes")]
  release.baseline = located("sha256:ab")
  release.commit = "3f2a91c07be4d1f6a0c55e2b9d8f7a6b5c4d3e2f"
  release.committed = Moment(seconds: 1)
  release.isDiscovered = true
  release.updated = Moment(seconds: 1)
  return release
}

private func ledger(_ releases: [Release], _ edit: (inout Product) -> Void = { _ in }) throws -> Ledger {
  var site = Site(title: "Harbor")
  site.publish.evidence = .full
  var ledger = Ledger(site: site, asOf: try #require(Moment("2026-11-02T09:00Z")))
  var product = Product(id: ProductID("gateway"), name: "Gateway", at: place())
  edit(&product)
  let parents = releases.indices.map { $0 + 1 < releases.count ? [$0 + 1] : [] }
  ledger.shelves = [Ledger.Shelf(product: product, releases: releases, lineage: Lineage(parents: parents))]
  return ledger
}

private func release(_ version: String, _ edit: (inout Release) -> Void = { _ in }) throws -> Release {
  let version = try #require(Version(version, scheme: .semver))
  var release = Release(product: ProductID("gateway"), version: version, status: .released, kind: .minor, at: place())
  edit(&release)
  return release
}

@Suite("The public ledger") struct PublicLedgerTests {
  @Test("exactly the listed fields of a release survive")
  func allowList() throws {
    let full = try fullRelease()
    let silent = Release(
      product: ProductID("-"), version: try #require(Version("0.0.1", scheme: .semver)), status: .cancelled,
      kind: .patch, at: place("-"))
    let open = try #require(try ledger([full, release("2.3.0")]).facts(for: .public).shelves.first?.releases.first)
    expectAllowList(
      full, open: open, silent: silent,
      internalFields: [
        "embargoUntil", "procedure", "standardChange", "cause", "isUnplanned", "reason", "securityImpact", "risk",
        "riskFactors", "labels", "owner", "authors", "train", "commits", "scopeFrozen", "build", "acceptance",
        "approvals", "environments", "rollout", "rollback", "runbook", "communication", "validation", "review",
        "gates", "baseline", "commit", "committed", "isDiscovered",
      ],
      alike: ["audience"])
    #expect(open.evidence.map(\.id.value) == ["unit"])
  }

  @Test("where references of public changes lead is public, unless nobody outside may look there")
  func referenceLinks() throws {
    var ledger = try ledger([
      release("1.0.0") { release in
        var open = Change(id: "a", kind: .fix, text: prose("A"), origin: .record, at: place())
        open.references = ["#1", "HARB-2"]
        var hidden = Change(id: "b", kind: .fix, text: prose("B"), origin: .record, at: place())
        hidden.references = ["#3"]
        hidden.audience = .internal
        release.changes = [open, hidden]
      }
    ])
    ledger.site.privateMatter.links = ["https://tracker.harbor.example/"]
    ledger.referenceLinks = [
      "#1": "https://code.harbor.example/issues/1", "HARB-2": "https://tracker.harbor.example/browse/HARB-2",
      "#3": "https://code.harbor.example/issues/3",
    ]
    #expect(ledger.facts(for: .public).referenceLinks == ["#1": "https://code.harbor.example/issues/1"])
  }

  @Test("plans are public only where the product shows its roadmap")
  func roadmap() throws {
    let releases = try Release.Status.allCases.enumerated().reversed().map { index, status in
      try release("1.\(index).0") { $0.status = status }
    }
    let closed = try ledger(releases).facts(for: .public).shelves[0].releases.map(\.status)
    #expect(Set(closed) == [.rollingOut, .released, .rolledBack, .withdrawn])
    let open = try ledger(releases) { $0.showsRoadmap = true }.facts(for: .public).shelves[0].releases
    #expect(open.count == Release.Status.allCases.count)
  }

  @Test("internal products, releases and entries disappear with what refers to them")
  func references() throws {
    let hidden = Destination.release(ReleaseID(product: ProductID("gateway"), version: "2.3.0"))
    let text = RichText(
      markdown: [
        .text("See "), .mark("[", of: hidden), .text("that"), .mark("](", of: hidden),
        .address(hidden, fragment: nil), .mark(")", of: hidden), .text(" and [this](https://x.example)."),
      ],
      pieces: [
        .html("<p>See <a href=\""),
        .address(hidden, fragment: nil),
        .html("\">that</a> and <a href=\"https://x.example\">this</a>.</p>"),
      ], plainText: "See that and this.")
    let newest = try release("2.4.0") { release in
      release.summary = Prose(text)
      release.previous = Version("2.3.0", scheme: .semver)
      release.hotfixOf = located("2.3.0")
      var issue = KnownIssue(id: "a", text: prose("A"), at: place())
      issue.fixedIn = located("2.3.0")
      release.knownIssues = [issue]
      release.dependsOn = [ReleaseDependency(product: located("secret"), version: nil, at: place())]
      var hidden = Change(id: "h", kind: .fix, text: prose("H"), origin: .record, at: place())
      hidden.audience = .internal
      release.changes = [hidden]
    }
    let middle = try release("2.3.0") { release in
      release.audience = .internal
      release.previous = Version("2.2.0", scheme: .semver)
    }
    let shelf = try #require(try ledger([newest, middle, release("2.2.0")]).facts(for: .public).shelves.first)
    let open = shelf.releases[0]
    #expect(shelf.releases.map(\.version.text) == ["2.4.0", "2.2.0"])
    #expect(shelf.lineage.contains(1, in: 0) && !shelf.lineage.contains(0, in: 1))
    #expect(open.previous?.text == "2.2.0")
    #expect(
      open.hotfixOf == nil && open.knownIssues[0].fixedIn == nil && open.dependsOn.isEmpty && open.changes.isEmpty)
    #expect(open.summary?.whole.linkedMarkdown == [.text("See that and [this](https://x.example).")])
    #expect(text.markdown { destination, _ in destination == hidden ? "x/" : nil }.hasPrefix("See [that](x/) and"))
    #expect(
      open.summary?.whole.pieces == [.html("<p>See "), .html("that and <a href=\"https://x.example\">this</a>.</p>")])
  }

  @Test("what is under embargo vanishes with every text that names it")
  func embargo() throws {
    let newest = try release("2.4.1") { release in
      var hidden = Vulnerability(id: "CVE-2026-1234", at: place())
      hidden.aliases = ["GHSA-xxxx"]
      hidden.embargoUntil = Moment("2026-11-20T00:00Z")
      release.security = [hidden, Vulnerability(id: "CVE-2026-12345", at: place())]
      release.title = "Fixes cve-2026-1234"
      release.summary = prose("For GHSA-xxxx.")
      release.changes = [
        Change(id: "a", kind: .fix, text: prose("Fix CVE-2026-1234: tokens"), origin: .commit, at: place()),
        Change(id: "cve-2026-1234-fix", kind: .fix, text: prose("Tokens"), origin: .record, at: place()),
        Change(id: "b", kind: .fix, text: prose("Fix CVE-2026-12345"), origin: .commit, at: place()),
      ]
    }
    let open = try #require(try ledger([newest]).facts(for: .public).shelves[0].releases.first)
    #expect(open.title == nil && open.summary == nil)
    #expect(open.security.map(\.id) == ["CVE-2026-12345"])
    #expect(open.changes.map(\.id) == ["b"])

    var later = try ledger([newest])
    later.asOf = try #require(Moment("2026-11-20T00:00Z"))
    #expect(later.facts(for: .public).shelves[0].releases[0].changes.count == 1, "a preview lifts no embargo")
    later.embargoesHeldAt = later.asOf
    #expect(later.facts(for: .public).shelves[0].releases[0].changes.count == 3)
  }

  @Test("a change under embargo takes its backports with it")
  func embargoedChange() throws {
    let newest = try release("2.4.0") { release in
      var change = Change(id: "a", kind: .fix, text: prose("A"), origin: .record, at: place())
      change.embargoUntil = Moment("2027-01-01T00:00Z")
      release.changes = [change]
    }
    let old = try release("1.9.0") { release in
      var change = Change(id: "a-1", kind: .fix, text: prose("A"), origin: .record, at: place())
      change.backportOf = "a"
      release.changes = [change]
    }
    let shelf = try ledger([newest, old]).facts(for: .public).shelves[0]
    #expect(shelf.releases.allSatisfy { $0.changes.isEmpty })
  }

  @Test("a release under embargo takes the backports of its changes and the vulnerabilities they name with it")
  func embargoedRelease() throws {
    let newest = try release("2.4.2") { release in
      release.embargoUntil = Moment("2027-01-01T00:00Z")
      var change = Change(id: "tokens", kind: .fix, text: prose("A"), origin: .record, at: place())
      change.references = ["#7", "CVE-2026-77"]
      release.changes = [change]
    }
    let old = try release("2.3.9") { release in
      var backport = Change(id: "tokens-2-3", kind: .fix, text: prose("A"), origin: .record, at: place())
      backport.backportOf = "tokens"
      let named = Change(id: "b", kind: .fix, text: prose("For cve-2026-77"), origin: .record, at: place())
      let other = Change(id: "c", kind: .fix, text: prose("See #7"), origin: .record, at: place())
      release.changes = [backport, named, other]
    }
    let ledger = try ledger([newest, old])
    let shelf = ledger.facts(for: .public).shelves[0]
    #expect(shelf.releases.map { $0.changes.map(\.id) } == [["c"]])
    #expect(Embargo(ledger, at: ledger.asOf).names == ["cve-2026-77"])
  }

  @Test("nothing of the site's people, teams and signing is public but names that are meant to be")
  func site() throws {
    var ledger = try ledger([])
    var ana = Person(id: "ana", name: "Ana", at: place())
    ana.emails = ["ana@harbor.example"]
    var ben = Person(id: "ben", name: "Ben", at: place())
    ben.emails = ["ben@harbor.example"]
    ben.isPublic = true
    ledger.site.people = [ana, ben]
    ledger.site.teams = [Team(id: "platform", name: "Platform")]
    ledger.site.bots = ["*[bot]@*"]
    ledger.site.privateMatter.links = ["https://tracker.harbor.example/"]
    ledger.head = "3f2a91c"
    let open = ledger.facts(for: .public)
    #expect(open.site.people.map(\.id) == ["ben"] && open.site.people[0].emails.isEmpty)
    #expect(
      open.site.teams.isEmpty && open.site.bots.isEmpty && open.site.privateMatter.links.isEmpty && open.head == nil)
  }

  @Test("only files that a public text shows are copied")
  func assets() throws {
    let picture = RichText(
      markdown: "![x](a.png)",
      pieces: [.html("<p><img src=\""), .address(.asset("assets/a.png"), fragment: nil), .html("\" alt=\"\"></p>")],
      plainText: "")
    var ledger = try ledger([release("1.0.0") { $0.summary = Prose(picture) }])
    ledger.assets = [
      Asset(address: "assets/a.png", path: "a.png", audience: .public),
      Asset(address: "assets/b.png", path: "b.png", audience: .public),
    ]
    #expect(ledger.facts(for: .public).assets.map(\.address) == ["assets/a.png"])
  }
}

@Suite("Upgrade notes") struct UpgradeNotesTests {
  private func shelf() throws -> Ledger.Shelf {
    func change(_ id: String, _ kind: Change.Kind, action: String? = nil, of origin: String? = nil) -> Change {
      var change = Change(id: id, kind: kind, text: prose(id), origin: .record, at: place())
      change.action = action.map(prose)
      change.backportOf = origin
      return change
    }
    var product = Product(id: ProductID("gateway"), name: "Gateway", at: place())
    product.upgradeStops = [located("2.0.0")]
    // 2.1.0 ─ 2.0.0 ─ 1.8.0; 1.9.1 ─ 1.9.0 ─ 1.8.0
    let releases = [
      try release("2.1.0") {
        $0.changes = [
          change("find-gone", .breaking), change("slow", .fix), change("limit", .feature, action: "Set it"),
        ]
      },
      try release("2.0.0") {
        $0.changes = [change("tokens", .breaking, action: "Make tokens"), change("shared", .fix)]
      },
      try release("1.9.1") { $0.changes = [change("late", .fix), change("slow-1", .fix, of: "slow")] },
      try release("1.9.0") { $0.changes = [change("shared-1", .fix, of: "shared")] },
      try release("1.8.0"),
    ]
    return Ledger.Shelf(product: product, releases: releases, lineage: Lineage(parents: [[1], [4], [3], [4], []]))
  }

  @Test("what the target has and the start has not, actions first, each change once")
  func across() throws {
    let notes = try #require(UpgradeNotes(from: "1.9.1", to: "2.1.0", in: shelf()))
    #expect(notes.releases.map(\.version.text) == ["2.0.0", "2.1.0"])
    #expect(notes.stops.map(\.text) == ["2.0.0"])
    #expect(notes.actions.map(\.change.id) == ["tokens", "limit", "find-gone"])
    #expect(notes.changes.map(\.change.id) == [])
    #expect(notes.missing.map(\.change.id) == ["late"])
  }

  @Test("fixes that the target lacks are named, those on both lines are not")
  func backwards() throws {
    let notes = try #require(UpgradeNotes(from: "2.1.0", to: "1.9.0", in: shelf()))
    #expect(notes.missing.map(\.change.id) == ["slow"])
    #expect(UpgradeNotes(from: "2.1.0", to: "9.9.9", in: try shelf()) == nil)
  }
}
