import Diagnostics
import Governance
import Model
import Pages
import Templates
import Testing

@Suite("Registers that have grown large") struct LargeRegisterTests {
  /// The pages below an address, rendered; the whole site would take too long.
  private func pages(_ prefixes: String..., of ledger: Ledger) async throws -> [String: String] {
    var report = Report()
    let templates = try BuiltIn.templates(into: &report)
    let plan = await SitePlan(ledger, judgement: judged(ledger), gazetteVersion: "0.1.0", slices: 2)
    var texts: [String: String] = [:]
    for index in plan.routes.indices {
      let path = plan.routes[index].path
      guard path.hasSuffix(".html"), prefixes.contains(where: path.hasPrefix),
        case .template(let name, let value) = plan.page(at: index).body
      else { continue }
      var bytes: [UInt8] = []
      templates.render(name, with: value, into: &bytes, report: &report)
      texts[path] = String(decoding: bytes, as: UTF8.self)
    }
    #expect(report.diagnostics.map(\.message) == [])
    return texts
  }

  private func count(_ words: String, in page: String) -> Int { page.split(separator: words).count - 1 }

  @Test("of hundreds of reasons a shared page tells ten, says how many there are, and leads to the dossier")
  func reasons() async throws {
    var ledger = try auditedLedger()
    let position = try #require(ledger.shelves[0].position(of: "2.4.0"))
    ledger.shelves[0].releases[position].changes = (1...300).map { number in
      Change(
        id: number > 200 ? "same" : "broken-\(number)", kind: .breaking, text: prose("It is gone"), origin: .record,
        at: place("content/releases/x.yml", number))
    }
    let rule = "audit/rules/breaking-explained/index.html"
    let dossierPath = "products/gateway/2.4.0/dossier/index.html"
    let texts = try await pages("audit/exceptions/", rule, dossierPath, of: ledger)
    let words = "does not say what to do"
    for page in [texts["audit/exceptions/index.html"], texts[rule]] {
      let page = try #require(page)
      let line = try #require(page.split(separator: "<code>broken-1</code>").last?.split(separator: "</ul>").first)
      #expect(count("<code>broken-", in: String(line)) == 9, "\(line)")
      #expect(page.contains("2.4.0/dossier/#rule-breaking-explained\">and 290 more, in its dossier</a>"))
    }
    let dossier = try #require(texts[dossierPath])
    #expect(count(words, in: dossier) == 300 && !dossier.contains("in its dossier"))

    ledger.shelves[0].releases[position].changes.removeFirst(195)
    let fewer = try #require(try await pages("audit/exceptions/", of: ledger).first?.value)
    #expect(fewer.contains("and the same 99 times more") && !fewer.contains("in its dossier"))
    #expect(count("breaking change <code>same</code>", in: fewer) == 1)
  }

  @Test("thousands of waivers go over several pages, each on one, and every link leads to the right one")
  func waivers() async throws {
    var ledger = try auditedLedger()
    let first = ledger.policy.waivers[0]
    for number in 2...250 {
      var waiver = first
      waiver.id = located("w-\(number)")
      if number == 240 { waiver.requestedBy = waiver.approvedBy }
      ledger.policy.waivers.append(waiver)
    }
    let pages = try await pages("audit/waivers/", "people/dana/", of: ledger)
    #expect(
      pages.keys.filter { $0.hasPrefix("audit/") }.sorted() == [
        "audit/waivers/index.html", "audit/waivers/page-2/index.html", "audit/waivers/page-3/index.html",
      ])
    let texts = pages.filter { $0.key.hasPrefix("audit/") }.map(\.value)
    let names = texts.flatMap { $0.matches(of: /id="waiver-(w-[0-9]+)"/).map { String($0.output.1) } }
    #expect(names.count == 250 && Set(names).count == 250)
    #expect(texts.allSatisfy { $0.contains("250 waivers, ") })
    let front = try #require(pages["audit/waivers/index.html"])
    #expect(front.contains("Do not count, on other pages:") && front.contains("href=\"page-3/#waiver-w-240\""))
    #expect(pages["people/dana/index.html"]?.contains("audit/waivers/page-2/#waiver-w-150\"") == true)
  }

  @Test("a waiver that excused hundreds of releases names fifty, and says how many there are")
  func excused() async throws {
    var ledger = try auditedLedger()
    for number in 1...70 {
      ledger.shelves[0].releases.append(try release("3.\(number).0", .released, on: "2026-06-10"))
    }
    ledger.shelves[0].lineage = Lineage(parents: ledger.shelves[0].releases.map { _ in [] })
    let judgement = await judged(ledger)
    let count = judgement.outcomes(excusedBy: "w-1").count
    #expect(count > 50)
    let page = try #require(try await pages("audit/waivers/", of: ledger).first?.value)
    #expect(page.contains("and \(count - 50) more</a>"), "\(count)")
    #expect(self.count("#rule-risk-classified\"", in: page) == 50)
  }

  @Test("a table of thousands of rows is folded in groups, and none is left out")
  func rows() async throws {
    var ledger = try auditedLedger()
    ledger.flags = (1...1200).map { Flag(id: located("flag-\($0)"), at: place()) }
    let page = try #require(try await pages("flags/", of: ledger).first?.value)
    #expect(count("<details class=\"part\">", in: page) == 2)
    #expect(page.contains("<summary>501 to 1,000: ") && page.contains("<summary>1,001 to 1,200: "))
    #expect(Set(page.matches(of: /<tr id="(flag-[a-z0-9-]+)"/).map { String($0.output.1) }).count == 1200)
  }

  @Test("of hundreds of products as many are compared as one reads, and the others are counted")
  func environments() async throws {
    var ledger = try auditedLedger()
    let shelf = ledger.shelves[0]
    for number in 1...230 {
      let id = ProductID("p-\(number)")
      var release = try release("1.0.0", .released, on: "2026-06-10")
      release = Release(
        product: id, version: release.version, status: .released, kind: .minor, at: place("content/releases/\(id).yml"))
      release.environments = [EnvironmentState(id: located("staging"), at: place())]
      var other = shelf
      other.product = Product(id: id, name: "Product \(number)", at: place())
      other.releases = [release]
      other.lineage = Lineage(parents: [[]])
      ledger.shelves.append(other)
    }
    let page = try #require(try await pages("environments/", of: ledger).first?.value)
    #expect(count("id=\"alike-", in: page) == 200)
    #expect(page.contains(" more products have as much to compare"))
  }
}
