/// A moment in time, in whole seconds of UTC.
package struct Moment: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z.
  package let seconds: Int

  package init(seconds: Int) {
    self.seconds = seconds
  }

  /// Reads RFC 3339 with an offset; seconds are optional, fractions are dropped.
  ///
  /// - Source: RFC 3339 §5.6; `2026-11-02T09:00Z` is Gazette's allowance.
  package init?(_ text: some StringProtocol) {
    var scanner = DigitScanner(text.utf8)
    guard let year = scanner.number(digits: 4), scanner.skip("-"), let month = scanner.number(digits: 2),
      scanner.skip("-"), let day = scanner.number(digits: 2), let date = CivilDate(year: year, month: month, day: day),
      scanner.skip("T") || scanner.skip("t") || scanner.skip(" "),
      let hour = scanner.number(digits: 2), hour <= 23, scanner.skip(":"),
      let minute = scanner.number(digits: 2), minute <= 59
    else { return nil }
    var second = 0
    if scanner.skip(":") {
      guard let read = scanner.number(digits: 2), read <= 60 else { return nil }
      second = min(read, 59)
      if scanner.skip(".") { guard scanner.number() != nil else { return nil } }
    }
    var offset = 0
    if !(scanner.skip("Z") || scanner.skip("z")) {
      let isWest: Bool
      if scanner.skip("+") { isWest = false } else if scanner.skip("-") { isWest = true } else { return nil }
      guard let hours = scanner.number(digits: 2), hours <= 23, scanner.skip(":"),
        let minutes = scanner.number(digits: 2), minutes <= 59
      else { return nil }
      offset = (hours * 60 + minutes) * (isWest ? -60 : 60)
    }
    guard scanner.isAtEnd else { return nil }
    seconds = date.dayNumber * 86_400 + hour * 3600 + minute * 60 + second - offset
  }

  /// The day in UTC.
  package var utcDate: CivilDate { CivilDate(dayNumber: Moment.floorDivide(seconds, 86_400)) }

  /// Such as `2026-11-02T09:00:00Z`.
  package var iso: String {
    let date = utcDate
    let rest = seconds - date.dayNumber * 86_400
    return date.iso + "T" + padded(rest / 3600, to: 2) + ":" + padded(rest / 60 % 60, to: 2) + ":"
      + padded(rest % 60, to: 2) + "Z"
  }

  package static func < (a: Moment, b: Moment) -> Bool { a.seconds < b.seconds }

  private static func floorDivide(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((-a + b - 1) / b) }
}
