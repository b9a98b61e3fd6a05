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

extension Moment {
  /// The moment that lies a length of time later. Months and days are counted on the local calendar, so that the hour
  /// stays the same when clocks change; a day that a month lacks is its last.
  package func advanced(by span: TimeSpan, in zone: Zone) -> Moment {
    guard span.months != 0 || span.days != 0 else { return Moment(seconds: seconds + span.seconds) }
    let local = zone.local(of: self)
    let (year, month, day) = local.date.yearMonthDay
    let months = year * 12 + month - 1 + span.months
    let lastDay = CivilDate.days(inMonth: months % 12 + 1, of: months / 12)
    // Years outside of the calendar stay where they were.
    let date = CivilDate(year: months / 12, month: months % 12 + 1, day: min(day, lastDay)) ?? local.date
    let moment = zone.moment(of: date + span.days, secondOfDay: local.secondOfDay)
    return Moment(seconds: moment.seconds + span.seconds)
  }

  /// The moment that lies a length of time earlier; see ``advanced(by:in:)``.
  package func receded(by span: TimeSpan, in zone: Zone) -> Moment {
    advanced(by: TimeSpan(months: -span.months, days: -span.days, seconds: -span.seconds), in: zone)
  }
}

extension TimeSpan {
  /// As ISO 8601 writes it, such as `P90D`.
  package var iso: String {
    var date = ""
    if months / 12 != 0 { date += "\(months / 12)Y" }
    if months % 12 != 0 { date += "\(months % 12)M" }
    if days != 0 { date += "\(days)D" }
    var time = ""
    if seconds / 3600 != 0 { time += "\(seconds / 3600)H" }
    if seconds / 60 % 60 != 0 { time += "\(seconds / 60 % 60)M" }
    if seconds % 60 != 0 { time += "\(seconds % 60)S" }
    if date.isEmpty, time.isEmpty { return "PT0S" }
    return "P" + date + (time.isEmpty ? "" : "T" + time)
  }

  /// As people read it: `90 days`, `2 hours`.
  package var words: String {
    let parts = [
      (months / 12, "year"), (months % 12, "month"), (days, "day"), (seconds / 3600, "hour"),
      (seconds / 60 % 60, "minute"),
      (seconds % 60, "second"),
    ]
    let words = parts.filter { $0.0 != 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
    return words.isEmpty ? "no time" : words.joined(separator: " ")
  }
}
