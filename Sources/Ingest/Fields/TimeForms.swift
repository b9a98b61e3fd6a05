import Diagnostics
package import Model

extension Form where Value == CivilDate {
  package static let date = Form(
    ScalarForm("date", "a day such as `2026-11-02`", format: "date") { text in
      CivilDate(text) == nil ? TimeProblem.ofDate(text) : nil
    }
  ) { CivilDate($0) }
}

extension Form where Value == Moment {
  package static let moment = Form(
    ScalarForm("moment", "a moment such as `2026-11-02T09:00Z`", format: "date-time") { text in
      guard Moment(text) == nil else { return nil }
      if CivilDate(text) != nil {
        return .init(.malformedTime, "a day, where a moment is needed", help: "add the hour, such as `\(text)T09:00Z`")
      }
      return TimeProblem.ofMoment(text)
    }
  ) { Moment($0) }
}

extension Form where Value == When {
  /// A day or a moment.
  package static let when = Form(
    ScalarForm("when", "a day such as `2026-11-02`, or a moment such as `2026-11-02T09:00Z`") { text in
      guard When(text) == nil else { return nil }
      return text.utf8.count <= 10 ? TimeProblem.ofDate(text) : TimeProblem.ofMoment(text)
    }
  ) { When($0) }
}

extension Form where Value == TimeSpan {
  package static let duration = Form(
    ScalarForm("duration", "a duration such as `PT3H` or `P6D`", format: "duration") { text in
      TimeSpan(text) == nil
        ? .init(.malformedTime, "not a duration", help: "write `PT2H` for two hours, `P6D` for six days") : nil
    }
  ) { TimeSpan($0) }
}

extension Form where Value == CalendarEntries.LocalStart {
  /// A local day, with the hour or without.
  package static let localStart = Form(
    ScalarForm("local-start", "a local day such as `2026-01-05`, or with the hour `2026-01-05T09:00`") { text in
      guard CalendarEntries.LocalStart(text) == nil else { return nil }
      if Moment(text) != nil {
        return .init(
          .malformedTime, "a moment with an offset, where local time is needed",
          help: "leave the offset out and name `time_zone`, so that nine o'clock stays nine o'clock")
      }
      return text.utf8.count <= 10 ? TimeProblem.ofDate(text) : TimeProblem.ofMoment(text + "Z")
    }
  ) { CalendarEntries.LocalStart($0) }
}

extension Form where Value == SecondOfDay {
  /// An hour of the day.
  package static let timeOfDay = Form(
    ScalarForm("time-of-day", "an hour such as `09:00`", pattern: "^([01][0-9]|2[0-4]):[0-5][0-9]$") { text in
      SecondOfDay(text) == nil ? .init(.malformedTime, "not an hour of the day", help: "write it as `'09:00'`") : nil
    }
  ) { SecondOfDay($0) }
}

/// An hour of a local day, in seconds from its start; `24:00` is the end of the day.
package struct SecondOfDay: Hashable, Sendable {
  package let seconds: Int

  init?(_ text: some StringProtocol) {
    var scanner = DigitScanner(text.utf8)
    guard let hour = scanner.number(digits: 2), scanner.skip(":"), let minute = scanner.number(digits: 2), minute <= 59,
      hour <= 23 || hour == 24 && minute == 0
    else { return nil }
    var second = 0
    if scanner.skip(":") {
      guard let read = scanner.number(digits: 2), read <= 59 else { return nil }
      second = read
    }
    guard scanner.isAtEnd else { return nil }
    seconds = hour * 3600 + minute * 60 + second
  }
}

extension CalendarEntries.LocalStart {
  /// Reads `2026-01-05` or `2026-01-05T09:00`.
  init?(_ text: String) {
    if let date = CivilDate(text) {
      self.init(date: date, secondOfDay: nil)
      return
    }
    let parts = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let date = CivilDate(parts[0]), let time = SecondOfDay(parts[1]), time.seconds < 86_400
    else {
      return nil
    }
    self.init(date: date, secondOfDay: time.seconds)
  }
}

/// Why a text is no day or moment, as helpfully as can be said.
private enum TimeProblem {
  static func ofDate(_ text: String) -> ScalarForm.Problem {
    var scanner = DigitScanner(text.utf8)
    if scanner.number(digits: 4) != nil, scanner.skip("-"), scanner.number(digits: 2) != nil, scanner.skip("-"),
      scanner.number(digits: 2) != nil, scanner.isAtEnd
    {
      return .init(.malformedTime, "a day that does not exist", help: "correct the day or the month")
    }
    return .init(.malformedTime, "not a day", help: "write it as `2026-11-02`")
  }

  static func ofMoment(_ text: String) -> ScalarForm.Problem {
    if Moment(text + "Z") != nil {
      return .init(.malformedTime, "a moment without an offset", help: "add `Z` for UTC, or an offset such as `+01:00`")
    }
    let day = text.prefix { $0 != "T" && $0 != "t" && $0 != " " }
    if CivilDate(day) == nil { return ofDate(String(day)) }
    return .init(.malformedTime, "not a moment", help: "write it as `2026-11-02T09:00Z` or `2026-11-02T09:00+01:00`")
  }
}
