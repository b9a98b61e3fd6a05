package import Model

/// A week, month or quarter of the site's time zone.
package struct Bucket: Hashable, Sendable {
  package enum Size: String, CaseIterable, Sendable { case week, month, quarter }

  package var start: CivilDate
  /// Such as `2026-W45`, `2026-11` or `2026-Q4`.
  package var label: String
  /// Whether it goes on after the as-of.
  package var isUnfinished = false
}

/// Consecutive buckets, from the first day that anything is known of to the as-of.
package struct BucketScale: Sendable {
  package let size: Bucket.Size
  package let buckets: [Bucket]
  private let zone: Zone

  /// - Parameter size: `nil` for the finest that gives at most 40 buckets, but no finer than months.
  package init(from first: Moment, to asOf: Moment, in zone: Zone, size: Bucket.Size? = nil) {
    self.zone = zone
    let last = zone.local(of: asOf).date
    // What is dated before that is a mistake somewhere else, and must not take the place of what is true today.
    let begin = max(min(zone.local(of: first).date, last), last + -BucketScale.mostDays)
    let size = size ?? (last.dayNumber - begin.dayNumber > 40 * 30 ? .quarter : .month)
    self.size = size
    var buckets: [Bucket] = []
    var start = BucketScale.start(of: begin, size)
    while start <= last {
      let next = BucketScale.next(after: start, size)
      buckets.append(
        Bucket(
          start: start, label: BucketScale.label(of: start, size),
          isUnfinished: zone.moment(of: next) > asOf))
      start = next
    }
    self.buckets = buckets
  }

  /// Forty years.
  private static let mostDays = 40 * 366

  package var count: Int { buckets.count }

  package func index(of moment: Moment) -> Int? { index(of: zone.local(of: moment).date) }

  package func index(of date: CivilDate) -> Int? {
    guard let first = buckets.first, first.start <= date else { return nil }
    var (low, high) = (0, buckets.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if buckets[middle].start <= date { low = middle } else { high = middle }
    }
    return date < BucketScale.next(after: buckets[low].start, size) ? low : nil
  }

  private static func start(of date: CivilDate, _ size: Bucket.Size) -> CivilDate {
    let (year, month, _) = date.yearMonthDay
    switch size {
    case .week: return date + (1 - date.isoWeekday)
    case .month: return CivilDate(year: year, month: month, day: 1) ?? date
    case .quarter: return CivilDate(year: year, month: (month - 1) / 3 * 3 + 1, day: 1) ?? date
    }
  }

  private static func next(after start: CivilDate, _ size: Bucket.Size) -> CivilDate {
    let (year, month, _) = start.yearMonthDay
    let step = size == .quarter ? 3 : 1
    if size == .week { return start + 7 }
    let later = year * 12 + month - 1 + step
    return CivilDate(year: later / 12, month: later % 12 + 1, day: 1) ?? start + 31
  }

  /// - Source: ISO 8601: the first week of a year is the one with its first Thursday.
  private static func label(of start: CivilDate, _ size: Bucket.Size) -> String {
    let (year, month, _) = start.yearMonthDay
    switch size {
    case .week:
      let thursday = start + 3
      let firstDay = CivilDate(year: thursday.year, month: 1, day: 1) ?? thursday
      return "\(padded(thursday.year, to: 4))-W"
        + padded((thursday.dayNumber - firstDay.dayNumber) / 7 + 1, to: 2)
    case .month: return "\(padded(year, to: 4))-\(padded(month, to: 2))"
    case .quarter: return "\(padded(year, to: 4))-Q\((month - 1) / 3 + 1)"
    }
  }
}
