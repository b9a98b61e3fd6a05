#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Round numbers that an axis is marked with; the first and the last are its ends.
struct Ticks: Hashable, Sendable {
  let values: [Double]

  /// - Parameter fromZero: Whether zero must be on the axis, as for bars.
  init(_ low: Double, _ high: Double, fromZero: Bool) {
    var low = fromZero ? min(0, low) : low
    var high = fromZero ? max(0, high) : high
    // Means of the same values differ in their last digit, and no axis can show that.
    if high / 2 - low / 2 <= max(abs(low), abs(high), 1e-290) * 1e-12 {
      // One value, or the same one again and again: some room around it.
      let room = max(abs(low), abs(high)) < 1e-290 ? 1 : abs(low) * 0.1
      if !(fromZero && low == 0) { low = fromZero && low > 0 ? 0 : low - room }
      high += room
    }
    let rough = (high / 4 - low / 4)
    let power = pow(10, floor(log10(rough)))
    let step = ([1, 2, 5, 10].first { $0 * power >= rough } ?? 10) * power
    let first = floor(low / step + 1e-9)
    let last = ceil(high / step - 1e-9)
    values = (0...max(1, min(12, Int(last - first)))).map { Ticks.clean((first + Double($0)) * step, step) }
  }

  var low: Double { values[0] }
  var high: Double { values[values.count - 1] }

  /// Where a value lies between the ends, 0...1.
  func share(of value: Double) -> Double {
    // Halved first, for the difference of two huge numbers may not be one.
    (value / 2 - low / 2) / (high / 2 - low / 2)
  }

  /// Without what adding up binary fractions leaves.
  private static func clean(_ value: Double, _ step: Double) -> Double {
    guard step < 1, step > 1e-9 else { return value }
    let scale = pow(10, ceil(-log10(step)) + 1)
    return (value * scale).rounded() / scale
  }
}

/// A number as an axis or a table shows it: at most three digits behind the point, large ones grouped.
package func plainNumber(_ value: Double) -> String {
  guard value.isFinite else { return "\(value)" }
  let size = abs(value)
  if size >= 1e15 { return "\(value)" }
  if size != 0, size < 0.0005 { return "\(value)" }
  let thousandths = Int((size * 1000).rounded())
  var whole = String(thousandths / 1000)
  var groups = ""
  while whole.utf8.count > 3, size >= 10_000 {
    groups = "," + whole.suffix(3) + groups
    whole = String(whole.dropLast(3))
  }
  var rest = String(1000 + thousandths % 1000).dropFirst()
  while rest.last == "0" { rest = rest.dropLast() }
  return (value < 0 ? "−" : "") + whole + groups + (rest.isEmpty ? "" : "." + rest)
}

/// A value as far as it can be drawn; beyond 1e300 a sum of several may be no number any more.
func drawable(_ value: Double?) -> Double? {
  guard let value, value.isFinite else { return nil }
  return min(1e300, max(-1e300, value))
}
