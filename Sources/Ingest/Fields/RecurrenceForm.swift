import Diagnostics
import Model

extension Form where Value == String {
  /// When something comes again, as RFC 5545 writes it; only the form is judged here.
  package static let recurrence = Form(
    ScalarForm("recurrence", "a rule such as `FREQ=WEEKLY;BYDAY=MO`") { RecurrenceForm.problem(of: $0) }) { $0 }
}

/// - Source: RFC 5545 §3.3.10.
private enum RecurrenceForm {
  static func problem(of text: String) -> ScalarForm.Problem? {
    var seen: Set<Substring> = []
    for part in text.split(separator: ";", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2, !pair[1].isEmpty else {
        return .init(
          .malformedTime, "not a rule: \(quoted(String(part))) has no value",
          help: "write `NAME=VALUE` parts with `;` between")
      }
      guard seen.insert(pair[0]).inserted else {
        return .init(.malformedTime, "a rule with `\(pair[0])` twice", help: "keep one of them")
      }
      guard let isValue = parts[String(pair[0])] else {
        return .init(
          .malformedTime, "a rule with the unknown part \(quoted(String(pair[0])))",
          help: "use " + parts.keys.sorted().map { "`\($0)`" }.joined(separator: ", "))
      }
      guard isValue(pair[1]) else {
        return .init(
          .malformedTime, "a rule in which \(quoted(String(part))) is wrong", help: "see RFC 5545, section 3.3.10")
      }
    }
    if !seen.contains("FREQ") {
      return .init(
        .malformedTime, "a rule without `FREQ`", help: "begin with `FREQ=WEEKLY`, `FREQ=MONTHLY` or the like")
    }
    if seen.contains("COUNT"), seen.contains("UNTIL") {
      return .init(.malformedTime, "a rule with both `COUNT` and `UNTIL`", help: "keep one of them")
    }
    return nil
  }

  private static let weekdays: Set<Substring> = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

  private static let parts: [String: @Sendable (Substring) -> Bool] = [
    "FREQ": { ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"].contains($0) },
    "INTERVAL": { number($0, in: 1...1000) },
    "COUNT": { number($0, in: 1...100_000) },
    "UNTIL": isUntil,
    "WKST": { weekdays.contains($0) },
    "BYDAY": {
      all($0) { day in weekdays.contains(day.suffix(2)) && (day.count == 2 || signed(day.dropLast(2), 1...53)) }
    },
    "BYMONTHDAY": { all($0) { signed($0, 1...31) } },
    "BYMONTH": { all($0) { number($0, in: 1...12) } },
    "BYYEARDAY": { all($0) { signed($0, 1...366) } },
    "BYWEEKNO": { all($0) { signed($0, 1...53) } },
    "BYSETPOS": { all($0) { signed($0, 1...366) } },
  ]

  private static func all(_ list: Substring, _ isValue: (Substring) -> Bool) -> Bool {
    list.split(separator: ",", omittingEmptySubsequences: false).allSatisfy(isValue)
  }

  private static func number(_ text: Substring, in range: ClosedRange<Int>) -> Bool {
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = Int(text) else {
      return false
    }
    return range.contains(number)
  }

  private static func signed(_ text: Substring, _ range: ClosedRange<Int>) -> Bool {
    number(text.first == "-" || text.first == "+" ? text.dropFirst() : text, in: range)
  }

  /// `20261231` or `20261231T235959Z`.
  private static let isUntil: @Sendable (Substring) -> Bool = { text in
    let digits = Array(text.utf8)
    guard digits.count == 8 || digits.count == 16 || digits.count == 15 else { return false }
    var scanner = DigitScanner(digits)
    guard let year = scanner.number(digits: 4), let month = scanner.number(digits: 2),
      let day = scanner.number(digits: 2),
      CivilDate(year: year, month: month, day: day) != nil
    else { return false }
    if scanner.isAtEnd { return true }
    guard scanner.skip("T"), let hour = scanner.number(digits: 2), hour <= 23, let minute = scanner.number(digits: 2),
      minute <= 59, let second = scanner.number(digits: 2), second <= 59
    else { return false }
    _ = scanner.skip("Z")
    return scanner.isAtEnd
  }
}
