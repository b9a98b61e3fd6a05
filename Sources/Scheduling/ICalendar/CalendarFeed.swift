import Diagnostics
package import Model

/// A calendar to subscribe to: the facts of a ledger as iCalendar text, the same bytes for the same facts.
///
/// - Source: RFC 5545; RFC 7986 for the name, the colour and how often to look again.
package struct CalendarFeed: Sendable {
  /// What it tells of.
  package enum Selection: Hashable, Sendable {
    case all, freezes, windows, support
    case product(ProductID)
    case team(String)
    case train(String)
  }

  /// Where more is said of an event.
  package enum Page: Hashable, Sendable {
    case release(ReleaseID)
    case support(ProductID)
    case month(CivilDate)
  }

  package let selection: Selection
  /// What a client shows it as.
  package let name: String
  private let ledger: Ledger
  private let calendar: ReleaseCalendar
  private let page: @Sendable (Page) -> String?
  private let host: String

  /// - Parameters:
  ///   - page: The whole address of a page; `nil` where the site does not know its own.
  package init(
    _ selection: Selection, of ledger: Ledger, _ calendar: ReleaseCalendar, page: @escaping @Sendable (Page) -> String?
  ) {
    (self.selection, self.ledger, self.calendar, self.page) = (selection, ledger, calendar, page)
    host = CalendarFeed.host(of: ledger.site)
    let title = ledger.site.title
    name =
      switch selection {
      case .all: title
      case .freezes: "\(title): freezes"
      case .windows: "\(title): windows"
      case .support: "\(title): ends of support"
      case .product(let id): ledger.shelf(of: id)?.product.name ?? id.text
      case .team(let id): "\(title): \(ledger.team(id)?.name ?? id)"
      case .train(let id):
        "\(title): " + (ledger.calendar.trains.first { $0.id == id }?.name ?? "train \(id)")
      }
  }

  /// Whether it can be told when things were said; else a feed would lie about what moved.
  package static func isPossible(for ledger: Ledger) -> Bool { ledger.calendarHistory.obstacle == nil }

  /// The feeds of a ledger, in a fixed order.
  package static func all(in ledger: Ledger) -> [Selection] {
    guard isPossible(for: ledger) else { return [] }
    var teams: Set<String> = []
    let owners = ledger.shelves.compactMap(\.product.team).filter { teams.insert($0).inserted }.sorted()
    return [.all, .freezes, .windows, .support] + ledger.shelves.map { .product($0.product.id) }
      + owners.map { .team($0) } + ledger.calendar.trains.map { .train($0.id) }
  }

  package var bytes: [UInt8] {
    let events = self.events
    var lines = ContentLines()
    lines.add("BEGIN", "VCALENDAR")
    lines.add("VERSION", "2.0")
    lines.add("PRODID", "-//Gazette//Release calendar//EN")
    lines.add("CALSCALE", "GREGORIAN")
    lines.add("METHOD", "PUBLISH")
    lines.add("NAME", text: name)
    lines.add("X-WR-CALNAME", text: name)
    lines.add("COLOR", colour)
    lines.add("REFRESH-INTERVAL;VALUE=DURATION", "PT12H")
    lines.add("X-PUBLISHED-TTL", "PT12H")
    for zone in zones(of: events) {
      ZoneComponent(zone.zone, over: zone.first + -370...max(zone.first, today) + 3653).write(into: &lines)
    }
    for event in events { event.write(into: &lines) }
    lines.add("END", "VCALENDAR")
    return lines.bytes
  }

  /// A name of CSS.
  /// - Source: RFC 7986 §5.9.
  private var colour: String {
    switch selection {
    case .all, .product, .team: "teal"
    case .freezes: "steelblue"
    case .windows: "slategray"
    case .support: "darkgoldenrod"
    case .train: "olive"
    }
  }

  private var today: CivilDate { ledger.site.zone.local(of: ledger.asOf).date }

  /// The zones whose rules readers need, in order, with the first day that they need them for.
  private func zones(of events: [CalendarEvent]) -> [(zone: Zone, first: CivilDate)] {
    var found: [(zone: Zone, first: CivilDate)] = []
    for event in events {
      guard case .recurring(let timetable, _) = event.occurrence, timetable.starts.secondOfDay != nil,
        timetable.zone.identifier != "UTC"
      else { continue }
      if let index = found.firstIndex(where: { $0.zone == timetable.zone }) {
        found[index].first = min(found[index].first, timetable.starts.date)
      } else {
        found.append((timetable.zone, timetable.starts.date))
      }
    }
    return found.sorted { $0.zone.identifier < $1.zone.identifier }
  }

  // MARK: Events

  private var events: [CalendarEvent] {
    var events: [CalendarEvent] = []
    for shelf in shelves {
      // By their places: a release is costly to copy.
      for place in shelf.releases.indices where isSelected(shelf.releases[place]) {
        if let event = event(of: shelf.releases[place], on: shelf.product) { events.append(event) }
      }
      if hasSupport { events += shelf.product.phaseChanges.map { self.event(of: $0, shelf.product) } }
    }
    events += calendar.entries.freezes.filter(isSelected).map(event)
    events += calendar.entries.windows.filter(isSelected).map(event)
    for (index, train) in calendar.entries.trains.enumerated() where isSelected(train) {
      events.append(event(of: train))
      events += milestones(of: train, at: index)
    }
    if selection == .all { events += calendar.entries.milestones.map(event) }
    return events
  }

  /// Those of which it tells: there is a feed for each product, and none is to go through the releases of all others.
  private var shelves: [Ledger.Shelf] {
    switch selection {
    case .all, .support, .train: ledger.shelves
    case .product(let id): ledger.shelf(of: id).map { [$0] } ?? []
    case .team(let id): ledger.shelves.filter { $0.product.team == id }
    case .freezes, .windows: []
    }
  }

  private func isSelected(_ release: Release) -> Bool {
    switch selection {
    case .all, .product, .team: true
    case .train(let id): release.train?.value == id
    case .freezes, .windows, .support: false
    }
  }

  private var hasSupport: Bool { if case .train = selection { false } else { true } }

  private func isSelected(_ freeze: CalendarEntries.Freeze) -> Bool { selection == .freezes || isWithin(freeze.scope) }

  private func isSelected(_ window: CalendarEntries.Window) -> Bool { selection == .windows || isWithin(window.scope) }

  private func isWithin(_ scope: CalendarEntries.Scope) -> Bool {
    switch selection {
    case .all: true
    case .product(let id): scope.concerns(id, of: ledger.shelf(of: id)?.product.team)
    case .team(let id):
      ledger.shelves.contains { $0.product.team == id && scope.concerns($0.product.id, of: id) }
    case .train, .freezes, .windows, .support: false
    }
  }

  private func isSelected(_ train: CalendarEntries.Train) -> Bool {
    switch selection {
    case .all: true
    case .train(let id): train.id == id
    case .product(let id): ledger.shelf(of: id)?.product.train?.value == train.id
    case .team(let id): ledger.shelves.contains { $0.product.team == id && $0.product.train?.value == train.id }
    case .freezes, .windows, .support: false
    }
  }

  private func event(of release: Release, on product: Product) -> CalendarEvent? {
    guard let time = release.calendarTime(in: ledger.site.zone) else { return nil }
    let plain = "\(product.name) \(release.version.text)" + (release.title.map { ": " + $0 } ?? "")
    let status: CalendarEvent.Status =
      switch release.status {
      case .planned, .candidate: .tentative
      case .cancelled: .cancelled
      default: .confirmed
      }
    // Who only reads the line must not take it for one that stands.
    let word: String? =
      switch release.status {
      case .withdrawn: "Withdrawn"
      case .rolledBack: "Rolled back"
      case .cancelled: "Cancelled"
      default: nil
      }
    let team = product.team.map { ledger.team($0)?.name ?? $0 }
    let risk = release.risk.map { "Risk: \($0.value.rawValue)" }
    let stable = product.formerly.first ?? product.id.text
    return CalendarEvent(
      uid: uid("release", "\(stable)/\(release.version.text)"),
      revision: revision(of: .release(release.id)) ?? fallback(for: release),
      occurrence: .once(time), status: status, summary: word.map { "\($0): \(plain)" } ?? plain,
      description: release.summary?.whole.plainText, categories: [product.name, team, risk].compactMap { $0 },
      url: page(.release(release.id)))
  }

  private func event(
    of change: (line: String, last: CivilDate, phase: ReleaseLine.Phase), _ product: Product
  ) -> CalendarEvent {
    CalendarEvent(
      uid: uid("support", "\(product.formerly.first ?? product.id.text)/\(change.line)/\(change.phase.rawValue)"),
      revision: revision(of: .line(product.id, change.line)) ?? unpublished,
      occurrence: .once(.days(change.last, change.last)),
      summary: "\(product.name) \(change.line): \(ReleaseCalendar.words(forEndBefore: change.phase))",
      categories: [product.name, product.team.map { ledger.team($0)?.name ?? $0 }].compactMap { $0 },
      url: page(.support(product.id)))
  }

  private func event(of freeze: CalendarEntries.Freeze) -> CalendarEvent {
    let zone = freeze.zone.flatMap(Zone.init) ?? ledger.site.zone
    let time = CalendarTime(freeze.from, until: freeze.to, in: zone)
    return CalendarEvent(
      uid: uid("freeze", freeze.id), revision: revision(of: .freeze(freeze.id)) ?? unpublished,
      occurrence: .once(time), summary: freeze.name, description: freeze.reason, categories: names(of: freeze.scope),
      url: page(.month(time.days(in: ledger.site.zone).lowerBound)))
  }

  private func event(of window: CalendarEntries.Window) -> CalendarEvent {
    let timetable = window.timetable(in: ledger.site.zone)
    return CalendarEvent(
      uid: uid("window", window.id), revision: revision(of: .window(window.id)) ?? unpublished,
      occurrence: .recurring(timetable, length: window.duration), summary: window.name, description: window.agreement,
      categories: names(of: window.scope), url: page(.month(today)))
  }

  private func event(of train: CalendarEntries.Train) -> CalendarEvent {
    CalendarEvent(
      uid: uid("train", train.id), revision: revision(of: .train(train.id)) ?? unpublished,
      occurrence: .recurring(train.timetable(in: ledger.site.zone), length: TimeSpan()),
      summary: train.name ?? "Train \(train.id)", url: page(.month(today)))
  }

  /// What must be done before the departures of the last month and the coming year.
  private func milestones(of train: CalendarEntries.Train, at index: Int) -> [CalendarEvent] {
    let days = today + -31...today + 366
    return calendar.items(in: days).compactMap { item in
      guard case .trainMilestone(index, let number, let departure) = item.subject else { return nil }
      let milestone = train.milestones[number]
      return CalendarEvent(
        uid: uid("train", "\(train.id)/\(departure.iso)/\(slug(milestone.name, maxBytes: 64))"),
        revision: revision(of: .train(train.id)) ?? unpublished, occurrence: .once(item.time),
        summary: "\(train.name ?? train.id) of \(departure.words): \(milestone.name)",
        url: page(.month(item.days.lowerBound)))
    }
  }

  private func event(of milestone: CalendarEntries.Milestone) -> CalendarEvent {
    let time = CalendarTime(milestone.date, in: ledger.site.zone)
    return CalendarEvent(
      uid: uid("milestone", slug(milestone.name, maxBytes: 64)),
      revision: revision(of: .milestone(milestone.name)) ?? unpublished, occurrence: .once(time),
      summary: milestone.name, url: page(.month(time.days(in: ledger.site.zone).lowerBound)))
  }

  private func names(of scope: CalendarEntries.Scope) -> [String] {
    scope.products.map { ledger.shelf(of: ProductID($0.value))?.product.name ?? $0.value }
      + scope.teams.map { ledger.team($0.value)?.name ?? $0.value }
  }

  // MARK: What makes an event the same

  private func uid(_ kind: String, _ id: String) -> String { "\(kind)-\(id)@\(host)" }

  private func revision(of subject: CalendarHistory.Subject) -> CalendarHistory.Revision? {
    ledger.calendarHistory.revision(of: subject)
  }

  /// For what stands in no commit yet; the as-of is an input.
  private var unpublished: CalendarHistory.Revision { .init(changes: 0, modified: ledger.asOf) }

  /// A release without a record was told when it was tagged.
  private func fallback(for release: Release) -> CalendarHistory.Revision {
    guard release.isDiscovered || ledger.audience == .public else { return unpublished }
    let told = release.updated ?? release.released?.value.start(in: ledger.site.zone)
    return .init(changes: 0, modified: told ?? ledger.asOf)
  }

  private static func host(of site: Site) -> String {
    guard let url = site.url, let start = url.firstRange(of: "://")?.upperBound else {
      return slug(site.title, maxBytes: 60) + ".gazette.invalid"
    }
    return String(url[start...].prefix { $0 != "/" && $0 != ":" })
  }
}
