import Diagnostics
package import Model
package import Scheduling

/// What judging needs to find quickly, worked out once for a ledger.
package final class LedgerFacts: Sendable {
  package let ledger: Ledger
  package let shelves: [ShelfFacts]
  /// Evidence that names controls, by the name of the control.
  private let controls: [String: ControlStatements]
  /// What tools told of deployments and publications.
  let deliveries: Deliveries
  /// Who stands behind the addresses in Git.
  package let identities: Identities
  /// When what happens, and what of it does not go together.
  package let calendar: ReleaseCalendar
  /// What is known of components, by their names in lower case.
  let endsOfLife: [String: EndOfLife]
  private let people: [String: Person]
  private let positions: [ProductID: Int]

  package init(_ ledger: Ledger) {
    self.ledger = ledger
    calendar = ReleaseCalendar(ledger)
    identities = Identities(ledger.site.people, bots: ledger.site.bots)
    endsOfLife = Dictionary(
      ledger.endsOfLife.map { ($0.component.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    people = Dictionary(ledger.site.people.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var controls: [String: ControlStatements] = [:]
    for release in ledger.shelves.lazy.flatMap(\.releases) {
      for entry in release.evidence {
        for control in entry.controls {
          controls[control.value, default: ControlStatements(periods: ledger.site.periods.count)]
            .add(entry, of: release.id, in: ledger.site)
        }
      }
    }
    self.controls = controls.mapValues { statements in
      var sorted = statements
      sorted.sort()
      return sorted
    }
    let production = Set(ledger.site.environments.filter(\.isProduction).map(\.id))
    var incidents: [ProductID: [Incident]] = [:]
    for incident in ledger.incidents {
      guard case .release(let product, _) = incident.causedBy else { continue }
      incidents[ProductID(product.value), default: []].append(incident)
    }
    let zone = ledger.site.zone
    shelves = ledger.shelves.map { shelf in
      ShelfFacts(
        shelf, production: production, incidents: incidents[shelf.product.id] ?? [],
        exercises: ledger.exercises.filter { exercise in
          exercise.products.isEmpty || exercise.products.contains { $0.value == shelf.product.id.text }
        },
        flags: ledger.flags.filter { $0.product?.value == shelf.product.id.text }, git: ledger.git, asOf: ledger.asOf,
        zone: zone)
    }
    positions = Dictionary(
      shelves.enumerated().map { ($1.product.id, $0) }, uniquingKeysWith: { first, _ in first })
    deliveries = Deliveries(of: ledger, onto: shelves)
  }

  /// The evidence that somebody gives for a control; `nil` where nobody does.
  func statements(for control: String) -> ControlStatements? { controls[control] }

  package func shelf(of product: ProductID) -> ShelfFacts? { positions[product].map { shelves[$0] } }

  package func person(_ id: String) -> Person? { people[id] }
}

/// A product with its releases and everything else that is about it.
package final class ShelfFacts: Sendable {
  package let product: Product
  /// Highest version first.
  package let releases: [ReleaseFacts]
  package let lineage: Lineage
  /// Rehearsals with it or with everything, newest first.
  package let exercises: [Exercise]
  package let flags: [Flag]
  /// The highest release that went out, which answers for what is about the product as a whole; where none did, the
  /// highest.
  package let spokesman: ReleaseFacts?
  private let positions: [String: Int]

  init(
    _ shelf: Ledger.Shelf, production: Set<String>, incidents: [Incident], exercises: [Exercise], flags: [Flag],
    git: GitTestimony, asOf: Moment, zone: Zone
  ) {
    (product, lineage, self.flags) = (shelf.product, shelf.lineage, flags)
    self.exercises = exercises.sorted {
      let (a, b) = ($0.at.value.start(in: zone), $1.at.value.start(in: zone))
      return a == b ? $0.id < $1.id : a > b
    }
    var caused: [String: [Incident]] = [:]
    for incident in incidents {
      if case .release(_, let version) = incident.causedBy { caused[version.value, default: []].append(incident) }
    }
    releases = shelf.releases.enumerated().map { position, release in
      ReleaseFacts(
        release, at: position, production: production, incidents: caused[release.version.text] ?? [],
        wasPublished: git.records[release.id]?.published != nil, asOf: asOf, zone: zone)
    }
    spokesman = releases.first(where: \.wentOut) ?? releases.first
    positions = Dictionary(
      releases.map { ($0.release.version.text, $0.position) }, uniquingKeysWith: { first, _ in first })
  }

  package func release(_ version: String) -> ReleaseFacts? { positions[version].map { releases[$0] } }
}

/// A release with the moments at which it is judged.
package final class ReleaseFacts: Sendable {
  package let release: Release
  /// Among the releases of its product.
  package let position: Int
  /// The stages in environments that customers use, the planned ones left out.
  package let productionStages: [Rollout.Stage]
  /// When it first went to production; of a day the last second. `nil` before that, and where nobody said when.
  package let deployed: Moment?
  /// Whether it was ever out, whatever its status says today: by a stage in production, by the day that it states, or
  /// because Git has its record as released.
  package let wentOut: Bool
  /// The same, of a day the first moment.
  package let earliest: Moment?
  /// When it was out; of a day the last second.
  package let released: Moment?
  /// The incidents that it caused.
  package let incidents: [Incident]

  init(
    _ release: Release, at position: Int, production: Set<String>, incidents: [Incident], wasPublished: Bool,
    asOf: Moment, zone: Zone
  ) {
    (self.release, self.position, self.incidents) = (release, position, incidents)
    let stages = release.rollout?.stages ?? []
    productionStages = stages.filter { stage in
      guard production.contains(stage.environment.value) else { return false }
      // One that began is no plan, also where nobody says how it went.
      if let status = stage.status?.value { return status != .planned }
      return (stage.started ?? stage.finished).map { $0.value.start(in: zone) <= asOf } ?? false
    }
    let starts = productionStages.compactMap { ($0.started ?? $0.finished)?.value.lastMoment(in: zone) }
    let out = release.released?.value.lastMoment(in: zone)
    let isOut = release.released.map { $0.value.start(in: zone) <= asOf } ?? false
    released = release.status.hasShipped || wasPublished || isOut ? out : nil
    deployed = starts.min() ?? released
    earliest =
      productionStages.compactMap { ($0.started ?? $0.finished)?.value.start(in: zone) }.min()
      ?? (released == nil ? nil : release.released?.value.start(in: zone))
    wentOut = release.status.hasShipped || wasPublished || deployed != nil
  }
}

extension When {
  /// The moment, or the last second of the day: what is only known to a day has the benefit of the whole of it.
  package func lastMoment(in zone: Zone) -> Moment {
    switch self {
    case .moment(let moment): moment
    case .day: Moment(seconds: end(in: zone).seconds - 1)
    }
  }
}
