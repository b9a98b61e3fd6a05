/// A length of time as ISO 8601 writes it, such as `PT3H` or `P6D`.
///
/// Days, weeks, months and years are kept apart from seconds, for their length depends on where they begin.
/// - Source: ISO 8601-1 §5.5.2.
package struct TimeSpan: Hashable, Sendable {
  package var months = 0
  package var days = 0
  package var seconds = 0

  package init(months: Int = 0, days: Int = 0, seconds: Int = 0) {
    self.months = months
    self.days = days
    self.seconds = seconds
  }

  package init?(_ text: some StringProtocol) {
    var scanner = DigitScanner(text.utf8)
    guard scanner.skip("P"), !scanner.isAtEnd else { return nil }
    var isTime = false
    var lastUnit = -1
    while !scanner.isAtEnd {
      if !isTime, scanner.skip("T") {
        isTime = true
        guard !scanner.isAtEnd else { return nil }
      }
      guard let count = scanner.number(), count <= 1_000_000_000, let byte = scanner.peek,
        scanner.skip(Unicode.Scalar(byte))
      else { return nil }
      let unit: Int
      switch (isTime, Unicode.Scalar(byte)) {
      case (false, "Y"): (unit, months) = (0, months + count * 12)
      case (false, "M"): (unit, months) = (1, months + count)
      case (false, "W"): (unit, days) = (2, days + count * 7)
      case (false, "D"): (unit, days) = (3, days + count)
      case (true, "H"): (unit, seconds) = (4, seconds + count * 3600)
      case (true, "M"): (unit, seconds) = (5, seconds + count * 60)
      case (true, "S"): (unit, seconds) = (6, seconds + count)
      default: return nil
      }
      guard unit > lastUnit else { return nil }
      lastUnit = unit
    }
    guard lastUnit >= 0 else { return nil }
  }
}
