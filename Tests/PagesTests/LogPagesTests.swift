import Diagnostics
import Governance
import Model
import Pages
import Templates
import Testing

@Suite("The log and the periods") struct LogPagesTests {
  private func entry(_ number: Int, _ word: String, at moment: Moment, files: Int = 1) -> ContentLogEntry {
    let id = String(repeating: "0", count: 36) + padded(number, to: 4)
    let identity = Commit.Identity(name: word, email: "n\(number % 3)@harbor.example")
    let commit = Commit(
      id: id, parents: [], author: identity, committer: identity, authored: moment, committed: moment, subject: word,
      trailers: [Commit.Trailer(key: "Co-authored-by", value: "Eve <eve@x.example>")])
    let path = "content/releases/gateway/2.4.0.yml"
    return ContentLogEntry(
      commit: commit, signature: number % 2 == 0 ? .unsigned : .unchecked(kind: "SSH"),
      published: number == 7 ? 3 : nil,
      files: (0..<files).map {
        ContentLogFile(
          path: path + ($0 == 0 ? "" : "\($0)"), change: .changed, subject: ContentSubject(path, in: "content"),
          facts: ["status: planned → \(word)", "x"])
      })
  }

  private func logged(_ word: String = "plain words", commits: Int = 12) throws -> Ledger {
    var ledger = try auditedLedger(word)
    let start = try #require(Moment("2026-09-30T23:00Z"))
    var log = ContentLog()
    // An hour apart, so that the second is of October.
    log.entries = (0..<commits).map {
      entry($0, word, at: Moment(seconds: start.seconds + $0 * 3600), files: $0 == 2 ? 40 : 1)
    }
    ledger.git.log = log
    ledger.git.asked = [.log, .commits]
    var event = DeliveryEvent(
      id: word, source: "/ci", type: "service.deployed", typeVersion: "0.1.1",
      at: Moment(seconds: start.seconds + 1800), subject: "gateway")
    event.environment = "production"
    event.artifact = "pkg:oci/gateway@9.9.9"
    event.summary = word
    ledger.events = [ToldEvent(event, at: place("content/events/a.ndjson"))]
    ledger.site.environments = [DeploymentEnvironment(id: "production", name: "Production", isProduction: true)]
    ledger.site.periods = [
      Site.Period(id: "2026-q4", from: try #require(CivilDate("2026-09-01")), to: try #require(CivilDate("2026-12-31")))
    ]
    return ledger
  }

  private func site(_ ledger: Ledger, archive: PeriodProof.Archive? = nil) async throws -> RenderedSite {
    let population = Population(of: ledger.site.periods[0], in: LedgerFacts(ledger))
    let draws = population.members.prefix(1).map { PeriodProof.Draw($0, digest: String(repeating: "ef", count: 32)) }
    let proof = PeriodProof(population, seed: "2026-q4", sample: draws, archive: archive)
    return try await RenderedSite(ledger, judgement: judged(ledger), periods: [proof])
  }

  private func broken(_ site: RenderedSite, archives: [String] = []) throws -> [String] {
    let check = LinkCheck(
      paths: site.files.map(\.path) + site.assets.map(\.address) + (try BuiltIn.themeFiles()) + archives,
      url: "https://releases.harbor.example/notes/")
    return check.brokenLinks(in: site.files.map { check.findings(in: $0.bytes, path: $0.path) }).map(\.message)
  }

  private func count<Output>(_ pattern: Regex<Output>, in texts: [String]) -> Int {
    texts.reduce(0) { $0 + $1.matches(of: pattern).count }
  }

  @Test("a month has all of its entries in order, and the months are split in the site's time zone") func months()
    async throws
  {
    let ledger = try logged()
    let site = try await site(ledger)
    #expect(site.report.diagnostics.map(\.message) == [])
    #expect(try broken(site) == [])
    let zone = ledger.site.zone
    let start = try #require(Moment("2026-09-30T23:00Z"))
    let moments = (0..<12).map { Moment(seconds: start.seconds + $0 * 3600) }
    let september = moments.count { zone.local(of: $0).date.yearMonthDay.month == 9 }
    let pages = ["audit/log/2026-09/index.html", "audit/log/2026-10/index.html"].map(site.text)
    #expect(count(/<li data-row/, in: pages) == 13)
    #expect(count(/id="c-/, in: [pages[0]]) == september)
    #expect(pages.joined().contains("15 more files are in the CSV and the JSON."))
    #expect(pages.joined().contains("a merge that published 3 changed files"))
    #expect(pages.joined().contains("with Eve"))
    #expect(site.text("audit/index.html").contains("href=\"log/\""))
    #expect(
      site.text("audit/log/index.html").contains("12 commits that touched the content, and 1 event that tools told."))
  }

  @Test("a dossier has the commits of its release, each with the way to the log") func history() async throws {
    let page = try await site(try logged()).text("products/gateway/2.4.0/dossier/index.html")
    let history = try #require(page.split(separator: "id=\"history\"").last?.split(separator: "</section>").first)
    #expect(history.split(separator: "<th scope=\"row\"").count == 13)
    #expect(history.contains("audit/log/2026-10/#c-000000000000"))
    #expect(history.contains("changed content/releases/gateway/2.4.0.yml: status: planned"))
    #expect(history.contains("and 35 more"))
  }

  @Test("nothing is left out of the data, and a formula is none there") func data() async throws {
    let site = try await site(try logged("=1+1"))
    let csv = ["2026-09", "2026-10"].map { site.text("audit/log/\($0)/log.csv") }
    let rows = csv.flatMap { (text: String) -> [Substring] in Array(text.split(separator: "\r\n").dropFirst()) }
    // Eleven commits with a file of two facts, one with forty, and the event.
    #expect(rows.count == 103)
    #expect(!csv.joined().contains(",=1+1"))
    let json = ["2026-09", "2026-10"].map { site.text("audit/log/\($0)/log.json") }
    #expect(count(/"facts":\[/, in: json) == 51)
    #expect(json.joined().contains("\"type\":\"service.deployed\""))
  }

  @Test("a big month has several pages, each with some of it") func parts() async throws {
    let ledger = try logged(commits: 450)
    let site = try await site(ledger)
    #expect(site.report.diagnostics.map(\.message) == [])
    #expect(try broken(site) == [])
    let october = site.files.filter { $0.path.hasPrefix("audit/log/2026-10/") && $0.path.hasSuffix(".html") }
    var ids: [String] = []
    for file in october {
      let text = String(decoding: file.bytes, as: UTF8.self)
      ids += text.matches(of: /id="(c-[0-9a-f]*)"/).map { String($0.output.1) }
    }
    let september = count(/id="c-/, in: [site.text("audit/log/2026-09/index.html")])
    #expect(ids.count + september == 450)
    #expect(ids == ids.sorted())
    #expect(!site.text("audit/log/2026-10/page-3/index.html").isEmpty)
  }

  @Test("no text of a commit or an event becomes markup") func hostile() async throws {
    let site = try await site(try logged("</li><script>alert(1)</script>\"'`{{x}}"))
    #expect(site.report.diagnostics.map(\.message) == [])
    for (path, bytes) in site.files where path.hasPrefix("audit/") {
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!text.contains("<script>alert") || path.hasSuffix(".csv"), "\(path)")
    }
  }

  @Test("a period has its population, what is known where, the sample, exceptions and the archive") func period()
    async throws
  {
    let ledger = try logged()
    let address = "audit/periods/2026-q4/2026-q4.zip"
    let site = try await site(ledger, archive: PeriodProof.Archive(size: 1234, sha256: "abcd"))
    #expect(site.report.diagnostics.map(\.message) == [])
    #expect(try broken(site, archives: [address]) == [])
    let page = site.text("audit/periods/2026-q4/index.html")
    for words in [
      "from 1 September 2026 to 31 December 2026", "1,234 bytes", "abcd", "only to the events", "pkg:oci/gateway@9.9.9",
      "efefef", "anybody could have known beforehand", "g-exceptions",
    ] { #expect(page.contains(words), "\(words)") }
    #expect(site.text("audit/index.html").contains("href=\"periods/2026-q4/\""))
  }

  @Test("an archive that would name a commit which does not hold it is left out, and the page says why")
  func noArchive()
    async throws
  {
    var ledger = try logged()
    ledger.head = "abc"
    ledger.uncommitted = ["content/gazette.yml"]
    let page = try await site(ledger).text("audit/periods/2026-q4/index.html")
    #expect(page.contains("There is no archive: <code>content/gazette.yml</code> differs"))
    #expect(!page.contains(".zip"))
  }

  @Test("the public has neither") func open() async throws {
    let ledger = try logged()
    let judgement = await judged(ledger)
    let site = try await RenderedSite(ledger.facts(for: .public), judgement: judgement)
    #expect(!site.files.contains { $0.path.hasPrefix("audit/") })
  }
}
