import Foundation

/// An IANA time zone: from local days and hours to moments and back.
package struct Zone: Hashable, Sendable {
  package let identifier: String
  private let zone: TimeZone

  /// - Returns: `nil` when the machine's zone database has no such zone.
  package init?(identifier: String) {
    guard let zone = TimeZone(identifier: identifier) else { return nil }
    self.identifier = identifier
    self.zone = zone
  }

  package static let utc: Zone = Zone(fixed: TimeZone(secondsFromGMT: 0) ?? .gmt, identifier: "UTC")

  private init(fixed zone: TimeZone, identifier: String) {
    self.zone = zone
    self.identifier = identifier
  }

  /// The moment of this local time. One that does not exist moves forward by the gap; of two, the first is taken.
  package func moment(of date: CivilDate, secondOfDay: Int = 0) -> Moment {
    let local = date.dayNumber * 86_400 + secondOfDay
    // The offsets of the days before and after bracket any change; the earlier of the fitting moments is meant.
    let before = offset(at: local - 86_400)
    let after = offset(at: local + 86_400)
    for candidate in [max(before, after), min(before, after)] where offset(at: local - candidate) == candidate {
      return Moment(seconds: local - candidate)
    }
    return Moment(seconds: local - before)
  }

  /// The local day, the second of that day, and seconds east of UTC.
  package func local(of moment: Moment) -> (date: CivilDate, secondOfDay: Int, offset: Int) {
    let offset = offset(at: moment.seconds)
    let date = Moment(seconds: moment.seconds + offset).utcDate
    return (date, moment.seconds + offset - date.dayNumber * 86_400, offset)
  }

  /// Such as `2 November 2026, 09:00 GMT` in words that need no locale: the zone is given as `UTC` or `UTC+1`.
  package func words(for moment: Moment) -> String {
    let (date, second, offset) = local(of: moment)
    return date.words + ", " + padded(second / 3600, to: 2) + ":" + padded(second / 60 % 60, to: 2) + " "
      + Zone.name(ofOffset: offset)
  }

  private static func name(ofOffset offset: Int) -> String {
    guard offset != 0 else { return "UTC" }
    let minutes = abs(offset) / 60
    let rest = minutes % 60 == 0 ? "" : ":" + padded(minutes % 60, to: 2)
    return "UTC" + (offset < 0 ? "−" : "+") + String(minutes / 60) + rest
  }

  /// Seconds east of UTC at a second since 1970.
  package func offset(at seconds: Int) -> Int {
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds)))
  }
}
