import Charts
package import Metrics
import Model

extension Figure.Unit {
  /// A value as people read it, such as `3.2 days`.
  package func words(_ value: Double) -> String {
    switch self {
    case .count: return plainNumber(value)
    case .days: return "\(rounded(value)) days"
    case .share: return "\(rounded(value * 100)) %"
    case .named(let unit): return plainNumber(value) + (unit.isEmpty ? "" : " \(unit)")
    case .seconds:
      if value >= 2 * 86_400 { return "\(rounded(value / 86_400)) days" }
      if value >= 2 * 3600 { return "\(rounded(value / 3600)) hours" }
      if value >= 120 { return "\(rounded(value / 60)) minutes" }
      return "\(rounded(value)) seconds"
    }
  }

  private func rounded(_ value: Double) -> String { plainNumber((value * 10).rounded() / 10) }
}

/// How a unit is drawn: what values are divided by, and the name of the axis.
struct ChartScale {
  let divisor: Double
  let name: String

  init(_ unit: Figure.Unit, most: Double) {
    (divisor, name) =
      switch unit {
      case .count: (1, "")
      case .days: (1, "days")
      case .share: (0.01, "%")
      case .named(let unit): (1, unit)
      case .seconds:
        most >= 2 * 86_400 ? (86_400, "days") : most >= 2 * 3600 ? (3600, "hours") : (60, "minutes")
      }
  }

  func shown(_ value: Double) -> Double { value / divisor }
}

extension Figure.Total {
  /// The value in words; what a lack of values means for it.
  package var words: String {
    guard let value else { return "not enough data" }
    return unit.words(value)
  }
}

extension Bucket.Size {
  func words(_ count: Int) -> String { Wording.count(count, rawValue, rawValue + "s") }
}
