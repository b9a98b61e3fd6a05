/// The value below which a share of some values lies, by linear interpolation between the nearest two (type 7).
///
/// - Source: R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages" (1996), definition 7.
/// - Parameter values: Ascending.
package func quantile(_ share: Double, of values: [Double]) -> Double? {
  guard let last = values.indices.last else { return nil }
  let place = share * Double(last)
  let below = Int(place.rounded(.down))
  let above = min(below + 1, last)
  return values[below] + (place - Double(below)) * (values[above] - values[below])
}

/// How many values a median, a mean or a share needs to be shown.
package let leastValues = 5

/// The same, as far as there are enough values to say it.
func shownQuantile(_ share: Double, of values: [Double]) -> Double? {
  values.count < leastValues ? nil : quantile(share, of: values)
}

func shownMean(_ values: [Double]) -> Double? { values.count < leastValues ? nil : mean(values) }

/// The sum of huge values may be no number, their mean is one.
///
/// - Precondition: There are some.
func mean(_ values: [Double]) -> Double {
  let sum = values.reduce(0, +)
  return sum.isFinite ? sum / Double(values.count) : values.reduce(0) { $0 + $1 / Double(values.count) }
}

/// A part of a whole in 0...1, as far as the whole is large enough.
func shownShare(_ part: Int, of whole: Int) -> Double? {
  whole < leastValues ? nil : Double(part) / Double(whole)
}
