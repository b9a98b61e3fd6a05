import Diagnostics
import Model
import Scheduling
import Templates

/// A month: a grid of its weeks for who looks, an agenda of its days for who reads.
struct MonthPage {
  let scope: PageScope
  /// The first day.
  let month: CivilDate

  private var edition: Edition { scope.edition }
  private var plan: CalendarPlan { edition.calendarPlan }
  private var days: ClosedRange<CivilDate> { month...month.nextMonth + -1 }

  var page: Page {
    scope.page(
      "calendar-month", title: month.monthWords, section: .calendar,
      description: "What is released, frozen and due in \(month.monthWords).",
      trail: [
        (edition.site.title, .home), ("Calendar", .calendar), (String(month.year), .calendar(year: month.year)),
      ],
      fields: [
        "grid": MonthGrid(scope: scope, month: month).value, "agenda": scope.agenda(of: days),
        "windows": scope.windows(in: days), "conflicts": scope.conflicts(in: days),
        "previous": neighbour((month + -1).firstOfMonth), "next": neighbour(month.nextMonth),
        "current": plan.today.firstOfMonth == month ? .null : neighbour(plan.today.firstOfMonth),
        "zone": .text(edition.zone.identifier), "subscriptions": scope.subscriptions,
      ])
  }

  private func neighbour(_ month: CivilDate) -> Value {
    guard plan.hasMonth(month) else { return .null }
    return ["text": .text(month.monthWords), "link": scope.link(to: .calendar(month: month))]
  }
}

/// The weeks of a month, Monday first.
struct MonthGrid {
  let scope: PageScope
  let month: CivilDate

  private var calendar: ReleaseCalendar { scope.edition.calendarPlan.calendar }

  var value: Value {
    let first = month + -(month.isoWeekday - 1)
    let last = month.nextMonth + -1
    let shown = first...last + (7 - last.isoWeekday)
    let items = calendar.items(in: shown)
    let windows = calendar.windowItems(in: shown)
    let weeks = stride(from: 0, through: last.dayNumber - first.dayNumber, by: 7).map { week -> Value in
      let monday = first + week
      return ["days": .list((0..<7).map { day(monday + $0, items, windows) })]
    }
    return [
      "title": .text(month.monthWords), "machine": .text(String(month.iso.prefix(7))),
      "link": scope.link(to: scope.edition.calendarPlan.hasMonth(month) ? .calendar(month: month) : nil),
      "weekdays": .list(
        RecurrenceRule.names.map { ["text": .text($0), "short": .text(String($0.prefix(3)))] }),
      "weeks": .list(weeks),
    ]
  }

  /// What does not come every other week.
  private func isNews(_ item: CalendarItem) -> Bool {
    switch item.subject {
    case .release, .milestone, .support: true
    case .freeze, .departure, .trainMilestone, .window: false
    }
  }

  private func day(_ day: CivilDate, _ items: [CalendarItem], _ windows: [CalendarItem]) -> Value {
    let isOutside = day < month || day >= month.nextMonth
    let here = isOutside ? [] : items.filter { $0.days.contains(day) }
    // A freeze is named where it begins and where a week or the month does; in between the days are shaded.
    let frozen = here.filter { if case .freeze = $0.subject { true } else { false } }
    let named = frozen.filter { $0.days.lowerBound == day || day == month || day.isoWeekday == 1 }
    let others = here.filter { if case .freeze = $0.subject { false } else { true } }
    let open = isOutside ? [] : windows.filter { $0.days.contains(day) }
    return [
      "outside": .flag(isOutside), "today": .flag(day == scope.edition.calendarPlan.today),
      "number": .number(day.yearMonthDay.day), "date": scope.dates.day(day), "frozen": .flag(!frozen.isEmpty),
      "freezes": .list(named.map { .text(calendar.entry(of: $0).title) }),
      "items": .list(others.map { scope.value(of: $0, on: day) }), "busy": .flag(others.contains(where: isNews)),
      "windows": .list(
        open.map { ["hours": .text(scope.hours(of: $0.time)), "name": .text(calendar.entry(of: $0).title)] }),
    ]
  }
}
