/// What was measured, against what was allowed.
package struct MeasurementReport: Hashable, Sendable {
  package enum Comparison: String, CaseIterable, Hashable, Sendable {
    case atMost = "<="
    case atLeast = ">="
    case below = "<"
    case above = ">"
  }

  package struct Limit: Hashable, Sendable {
    package var comparison: Comparison
    package var value: Double

    package init(_ comparison: Comparison, _ value: Double) {
      (self.comparison, self.value) = (comparison, value)
    }

    package func holds(for measured: Double) -> Bool {
      switch comparison {
      case .atMost: measured <= value
      case .atLeast: measured >= value
      case .below: measured < value
      case .above: measured > value
      }
    }
  }

  package struct Measurement: Hashable, Sendable {
    package var metric: String
    package var value: Double
    package var unit: String?
    package var limit: Limit?

    package init(metric: String, value: Double, unit: String? = nil, limit: Limit? = nil) {
      (self.metric, self.value, self.unit, self.limit) = (metric, value, unit, limit)
    }

    /// `nil` where there is no limit.
    package var isWithinLimit: Bool? { limit?.holds(for: value) }
  }

  /// In the order of the file. Empty when nothing was measured, which proves nothing.
  package var measurements: [Measurement]

  package init(measurements: [Measurement]) {
    self.measurements = measurements
  }
}
