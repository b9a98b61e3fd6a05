import Model

/// What a reader must know of a time zone.
///
/// - Source: RFC 5545 §3.6.5.
struct ZoneComponent {
  private struct Change {
    var moment: Moment
    var before: Int
    var after: Int

    /// As clocks show it just before.
    var local: (date: CivilDate, second: Int) {
      let local = Moment(seconds: moment.seconds + before)
      return (local.utcDate, local.seconds - local.utcDate.dayNumber * 86_400)
    }

    /// The rule that would make it, such as the last Sunday of March; readers of the last one also for the fourth.
    var rule: String {
      let (year, month, day) = local.date.yearMonthDay
      let length = CivilDate.days(inMonth: month, of: year)
      let name = RecurrenceRule.weekdayNames[local.date.isoWeekday - 1]
      let ordinal = day + 7 > length ? -1 : (day - 1) / 7 + 1
      return "FREQ=YEARLY;BYMONTH=\(month);BYDAY=\(ordinal)\(name)"
    }

    var form: String { "\(before) \(after) \(local.second) \(rule)" }
  }

  private let zone: Zone
  private let changes: [Change]
  private let first: Int

  /// - Parameter days: What is shown; a rule that is still in force at the end goes on for ever.
  init(_ zone: Zone, over days: ClosedRange<CivilDate>) {
    self.zone = zone
    var changes: [Change] = []
    var offset = zone.offset(at: days.lowerBound.dayNumber * 86_400)
    first = offset
    for day in days.lowerBound.dayNumber...days.upperBound.dayNumber {
      let next = zone.offset(at: (day + 1) * 86_400)
      guard next != offset else { continue }
      var (low, high) = (day * 86_400, (day + 1) * 86_400)
      while high - low > 1 {
        let middle = (low + high) / 2
        if zone.offset(at: middle) == offset { low = middle } else { high = middle }
      }
      changes.append(Change(moment: Moment(seconds: high), before: offset, after: zone.offset(at: high)))
      offset = next
    }
    self.changes = changes
  }

  func write(into lines: inout ContentLines) {
    lines.add("BEGIN", "VTIMEZONE")
    lines.add("TZID", zone.identifier)
    observance(isSummer: false, from: first, to: first, start: "19700101T000000", into: &lines)
    var written: Set<String> = []
    for change in changes where written.insert(change.form).inserted {
      let same = changes.filter { $0.form == change.form }
      let lasting = lastingRun(of: same)
      let single = same.dropLast(lasting.count)
      if let start = single.first {
        observance(of: start, more: single.dropFirst().map(\.self), rule: nil, into: &lines)
      }
      if let start = lasting.first { observance(of: start, more: [], rule: start.rule, into: &lines) }
    }
    lines.add("END", "VTIMEZONE")
  }

  /// The years in a row, up to the last one known, in which the change came by the same rule; none unless there are a
  /// few of them.
  private func lastingRun(of same: [Change]) -> [Change] {
    guard let last = changes.last?.local.date.year, let newest = same.last, newest.local.date.year >= last - 1 else {
      return []
    }
    var run: [Change] = []
    for change in same.reversed() {
      if let next = run.last, next.local.date.year != change.local.date.year + 1 { break }
      run.append(change)
    }
    return run.count >= 4 ? run.reversed() : []
  }

  private func observance(of change: Change, more: [Change], rule: String?, into lines: inout ContentLines) {
    func text(_ change: Change) -> String { ContentLines.text(change.local.date, secondOfDay: change.local.second) }
    observance(
      isSummer: change.after > change.before, from: change.before, to: change.after, start: text(change), rule: rule,
      more: more.map(text), into: &lines)
  }

  private func observance(
    isSummer: Bool, from: Int, to: Int, start: String, rule: String? = nil, more: [String] = [],
    into lines: inout ContentLines
  ) {
    let kind = isSummer ? "DAYLIGHT" : "STANDARD"
    lines.add("BEGIN", kind)
    lines.add("DTSTART", start)
    if let rule { lines.add("RRULE", rule) }
    if !more.isEmpty { lines.add("RDATE", more.joined(separator: ",")) }
    lines.add("TZOFFSETFROM", ZoneComponent.offset(from))
    lines.add("TZOFFSETTO", ZoneComponent.offset(to))
    lines.add("END", kind)
  }

  /// Such as `+0530`.
  private static func offset(_ seconds: Int) -> String {
    let size = abs(seconds)
    return (seconds < 0 ? "-" : "+") + padded(size / 3600, to: 2) + padded(size / 60 % 60, to: 2)
      + (size % 60 == 0 ? "" : padded(size % 60, to: 2))
  }
}
