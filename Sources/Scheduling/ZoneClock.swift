import Model

/// Local time to UTC for a run of days: asks the zone once a day instead of several times an occurrence.
struct ZoneClock: Sendable {
  let zone: Zone
  private let firstDay: Int
  /// The offset at the start of each day in UTC.
  private let offsets: [Int32]

  /// - Parameter days: Others are answered too, by the zone itself.
  init(_ zone: Zone, over days: ClosedRange<CivilDate>) {
    self.zone = zone
    firstDay = days.lowerBound.dayNumber - 1
    offsets = (firstDay...days.upperBound.dayNumber + 2).map { Int32(truncatingIfNeeded: zone.offset(at: $0 * 86_400)) }
  }

  /// The moment of this local time; one that does not exist moves forward by the gap, of two the first is taken.
  func moment(of date: CivilDate, secondOfDay: Int) -> Moment {
    let index = date.dayNumber - firstDay
    // A zone changes its offset at most once in a few days, so that equal ones on both sides mean no change between.
    guard index >= 1, index + 2 < offsets.count, offsets[index - 1] == offsets[index + 2],
      offsets[index] == offsets[index + 1], offsets[index - 1] == offsets[index]
    else { return zone.moment(of: date, secondOfDay: secondOfDay) }
    return Moment(seconds: date.dayNumber * 86_400 + secondOfDay - Int(offsets[index]))
  }
}
