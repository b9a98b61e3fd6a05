import Diagnostics
package import Governance
package import Model
import Scheduling

/// Every figure of a site, made once for all pages and commands that show them.
package struct DeliveryFigures: Sendable {
  /// The figures of one product or team.
  package struct Card: Sendable {
    package let id: String
    package let name: String
    package let scale: BucketScale
    package let figures: [Figure]
    /// For planned releases.
    package let risks: [ReleaseRisk]

    package func figure(_ id: String) -> Figure? { figures.first { $0.id == id } }
  }

  /// By product, as the shelves are; without those of which nothing is known.
  package let products: [Card]
  /// Of teams that have several products, as gazette.yml lists them.
  package let teams: [Card]

  package var isEmpty: Bool { products.isEmpty }

  package func card(of product: ProductID) -> Card? { products.first { $0.id == product.text } }

  /// - Parameters:
  ///   - judgement: What the rules say; `nil` where nobody may see it.
  ///   - size: Of the buckets; `nil` for months, or quarters where there would be too many.
  package init(of ledger: Ledger, judgement: Judgement?, by size: Bucket.Size? = nil, slices: Int) async {
    let parts = DeliveryFigures.parts(of: ledger, judgement)
    var scopes: [(id: String, name: String, scope: Scope)] = parts.map {
      ($0.shelf.product.id.text, $0.shelf.product.name, Scope([$0], of: ledger, size: size))
    }
    let productCount = scopes.count
    for team in ledger.site.teams {
      let own = parts.filter { $0.shelf.product.team == team.id }
      if own.count > 1 { scopes.append((team.id, team.name, Scope(own, of: ledger, size: size))) }
    }
    let all = scopes
    let cards = await inSlices(of: all.count, slices: slices) { range in
      range.map { index in
        Card(all[index].id, all[index].name, all[index].scope, definitions: ledger.site.metrics)
      }
    }.flatMap { $0 }
    products = cards.prefix(productCount).filter { !$0.figures.isEmpty }
    teams = cards.dropFirst(productCount).filter { !$0.figures.isEmpty }
  }

  /// What an audience may see: the internal one all, the public one only where the site publishes figures, and only what
  /// public facts tell.
  package init?(published ledger: Ledger, judgement: Judgement?, slices: Int) async {
    let isInternal = ledger.audience == .internal
    guard isInternal || ledger.site.publish.metrics != .none else { return nil }
    await self.init(of: ledger, judgement: isInternal ? judgement : nil, slices: slices)
  }

  private static func parts(of ledger: Ledger, _ judgement: Judgement?) -> [ProductDelivery] {
    var hit: [String: [Incident]] = [:]
    var caused: [String: [Incident]] = [:]
    for incident in ledger.incidents {
      for product in Set(incident.products.map(\.value)) { hit[product, default: []].append(incident) }
      if case .release(let product, _)? = incident.causedBy { caused[product.value, default: []].append(incident) }
    }
    var histories: [ProductID: DeliveryHistory.Part] = [:]
    for part in ledger.delivery.parts { histories[part.product] = part }
    // Whoever judged has worked it out already.
    let departures =
      ledger.calendar.trains.isEmpty ? nil : (judgement?.calendar ?? ReleaseCalendar(ledger)).departures
    return ledger.shelves.map { shelf in
      let id = shelf.product.id
      var plans: [String: CalendarHistory.Plan] = [:]
      var trains: [String: Bool] = [:]
      for release in shelf.releases {
        plans[release.version.text] = ledger.calendarHistory.plan(of: release.id)
        guard let departures, release.train != nil, release.status.hasShipped else { continue }
        let standing = TrainStanding(release, in: ledger, departures: departures)
        if standing.train != nil, let day = standing.day { trains[release.version.text] = standing.departure == day }
      }
      return ProductDelivery(
        shelf, histories[id] ?? DeliveryHistory.Part(id), incidents: hit[id.text] ?? [], caused: caused[id.text] ?? [],
        judgement: judgement, waivers: ledger.policy.waivers.filter { $0.product.value == id.text },
        plans: plans, trains: trains, zone: ledger.site.zone)
    }
  }
}

extension DeliveryFigures.Card {
  fileprivate init(_ id: String, _ name: String, _ scope: Scope, definitions: [Site.MetricDefinition]) {
    (self.id, self.name, scale) = (id, name, scope.scale)
    let declared = definitions.map(\.id)
    let measured = Set(scope.parts.lazy.flatMap(\.history.series).map(\.metric))
    let metrics = declared.filter(measured.contains) + measured.subtracting(declared).sorted(by: precedesInBytes)
    figures =
      Metric.all.compactMap { $0.figure($0, scope) }
      + metrics.compactMap { metric in
        Measured(metric: metric, definition: definitions.first { $0.id == metric }, scope: scope).figure
      }
    risks = scope.parts.count == 1 ? scope.parts[0].risks : []
  }
}
