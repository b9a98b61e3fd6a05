extension RecurrenceRule {
  /// Why a text is no rule.
  package struct Malformed: Error, Hashable {
    /// Completes "`repeats` is `…`, …".
    package var what: String
    /// An imperative.
    package var help: String
  }

  /// Reads `FREQ=WEEKLY;BYDAY=MO,TU`. Parts that only make sense at times that calendars do not have, such as `BYHOUR`,
  /// are refused, and so are combinations that the format forbids.
  package init(_ text: String) throws(Malformed) {
    self.init(text: text)
    var seen: Set<String> = []
    for part in text.split(separator: ";", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard pair.count == 2, !pair[1].isEmpty else {
        throw Malformed(
          what: "not a rule: \(RecurrenceRule.shown(part)) has no value",
          help: "write `NAME=VALUE` parts with `;` between")
      }
      guard seen.insert(pair[0]).inserted else {
        throw Malformed(what: "a rule with `\(pair[0])` twice", help: "keep one of them")
      }
      guard let read = RecurrenceRule.parts.first(where: { $0.name == pair[0] })?.read else {
        throw Malformed(
          what: "a rule with the unknown part \(RecurrenceRule.shown(pair[0][...]))",
          help: "use " + RecurrenceRule.parts.map { "`\($0.name)`" }.joined(separator: ", "))
      }
      guard read(&self, pair[1]) else {
        throw Malformed(
          what: "a rule in which \(RecurrenceRule.shown(part)) is wrong", help: "see RFC 5545, section 3.3.10")
      }
    }
    try check(has: seen)
  }

  /// A part for a message of one line.
  private static func shown(_ part: Substring) -> String {
    let line = String(part.prefix(60).map { $0.isNewline ? " " : $0 })
    return "`\(line)`"
  }

  private func check(has seen: Set<String>) throws(Malformed) {
    if !seen.contains("FREQ") {
      throw Malformed(
        what: "a rule without `FREQ`", help: "begin with `FREQ=WEEKLY`, `FREQ=MONTHLY` or the like")
    }
    if seen.contains("COUNT"), seen.contains("UNTIL") {
      throw Malformed(what: "a rule with both `COUNT` and `UNTIL`", help: "keep one of them")
    }
    if weekdays.contains(where: { $0.ordinal != nil }), frequency == .daily || frequency == .weekly {
      throw Malformed(
        what: "a rule that counts weekdays by the day or week", help: "use `FREQ=MONTHLY` or `FREQ=YEARLY`")
    }
    if !monthDays.isEmpty, frequency == .weekly {
      throw Malformed(what: "a rule with `BYMONTHDAY` by the week", help: "use `FREQ=MONTHLY` or `FREQ=DAILY`")
    }
    if !positions.isEmpty, weekdays.isEmpty, monthDays.isEmpty, months.isEmpty {
      throw Malformed(
        what: "a rule with `BYSETPOS` and nothing to choose from", help: "add `BYDAY`, or remove `BYSETPOS`")
    }
  }

  private typealias Reader = @Sendable (inout RecurrenceRule, String) -> Bool

  private static let parts: [(name: String, read: Reader)] = [
    ("FREQ", { rule, text in Frequency(rawValue: text).map { rule.frequency = $0 } != nil }),
    ("INTERVAL", { rule, text in number(text, in: 1...1000).map { rule.interval = $0 } != nil }),
    ("COUNT", { rule, text in number(text, in: 1...100_000).map { rule.count = $0 } != nil }),
    ("UNTIL", { rule, text in until(text).map { rule.until = $0 } != nil }),
    ("BYDAY", { rule, text in list(text, weekday).map { rule.weekdays = $0 } != nil }),
    ("BYMONTHDAY", { rule, text in list(text, { signed($0, 1...31) }).map { rule.monthDays = $0 } != nil }),
    ("BYMONTH", { rule, text in list(text, { number($0, in: 1...12) }).map { rule.months = $0.sorted() } != nil }),
    ("BYSETPOS", { rule, text in list(text, { signed($0, 1...366) }).map { rule.positions = $0 } != nil }),
    ("WKST", { rule, text in weekdayNames.firstIndex(of: text).map { rule.weekStart = $0 + 1 } != nil }),
  ]

  /// Monday first.
  package static let weekdayNames = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

  private static func list<Element>(_ text: String, _ read: (String) -> Element?) -> [Element]? {
    var elements: [Element] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let element = read(String(part)) else { return nil }
      elements.append(element)
    }
    return elements
  }

  private static func number(_ text: String, in range: ClosedRange<Int>) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = Int(text) else { return nil }
    return range.contains(number) ? number : nil
  }

  private static func signed(_ text: String, _ range: ClosedRange<Int>) -> Int? {
    if text.hasPrefix("-") { return number(String(text.dropFirst()), in: range).map { -$0 } }
    return number(text.hasPrefix("+") ? String(text.dropFirst()) : text, in: range)
  }

  /// Such as `MO`, `1MO` or `-1FR`.
  private static func weekday(_ text: String) -> Weekday? {
    guard let index = weekdayNames.firstIndex(of: String(text.suffix(2))) else { return nil }
    guard text.utf8.count > 2 else { return Weekday(iso: index + 1, ordinal: nil) }
    return signed(String(text.dropLast(2)), 1...53).map { Weekday(iso: index + 1, ordinal: $0) }
  }

  /// `20261231`, `20261231T235959` or, in UTC, `20261231T235959Z`.
  private static func until(_ text: String) -> Until? {
    var scanner = DigitScanner(text.utf8)
    guard let year = scanner.number(digits: 4), let month = scanner.number(digits: 2),
      let day = scanner.number(digits: 2), let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    if scanner.isAtEnd { return .day(date) }
    guard scanner.skip("T"), let hour = scanner.number(digits: 2), hour <= 23, let minute = scanner.number(digits: 2),
      minute <= 59, let second = scanner.number(digits: 2), second <= 59
    else { return nil }
    let secondOfDay = hour * 3600 + minute * 60 + second
    if scanner.isAtEnd { return .local(date, secondOfDay: secondOfDay) }
    guard scanner.skip("Z"), scanner.isAtEnd else { return nil }
    return .moment(Moment(seconds: date.dayNumber * 86_400 + secondOfDay))
  }
}
