import Diagnostics
import Model
import Testing

@testable import Pages

@Suite("Files of evidence to take away") struct EvidenceDownloadTests {
  @Test(
    "what a browser could run has a name of text, and no name leads out of its folder",
    arguments: [
      ("content/evidence/report.html", "report.html.txt"), ("a/picture.SVG", "picture.SVG.txt"),
      ("unit.xml", "unit.xml.txt"),
      ("sbom.cdx.json", "sbom.cdx.json"), ("scan.sarif", "scan.sarif.txt"), ("LICENSE", "LICENSE.txt"),
      ("a/plan.pdf", "plan.pdf"),
      ("index.html", "index.html.txt"), (".htaccess", "~2ehtaccess.txt"), ("x/..", "~2e..txt"),
      ("a b\"<.json", "a~20b~22~3c.json"),
      ("évidence.csv", "~c3~a9vidence.csv"), ("page.html.", "page.html..txt"), ("x.json/", "x.json"),
    ])
  func names(path: String, name: String) { #expect(EvidenceDownload.name(of: path) == name) }

  private func ledger(_ edit: (inout EvidenceEntry, inout EvidenceFile) -> Void) throws -> Ledger {
    var ledger = try sampleLedger()
    var entry = EvidenceEntry(id: located("sbom"), at: place())
    entry.path = located("content/evidence/sbom.json")
    entry.audience = .public
    var file = EvidenceFile(
      path: "content/evidence/sbom.json", size: 1234, sha256: String(repeating: "ab", count: 32), format: .cyclonedx,
      payload: .document)
    edit(&entry, &file)
    let position = try #require(ledger.shelves[0].position(of: "2.4.0"))
    ledger.shelves[0].releases[position].evidence = [entry]
    ledger.evidence[ledger.shelves[0].releases[position].id, "sbom"] = .read(file)
    return ledger
  }

  private static let address = "products/gateway/2.4.0/evidence/sbom/sbom.json"

  @Test("the internal site carries every file that was read from its place, with its digest beside it")
  func internalSite() async throws {
    let site = try await RenderedSite(try ledger { entry, _ in entry.audience = .internal })
    #expect(site.assets.filter { $0.address == Self.address }.map(\.path) == ["content/evidence/sbom.json"])
    let page = site.text("products/gateway/2.4.0/evidence/sbom/index.html")
    #expect(page.contains("href=\"sbom.json\"") && page.contains(String(repeating: "ab", count: 32)))
    let stored = try await RenderedSite(try ledger { _, file in file.path = "sha256/ab/ab" })
    #expect(!stored.assets.contains { $0.address == Self.address })
    #expect(stored.text("products/gateway/2.4.0/evidence/sbom/index.html").contains("the file is not in this site"))
  }

  @Test(
    "the public site carries what is public, and only where the site says so", arguments: Site.Publish.Extent.allCases)
  func publicSite(extent: Site.Publish.Extent) async throws {
    var full = try ledger { _, _ in }
    full.site.publish.evidence = extent
    let site = try await RenderedSite(full.facts(for: .public))
    #expect(site.report.diagnostics.map(\.message) == [])
    #expect(site.assets.map(\.address).contains(Self.address) == (extent == .full))
    let page = site.text("products/gateway/2.4.0/index.html")
    #expect(page.contains("evidence/sbom/sbom.json") == (extent == .full))
    #expect(page.contains("id=\"g-evidence\"") == (extent != .none))
    let document = site.text("api/v1/releases/gateway/2.4.0.json")
    #expect(document.contains(Self.address) == (extent == .full))
    #expect(document.contains("\"id\":\"sbom\"") == (extent != .none))
    full.shelves[0].releases[1].evidence[0].audience = .internal
    let closed = try await RenderedSite(full.facts(for: .public))
    #expect(!closed.assets.contains { $0.address == Self.address })
    #expect(!closed.text("products/gateway/2.4.0/index.html").contains("sbom"))
  }
}
