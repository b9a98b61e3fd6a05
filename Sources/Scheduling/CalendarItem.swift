package import Model

/// One thing on a calendar.
package struct CalendarItem: Hashable, Sendable {
  package enum Subject: Hashable, Sendable {
    case release(ReleaseID)
    /// The position in ``CalendarEntries/freezes``, and so on.
    case freeze(Int)
    case window(Int)
    case departure(train: Int)
    /// What must be done before a departure.
    case trainMilestone(train: Int, milestone: Int, departure: CivilDate)
    case milestone(Int)
    /// The last day before a line of a product changes to this phase.
    case support(ProductID, line: String, phase: ReleaseLine.Phase)
  }

  package var subject: Subject
  package var time: CalendarTime
  /// The local days that it touches, in the site's zone.
  package var days: ClosedRange<CivilDate>
  package var start: Moment

  init(_ subject: Subject, _ time: CalendarTime, in zone: Zone, siteZone: Zone) {
    (self.subject, self.time) = (subject, time)
    // A day of an entry is shown as that day everywhere.
    if case .days(let first, let last) = time { days = first...last } else { days = time.days(in: siteZone) }
    start = time.start(in: zone)
  }

  /// Whether it takes more than one day.
  package var isLong: Bool { days.lowerBound < days.upperBound }

  /// In which order things of the same moment are told.
  var rank: Int {
    switch subject {
    case .freeze: 0
    case .milestone: 1
    case .support: 2
    case .departure: 3
    case .release: 4
    case .trainMilestone: 5
    case .window: 6
    }
  }
}
