import Diagnostics
import Model

/// What the evidence of all releases says of components and vulnerabilities, put together once for the site.
struct SupplyRegister: Sendable {
  /// A version of a component with the releases that contain it, by product, highest version first.
  struct Holding: Sendable {
    var coordinate: String
    var name: String
    var version: String?
    var releases: [ReleasePosition]
  }

  /// One vulnerability over all releases, under the name that stands for all of its names.
  struct Exposure: Sendable {
    var id: String
    var aliases: Set<String> = []
    var severity: ScannedVulnerability.Severity?
    var score: Double?
    var summary: String?
    var packages: [String] = []
    var fixedIn: [String] = []
    /// Where it counts.
    var affected: [ReleasePosition] = []
    /// Where it is known and does not count, with why.
    var excused: [(release: ReleasePosition, reason: String)] = []
  }

  /// By name, then version.
  private(set) var holdings: [Holding] = []
  /// What counts somewhere first, by severity from the highest.
  private(set) var exposures: [Exposure] = []
  /// Those with a bill of materials that could be read, and those with a scan or one that speaks of vulnerabilities.
  private(set) var listed: [ReleasePosition] = []
  private(set) var scanned: [ReleasePosition] = []
  /// Those of which a scan, a VEX file or the record says something.
  private(set) var told: [ReleasePosition] = []

  init() {}

  init(of edition: Edition, slices: Int) async {
    let positions = edition.products.indices.flatMap { product in
      edition.products[product].releases.indices.map { ReleasePosition(product: product, release: $0) }
    }
    let parts = await inSlices(of: positions.count, slices: slices) { range in
      range.map { Findings(of: positions[$0], in: edition, listsParts: true) }
    }
    let found = zip(positions, parts.flatMap { $0 })
    gatherComponents(found)
    gatherVulnerabilities(found)
  }

  /// What the evidence and the records say of one release.
  struct Findings: Sendable {
    struct Part: Hashable, Sendable {
      var coordinate: String
      var name: String
      var version: String?
    }

    var parts: [Part] = []
    var hasComponents = false
    var entries: [VulnerabilityPicture.Entry] = []
    var hasScan = false

    /// - Parameter listsParts: Whether the parts are wanted.
    init(of position: ReleasePosition, in edition: Edition, listsParts: Bool) {
      let release = edition.release(at: position)
      let supply = edition.ledger.supply(of: release)
      if listsParts, let components = supply.components {
        var seen: Set<Part> = []
        parts.reserveCapacity(components.count)
        // By their places, for a component is costly to copy.
        for place in components.indices {
          let part = Part(
            coordinate: components[place].coordinate, name: components[place].displayName,
            version: components[place].version)
          if seen.insert(part).inserted { parts.append(part) }
        }
      }
      hasComponents = supply.components != nil
      hasScan = supply.isScanned
      entries = (supply.vulnerabilities?.entries ?? []) + release.security.map(VulnerabilityPicture.Entry.init)
      let known = Set(entries.flatMap { [$0.id] + $0.aliases })
      entries += (edition.unnamedAdvisories[position] ?? []).map { edition.advisories[$0] }
        .filter { advisory in !known.contains(advisory.id) && known.isDisjoint(with: advisory.aliases) }
        .map { VulnerabilityPicture.Entry($0, of: edition.products[position.product], at: position.product) }
    }
  }

  private mutating func gatherComponents(_ found: Zip2Sequence<[ReleasePosition], [Findings]>) {
    var places: [Findings.Part: Int] = [:]
    for (position, findings) in found where findings.hasComponents {
      listed.append(position)
      for part in findings.parts {
        let place = places[part] ?? holdings.count
        if place == holdings.count {
          places[part] = place
          holdings.append(
            Holding(coordinate: part.coordinate, name: part.name, version: part.version, releases: []))
        }
        holdings[place].releases.append(position)
      }
    }
    let keys = holdings.map { ($0.name.lowercased(), $0.coordinate, $0.version ?? "") }
    holdings = holdings.indices.sorted { keys[$0] < keys[$1] }.map { holdings[$0] }
  }

  private mutating func gatherVulnerabilities(_ found: Zip2Sequence<[ReleasePosition], [Findings]>) {
    var names = VulnerabilityAliases()
    for (_, findings) in found {
      for entry in findings.entries { names.unite(entry.id, entry.aliases) }
    }
    var places: [String: Int] = [:]
    for (position, findings) in found {
      if findings.hasScan { scanned.append(position) }
      if findings.hasScan || !findings.entries.isEmpty { told.append(position) }
      for entry in findings.entries {
        let id = names.name(of: entry.id)
        let place = places[id] ?? exposures.count
        if place == exposures.count {
          places[id] = place
          exposures.append(Exposure(id: id))
        }
        exposures[place].add(entry, at: position)
      }
    }
    exposures.sort { $0.sortKey < $1.sortKey }
  }
}

extension SupplyRegister.Exposure {
  fileprivate mutating func add(_ entry: VulnerabilityPicture.Entry, at position: ReleasePosition) {
    aliases.formUnion(([entry.id] + entry.aliases).filter { $0 != id })
    severity = [severity, entry.severity].compactMap { $0 }.max()
    score = [score, entry.score].compactMap { $0 }.max()
    summary = summary ?? entry.summary
    if !packages.contains(entry.package) { packages.append(entry.package) }
    for version in entry.fixedIn where !fixedIn.contains(version) { fixedIn.append(version) }
    if let excuse = entry.excuse {
      // One package that counts is enough for the release to be affected.
      if affected.last != position, excused.last?.release != position { excused.append((position, excuse.reason)) }
    } else if affected.last != position {
      affected.append(position)
      if excused.last?.release == position { excused.removeLast() }
    }
  }

  fileprivate var sortKey: (Int, Int, String) { (affected.isEmpty ? 1 : 0, -(severity?.rawValue ?? -1), id) }
}

extension VulnerabilityPicture.Entry {
  /// What the record of a release says itself.
  fileprivate init(_ vulnerability: Vulnerability) {
    self.init(id: vulnerability.id, package: VulnerabilityPicture.wholeRelease)
    aliases = vulnerability.aliases
    severity = vulnerability.severity?.scanned
    (score, summary) = (vulnerability.score, vulnerability.summary?.whole.plainText)
    if vulnerability.isFixed {
      excuse = VulnerabilityPicture.Excuse(source: .record, reason: "fixed by the release, as its record states")
    }
  }

  /// What the records of other releases of its product say of a release.
  fileprivate init(_ advisory: Advisory, of facts: ProductFacts, at product: Int) {
    self.init(id: advisory.id, package: VulnerabilityPicture.wholeRelease)
    aliases = advisory.aliases
    severity = advisory.severity?.scanned
    (score, summary) = (advisory.score, advisory.summary?.whole.plainText)
    let fixes = advisory.mentions.filter { $0.product == product && $0.vulnerability.isFixed && $0.status.hasShipped }
    fixedIn = fixes.map { "\(facts.product.name) \(facts.releases[$0.release].version.text)" }
  }
}

extension Vulnerability.Severity {
  fileprivate var scanned: ScannedVulnerability.Severity {
    switch self {
    case .low: .low
    case .medium: .medium
    case .high: .high
    case .critical: .critical
    }
  }
}
