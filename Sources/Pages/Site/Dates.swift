import Model
import Templates

/// Dates as pages show them, in the site's time zone.
struct Dates: Sendable {
  let zone: Zone

  /// With the hour where it is known.
  func date(_ when: When) -> Value {
    guard case .moment(let moment) = when else { return day(when) }
    return record(when.words(in: zone), when.date(in: zone), machine: machine(moment))
  }

  /// Without the hour.
  func day(_ when: When) -> Value {
    let date = when.date(in: zone)
    return record(date.words, date, machine: date.iso)
  }

  func day(_ date: CivilDate) -> Value { record(date.words, date, machine: date.iso) }

  /// Such as `2 Nov 2026`.
  static func short(_ date: CivilDate) -> String {
    let (year, month, day) = date.yearMonthDay
    return "\(day) \(CivilDate.monthNames[month - 1].prefix(3)) \(year)"
  }

  /// Such as `2026-10-20T09:42+01:00`: the local time, so that it reads like the words beside it.
  func machine(_ moment: Moment) -> String {
    let (date, second, offset) = zone.local(of: moment)
    let clock = padded(second / 3600, to: 2) + ":" + padded(second / 60 % 60, to: 2)
    guard offset != 0 else { return date.iso + "T" + clock + "Z" }
    let minutes = abs(offset) / 60
    return date.iso + "T" + clock + (offset < 0 ? "-" : "+") + padded(minutes / 60, to: 2) + ":"
      + padded(minutes % 60, to: 2)
  }

  func machine(_ when: When) -> String {
    switch when {
    case .day(let date): date.iso
    case .moment(let moment): machine(moment)
    }
  }

  private func record(_ words: String, _ date: CivilDate, machine: String) -> Value {
    ["text": .text(words), "short": .text(Dates.short(date)), "machine": .text(machine)]
  }
}
