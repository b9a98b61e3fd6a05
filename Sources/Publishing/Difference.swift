package import Diagnostics
package import Model

/// What one version of a product has that another has not: by ancestry, not by number, so that it holds across lines.
package struct Difference: Sendable {
  /// A change, and every release in question that lists it.
  package struct Entry: Sendable {
    package var change: Change
    /// Oldest first.
    package var releases: [Release]
  }

  package let product: Product
  package let from: Release
  package let to: Release
  /// The releases that `to` contains and `from` does not, oldest first, `to` included.
  package let releases: [Release]
  /// Changes of these that `from` has not on its own line either.
  package let gained: [Entry]
  /// Security fixes and other fixes that `from` has and `to` lacks.
  package let lacked: [Entry]
  /// Versions in between that an upgrade must not skip, oldest first.
  package let stops: [String]

  /// A name that the ledger does not know.
  package struct UnknownName: Error, Sendable {
    package var name: String
    package var message: String
    /// What there is instead.
    package var known: [String]
  }

  package init(
    in facts: Ledger, product name: String, from: String, to: String
  ) throws(UnknownName) {
    let shelves = facts.shelves
    guard let shelf = shelves.first(where: { $0.product.id.text == name || $0.product.formerly.contains(name) }) else {
      throw UnknownName(name: name, message: "there is no product `\(name)`", known: shelves.map(\.product.id.text))
    }
    func position(_ version: String) throws(UnknownName) -> Int {
      guard let position = shelf.position(of: version) else {
        throw UnknownName(
          name: version, message: "there is no release `\(version)` of `\(shelf.product.id)`",
          known: shelf.releases.map(\.version.text))
      }
      return position
    }
    let (old, new) = (try position(from), try position(to))
    self.init(shelf, from: old, to: new)
  }

  private init(_ shelf: Ledger.Shelf, from old: Int, to new: Int) {
    let (releases, lineage) = (shelf.releases, shelf.lineage)
    // Highest first on the shelf, so oldest first backwards.
    let all = releases.indices.reversed().filter { releases[$0].status.hasShipped || $0 == old || $0 == new }
    let inOld = all.filter { lineage.contains($0, in: old) }
    let inNew = all.filter { lineage.contains($0, in: new) }
    let onlyInOld = inOld.filter { !lineage.contains($0, in: new) }
    let onlyInNew = inNew.filter { !lineage.contains($0, in: old) }
    product = shelf.product
    (from, to) = (releases[old], releases[new])
    self.releases = onlyInNew.map { releases[$0] }
    gained = Difference.entries(of: onlyInNew.map { releases[$0] }, without: inOld.map { releases[$0] })
    lacked = Difference.entries(of: onlyInOld.map { releases[$0] }, without: inNew.map { releases[$0] })
      .filter { $0.change.kind == .fix || $0.change.kind == .security }
    let between = Set(onlyInNew.dropLast().map { releases[$0].version.text })
    stops = self.releases.map(\.version.text).filter { stop in
      between.contains(stop) && shelf.product.upgradeStops.contains { $0.value == stop }
    }
  }

  /// The changes of some releases, each once, without those that others have under the same identity.
  private static func entries(of releases: [Release], without others: [Release]) -> [Entry] {
    let known = Set(others.flatMap { release in release.changes.map(\.identity) })
    var entries: [Entry] = []
    var positions: [String: Int] = [:]
    for release in releases {
      for change in release.changes where !known.contains(change.identity) {
        if let position = positions[change.identity] {
          entries[position].releases.append(release)
        } else {
          positions[change.identity] = entries.count
          entries.append(Entry(change: change, releases: [release]))
        }
      }
    }
    return entries
  }

  /// The changes by kind, in the order that readers need them; what has no kind comes last.
  package var groups: [(kind: Change.Kind?, entries: [Entry])] {
    (Change.Kind.allCases.map { $0 as Change.Kind? } + [nil]).compactMap { kind in
      let entries = gained.filter { $0.change.kind == kind }
      return entries.isEmpty ? nil : (kind, entries)
    }
  }

  /// Those that ask something of the reader.
  package var actions: [Entry] { gained.filter { $0.change.action != nil } }

  /// Releases whose notes are a text, not a list of changes.
  var texts: [Release] { releases.filter { $0.notes != nil && $0.changes.isEmpty } }
}

/// Reads the ledger and compares two releases of a product.
///
/// - Returns: The difference as the audience may see it; a failure when a name is unknown; `nil` when the report says
///   why nothing could be read.
package func difference(
  _ request: SourceRequest, product: String, from: String, to: String, audience: Audience
) async throws(FileError) -> (build: SiteBuild, result: Result<Difference, Difference.UnknownName>?) {
  var build = SiteBuild(report: Report())
  guard let source = try await load(request, into: &build) else { return (build, nil) }
  build.address = source.ledger.site.url
  let facts = source.ledger.facts(for: audience)
  let result = Result { () throws(Difference.UnknownName) in
    try Difference(in: facts, product: product, from: from, to: to)
  }
  return (build, result)
}
