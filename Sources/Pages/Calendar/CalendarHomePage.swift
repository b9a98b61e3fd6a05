import Diagnostics
import Model
import Scheduling
import Templates

/// What is ahead: this month, the next weeks, what does not go together, and where to subscribe.
struct CalendarHomePage {
  let scope: PageScope

  private var edition: Edition { scope.edition }
  private var plan: CalendarPlan { edition.calendarPlan }
  private static let daysAhead = 90

  var page: Page {
    let ahead = plan.today...plan.today + CalendarHomePage.daysAhead
    let month = plan.today.firstOfMonth
    return scope.page(
      "calendar", title: "Calendar", section: .calendar,
      description: "When releases go out, when nothing changes, and how long what is out is looked after.",
      trail: [(edition.site.title, .home)],
      fields: [
        "grid": MonthGrid(scope: scope, month: month).value, "agenda": scope.agenda(of: ahead),
        "windows": scope.windows(in: ahead), "conflicts": scope.conflicts(in: ahead),
        "days": .number(CalendarHomePage.daysAhead), "lead": .text(lead),
        "months": .list(
          plan.months.filter { $0 >= (month + -1).firstOfMonth && $0 <= month + 200 }.map { month in
            ["text": .text(month.monthWords), "link": scope.link(to: .calendar(month: month))]
          }),
        "years": .list(
          plan.years.map { ["text": .text(String($0)), "link": scope.link(to: .calendar(year: $0))] }),
        "zone": .text(edition.zone.identifier), "subscriptions": scope.subscriptions,
        "refused": .text(
          CalendarFeed.isPossible(for: edition.ledger)
            ? nil : "There is nothing to subscribe to: this site was made from a clone without its history."),
      ])
  }

  /// What holds now, and what comes first.
  private var lead: String? {
    let freezes = plan.calendar.items(in: plan.today...plan.today).filter {
      if case .freeze = $0.subject { true } else { false }
    }
    if let freeze = freezes.first {
      let name = edition.calendarPlan.calendar.entry(of: freeze).title
      return "\(name): nothing changes until \(freeze.days.upperBound.words)."
    }
    let next = plan.calendar.items(in: plan.today...plan.today + 400).first { item in
      guard case .release(let id) = item.subject, item.start >= edition.ledger.asOf else { return false }
      return edition.ledger.shelf(of: id.product)?.release(id.version)?.status.isUpcoming ?? false
    }
    return next.map { "Next is \(edition.calendarPlan.calendar.entry(of: $0).title), on \($0.days.lowerBound.words)." }
  }
}
