import Diagnostics
import Model
import Templates
import Testing

@testable import Pages

@Suite("Small facts on pages") struct SmallFactsTests {
  private func edition(_ change: (inout Ledger.Shelf) throws -> Void) throws -> Edition {
    var ledger = try sampleLedger()
    try change(&ledger.shelves[0])
    return Edition(ledger, version: "0.1.0")
  }

  @Test("a required stop is on the way by ancestry, and is one that can be installed") func stops() throws {
    let edition = try edition { shelf in
      shelf.product.upgradeStops = ["2.3.0", "2.0.0", "1.9.7"].map { located($0) }
    }
    let facts = edition.products[0]
    // 2.3.0 is withdrawn; 1.9.7 is lower, but on another line.
    #expect(facts.stops(before: 1).map { facts.releases[$0].version.text } == ["2.0.0"])
    let notes = try #require(UpgradeNotes(from: "1.9.7", to: "2.4.0", in: facts.shelf))
    #expect(notes.stops.map(\.text) == ["2.0.0"])
  }

  @Test("support has not ended while an older line is looked after") func support() throws {
    let edition = try edition { shelf in
      shelf.product.lines[0].activeUntil = CivilDate("2026-09-30")
      shelf.product.lines[0].securityUntil = CivilDate("2026-10-30")
      shelf.product.lines[1].securityUntil = CivilDate("2027-12-31")
      shelf.releases.removeLast()
      shelf.releases[1].line = "2"
    }
    let facts = edition.products[0]
    #expect(facts.phases["2"] == .ended)
    let page = SupportPage(
      scope: PageScope(SharedEdition(edition), route: .product("gateway", "support/")), facts: facts
    )
    .page
    guard case .template(_, .record(let values)) = page.body else { return }
    #expect(values["lead"] == "Line 2 has ended; line 1 gets security fixes until 31 December 2027.")
  }

  @Test("no two elements of a page have the same id, and none has none") func anchors() async throws {
    var ledger = try sampleLedger()
    ledger.shelves[0].product.lines = [
      ReleaseLine(id: "2.x", match: "2.*", at: place()), ReleaseLine(id: "2-x", match: "1.*", at: place()),
    ]
    var main = ledger.shelves[0].product
    main = Product(id: ProductID("main"), name: "Main", at: place())
    main.showsRoadmap = true
    var planned = try release("1.0.0", of: "main", .planned, on: "2026-12-01")
    planned.changes = [change("", .feature, "🎉"), change("", .fix, "🐞")]
    ledger.shelves.append(Ledger.Shelf(product: main, releases: [planned], lineage: Lineage(parents: [[]])))
    var guide = GuidePage(id: "main", title: "Main", body: prose("Words."), at: place())
    guide.products = [located("main")]
    ledger.pages.append(guide)
    for file in try await RenderedSite(ledger).files where file.path.hasSuffix(".html") {
      let ids = String(decoding: file.bytes, as: UTF8.self).split(separator: " id=\"").dropFirst()
        .map { $0.prefix { $0 != "\"" } }
      #expect(!ids.contains(""), "\(file.path)")
      #expect(Set(ids).count == ids.count, "\(file.path)")
    }
  }

  @Test("components in other letters are apart") func components() throws {
    let scope = PageScope(SharedEdition(try edition { _ in }), route: .home)
    let ids = ["検索", "課金", "search"].map { name -> Value? in
      if case .record(let component) = scope.component(name) { component["id"] } else { nil }
    }
    #expect(Set(ids.map { "\(String(describing: $0))" }).count == 3)
    #expect(ids[2] == "search")
  }

  @Test("only what is loaded as a file is checked as one") func checksum() throws {
    let digest = "sha256:" + String(repeating: "ab", count: 32)
    func artifact(_ name: String, url: String?, purl: String? = nil) -> Artifact {
      var artifact = Artifact(name: name, at: place())
      (artifact.digest, artifact.url, artifact.purl) = (digest, url, purl)
      return artifact
    }
    let edition = try edition { shelf in
      shelf.releases[1].artifacts = [
        artifact("a.zip", url: "https://files.harbor.example/a.zip"), artifact("harbor/gateway", url: nil),
        artifact("image", url: "https://registry.harbor.example/image", purl: "pkg:oci/image@1"),
        artifact("oci", url: "oci://registry.harbor.example/oci"),
      ]
    }
    let scope = PageScope(SharedEdition(edition), route: .home)
    let delivery = ReleaseDelivery(scope: scope, facts: edition.products[0], position: 1)
    guard case .record(let downloads) = delivery.downloads else { return }
    let hex = String(repeating: "ab", count: 32)
    #expect(downloads["check"] == .text("echo '\(hex)  a.zip' | sha256sum --check"))
  }

  @Test("the feeds of a former id go on") func formerFeeds() async throws {
    let files = try await RenderedSite(try sampleLedger().facts(for: .public)).files
    for name in ["feed.atom", "feed.json"] {
      let old = try #require(files.first { $0.path == "products/api/\(name)" })
      #expect(String(decoding: old.bytes, as: UTF8.self).contains("api/2.4.0"))
    }
  }
}
