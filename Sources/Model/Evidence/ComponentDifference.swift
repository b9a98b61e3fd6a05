/// How the components of two releases differ.
package struct ComponentDifference: Sendable {
  /// A component on one side only.
  package struct Member: Hashable, Sendable {
    package var coordinate: String
    package var name: String
    package var version: String?
  }

  /// A component that both have, in other versions.
  package struct Change: Hashable, Sendable {
    package var coordinate: String
    package var name: String
    package var from: String?
    package var to: String?
  }

  /// A component that both have, under other licences.
  package struct Relicensing: Hashable, Sendable {
    package var coordinate: String
    package var name: String
    package var from: [String]
    package var to: [String]
  }

  /// By name, as all of these.
  package private(set) var added: [Member] = []
  package private(set) var removed: [Member] = []
  package private(set) var changed: [Change] = []
  package private(set) var relicensed: [Relicensing] = []
  /// How many components both have in the same version.
  package private(set) var unchanged = 0

  package var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty && relicensed.isEmpty }

  /// - Parameters:
  ///   - old: The components of all lists of the earlier release.
  ///   - new: Those of the later one.
  package init(from old: [Component], to new: [Component]) {
    let (before, after) = (Holding.all(of: old), Holding.all(of: new))
    for coordinate in Set(before.keys).union(after.keys).sorted() {
      switch (before[coordinate], after[coordinate]) {
      case (let had?, let has?): compare(had, has, at: coordinate)
      case (let had?, nil): removed += had.versions.map { Member(coordinate: coordinate, name: had.name, version: $0) }
      case (nil, let has?): added += has.versions.map { Member(coordinate: coordinate, name: has.name, version: $0) }
      case (nil, nil): break
      }
    }
    added.sort { ($0.name, $0.coordinate, $0.version ?? "") < ($1.name, $1.coordinate, $1.version ?? "") }
    removed.sort { ($0.name, $0.coordinate, $0.version ?? "") < ($1.name, $1.coordinate, $1.version ?? "") }
    changed.sort { ($0.name, $0.coordinate, $0.from ?? "") < ($1.name, $1.coordinate, $1.from ?? "") }
    relicensed.sort { ($0.name, $0.coordinate) < ($1.name, $1.coordinate) }
  }

  private mutating func compare(_ had: Holding, _ has: Holding, at coordinate: String) {
    let gone = had.versions.filter { !has.versions.contains($0) }
    let came = has.versions.filter { !had.versions.contains($0) }
    unchanged += had.versions.count - gone.count
    // Where a package is there in several versions, nobody knows which replaced which: the lowest are paired.
    for (from, to) in zip(gone, came) {
      changed.append(Change(coordinate: coordinate, name: has.name, from: from, to: to))
    }
    removed += gone.dropFirst(came.count).map { Member(coordinate: coordinate, name: had.name, version: $0) }
    added += came.dropFirst(gone.count).map { Member(coordinate: coordinate, name: has.name, version: $0) }
    if had.licences != has.licences, !had.licences.isEmpty, !has.licences.isEmpty {
      relicensed.append(Relicensing(coordinate: coordinate, name: has.name, from: had.licences, to: has.licences))
    }
  }
}

/// What one release has of one component.
private struct Holding {
  var name: String
  /// Each once, sorted.
  var versions: [String?]
  var licences: [String]

  static func all(of components: [Component]) -> [String: Holding] {
    Dictionary(grouping: components, by: \.coordinate).mapValues { group in
      let licences = group.flatMap { $0.effectiveLicences.filter { $0.kind != .unstated }.map(\.text) }
      return Holding(
        name: group[0].displayName, versions: Set(group.map(\.version)).sorted { ($0 ?? "") < ($1 ?? "") },
        licences: Set(licences).sorted())
    }
  }
}
