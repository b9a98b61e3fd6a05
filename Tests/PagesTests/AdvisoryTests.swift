import Diagnostics
import Model
import Templates
import Testing

@testable import Pages

@Suite("Advisories") struct AdvisoryTests {
  private let name = "CVE-2026-9000"

  /// - Parameters:
  ///   - releases: Version, status, and whether it fixes the vulnerability (`true`), has it (`false`) or does not say.
  private func edition(
    _ releases: [(version: String, status: Release.Status, isFixed: Bool?)], parents: [[Int]], purl: String? = nil
  ) throws -> Edition {
    var ledger = try sampleLedger()
    ledger.pages = []
    let product = Product(id: ProductID("gateway"), name: "Gateway", at: place())
    let all = try releases.map { version, status, isFixed in
      var release = try release(version, status, on: "2026-10-20")
      if let isFixed {
        var vulnerability = Vulnerability(id: name, at: place())
        vulnerability.isFixed = isFixed
        release.security = [vulnerability]
      }
      if let purl {
        var artifact = Artifact(name: "gateway", at: place())
        artifact.purl = purl + "@" + version
        release.artifacts = [artifact]
      }
      return release
    }
    ledger.shelves = [Ledger.Shelf(product: product, releases: all, lineage: Lineage(parents: parents))]
    return Edition(ledger, version: "0.1.0")
  }

  private func affected(_ edition: Edition) throws -> [Fields] {
    let advisory = try #require(edition.advisories.first)
    let page = PageScope(SharedEdition(edition), route: .advisory(advisory.id)).openVulnerability(advisory)
    guard case .json(.record(let record)) = page.body, case .list(let affected)? = record["affected"] else { return [] }
    return affected.compactMap { if case .record(let entry) = $0 { entry } else { nil } }
  }

  @Test(
    "a planned, cancelled or withdrawn release fixes nothing, and dates nothing",
    arguments: [
      Release.Status.planned, .cancelled, .withdrawn,
    ])
  func noFix(status: Release.Status) throws {
    let edition = try edition(
      [("2.5.0", status, true), ("2.4.0", .released, false)], parents: [[1], []])
    let advisory = try #require(edition.advisories.first)
    #expect(!advisory.isFixed)
    if status != .withdrawn { #expect(advisory.disclosed == nil) }
    let page = SecurityPage(scope: PageScope(SharedEdition(edition), route: .security)).page
    guard case .template(_, .record(let values)) = page.body, case .record(let list)? = values["advisories"],
      case .list(let items)? = list["items"], case .record(let item)? = items.first,
      case .list(let products)? = item["products"], case .record(let product)? = products.first
    else {
      Issue.record("no advisory")
      return
    }
    #expect(item["fixed"] == false)
    #expect(product["releases"] == [])
    let planned = "No fixed release yet; the fix is planned for 2.5.0. Known in 2.4.0."
    #expect(product["text"] == .text(status == .planned ? planned : "Known in 2.4.0."))
    let entry = PageScope(SharedEdition(edition), route: .securityFeed).securityFeed.entries[0]
    #expect(!entry.content.contains("Fixed in"))
    #expect(entry.content.contains("planned for Gateway 2.5.0") == (status == .planned))
    let affected = try affected(edition)[0]
    #expect(affected["ranges"] == nil)
    #expect(affected["versions"] == ["2.4.0"])
  }

  @Test("with fixes on several lines, the affected versions are named one by one") func lines() throws {
    // 2.4.1 ─ 2.4.0 ─ 2.3.0; 2.3.1 ─ 2.3.0
    let edition = try edition(
      [
        ("2.4.1", .released, true), ("2.4.0", .released, nil), ("2.3.1", .released, true), ("2.3.0", .released, nil),
      ], parents: [[1], [3], [3], []])
    let affected = try affected(edition)
    #expect(affected.count == 1)
    #expect(affected[0]["versions"] == ["2.3.0", "2.4.0"])
    #expect(affected[0]["ranges"] == nil)
    #expect(affected[0]["package"] == nil)
  }

  @Test("a fix on an old line does not fix a newer release that lacks it") func newer() throws {
    let edition = try edition(
      [("2.4.0", .released, nil), ("2.3.6", .released, true), ("2.3.5", .released, nil)], parents: [[2], [2], []])
    let affected = try affected(edition)[0]
    #expect(affected["versions"] == ["2.3.5", "2.4.0"])
    #expect(affected["ranges"] == nil)
  }

  @Test("one fix on one line is a range") func range() throws {
    let edition = try edition(
      [("2.4.1", .released, nil), ("2.4.0", .released, true), ("2.3.0", .released, nil)], parents: [[1], [2], []],
      purl: "pkg:npm/%40harbor/gateway")
    let affected = try affected(edition)
    #expect(affected.count == 1)
    #expect(affected[0]["versions"] == ["2.3.0"])
    #expect(affected[0]["ranges"] == [["type": "SEMVER", "events": [["introduced": "0"], ["fixed": "2.4.0"]]]])
    #expect(affected[0]["package"] == ["ecosystem": "npm", "name": "@harbor/gateway"])
  }

  @Test(
    "package URLs are names of ecosystems",
    arguments: [
      ("pkg:maven/org.harbor/gateway@1.0?type=jar", "Maven", "org.harbor:gateway"),
      ("pkg:pypi/gateway@1.0", "PyPI", "gateway"),
      ("pkg:golang/harbor.example/x/gateway@v1.0#sub", "Go", "harbor.example/x/gateway"),
      ("pkg:oci/gateway@sha256%3Aab", nil, nil), ("pkg:npm/@1", nil, nil), ("pkg:npm/%zz@1", nil, nil),
      ("npm/x", nil, nil),
    ])
  func package(purl: String, ecosystem: String?, name: String?) {
    let package = PackageName(purl: purl)
    #expect(package?.ecosystem == ecosystem)
    #expect(package?.name == name)
  }

  @Test("names that two advisories share join them, also when a third says so later") func joined() throws {
    var ledger = try sampleLedger()
    ledger.shelves = Array(ledger.shelves.prefix(1))
    for index in ledger.shelves[0].releases.indices { ledger.shelves[0].releases[index].security = [] }
    func vulnerability(_ id: String, _ aliases: [String]) -> Vulnerability {
      var vulnerability = Vulnerability(id: id, at: place())
      vulnerability.aliases = aliases
      return vulnerability
    }
    ledger.shelves[0].releases[1].security = [
      vulnerability("CVE-1", ["GHSA-1"]), vulnerability("CVE-2", ["GHSA-2"]), vulnerability("CVE-3", []),
      vulnerability("HARB-1", ["GHSA-1", "GHSA-2"]), vulnerability("CVE-2", []),
    ]
    let advisories = Edition(ledger, version: "0.1.0").advisories
    #expect(advisories.map(\.id) == ["CVE-1", "CVE-3"])
    #expect(advisories[0].mentions.count == 4)
  }

  @Test("what is under embargo is shown as that, and not as disclosed")
  func embargo() throws {
    var ledger = try sampleLedger()
    let position = try #require(ledger.shelves[0].position(of: "2.4.0"))
    let backport = try #require(ledger.shelves[0].position(of: "1.9.7"))
    for (until, isHeld) in [("2026-11-02T09:00Z", false), ("2026-11-02T09:01Z", true)] {
      for place in [position, backport] {
        ledger.shelves[0].releases[place].security[0].embargoUntil = Moment(until)
      }
      let shared = SharedEdition(Edition(ledger, version: "0.1.0"))
      let page = SecurityPage(scope: PageScope(shared, route: .security)).page
      guard case .template(_, .record(let values)) = page.body, case .record(let list)? = values["advisories"],
        case .list(let items)? = list["items"], case .record(let item)? = items.first
      else { return #expect(Bool(false), "no advisory") }
      #expect((item["embargo"] != .null) == isHeld)
      #expect((item["disclosed"] == .null) == isHeld)
    }
  }
}
