import Diagnostics
import Model

/// One event of a feed.
///
/// - Source: RFC 5545 §3.6.1.
struct CalendarEvent {
  enum Status: String {
    case tentative = "TENTATIVE"
    case confirmed = "CONFIRMED"
    case cancelled = "CANCELLED"
  }

  /// When it is: once, or again and again.
  enum Occurrence {
    case once(CalendarTime)
    case recurring(Timetable, length: TimeSpan)
  }

  var uid: String
  var revision: CalendarHistory.Revision
  var occurrence: Occurrence
  var status = Status.confirmed
  var summary: String
  var description: String?
  var categories: [String] = []
  var url: String?

  func write(into lines: inout ContentLines) {
    lines.add("BEGIN", "VEVENT")
    lines.add("UID", text: uid)
    lines.add("DTSTAMP", ContentLines.text(revision.modified))
    lines.add("LAST-MODIFIED", ContentLines.text(revision.modified))
    lines.add("SEQUENCE", String(revision.changes))
    switch occurrence {
    case .once(let time): write(time, into: &lines)
    case .recurring(let timetable, let length): write(timetable, length, into: &lines)
    }
    lines.add("SUMMARY", text: summary)
    if let description { lines.add("DESCRIPTION", text: description) }
    lines.add("STATUS", status.rawValue)
    lines.add("TRANSP", "TRANSPARENT")
    lines.add("CATEGORIES", texts: categories)
    if let url { lines.add("URL", url) }
    lines.add("END", "VEVENT")
  }

  /// The end of whole days is the day after; what has no length has no end.
  private func write(_ time: CalendarTime, into lines: inout ContentLines) {
    switch time {
    case .days(let first, let last):
      lines.add("DTSTART;VALUE=DATE", ContentLines.text(first))
      lines.add("DTEND;VALUE=DATE", ContentLines.text(last + 1))
    case .moments(let from, let to):
      lines.add("DTSTART", ContentLines.text(from))
      if to > from { lines.add("DTEND", ContentLines.text(to)) }
    }
  }

  private func write(_ timetable: Timetable, _ length: TimeSpan, into lines: inout ContentLines) {
    let second = timetable.starts.secondOfDay
    let rule = timetable.recurrence.rule?.value
    // A start that is no day of its rule would mean something else to every reader.
    let first = rule.flatMap { $0.firstDay(from: timetable.starts.date) } ?? timetable.starts.date
    func value(_ time: CalendarEntries.LocalStart) -> String {
      guard let second = time.secondOfDay else { return ContentLines.text(time.date) }
      return isUTC
        ? ContentLines.text(timetable.moment(of: time)) : ContentLines.text(time.date, secondOfDay: second)
    }
    let parameters = second == nil ? ";VALUE=DATE" : isUTC ? "" : ";TZID=\(timetable.zone.identifier)"
    lines.add("DTSTART" + parameters, value(.init(date: first, secondOfDay: second)))
    if second == nil {
      lines.add("DTEND" + parameters, ContentLines.text(first + max(1, length.days)))
    } else {
      lines.add("DURATION", length.iso)
    }
    if let rule { lines.add("RRULE", text(of: rule, beginningAt: second, in: timetable.zone)) }
    let except = Set(timetable.recurrence.except.map(\.value)).sorted().map {
      CalendarEntries.LocalStart(date: $0, secondOfDay: second)
    }
    if rule != nil, !except.isEmpty {
      lines.add("EXDATE" + parameters, except.map(value).joined(separator: ","))
    }
    let more = timetable.further(in: CivilDate(dayNumber: -1_000_000)...CivilDate(dayNumber: 3_000_000))
    if !more.isEmpty { lines.add("RDATE" + parameters, more.map(value).joined(separator: ",")) }
  }

  private var isUTC: Bool {
    guard case .recurring(let timetable, _) = occurrence else { return true }
    return timetable.zone.identifier == "UTC"
  }

  /// The rule with its end in UTC or, for whole days, as a day.
  /// - Source: RFC 5545 §3.3.10, `UNTIL`.
  private func text(of rule: RecurrenceRule, beginningAt second: Int?, in zone: Zone) -> String {
    guard let last = rule.lastDay(beginningAt: second ?? 0, in: zone) else { return rule.text }
    let end = second.map { ContentLines.text(zone.moment(of: last, secondOfDay: $0)) } ?? ContentLines.text(last)
    return rule.text.split(separator: ";").map { $0.hasPrefix("UNTIL=") ? "UNTIL=" + end : String($0) }
      .joined(separator: ";")
  }
}
