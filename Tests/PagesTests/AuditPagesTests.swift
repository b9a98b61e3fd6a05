import Diagnostics
import Governance
import Model
import Pages
import Templates
import Testing

@Suite("The audit pages") struct AuditPagesTests {
  private static let dossier = "products/gateway/2.4.0/dossier/index.html"

  private func site(_ ledger: Ledger) async throws -> RenderedSite {
    let facts = LedgerFacts(ledger)
    let proofs = ledger.site.periods.map { period in
      PeriodProof(Population(of: period, in: facts), seed: period.id, sample: [], archive: nil)
    }
    return try await RenderedSite(ledger, judgement: judged(ledger), periods: proofs)
  }

  @Test("every page gives its template exactly what it names, and no link is broken")
  func contract() async throws {
    let site = try await site(try auditedLedger())
    #expect(site.report.diagnostics.map(\.message) == [])
    for file in site.files where file.path.hasPrefix("audit/") || file.path.contains("/evidence/") {
      let text = String(decoding: file.bytes, as: UTF8.self)
      #expect(text.contains("<meta name=\"description\"") && !text.contains("<p></p>"), "\(file.path)")
    }
    let paths = site.files.map(\.path) + site.assets.map(\.address) + (try BuiltIn.themeFiles())
    let check = LinkCheck(paths: paths, url: "https://releases.harbor.example/notes/")
    let broken = check.brokenLinks(in: site.files.map { check.findings(in: $0.bytes, path: $0.path) })
    #expect(broken.map { $0.message } == [])
    for path in [
      Self.dossier, "products/vault/3.1.0/dossier/index.html", "products/gateway/2.4.0/evidence/tests/index.html",
      "audit/index.html", "audit/products/gateway/index.html", "audit/rules/index.html",
      "audit/rules/approvals-complete/index.html", "audit/waivers/index.html", "audit/exceptions/index.html",
      "audit/controls/index.html", "audit/controls/own/index.html", "audit/components/index.html",
      "audit/vulnerabilities/index.html", "environments/index.html", "dependencies/index.html", "exercises/index.html",
      "flags/index.html", "reviews/index.html", "people/index.html", "people/dana/index.html", "incidents/index.html",
      "incidents/inc-1/index.html",
    ] { #expect(!site.text(path).isEmpty, "\(path)") }
  }

  @Test("no text of a record or of evidence becomes markup, and no scheme but the web's is a link")
  func hostile() async throws {
    let word = "</td></code></pre><script>alert(1)</script><img src=x onerror=alert(2)>\"'`{{{x}}}&amp;"
    let site = try await site(try auditedLedger(word))
    #expect(site.report.diagnostics.map(\.message) == [])
    for (path, bytes) in site.files where path.hasSuffix(".html") {
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!text.contains("<script>alert"), "\(path)")
      #expect(!text.contains("<img src=x"), "\(path)")
      #expect(!text.contains("</td></code>"), "\(path)")
      #expect(!text.contains("href=\"javascript:"), "\(path)")
      #expect(!text.contains("<svg onload"), "\(path)")
    }
    #expect(site.text("products/gateway/2.4.0/evidence/tests/index.html").contains("&lt;script&gt;alert(1)"))
    #expect(site.text(Self.dossier).contains("&lt;script&gt;alert(1)"))
    for page in [
      "environments", "dependencies", "exercises", "flags", "reviews", "people", "people/dana", "incidents",
      "incidents/inc-1",
    ] {
      let text = site.text(page + "/index.html")
      #expect(text.contains("&lt;script&gt;alert(1)"), "\(page) shows nothing of it, so this proves nothing")
    }
    for asset in site.assets {
      #expect(!asset.address.contains("<") && !asset.address.hasSuffix(".html"), "\(asset.address)")
    }
  }

  @Test("a dossier says what is missing, how far approvals are proven, and what every rule found")
  func dossier() async throws {
    let ledger = try auditedLedger()
    let judgement = await judged(ledger)
    let site = try await RenderedSite(ledger, judgement: judgement)
    let bare = site.text("products/gateway/2.0.0/dossier/index.html")
    for sentence in [
      "No evidence is recorded.", "No approval is recorded.", "No acceptance is recorded.", "No rollout is recorded.",
      "No way back is recorded.", "No validation is recorded.", "No review is recorded.",
    ] { #expect(bare.contains(sentence), "\(sentence)") }
    let full = site.text(Self.dossier)
    #expect(full.contains("stated in the record"))
    #expect(full.contains("content/releases/x.yml:41"))
    #expect(!full.contains("No approval is recorded."))
    let id = try #require(ledger.shelves[0].release("2.4.0")?.id)
    for outcome in judgement.outcomes(of: id) {
      let start = try #require(full.firstRange(of: "id=\"rule-\(outcome.rule)\""), "\(outcome.rule)")
      #expect(full[start.upperBound...].prefix(200).contains("chip-\(outcome.result.rawValue)"), "\(outcome.rule)")
    }
    #expect(full.contains(String(repeating: "cd", count: 32)))
    for (path, bytes) in site.files where path.hasSuffix(".html") {
      #expect(!String(decoding: bytes, as: UTF8.self).lowercased().contains("compliant"), "\(path)")
    }
  }

  @Test("a dossier says of each tag whether it is annotated and signed, by whom, and whether that can be believed")
  func tags() async throws {
    var ledger = try auditedLedger()
    let id = try #require(ledger.shelves[0].release("2.4.0")?.id)
    let date = try #require(Moment("2026-10-19T10:00Z"))
    let cases: [(name: String, isAnnotated: Bool, signature: TagSignature?, words: String)] = [
      ("v-light", false, nil, "light: without a tagger, not signed"),
      ("v-plain", true, TagSignature(.unsigned), "not signed"),
      (
        "v-good", true, TagSignature(.good(address: "a@harbor.example", person: "dana")),
        "signed by dana, whose key was listed before"
      ),
      ("v-stranger", true, TagSignature(.unlisted(key: "k")), "signed by a key that was not listed before"),
      ("v-bad", true, TagSignature(.bad), "signed, and the signature is bad"),
      (
        "v-other", true, TagSignature(.good(address: "a@harbor.example", person: nil), otherName: "v<1>"),
        "signed as another tag, v&lt;1&gt;"
      ), ("v-unasked", true, nil, "signature not checked"),
    ]
    ledger.git.commits[id] = cases.map { entry in
      var commits = SourceCommits(SourceRepository(id: entry.name, at: place()))
      commits.tag = Tag(name: entry.name, commit: "c0ffee", isAnnotated: entry.isAnnotated, date: date, subject: "")
      commits.tagSignature = entry.signature
      return commits
    }
    let site = try await site(ledger)
    #expect(site.report.diagnostics.map(\.message) == [])
    let text = site.text(Self.dossier)
    for entry in cases {
      let start = try #require(text.firstRange(of: entry.name), "\(entry.name)")
      let own = text[start.upperBound...].split(separator: "</dd>", maxSplits: 1).first ?? ""
      #expect(own.contains(entry.words), "\(entry.name): \(own.prefix(300))")
      #expect(own.contains("annotated, tagged 19 October 2026") == entry.isAnnotated, "\(own.prefix(300))")
    }
    #expect(!site.text("products/gateway/2.0.0/dossier/index.html").contains("<dt>Tag</dt>"))
  }

  @Test("a waiver that does not count is never in force")
  func voidWaiver() async throws {
    var ledger = try auditedLedger()
    ledger.policy.waivers[0].requestedBy = located("dana")
    let page = try await site(ledger).text("audit/waivers/index.html")
    #expect(page.contains("1 waiver, 0 in force, 1 that does not count."))
    #expect(page.contains("<dt>Does not count</dt>") && page.contains("dana approves the waiver w-1 and asked for it"))
    #expect(!page.contains("In force<"))
  }

  @Test("vulnerabilities are shown from records and VEX files too, on the register and in the dossier")
  func vulnerabilities() async throws {
    var ledger = try auditedLedger()
    let position = try #require(ledger.shelves[0].position(of: "2.4.0"))
    var stated = Vulnerability(id: "CVE-2026-31", at: place())
    stated.isFixed = false
    ledger.shelves[0].releases[position].security = [stated]
    var statement = VEXStatement(vulnerability: "CVE-2026-32", status: .affected)
    statement.action = "Wait"
    var document = VEXStatements(document: nil)
    document.statements = [statement]
    ledger.evidence[ledger.shelves[0].releases[position].id, "vex"] = .read(
      EvidenceFile(path: "vex.json", size: 1, sha256: "ab", format: .openvex, payload: .vex(document)))
    let site = try await site(ledger)
    #expect(site.report.diagnostics.map(\.message) == [])
    let register = site.text("audit/vulnerabilities/index.html")
    let dossier = site.text(Self.dossier)
    let known = try #require(dossier.split(separator: "<h3>Known vulnerabilities</h3>").last)
    for id in ["CVE-2026-31", "CVE-2026-32", "CVE-2026-7"] {
      #expect(register.contains("<h2>\(id)</h2>") && known.contains(id), "\(id)")
    }
    let bare = site.text("products/vault/3.1.0/dossier/index.html")
    #expect(bare.contains("Nobody looked: no scan"))
  }

  @Test("what one release fixed, the ones before it have: on the register and in their dossiers")
  func fixedLater() async throws {
    let site = try await site(try auditedLedger())
    let register = site.text("audit/vulnerabilities/index.html")
    let entry = try #require(
      register.split(separator: "<section class=\"entry\"").first { $0.contains("CVE-2026-1234</h2>") })
    #expect(entry.contains("Harbor Gateway 2.4.0, Harbor Gateway 1.9.7"))
    let affected = try #require(entry.split(separator: "<dt>Affected</dt>").last?.split(separator: "</div>").first)
    #expect(affected.contains("2.0.0") && !affected.contains("2.4.0"))
    let (low, high) = try (#require(affected.firstRange(of: "2.0.0")), #require(affected.firstRange(of: "2.3.0")))
    #expect(low.lowerBound < high.lowerBound)
    let old = site.text("products/gateway/2.0.0/dossier/index.html")
    let known = try #require(old.split(separator: "<h3>Known vulnerabilities</h3>").last)
    #expect(known.contains("CVE-2026-1234") && known.contains("of which 1 counts"))
  }

  @Test("every answer of a gate is told, also the one that said no")
  func gates() async throws {
    var ledger = try auditedLedger()
    let position = try #require(ledger.shelves[0].position(of: "2.4.0"))
    ledger.shelves[0].releases[position].gates = []
    #expect(try await site(ledger).text(Self.dossier).contains("No gate is recorded to have been asked."))
    var refused = GateVerdict(located(.failed), at: try day("2026-10-18"), location: place())
    (refused.by, refused.reason) = (located("dana"), "<b>The scan is missing</b>")
    let passed = GateVerdict(located(.passed), at: try day("2026-10-19"), location: place())
    ledger.shelves[0].releases[position].gates = [refused, passed]
    let dossier = try await site(ledger).text(Self.dossier)
    let gates = try #require(dossier.split(separator: "<h3>Gates</h3>").last?.split(separator: "</section>").first)
    #expect(gates.contains("&lt;b&gt;The scan is missing") && gates.contains("18 October 2026"))
    #expect(gates.contains("chip-failed") && gates.contains("chip-passed"))
  }

  @Test("a dossier made from what no commit holds names it")
  func uncommitted() async throws {
    var ledger = try auditedLedger()
    #expect(try await !site(ledger).text(Self.dossier).contains("no commit holds"))
    ledger.uncommitted = ["content/waivers/w.yml"]
    let dossier = try await site(ledger).text(Self.dossier)
    #expect(dossier.contains("Made from content that no commit holds: 1 file differs"))
    #expect(dossier.contains("<dt>Not committed</dt>") && dossier.contains("content/waivers/w.yml"))
  }

  @Test("what would mend an outcome is shown where it is open")
  func help() async throws {
    let ledger = try auditedLedger()
    let judgement = await judged(ledger)
    let site = try await RenderedSite(ledger, judgement: judgement)
    let id = try #require(ledger.shelves[0].release("2.4.0")?.id)
    let helped = judgement.outcomes(of: id).filter { outcome in
      [.failed, .unverifiable].contains(outcome.result) && outcome.reasons.contains { $0.help != nil }
    }
    #expect(!helped.isEmpty)
    #expect(site.text(Self.dossier).contains("reason-help"))
  }

  @Test("a period has the releases that reached production in it, on the pages as in its export")
  func period() async throws {
    var ledger = try auditedLedger()
    ledger.site.environments = [DeploymentEnvironment(id: "production", name: "Production", isProduction: true)]
    let first = try #require(CivilDate(year: 2025, month: 1, day: 1))
    let last = try #require(CivilDate(year: 2025, month: 1, day: 31))
    var period = Site.Period(id: "early", from: first, to: last)
    period.frameworks = [located("own")]
    ledger.site.periods = [period]
    let position = try #require(ledger.shelves[0].position(of: "2.4.0"))
    var stage = Rollout.Stage(environment: located("production"), at: place())
    (stage.started, stage.status) = (try day("2025-01-15"), located(.succeeded))
    ledger.shelves[0].releases[position].rollout?.stages = [stage]
    let page = try await site(ledger).text("audit/controls/own/early/index.html")
    #expect(page.contains("1 release that went out from"), "\(page)")
  }

  @Test("what is due beyond the first ten lines is folded")
  func due() async throws {
    var ledger = try auditedLedger()
    for number in 1...15 {
      ledger.shelves[0].releases.append(try release("3.\(number).0", .planned, on: "2026-12-\(number + 10)"))
    }
    ledger.shelves[0].lineage = Lineage(parents: ledger.shelves[0].releases.map { _ in [] })
    let page = try await site(ledger).text("audit/index.html")
    let due = try #require(page.split(separator: "id=\"g-due\"").last?.split(separator: "</section>").first)
    let parts = due.split(separator: "<details")
    #expect(parts.count == 2 && parts[0].split(separator: "<li class=\"finding\">").count == 11)
  }

  @Test("thousands of results go over several pages, each row on one, with the totals of all")
  func largeReport() async throws {
    var ledger = try auditedLedger()
    let id = ReleaseID(product: ProductID("gateway"), version: "2.4.0")
    let cases = (0..<5000).map { number in
      TestReport.Case(
        suite: "suite \(number % 7)", name: "case-\(number);", outcome: number % 100 == 0 ? .failed : .passed)
    }
    let report = EvidencePayload.tests(TestReport(cases: cases))
    ledger.evidence[id, "tests"] = .read(
      EvidenceFile(path: "unit.xml", size: 1, sha256: "ab", format: .junit, payload: report))
    let plan = await SitePlan(ledger, gazetteVersion: "0.1.0", slices: 2)
    let folder = "products/gateway/2.4.0/evidence/tests/"
    let pages = plan.routes.indices.filter { plan.routes[$0].path.hasPrefix(folder) }
    #expect(
      pages.map { plan.routes[$0].path.dropFirst(folder.count) } == [
        "index.html", "page-2/index.html", "page-3/index.html", "page-4/index.html", "page-5/index.html",
      ])
    var templateFindings = Report()
    let templates = try BuiltIn.templates(into: &templateFindings)
    var seen: [String: Int] = [:]
    for (number, page) in pages.enumerated() {
      guard case .template(let name, let value) = plan.page(at: page).body else { continue }
      var bytes: [UInt8] = []
      templates.render(name, with: value, into: &bytes, report: &templateFindings)
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text.contains("5,000 tests: 50 failed, 4,950 passed"), "page \(number + 1)")
      for line in text.split(separator: "case-").dropFirst() {
        if let end = line.firstIndex(of: ";") { seen[String(line[..<end]), default: 0] += 1 }
      }
      if number == 0 { #expect(text.contains("Failed <span class=\"n\">50</span>")) }
    }
    #expect(seen.count == 5000)
    #expect(seen.values.allSatisfy { $0 == 1 })
  }

  @Test("without a policy there are dossiers and evidence, and no other audit page")
  func noPolicy() async throws {
    var ledger = try auditedLedger()
    ledger.policy = Policy()
    let site = try await site(ledger)
    #expect(site.report.diagnostics.map(\.message) == [])
    #expect(!site.files.contains { $0.path.hasPrefix("audit/") })
    #expect(site.text(Self.dossier).contains("this site has no rules"))
    #expect(!site.text("index.html").contains("audit/"))
  }

  @Test(
    "the public site has no audit page, and of evidence what the site chose", arguments: Site.Publish.Extent.allCases)
  func publicSite(extent: Site.Publish.Extent) async throws {
    var ledger = try auditedLedger("an internal statement that nobody outside of this house may ever read")
    ledger.site.publish.evidence = extent
    var open = EvidenceEntry(id: located("sbom"), at: place())
    open.audience = .public
    open.kind = located("bill-of-materials")
    open.statement = "All components are listed."
    ledger.shelves[0].releases[1].evidence.append(open)
    let facts = ledger.facts(for: .public)
    let site = try await RenderedSite(facts, judgement: judged(ledger))
    #expect(site.report.diagnostics.map(\.message) == [])
    #expect(
      !site.files.contains {
        $0.path.hasPrefix("audit/") || $0.path.contains("/dossier/") || $0.path.contains("/evidence/")
      })
    let check = await LeakCheck(full: ledger, public: facts, paths: [], slices: 2)
    #expect(site.files.flatMap { check.leaks(in: $0.bytes, path: $0.path) }.map(\.message) == [])
    let page = site.text("products/gateway/2.4.0/index.html")
    #expect(page.contains("All components are listed.") == (extent != .none))
    #expect(!page.contains("only-said") && !page.contains("dossier/"))
  }

  @Test("all that is open has its line, on pages of its own where the overview cannot list it")
  func open() async throws {
    var ledger = try auditedLedger()
    for number in 1...60 {
      ledger.shelves[0].releases.append(try release("3.\(number).0", .released, on: "2026-06-10"))
    }
    ledger.shelves[0].lineage = Lineage(parents: ledger.shelves[0].releases.map { _ in [] })
    let judgement = await judged(ledger)
    let site = try await site(ledger)
    #expect(site.report.diagnostics.map(\.message) == [])
    let pages = site.files.filter { $0.path.hasPrefix("audit/open/") }.map { site.text($0.path) }
    #expect(judgement.brokenCount > 500 && pages.count == (judgement.brokenCount + 499) / 500)
    #expect(pages.reduce(0) { $0 + $1.split(separator: "<th scope=\"row\"").count - 1 } == judgement.brokenCount)
    #expect(pages[0].contains("page-2/"))
    #expect(site.text("audit/index.html").contains("href=\"open/\""))
  }

  @Test("an auditor is led from a dossier to what it names, and finds the rest by search and in the data")
  func ways() async throws {
    var ledger = try auditedLedger()
    let position = try #require(ledger.shelves[0].position(of: "2.4.0"))
    var acceptance = Acceptance(criterion: "It finds umlauts", at: place())
    acceptance.evidence = located("tests")
    ledger.shelves[0].releases[position].acceptance = [acceptance]
    ledger.shelves[0].releases[position].rollback = Rollback(at: place())
    ledger.shelves[0].releases[position].rollback?.to = located("2.3.0")
    ledger.shelves[0].releases[position].owner = located("nobody-knows")
    let site = try await site(ledger)
    let page = site.text(Self.dossier)
    #expect(page.contains("href=\"../evidence/tests/\">tests</a>"), "\(page)")
    #expect(page.contains("href=\"../../2.3.0/dossier/\">2.3.0</a>"))
    #expect(page.contains("nobody in people has this id"))
    let found = site.files.filter { $0.path.hasPrefix("search/index/documents-") }.map { site.text($0.path) }.joined()
    for path in [
      "products/gateway/2.4.0/dossier/", "audit/waivers/#waiver-w-1", "audit/vulnerabilities/#v-", "audit/components/",
    ] { #expect(found.contains(path), "\(path)") }
    let data = site.text("api/v1/releases/gateway/2.4.0.json")
    #expect(data.contains("\"rule\":\"approvals-complete\"") && data.contains("\"place\":\"content/"), "\(data)")
  }

  @Test("rules are found by search, and home says how much is open")
  func entrances() async throws {
    let ledger = try auditedLedger()
    let site = try await site(ledger)
    #expect(site.text("search/index/documents-0.js").contains("audit/rules/approvals-complete/"))
    #expect(site.text("index.html").contains("open."))
    #expect(site.text("products/gateway/2.4.0/index.html").contains("href=\"dossier/\""))
    let matrix = site.text("audit/index.html")
    #expect(matrix.contains("class=\"m-"))
    #expect(site.text("audit/waivers/index.html").contains("id=\"waiver-w-1\""))
    #expect(site.text("audit/controls/own/index.html").contains("Outside Gazette"))
    #expect(site.text("audit/vulnerabilities/index.html").contains("CVE-2026-7"))
  }
}
