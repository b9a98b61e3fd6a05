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
    var (had, has) = (before[...], after[...])
    while let first = had.first, let second = has.first {
      if first.coordinate == second.coordinate {
        compare(had.removeFirst(), has.removeFirst())
      } else if first.coordinate < second.coordinate {
        removed += had.removeFirst().members
      } else {
        added += has.removeFirst().members
      }
    }
    removed += had.flatMap(\.members)
    added += has.flatMap(\.members)
    added.sort { ($0.name, $0.coordinate, $0.version ?? "") < ($1.name, $1.coordinate, $1.version ?? "") }
    removed.sort { ($0.name, $0.coordinate, $0.version ?? "") < ($1.name, $1.coordinate, $1.version ?? "") }
    changed.sort { ($0.name, $0.coordinate, $0.from ?? "") < ($1.name, $1.coordinate, $1.from ?? "") }
    relicensed.sort { ($0.name, $0.coordinate) < ($1.name, $1.coordinate) }
  }

  private mutating func compare(_ had: Holding, _ has: Holding) {
    let coordinate = has.coordinate
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
  var coordinate: String
  var name: String
  /// Each once, sorted.
  var versions: [String?]
  /// Each once, sorted.
  var licences: [String]

  var members: [ComponentDifference.Member] {
    versions.map { ComponentDifference.Member(coordinate: coordinate, name: name, version: $0) }
  }

  /// By coordinate. Made of places, for a component is costly to copy.
  static func all(of components: [Component]) -> [Holding] {
    let coordinates = components.indices.map { components[$0].coordinate }
    let order = components.indices.sorted { (coordinates[$0], $0) < (coordinates[$1], $1) }
    var holdings: [Holding] = []
    for place in order {
      if holdings.last?.coordinate != coordinates[place] {
        holdings.append(
          Holding(coordinate: coordinates[place], name: components[place].displayName, versions: [], licences: []))
      }
      let last = holdings.count - 1
      holdings[last].versions.append(components[place].version)
      for licence in components[place].effectiveLicences where licence.kind != .unstated {
        holdings[last].licences.append(licence.text)
      }
    }
    for place in holdings.indices {
      let (versions, licences) = (holdings[place].versions, holdings[place].licences)
      if versions.count > 1 { holdings[place].versions = Set(versions).sorted { ($0 ?? "") < ($1 ?? "") } }
      if licences.count > 1 { holdings[place].licences = Set(licences).sorted() }
    }
    return holdings
  }
}
