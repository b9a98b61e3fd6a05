import Diagnostics
import Model
import Scheduling
import Templates

/// A year: its months small, each with the releases that went or go out.
struct YearPage {
  let scope: PageScope
  let year: Int

  private var edition: Edition { scope.edition }
  private var plan: CalendarPlan { edition.calendarPlan }
  private var months: [CivilDate] { (1...12).compactMap { CivilDate(year: year, month: $0, day: 1) } }

  var page: Page {
    scope.page(
      "calendar-year", title: String(year), section: .calendar,
      description: "The releases, freezes and ends of support of \(year), month by month.",
      trail: [(edition.site.title, .home), ("Calendar", .calendar)],
      fields: [
        "months": .list(months.map(month)), "previous": neighbour(year - 1), "next": neighbour(year + 1),
        "lead": .text(lead), "subscriptions": scope.subscriptions,
      ])
  }

  private var lead: String? {
    guard let first = months.first, let last = months.last else { return nil }
    let items = plan.calendar.items(in: first...last.nextMonth + -1)
    let releases = items.count { isRelease($0) }
    let freezes = items.count { if case .freeze = $0.subject { true } else { false } }
    let parts =
      [Wording.count(releases, "release", "releases")]
      + (freezes > 0 ? [Wording.count(freezes, "freeze", "freezes")] : [])
    return Wording.capitalized(parts.joined(separator: " and ")) + "."
  }

  private func isRelease(_ item: CalendarItem) -> Bool { if case .release = item.subject { true } else { false } }

  private func month(_ month: CivilDate) -> Value {
    let days = month...month.nextMonth + -1
    return [
      "grid": MonthGrid(scope: scope, month: month).value,
      "agenda": scope.agenda(of: days) { item in
        // A year is read for what changes, not for what comes every other week.
        switch item.subject {
        case .release, .milestone, .support: true
        case .freeze: item.days.lowerBound >= month
        case .departure, .trainMilestone, .window: false
        }
      },
    ]
  }

  private func neighbour(_ year: Int) -> Value {
    guard plan.years.contains(year) else { return .null }
    return ["text": .text(String(year)), "link": scope.link(to: .calendar(year: year))]
  }
}
