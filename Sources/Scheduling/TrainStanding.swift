import Diagnostics
package import Model

/// Where a release stands with its train: which departure it is for, and whether it keeps to it.
package struct TrainStanding: Sendable {
  package let release: ReleaseID
  /// The position of its train; `nil` when it has none.
  package let train: Int?
  /// The departure that it is for; `nil` when it is for none.
  package let departure: CivilDate?
  /// The day on which it left, or is meant to.
  package let day: CivilDate?
  package let isPlanned: Bool
  package let conflicts: [CalendarConflict]

  /// - Parameter departures: The days of departure of each train.
  package init(_ release: Release, in ledger: Ledger, departures: [[CivilDate]]) {
    self.release = release.id
    isPlanned = !release.status.hasShipped
    let trains = ledger.calendar.trains
    // The train of a product is its usual one: a repair that goes by itself breaks no promise.
    guard let name = release.train, name.location != ledger.shelf(of: release.product)?.product.train?.location,
      let index = trains.firstIndex(where: { $0.id == name.value })
    else {
      (train, departure, day, conflicts) = (nil, nil, nil, [])
      return
    }
    train = index
    let zone = trains[index].zone.flatMap(Zone.init) ?? ledger.site.zone
    let production = Set(ledger.site.environments.filter(\.isProduction).map(\.id))
    // A rollout takes its time; it left when it reached its first customers.
    let stages = (release.rollout?.stages ?? []).filter {
      production.contains($0.environment.value) && $0.status?.value ?? .planned != .planned
    }
    let left = stages.compactMap(\.started).min { $0.value.start(in: zone) < $1.value.start(in: zone) }
    let meant = release.scheduled?.at
    let actual = release.status.hasShipped ? left ?? release.released ?? meant : meant
    guard let actual else {
      (departure, day, conflicts) = (nil, nil, [])
      return
    }
    let day = actual.value.date(in: zone)
    self.day = day
    let days = departures[index]
    // One that was planned for a departure is for that, however late it left.
    let planned = meant.map { $0.value.date(in: zone) }
    let departure =
      days.contains(day) ? day : planned.flatMap { days.contains($0) ? $0 : nil } ?? days.last { $0 <= day }
    let isFor = departure.map { days.contains(day) || $0 == planned || day.dayNumber - $0.dayNumber <= 7 } ?? false
    self.departure = isFor ? departure : nil
    let label = "`\(release.id.product.text) \(release.version.text)`"
    var found: [CalendarConflict] = []
    func add(_ kind: CalendarConflict.Kind, _ text: String, at place: SourceLocation, on day: CivilDate) {
      let moment = zone.moment(of: day)
      found.append(
        CalendarConflict(
          kind: kind, release: release.id, time: Stretch(from: moment, to: zone.moment(of: day + 1)), text: text,
          location: place, notes: [Diagnostic.Note("the train is here", at: trains[index].location)]))
    }
    let verb = release.status.hasShipped ? "left" : "is to leave"
    if let departure, isFor {
      let late = day.dayNumber - departure.dayNumber
      if late > 0 {
        add(
          .late,
          "\(label) \(verb) \(late) \(late == 1 ? "day" : "days") after its train `\(name.value)` of "
            + departure.words, at: actual.location, on: day)
      } else if late < 0 {
        add(
          .offTrain, "\(label) \(verb) on \(day.words), before its train `\(name.value)` of \(departure.words)",
          at: actual.location, on: day)
      }
      let due = MilestoneCheck(release, on: trains[index], leaving: departure, in: ledger, zone: zone)
      for missed in due.missed { add(.milestoneMissed, missed.text, at: missed.location, on: missed.day) }
    } else {
      add(
        .offTrain, "\(label) \(verb) on \(day.words), when no train `\(name.value)` does", at: actual.location, on: day)
    }
    conflicts = found
  }
}

/// Whether a release had what its train asks for in time, as far as its record tells: the scope of a milestone with that
/// word, and whether it was a candidate for one with that.
private struct MilestoneCheck {
  var missed: [(text: String, location: SourceLocation, day: CivilDate)] = []

  init(
    _ release: Release, on train: CalendarEntries.Train, leaving departure: CivilDate, in ledger: Ledger, zone: Zone
  ) {
    let leaves = zone.moment(of: departure, secondOfDay: train.starts.secondOfDay ?? 0)
    let label = "`\(release.id.product.text) \(release.version.text)`"
    for milestone in train.milestones {
      let due = leaves.receded(by: milestone.before, in: zone)
      let day = zone.local(of: due).date
      // A milestone of a day has the whole of it.
      let end = train.starts.secondOfDay == nil ? zone.moment(of: day + 1) : due
      let words = milestone.name.lowercased()
      if words.contains("scope") {
        if let frozen = release.scopeFrozen {
          guard frozen.value.start(in: zone) >= end else { continue }
          missed.append(
            (
              "the scope of \(label) was frozen after `\(milestone.name)` of its train, \(day.words)", frozen.location,
              day
            ))
        } else if release.status.isUpcoming, end <= ledger.asOf {
          missed.append(("the scope of \(label) should have been frozen by \(day.words)", release.location, day))
        }
      } else if words.contains("candidate"), release.status == .planned, end <= ledger.asOf {
        missed.append(("\(label) should have been a candidate by \(day.words)", release.location, day))
      }
    }
  }
}
