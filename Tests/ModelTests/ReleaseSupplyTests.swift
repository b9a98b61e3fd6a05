import Diagnostics
import Model
import Testing

@Suite("What releases are made of") struct ReleaseSupplyTests {
  private func component(_ name: String, _ version: String, _ licence: String = "MIT") -> Component {
    var component = Component(name: name)
    component.version = version
    component.purl = "pkg:npm/\(name)@\(version)"
    component.licences = [LicenceClaim(spdx: licence, origin: .declared)]
    return component
  }

  private func file(_ payload: EvidencePayload) -> EvidenceReading {
    .read(EvidenceFile(path: "x", size: 1, sha256: "ab", format: .document, payload: payload))
  }

  private func found(_ id: String, _ aliases: [String] = [], in package: String = "left") -> ScannedVulnerability {
    var found = ScannedVulnerability(id: id, package: package)
    found.aliases = aliases
    found.purl = "pkg:npm/\(package)"
    return found
  }

  private func scan(_ found: [ScannedVulnerability]) -> EvidencePayload {
    var scan = VulnerabilityScan(target: nil)
    scan.vulnerabilities = found
    return .vulnerabilities(scan)
  }

  /// Two releases of `a`, each with a public list and a public scan.
  private func ledger() throws -> Ledger {
    var ledger = Ledger(site: Site(title: "Harbor"), asOf: try #require(Moment("2026-11-02T09:00Z")))
    ledger.site.publish.evidence = .full
    let lists = [
      [component("left", "2.0.0"), component("new", "1.0.0", "Apache-2.0"), component("same", "1.0.0")],
      [component("left", "1.0.0"), component("old", "1.0.0", "GPL-2.0-only"), component("same", "1.0.0", "ISC")],
    ]
    let scans = [
      [found("CVE-2026-2"), found("CVE-2026-1", ["GHSA-aaaa"])], [found("GHSA-aaaa"), found("CVE-2026-3")],
    ]
    var releases: [Release] = []
    for (position, text) in ["2.0.0", "1.0.0"].enumerated() {
      let version = try #require(Version(text, scheme: .semver))
      var release = Release(product: ProductID("a"), version: version, status: .released, kind: .minor, at: place())
      var list = ComponentList(specification: "CycloneDX 1.6")
      list.components = lists[position]
      for (id, payload) in [("sbom", EvidencePayload.components(list)), ("scan", scan(scans[position]))] {
        var entry = EvidenceEntry(id: located(id), at: place())
        entry.audience = .public
        release.evidence.append(entry)
        ledger.evidence[release.id, id] = file(payload)
      }
      releases.append(release)
    }
    let product = Product(id: ProductID("a"), name: "A", at: place())
    ledger.shelves = [Ledger.Shelf(product: product, releases: releases, lineage: Lineage(parents: [[1], []]))]
    return ledger
  }

  private func difference(_ ledger: Ledger) -> SupplyDifference {
    let releases = ledger.shelves[0].releases
    return SupplyDifference(from: ledger.supply(of: releases[1]), to: ledger.supply(of: releases[0]))
  }

  @Test("the difference names components, licences and vulnerabilities, and two names are one vulnerability")
  func compared() throws {
    let difference = difference(try ledger())
    let components = try #require(difference.components)
    #expect(components.added.map(\.name) == ["new"] && components.removed.map(\.name) == ["old"])
    #expect(components.changed.map { [$0.name, $0.from ?? "", $0.to ?? ""] } == [["left", "1.0.0", "2.0.0"]])
    #expect(components.relicensed.map(\.name) == ["same"] && components.unchanged == 1)
    #expect(difference.licencesAdded == ["Apache-2.0"] && difference.licencesRemoved == ["GPL-2.0-only", "ISC"])
    let vulnerabilities = try #require(difference.vulnerabilities)
    #expect(vulnerabilities.new.map(\.id) == ["CVE-2026-2"])
    #expect(vulnerabilities.stillThere.map(\.id) == ["CVE-2026-1"])
    #expect(vulnerabilities.fixed.map(\.id) == ["CVE-2026-3"])
  }

  @Test("the public gets it from evidence that is public, as far as the site publishes any") func open() throws {
    var ledger = try ledger()
    #expect(difference(ledger.facts(for: .public)).vulnerabilities?.new.map(\.id) == ["CVE-2026-2"])
    ledger.shelves[0].releases[0].evidence[1].audience = .internal
    let half = difference(ledger.facts(for: .public))
    #expect(half.components != nil && half.vulnerabilities == nil && half.vulnerabilitiesGap == .new)
    ledger.site.publish.evidence = .none
    let none = difference(ledger.facts(for: .public))
    #expect(none.isUnknown && none.componentsGap == .both)
  }

  @Test("what is under an embargo is in no difference of the public, whatever it is called there") func embargoed()
    throws
  {
    var ledger = try ledger()
    var secret = Vulnerability(id: "CVE-2026-1", at: place())
    secret.embargoUntil = Moment(seconds: ledger.asOf.seconds + 1)
    ledger.shelves[0].releases[0].security = [secret]
    let vulnerabilities = try #require(difference(ledger.facts(for: .public)).vulnerabilities)
    #expect(vulnerabilities.new.map(\.id) == ["CVE-2026-2"] && vulnerabilities.stillThere.isEmpty)
    // The older release knows it by its other name only.
    #expect(vulnerabilities.fixed.map(\.id) == ["CVE-2026-3"])
    #expect(difference(ledger).vulnerabilities?.stillThere.map(\.id) == ["CVE-2026-1"])
  }
}
