import Diagnostics
package import Model

/// When things may, may not and will happen, worked out once from a ledger: everything that has a place in time, and
/// where that does not go together.
///
/// Judged are times as they are recorded. Whether the calendar itself was changed in time is the business of
/// `policy-approved`.
package struct ReleaseCalendar: Sendable {
  package var entries: CalendarEntries { ledger.calendar }
  let ledger: Ledger
  /// Where each release is on its shelf.
  private let positions: [ReleaseID: (shelf: Int, release: Int)]
  /// The site's.
  package let zone: Zone
  /// The days over which what comes again is laid out: from the first release to what is planned, and a year more.
  package let days: ClosedRange<CivilDate>
  /// Everything but windows, by its beginning.
  package let items: [CalendarItem]
  /// The times of each window, in the order of ``CalendarEntries/windows``.
  package let windows: [[Stretch]]
  /// The days of departure of each train.
  package let departures: [[CivilDate]]
  /// What does not go together, by its beginning, also what an exception excuses. Only for those who know all of the
  /// times: part of them would make false conflicts.
  package let conflicts: [CalendarConflict]
  private let conflictsByRelease: [ReleaseID: [Int]]
  private let longest: Int

  package init(_ ledger: Ledger) {
    let zone = ledger.site.zone
    (self.ledger, self.zone) = (ledger, zone)
    let entries = ledger.calendar
    var positions: [ReleaseID: (shelf: Int, release: Int)] = [:]
    var items: [CalendarItem] = []
    for (index, shelf) in ledger.shelves.enumerated() {
      let releases = shelf.releases.span
      for place in releases.indices {
        let id = releases[place].id
        positions[id] = (index, place)
        guard let time = releases[place].calendarTime(in: zone) else { continue }
        items.append(CalendarItem(.release(id), time, in: zone, siteZone: zone))
      }
    }
    self.positions = positions
    days = ReleaseCalendar.days(of: items, and: ledger)
    for (index, freeze) in entries.freezes.enumerated() {
      let own = freeze.zone.flatMap(Zone.init) ?? zone
      items.append(
        CalendarItem(.freeze(index), CalendarTime(freeze.from, until: freeze.to, in: own), in: own, siteZone: zone))
    }
    for (index, milestone) in entries.milestones.enumerated() {
      items.append(CalendarItem(.milestone(index), CalendarTime(milestone.date, in: zone), in: zone, siteZone: zone))
    }
    let span = days
    var clocks: [Zone: ZoneClock] = [:]
    windows = entries.windows.map { window in
      let timetable = window.timetable(in: zone)
      let clock = clocks[timetable.zone] ?? ZoneClock(timetable.zone, over: span)
      clocks[timetable.zone] = clock
      return timetable.stretches(of: window.duration, in: span, by: clock)
    }
    var departures: [[CivilDate]] = []
    for (index, train) in entries.trains.enumerated() {
      let timetable = train.timetable(in: zone)
      let times = timetable.starts(in: days)
      departures.append(times.map(\.date))
      for time in times { items += train.items(at: index, leaving: time, by: timetable, siteZone: zone) }
    }
    self.departures = departures
    for shelf in ledger.shelves {
      for change in shelf.product.phaseChanges {
        items.append(
          CalendarItem(
            .support(shelf.product.id, line: change.line, phase: change.phase), .days(change.last, change.last),
            in: zone, siteZone: zone))
      }
    }
    self.items = items.sorted { a, b in
      (a.days.lowerBound, a.start, a.rank) < (b.days.lowerBound, b.start, b.rank)
    }
    longest = self.items.map { $0.days.upperBound.dayNumber - $0.days.lowerBound.dayNumber }.max() ?? 0
    conflicts =
      ledger.audience == .internal
      ? ConflictSearch(ledger, windows: windows, departures: departures).conflicts : []
    var byRelease: [ReleaseID: [Int]] = [:]
    for (index, conflict) in conflicts.enumerated() { byRelease[conflict.release, default: []].append(index) }
    conflictsByRelease = byRelease
  }

  /// A release of the ledger.
  package func release(_ id: ReleaseID) -> Release? {
    positions[id].map { ledger.shelves[$0.shelf].releases[$0.release] }
  }

  /// Everything but windows that touches one of the days, by its beginning.
  /// - Complexity: O(log n + found), as long as nothing is very long.
  package func items(in days: ClosedRange<CivilDate>) -> [CalendarItem] {
    var (low, high) = (0, items.count)
    let earliest = days.lowerBound + -longest
    while low < high {
      let middle = (low + high) / 2
      if items[middle].days.lowerBound < earliest { low = middle + 1 } else { high = middle }
    }
    return items[low...].prefix { $0.days.lowerBound <= days.upperBound }.filter { $0.days.overlaps(days) }
  }

  /// The times of windows that touch one of the days, by their beginning.
  package func windowItems(in days: ClosedRange<CivilDate>) -> [CalendarItem] {
    let (from, to) = (zone.moment(of: days.lowerBound), zone.moment(of: days.upperBound + 1))
    var found: [CalendarItem] = []
    for (index, stretches) in windows.enumerated() {
      let longest = entries.windows[index].duration
      let earliest = from.receded(by: longest, in: zone)
      guard let first = stretches.firstIndex(from: earliest) else { continue }
      for stretch in stretches[first...].prefix(while: { $0.from < to }) where stretch.to > from || stretch.from >= from
      {
        found.append(CalendarItem(.window(index), .moments(stretch.from, stretch.to), in: zone, siteZone: zone))
      }
    }
    return found.sorted { $0.start < $1.start }
  }

  /// What does not go together with a release, by its beginning.
  package func conflicts(of release: ReleaseID) -> [CalendarConflict] {
    (conflictsByRelease[release] ?? []).map { conflicts[$0] }
  }

  /// What is to be told of, on some days: nothing that an exception excuses, and each collision once.
  package func conflicts(in days: ClosedRange<CivilDate>) -> [CalendarConflict] {
    let (from, to) = (zone.moment(of: days.lowerBound), zone.moment(of: days.upperBound + 1))
    return conflicts.filter { $0.isTold && $0.time.from < to && $0.time.to >= from }
  }

  private static func days(of items: [CalendarItem], and ledger: Ledger) -> ClosedRange<CivilDate> {
    let today = ledger.site.zone.local(of: ledger.asOf).date
    // Stages and milestones of trains come some weeks before a release.
    let first = items.map(\.days.lowerBound).min().map { min($0, today) + -62 } ?? today + -62
    let last = items.map(\.days.upperBound).max().map { max($0, today) } ?? today
    return first...max(min(last + 62, today + 3653), today + 400)
  }
}

extension Release {
  /// When it went out or, before that and for one that was cancelled, is or was meant to.
  package func calendarTime(in zone: Zone) -> CalendarTime? {
    if let released, status.hasShipped { return CalendarTime(released.value, in: zone) }
    if let scheduled {
      return CalendarTime(scheduled.at.value, until: scheduled.until?.value, in: zone)
    }
    let started = rollout?.stages.compactMap { $0.started?.value }.min { $0.start(in: zone) < $1.start(in: zone) }
    return status.hasShipped ? started.map { CalendarTime($0, in: zone) } : nil
  }
}

extension CalendarEntries.Window {
  package func timetable(in site: Zone) -> Timetable {
    Timetable(starts: starts, recurrence: recurrence, zone: zone.flatMap(Zone.init) ?? site)
  }
}

extension CalendarEntries.Train {
  package func timetable(in site: Zone) -> Timetable {
    Timetable(starts: starts, recurrence: recurrence, zone: zone.flatMap(Zone.init) ?? site)
  }

  /// A departure, and what must be done before it.
  fileprivate func items(
    at index: Int, leaving time: CalendarEntries.LocalStart, by timetable: Timetable, siteZone: Zone
  ) -> [CalendarItem] {
    let moment = timetable.moment(of: time)
    func item(_ subject: CalendarItem.Subject, _ moment: Moment, _ date: CivilDate) -> CalendarItem {
      CalendarItem(
        subject, time.secondOfDay == nil ? .days(date, date) : .moments(moment, moment), in: timetable.zone,
        siteZone: siteZone)
    }
    return [item(.departure(train: index), moment, time.date)]
      + milestones.enumerated().map { number, milestone in
        let due = moment.receded(by: milestone.before, in: timetable.zone)
        return item(
          .trainMilestone(train: index, milestone: number, departure: time.date), due,
          timetable.zone.local(of: due).date)
      }
  }
}

extension Product {
  /// The last days of the phases of its lines, and what comes after, by line.
  package var phaseChanges: [(line: String, last: CivilDate, phase: ReleaseLine.Phase)] {
    lines.flatMap { line -> [(line: String, last: CivilDate, phase: ReleaseLine.Phase)] in
      let ends = [line.activeUntil, line.securityUntil, line.extendedUntil].compactMap { $0 }
      // One that ends where the next does is no change of its own.
      return Set(ends).sorted().map { (line.id, $0, line.phase(on: $0 + 1)) }
    }
  }
}
