import Diagnostics
package import Model
package import Scheduling
import Templates

/// The pages and feeds of the calendar, and which months have one.
struct CalendarPlan: Sendable {
  let calendar: ReleaseCalendar
  let feeds: [CalendarFeed.Selection]
  /// The first days of the months that have a page, in a row without gaps.
  let months: [CivilDate]
  let today: CivilDate

  /// Whether there is anything to show.
  var isEmpty: Bool { months.isEmpty }

  init(_ ledger: Ledger, _ calendar: ReleaseCalendar) {
    self.calendar = calendar
    let today = calendar.zone.local(of: ledger.asOf).date
    self.today = today
    // What comes again or ends in years makes no page for every month until then.
    let dated = calendar.items.filter { item in
      switch item.subject {
      case .release, .freeze, .milestone: true
      case .departure, .trainMilestone, .support, .window: false
      }
    }
    guard !dated.isEmpty || !calendar.entries.windows.isEmpty || !calendar.entries.trains.isEmpty else {
      (feeds, months) = ([], [])
      return
    }
    feeds = CalendarFeed.all(in: ledger)
    let first = min(dated.map(\.days.lowerBound).min() ?? today, today)
    let last = max(min(dated.map(\.days.upperBound).max() ?? today, today + 1100), today + 180)
    var months: [CivilDate] = []
    var month = first.firstOfMonth
    while month <= last {
      months.append(month)
      month = month.nextMonth
    }
    self.months = months
  }

  var years: [Int] {
    guard let first = months.first?.year, let last = months.last?.year else { return [] }
    return Array(first...last)
  }

  func hasMonth(_ day: CivilDate) -> Bool {
    months.first.map { $0 <= day } ?? false && months.last.map { day < $0.nextMonth } ?? false
  }
}

/// A file of the calendar.
enum CalendarFile: Sendable {
  case home
  case year(Int)
  /// By its first day.
  case month(CivilDate)
  case feed(CalendarFeed.Selection)

  static func all(in edition: Edition) -> [(file: CalendarFile, route: Route)] {
    let plan = edition.calendarPlan
    guard !plan.isEmpty else { return [] }
    return [(.home, .calendar)] + plan.years.map { (.year($0), .calendar(year: $0)) }
      + plan.months.map { (.month($0), .calendar(month: $0)) } + plan.feeds.map { (.feed($0), .calendar($0)) }
      + edition.products.flatMap { facts in
        // Who subscribed under an old name goes on getting the same events.
        plan.feeds.isEmpty
          ? []
          : facts.product.formerly.map { (.feed(.product(facts.product.id)), .calendar(.product(ProductID($0)))) }
      }
  }
}

extension Route {
  static let calendar = Route("calendar/index.html")

  static func calendar(year: Int) -> Route { Route("calendar/\(padded(year, to: 4))/index.html") }

  static func calendar(month: CivilDate) -> Route { Route("calendar/\(month.iso.prefix(7))/index.html") }

  static func calendar(_ feed: CalendarFeed.Selection) -> Route {
    let name =
      switch feed {
      case .all: "all"
      case .freezes: "freezes"
      case .windows: "windows"
      case .support: "support"
      case .product(let id): "product-" + segment(id.text)
      case .team(let id): "team-" + segment(id)
      case .train(let id): "train-" + segment(id)
      }
    return Route("calendar/\(name).ics")
  }
}

extension CivilDate {
  var firstOfMonth: CivilDate { self + (1 - yearMonthDay.day) }

  /// Of the first day of a month, that of the next.
  var nextMonth: CivilDate {
    let (year, month, _) = yearMonthDay
    return self + CivilDate.days(inMonth: month, of: year)
  }

  /// Such as `November 2026`.
  var monthWords: String {
    let (year, month, _) = yearMonthDay
    return "\(CivilDate.monthNames[month - 1]) \(year)"
  }
}

extension PageScope {
  func page(of file: CalendarFile) -> Page {
    switch file {
    case .home: CalendarHomePage(scope: self).page
    case .year(let year): YearPage(scope: self, year: year).page
    case .month(let month): MonthPage(scope: self, month: month).page
    case .feed(let selection): Page(route: route, body: .bytes(calendarFeed(selection).bytes))
    }
  }

  func calendarFeed(_ selection: CalendarFeed.Selection) -> CalendarFeed {
    CalendarFeed(selection, of: edition.ledger, edition.calendarPlan.calendar) { [edition] page in
      switch page {
      case .release(let id): edition.route(of: .release(id)).flatMap(edition.absolute)
      case .support(let product): edition.product(product)?.supportRoute.flatMap(edition.absolute)
      case .month(let day):
        edition.absolute(edition.calendarPlan.hasMonth(day) ? .calendar(month: day.firstOfMonth) : .calendar)
      }
    }
  }

  /// Where to subscribe; null where there are no feeds.
  var subscriptions: Value {
    items(
      edition.calendarPlan.feeds.map { selection in
        let words =
          switch selection {
          case .all: "Everything"
          case .freezes: "Freezes"
          case .windows: "Windows"
          case .support: "Ends of support"
          case .product(let id): edition.product(id)?.product.name ?? id.text
          case .team(let id): "Team " + (edition.ledger.team(id)?.name ?? id)
          case .train(let id): edition.ledger.calendar.trains.first { $0.id == id }?.name ?? "Train \(id)"
          }
        return ["text": .text(words), "link": link(to: .calendar(selection))]
      })
  }
}

/// A calendar to subscribe to, as the site has it.
package func calendarFile(_ selection: CalendarFeed.Selection, of ledger: Ledger) -> [UInt8] {
  let scope = PageScope(SharedEdition(Edition(ledger, version: "")), route: .calendar(selection))
  return scope.calendarFeed(selection).bytes
}
