import Diagnostics

/// What changes for somebody who moves from one release of a product to another: the one answer that `gazette notes`,
/// `gazette diff` and the upgrade page give.
///
/// By ancestry, not by number: what `to` contains and `from` does not. A change on several lines is one change.
package struct UpgradeNotes: Sendable {
  /// A change, and the oldest release on the way that brought it.
  package struct Entry: Sendable {
    package var release: Version
    package var change: Change
  }

  /// A vulnerability, and the release that says something of it.
  package struct Weakness: Sendable {
    package var release: Version
    package var vulnerability: Vulnerability
  }

  package let product: Product
  package let from: Release
  package let to: Release
  /// The releases on the way, oldest first; the last is `to` unless `from` contains it.
  package private(set) var releases: [Release] = []
  /// Versions that must not be skipped, oldest first.
  package private(set) var stops: [Version] = []
  /// Changes that ask something of the reader: those with an action first of all, then breaking ones without.
  package private(set) var actions: [Entry] = []
  /// The other changes, oldest first.
  package private(set) var changes: [Entry] = []
  /// What the releases on the way fix.
  package private(set) var fixed: [Weakness] = []
  /// Fixes that `from` has and `to` lacks: who moves loses them.
  package private(set) var missing: [Entry] = []
  /// Vulnerabilities that are fixed in what `from` contains and in nothing that `to` contains.
  package private(set) var missingFixes: [Weakness] = []

  /// - Returns: `nil` when one of the versions is not on the shelf.
  package init?(from: String, to: String, in shelf: Ledger.Shelf) {
    guard let start = shelf.position(of: from), let end = shelf.position(of: to) else { return nil }
    product = shelf.product
    (self.from, self.to) = (shelf.releases[start], shelf.releases[end])
    let oldestFirst = shelf.releases.indices.reversed().filter { $0 == end || shelf.releases[$0].status.hasShipped }
    let old = oldestFirst.filter { shelf.lineage.contains($0, in: start) }
    let new = oldestFirst.filter { shelf.lineage.contains($0, in: end) }
    let gained = new.filter { !shelf.lineage.contains($0, in: start) }.map { shelf.releases[$0] }
    let lost = old.filter { !shelf.lineage.contains($0, in: end) }.map { shelf.releases[$0] }
    let oldReleases = old.map { shelf.releases[$0] }
    let newReleases = new.map { shelf.releases[$0] }

    releases = gained
    stops = requiredStops(of: shelf, among: gained)
    let entries = distinctChanges(of: gained, without: oldReleases)
    actions =
      entries.filter { $0.change.action != nil }
      + entries.filter { $0.change.action == nil && $0.change.kind == .breaking }
    changes = entries.filter { $0.change.action == nil && $0.change.kind != .breaking }
    missing = distinctChanges(of: lost, without: newReleases).filter {
      $0.change.kind == .fix || $0.change.kind == .security
    }
    fixed = distinctFixes(of: gained, without: oldReleases)
    missingFixes = distinctFixes(of: lost, without: newReleases)
  }

  private func requiredStops(of shelf: Ledger.Shelf, among gained: [Release]) -> [Version] {
    let stops = Set(shelf.product.upgradeStops.map(\.value))
    return gained.filter { stops.contains($0.version.text) && $0.status.isCurrent && $0.version != to.version }
      .map(\.version)
  }
}

private func distinctChanges(of releases: [Release], without others: [Release]) -> [UpgradeNotes.Entry] {
  var known = Set(others.lazy.flatMap(\.changes).map(\.identity))
  return releases.flatMap { release in
    release.changes.compactMap { change in
      known.insert(change.identity).inserted ? UpgradeNotes.Entry(release: release.version, change: change) : nil
    }
  }
}

private func distinctFixes(of releases: [Release], without others: [Release]) -> [UpgradeNotes.Weakness] {
  var known = Set(others.lazy.flatMap(\.security).filter(\.isFixed).flatMap { [$0.id] + $0.aliases })
  return releases.flatMap { release in
    release.security.compactMap { vulnerability in
      let names = [vulnerability.id] + vulnerability.aliases
      guard vulnerability.isFixed, known.isDisjoint(with: names) else { return nil }
      known.formUnion(names)
      return UpgradeNotes.Weakness(release: release.version, vulnerability: vulnerability)
    }
  }
}
