import Diagnostics
package import Model

/// A thing on a calendar in words.
package struct CalendarEntry: Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case release, freeze, window, departure, deadline, milestone, support
  }

  package var kind: Kind
  /// What it is called, such as `Harbor Gateway 2.7.0` or `Year-end freeze`.
  package var title: String
  /// What more there is to say.
  package var detail: String?
  /// Of a release.
  package var status: Release.Status?
  package var product: ProductID?
  package var version: String?
}

extension ReleaseCalendar {
  /// An item in words.
  package func entry(of item: CalendarItem) -> CalendarEntry {
    switch item.subject {
    case .release(let id):
      let release = release(id)
      return CalendarEntry(
        kind: .release, title: "\(name(of: id.product)) \(id.version)", detail: release?.title,
        status: release?.status, product: id.product, version: id.version)
    case .freeze(let index):
      let freeze = entries.freezes[index]
      return CalendarEntry(kind: .freeze, title: freeze.name, detail: freeze.reason)
    case .window(let index):
      let window = entries.windows[index]
      return CalendarEntry(kind: .window, title: window.name, detail: window.agreement)
    case .departure(let train):
      return CalendarEntry(kind: .departure, title: name(ofTrain: train), detail: "departs")
    case .trainMilestone(let train, let milestone, let departure):
      let words = entries.trains[train].milestones[milestone].name
      return CalendarEntry(
        kind: .deadline, title: "\(name(ofTrain: train)): \(words)", detail: "for the departure of \(departure.words)")
    case .milestone(let index):
      return CalendarEntry(kind: .milestone, title: entries.milestones[index].name)
    case .support(let product, let line, let phase):
      return CalendarEntry(
        kind: .support, title: "\(name(of: product)) \(line) support",
        detail: ReleaseCalendar.words(forEndBefore: phase),
        product: product)
    }
  }

  private func name(of product: ProductID) -> String { ledger.shelf(of: product)?.product.name ?? product.text }

  private func name(ofTrain index: Int) -> String {
    let train = entries.trains[index]
    return train.name ?? "Train \(train.id)"
  }

  /// What ends before a phase begins.
  package static func words(forEndBefore phase: ReleaseLine.Phase) -> String {
    switch phase {
    case .security: "last day of features and fixes; security fixes go on"
    case .extended: "last day of general support; extended support goes on"
    default: "last day of support"
    }
  }
}

extension Timetable {
  /// When it comes, in words, such as `every Monday and Tuesday, 09:00–12:00`; the hours without the zone.
  package func words(length: TimeSpan?) -> String {
    var words = recurrence.rule?.value.words(from: starts.date) ?? "once, on \(starts.date.words)"
    guard let second = starts.secondOfDay else { return words }
    words += ", " + clock(second)
    if let length, length.days == 0, length.months == 0 {
      words += "–" + clock((second + length.seconds) % 86_400)
    } else if let length {
      words += ", for \(length.words)"
    }
    return words
  }

  private func clock(_ second: Int) -> String { padded(second / 3600, to: 2) + ":" + padded(second / 60 % 60, to: 2) }
}

extension RecurrenceRule {
  /// The rule in words, such as `every second Tuesday`; as it is written where that would take a paragraph.
  package func words(from start: CivilDate) -> String {
    let end =
      switch until {
      case nil: count.map { ", \($0) times" } ?? ""
      case .day(let date)?, .local(let date, secondOfDay: _)?: ", until \(date.words)"
      case .moment(let moment)?: ", until \(moment.utcDate.words)"
      }
    guard positions.isEmpty, months.isEmpty, let days = dayWords(from: start) else { return "by the rule \(text)" }
    return days + end
  }

  private func dayWords(from start: CivilDate) -> String? {
    let names = weekdays.map { RecurrenceRule.names[$0.iso - 1] }
    switch frequency {
    case .daily:
      guard monthDays.isEmpty else { return nil }
      return weekdays.isEmpty ? every("day") : interval == 1 ? "every " + joined(names) : nil
    case .weekly:
      let on = joined(names.isEmpty ? [RecurrenceRule.names[start.isoWeekday - 1]] : names)
      switch interval {
      case 1: return "every \(on)"
      case 2: return "every second \(on)"
      default: return "every \(interval) weeks on \(on)"
      }
    case .monthly:
      let months = interval == 1 ? "each month" : interval == 2 ? "every second month" : "every \(interval) months"
      let of = interval > 2 ? ", \(months)" : " of \(months)"
      if !weekdays.isEmpty {
        guard monthDays.isEmpty else { return nil }
        let words = weekdays.map { weekday -> String? in
          guard let ordinal = weekday.ordinal.flatMap(RecurrenceRule.ordinal) else { return nil }
          return "\(ordinal) \(RecurrenceRule.names[weekday.iso - 1])"
        }
        guard words.allSatisfy({ $0 != nil }) else { return nil }
        return "on the " + joined(words.compactMap(\.self)) + of
      }
      let days = monthDays.isEmpty ? [start.yearMonthDay.day] : monthDays
      return "on " + joined(days.map { $0 == -1 ? "the last day" : $0 < 0 ? "day \(-$0) from the end" : "day \($0)" })
        + of
    case .yearly:
      guard weekdays.isEmpty, monthDays.isEmpty, interval == 1 else { return nil }
      let (_, month, day) = start.yearMonthDay
      return "every \(day) \(CivilDate.monthNames[month - 1])"
    }
  }

  private func every(_ noun: String) -> String { interval == 1 ? "every \(noun)" : "every \(interval) \(noun)s" }

  private func joined(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }

  private static func ordinal(_ number: Int) -> String? {
    switch number {
    case 1: "first"
    case 2: "second"
    case 3: "third"
    case 4: "fourth"
    case 5: "fifth"
    case -1: "last"
    case -2: "last but one"
    default: nil
    }
  }

  /// Monday first.
  package static let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
}
