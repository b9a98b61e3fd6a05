import Diagnostics
import Governance
import Model
import Scheduling
import Templates

/// What stands on a calendar, as values.
extension PageScope {
  private var calendar: ReleaseCalendar { edition.calendarPlan.calendar }

  /// A thing in a list: what it is, when, and where more is said.
  /// - Parameter day: Where it stands on one of its days: the hours are of the first.
  func value(of item: CalendarItem, on day: CivilDate? = nil) -> Value {
    let entry = edition.calendarPlan.calendar.entry(of: item)
    return [
      "kind": Wording.choice(entry.kind.rawValue, Wording.words(for: entry.kind)), "title": .text(entry.title),
      "detail": .text(entry.detail), "link": link(to: route(of: item)),
      "status": entry.status.map(Wording.choice) ?? .null,
      "unusual": .flag(entry.status.map { $0 != .released } ?? false),
      "hours": .text(day == nil || day == item.days.lowerBound ? hours(of: item.time) : nil),
      "until": item.isLong ? dates.day(item.days.upperBound) : .null,
      "conflict": .flag(isInConflict(item)),
    ]
  }

  private func route(of item: CalendarItem) -> Route? {
    switch item.subject {
    case .release(let id): edition.route(of: .release(id))
    case .support(let product, _, _): edition.product(product)?.supportRoute
    default: nil
    }
  }

  private func isInConflict(_ item: CalendarItem) -> Bool {
    guard case .release(let id) = item.subject else { return false }
    if edition.judgement?[id, "no-collision"]?.result == .waived { return false }
    return calendar.conflicts(of: id).contains { $0.exception == nil }
  }

  /// Such as `09:00–12:00`, in the site's zone; nothing for whole days.
  func hours(of time: CalendarTime) -> String? {
    guard case .moments(let from, let to) = time else { return nil }
    let (begin, end) = (edition.zone.local(of: from), edition.zone.local(of: to))
    return clock(begin.secondOfDay) + (to > from && end.date == begin.date ? "–" + clock(end.secondOfDay) : "")
  }

  private func clock(_ second: Int) -> String { padded(second / 3600, to: 2) + ":" + padded(second / 60 % 60, to: 2) }

  /// Days with what is on them, each thing on the first of its days that is asked for.
  func agenda(of days: ClosedRange<CivilDate>, including isShown: (CalendarItem) -> Bool = { _ in true }) -> Value {
    var rows: [(day: CivilDate, items: [Value])] = []
    for item in calendar.items(in: days) where isShown(item) {
      let day = max(item.days.lowerBound, days.lowerBound)
      if rows.last?.day != day { rows.append((day, [])) }
      rows[rows.count - 1].items.append(value(of: item))
    }
    return items(
      rows.map { day, values in
        [
          "date": dates.day(day), "number": .number(day.yearMonthDay.day),
          "weekday": .text(RecurrenceRule.names[day.isoWeekday - 1]),
          "month": .text(String(CivilDate.monthNames[day.yearMonthDay.month - 1].prefix(3))),
          "year": .number(day.year), "today": .flag(day == edition.calendarPlan.today),
          "past": .flag(day < edition.calendarPlan.today), "items": .list(values),
        ]
      })
  }

  /// What does not go together on some days.
  func conflicts(in days: ClosedRange<CivilDate>) -> Value {
    items(
      calendar.conflicts(in: days).map { conflict in
        [
          "kind": Wording.choice(conflict.kind.rawValue, Wording.words(for: conflict.kind)),
          "text": .html(SafeHTML(trusted: Wording.markup(ofMessage: conflict.text))),
          "date": dates.day(.moment(conflict.time.from)),
          "link": link(to: edition.route(of: .release(conflict.release))),
          "release": .text(
            "\(edition.product(conflict.release.product)?.product.name ?? conflict.release.product.text) "
              + conflict.release.version),
        ]
      })
  }

  /// The windows that are open on some days, each once, in words.
  func windows(in days: ClosedRange<CivilDate>) -> Value {
    var open: Set<Int> = []
    for item in calendar.windowItems(in: days) { if case .window(let index) = item.subject { open.insert(index) } }
    return items(
      open.sorted().map { index in
        let window = edition.ledger.calendar.windows[index]
        let timetable = window.timetable(in: edition.zone)
        let scope =
          window.scope.products.map { edition.product(ProductID($0.value))?.product.name ?? $0.value }
          + window.scope.environments.map { id in
            edition.site.environments.first { $0.id == id.value }?.name ?? id.value
          } + window.scope.teams.map { edition.ledger.team($0.value)?.name ?? $0.value }
        return [
          "name": .text(window.name), "words": .text(timetable.words(length: window.duration)),
          "zone": .text(timetable.zone.identifier), "kind": .text(window.kind), "agreement": .text(window.agreement),
          "scope": .text(scope.isEmpty ? nil : scope.joined(separator: ", ")),
        ]
      })
  }
}

extension Wording {
  static func words(for kind: CalendarEntry.Kind) -> String {
    switch kind {
    case .release: "Release"
    case .freeze: "Freeze"
    case .window: "Window"
    case .departure: "Train"
    case .deadline: "Due"
    case .milestone: "Milestone"
    case .support: "Support"
    }
  }

  static func words(for kind: CalendarConflict.Kind) -> String {
    switch kind {
    case .collision: "Collision"
    case .inFreeze: "In a freeze"
    case .outsideWindows: "Outside windows"
    case .overrun: "Overrun"
    case .beforeDependency: "Too early"
    case .milestoneMissed: "Milestone missed"
    case .offTrain: "Off its train"
    case .late: "Late"
    }
  }

  /// A message with what stands in backticks as code, and a capital in front where it begins with a word.
  static func markup(ofMessage text: String) -> String {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { index, part in
      index % 2 == 1
        ? "<b>" + escaped(String(part)) + "</b>" : escaped(index == 0 ? capitalized(String(part)) : String(part))
    }.joined() + "."
  }
}
