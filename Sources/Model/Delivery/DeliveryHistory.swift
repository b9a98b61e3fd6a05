/// What is known of how releases went out: deployments, the ways back, the commits that they brought, and what was
/// measured of products.
package struct DeliveryHistory: Sendable {
  /// Of one product.
  package struct Part: Sendable {
    package var product: ProductID
    /// By their ends, running ones last; see ``Deployment/isBefore(_:_:)``.
    package var deployments: [Deployment] = []
    /// By time.
    package var rollBacks: [RollBack] = []
    /// When commits arrived, by source; empty where no history of theirs is here.
    package var arrivals: [CommitArrivals] = []
    /// Whether somebody writes records of its releases, so that what failed can be known.
    package var isRecorded = true
    /// By the bytes of their names.
    package var series: [MeasuredSeries] = []

    package init(_ product: ProductID) {
      self.product = product
    }
  }

  /// By product, as the shelves are.
  package var parts: [Part] = []

  package init() {}

  package func part(of product: ProductID) -> Part? { parts.first { $0.product == product } }
}

/// What a file of `metrics/` says of one figure, day by day.
package struct MeasuredSeries: Hashable, Sendable {
  package struct Measurement: Hashable, Sendable {
    package var date: CivilDate
    package var value: Double
    package init(date: CivilDate, value: Double) { (self.date, self.value) = (date, value) }
  }

  package var metric: String
  /// By date, each day once.
  package var measurements: [Measurement]
  /// How many days are named without a value.
  package var missing = 0

  package init(_ metric: String, _ measurements: [Measurement]) {
    (self.metric, self.measurements) = (metric, measurements)
  }
}
