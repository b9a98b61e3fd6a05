import Diagnostics

/// What the evidence of one release says of the things that it is made of, and of what is wrong with them.
package struct ReleaseSupply: Sendable {
  /// From all bills of materials together; `nil` where none could be read.
  package var components: [Component]?
  /// From all scans, bills of materials and VEX files; `nil` where none of them speaks of any.
  package var vulnerabilities: VulnerabilityPicture?
  /// Whether somebody looked for vulnerabilities, so that what is not in the picture is not known of.
  package var isScanned = false

  package init() {}

  package init(of release: Release, in shelf: EvidenceShelf) {
    var components: [Component] = []
    var isListed = false
    var scanned: [ScannedVulnerability] = []
    var statements: [VEXStatement] = []
    for entry in release.evidence {
      // An advisory of OSV tells of a vulnerability, and not of a release that has it.
      guard let file = shelf[release.id, entry.id.value]?.file, file.format != .osv else { continue }
      switch file.payload {
      case .components(let list):
        // One that only speaks of vulnerabilities lists nothing.
        isListed = isListed || !list.components.isEmpty || list.vulnerabilities.isEmpty
        isScanned = isScanned || !list.vulnerabilities.isEmpty
        components += list.components
        scanned += list.vulnerabilities
        statements += list.statements
      case .vulnerabilities(let scan):
        isScanned = true
        scanned += scan.vulnerabilities
      case .vex(let document): statements += document.statements
      case .provenance(let provenance):
        for case .vulnerabilities(let scan) in provenance.statements.map(\.predicate) {
          isScanned = true
          scanned += scan.vulnerabilities
        }
      default: break
      }
    }
    self.components = isListed ? components : nil
    guard isScanned || !statements.isEmpty else { return }
    vulnerabilities = VulnerabilityPicture(
      scanned: scanned, statements: statements, products: release.namesInStatements,
      coordinates: isListed ? Set(components.map(\.coordinate)) : nil)
  }

  /// Whether nothing is known.
  package var isEmpty: Bool { components == nil && vulnerabilities == nil }
}

extension Ledger {
  /// What is known to this audience of the things that a release is made of.
  package func supply(of release: Release) -> ReleaseSupply {
    audience == .public ? supplies[release.id] ?? ReleaseSupply() : ReleaseSupply(of: release, in: evidence)
  }
}

/// How two releases differ in what they are made of, as far as both say it.
package struct SupplyDifference: Sendable {
  /// Whose evidence is lacking.
  package enum Gap: Hashable, Sendable { case old, new, both }

  /// `nil` unless both releases have a list that could be read.
  package let components: ComponentDifference?
  package let componentsGap: Gap?
  /// Licences that only the later release has, and only the earlier one had; by the alphabet.
  package let licencesAdded: [String]
  package let licencesRemoved: [String]
  /// `nil` unless somebody looked for them in both releases.
  package let vulnerabilities: VulnerabilityDifference?
  package let vulnerabilitiesGap: Gap?

  package init(from old: ReleaseSupply, to new: ReleaseSupply) {
    var licences: (added: [String], removed: [String]) = ([], [])
    if let before = old.components, let after = new.components {
      components = ComponentDifference(from: before, to: after)
      let (had, has) = (SupplyDifference.licences(of: before), SupplyDifference.licences(of: after))
      licences = (has.subtracting(had).sorted(), had.subtracting(has).sorted())
    } else {
      components = nil
    }
    (licencesAdded, licencesRemoved) = licences
    if old.isScanned, new.isScanned, let before = old.vulnerabilities, let after = new.vulnerabilities {
      vulnerabilities = VulnerabilityDifference(from: before, to: after)
    } else {
      vulnerabilities = nil
    }
    componentsGap = SupplyDifference.gap(old.components == nil, new.components == nil)
    vulnerabilitiesGap = SupplyDifference.gap(!old.isScanned, !new.isScanned)
  }

  /// Whether nothing can be compared.
  package var isUnknown: Bool { components == nil && vulnerabilities == nil }

  private static func licences(of components: [Component]) -> Set<String> {
    var licences = Set<String>()
    for place in components.indices {
      for licence in components[place].effectiveLicences where licence.kind != .unstated {
        licences.insert(licence.text)
      }
    }
    return licences
  }

  private static func gap(_ lacksOld: Bool, _ lacksNew: Bool) -> Gap? {
    switch (lacksOld, lacksNew) {
    case (true, true): .both
    case (true, false): .old
    case (false, true): .new
    case (false, false): nil
    }
  }
}

extension PublicFields {
  /// What the public may know of the releases that it sees, from the evidence that is meant for it.
  ///
  /// What is under an embargo is left out under all of its names, also where only another release's evidence tells that
  /// two names mean one vulnerability.
  func supplies(of shelves: [Ledger.Shelf], in evidence: EvidenceShelf) -> [ReleaseID: ReleaseSupply] {
    var supplies: [ReleaseID: ReleaseSupply] = [:]
    for shelf in shelves {
      for place in shelf.releases.indices where !shelf.releases[place].evidence.isEmpty {
        let supply = ReleaseSupply(of: shelf.releases[place], in: evidence)
        if !supply.isEmpty { supplies[shelf.releases[place].id] = supply }
      }
    }
    guard !embargo.isEmpty else { return supplies }
    var hidden: Set<String> = []
    for entry in supplies.values.lazy.compactMap(\.vulnerabilities).flatMap(\.entries)
    where embargo.isNamed(in: [entry.id, entry.summary ?? ""] + entry.aliases) {
      hidden.formUnion([entry.id] + entry.aliases)
    }
    return supplies.mapValues { supply in
      var supply = supply
      supply.vulnerabilities = supply.vulnerabilities?.without { entry in
        !hidden.isDisjoint(with: [entry.id] + entry.aliases) || embargo.isNamed(in: entry.excuse?.reason)
      }
      supply.components?.removeAll { embargo.isNamed(in: [$0.name, $0.version ?? ""]) }
      return supply
    }
  }
}
