import Model

/// The products of the last plan for an audience, with what their pages share.
package struct PlanMemory: Sendable {
  private struct Surroundings: Hashable {
    var asOf: Moment
    var zone: Zone
  }

  private struct Entry: Sendable {
    var making: Int
    var facts: ProductFacts
  }

  private var surroundings: Surroundings?
  private var entries: [ProductID: Entry] = [:]

  package init() {}

  /// The facts of all products of a ledger, found in parallel where they are not those of the last plan.
  /// - Parameter makings: For each product, a number that is the same whenever its shelf is; `nil` where nobody knows.
  mutating func products(of ledger: Ledger, makings: [Int?], slices: Int) async -> [ProductFacts] {
    let (asOf, zone) = (ledger.asOf, ledger.site.zone)
    let surroundings = Surroundings(asOf: asOf, zone: zone)
    if surroundings != self.surroundings { entries = [:] }
    self.surroundings = surroundings
    let shelves = ledger.shelves
    let known = shelves.indices.map { place in
      entries[shelves[place].product.id].flatMap { $0.making == makings[place] ? $0.facts : nil }
    }
    let products = await inSlices(of: shelves.count, slices: slices) { range in
      range.map { known[$0] ?? ProductFacts(shelves[$0], asOf: asOf, zone: zone) }
    }.flatMap { $0 }
    entries = [:]
    for (facts, making) in zip(products, makings) {
      entries[facts.product.id] = making.map { Entry(making: $0, facts: facts) }
    }
    return products
  }
}
