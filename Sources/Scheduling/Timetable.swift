import Diagnostics
package import Model

/// The local times at which something of the calendar comes: its start, its rule, less and more.
package struct Timetable: Hashable, Sendable {
  package var starts: CalendarEntries.LocalStart
  package var recurrence: CalendarEntries.Recurrence
  package var zone: Zone

  package init(starts: CalendarEntries.LocalStart, recurrence: CalendarEntries.Recurrence, zone: Zone) {
    (self.starts, self.recurrence, self.zone) = (starts, recurrence, zone)
  }

  private var secondOfDay: Int { starts.secondOfDay ?? 0 }

  /// In order, each once.
  package func starts(in days: ClosedRange<CivilDate>) -> [CalendarEntries.LocalStart] {
    var times: [CalendarEntries.LocalStart] = []
    if let rule = recurrence.rule?.value {
      let except = Set(recurrence.except.map(\.value))
      let last = rule.lastDay(beginningAt: secondOfDay, in: zone).map { min($0, days.upperBound) } ?? days.upperBound
      rule.forEachDay(from: starts.date, through: last, notBefore: days.lowerBound) { day in
        if !except.contains(day) {
          times.append(CalendarEntries.LocalStart(date: day, secondOfDay: starts.secondOfDay))
        }
        return true
      }
    } else if days.contains(starts.date) {
      times.append(starts)
    }
    let more = further(in: days)
    guard !more.isEmpty else { return times }
    let known = Set(times)
    return (times + more.filter { !known.contains($0) }).sorted {
      ($0.date, $0.secondOfDay ?? 0) < ($1.date, $1.secondOfDay ?? 0)
    }
  }

  /// The times that come besides the rule; one without an hour has that of the start.
  package func further(in days: ClosedRange<CivilDate>) -> [CalendarEntries.LocalStart] {
    var seen: Set<CalendarEntries.LocalStart> = []
    return recurrence.also.map(\.value).filter { days.contains($0.date) }.map { time in
      CalendarEntries.LocalStart(
        date: time.date, secondOfDay: starts.secondOfDay == nil ? nil : time.secondOfDay ?? starts.secondOfDay)
    }.filter { seen.insert($0).inserted }
  }

  package func moment(of time: CalendarEntries.LocalStart) -> Moment {
    zone.moment(of: time.date, secondOfDay: time.secondOfDay ?? 0)
  }

  /// Each time as a stretch of moments, in order.
  package func stretches(of length: TimeSpan, in days: ClosedRange<CivilDate>) -> [Stretch] {
    stretches(of: length, in: days, by: ZoneClock(zone, over: days))
  }

  /// - Parameter clock: Of the same zone.
  func stretches(of length: TimeSpan, in days: ClosedRange<CivilDate>, by clock: ZoneClock) -> [Stretch] {
    let isPlain = length.days == 0 && length.months == 0
    return starts(in: days).map { time in
      let from = clock.moment(of: time.date, secondOfDay: time.secondOfDay ?? 0)
      let to = isPlain ? Moment(seconds: from.seconds + length.seconds) : from.advanced(by: length, in: zone)
      return Stretch(from: from, to: to)
    }
  }
}

/// From one moment to another, the end not included.
package struct Stretch: Hashable, Sendable {
  package var from: Moment
  package var to: Moment

  package init(from: Moment, to: Moment) {
    (self.from, self.to) = (from, to)
  }

  /// Whether they have a moment in common; what has no length takes a second.
  package func overlaps(_ other: Stretch) -> Bool {
    from.seconds < max(other.to.seconds, other.from.seconds + 1)
      && other.from.seconds < max(to.seconds, from.seconds + 1)
  }

  /// Whether the moment lies in it; the end counts, for what ends with it is still inside.
  package func holds(_ moment: Moment) -> Bool { from <= moment && moment <= to }
}

extension [Stretch] {
  /// The last in order of beginning that has begun at the moment; the stretches are in order.
  package func last(begunAt moment: Moment) -> Stretch? {
    let next = firstIndex(from: Moment(seconds: moment.seconds + 1)) ?? count
    return next > 0 ? self[next - 1] : nil
  }

  package func first(after moment: Moment) -> Stretch? {
    firstIndex(from: Moment(seconds: moment.seconds + 1)).map { self[$0] }
  }

  /// The position of the first that begins at the moment or later.
  func firstIndex(from moment: Moment) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].from < moment { low = middle + 1 } else { high = middle }
    }
    return low < count ? low : nil
  }
}
