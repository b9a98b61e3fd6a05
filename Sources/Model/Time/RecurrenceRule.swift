/// On which days something comes again: the part of RFC 5545's RRULE that calendars need, over days.
///
/// - Source: RFC 5545 §3.3.10.
package struct RecurrenceRule: Hashable, Sendable {
  package enum Frequency: String, CaseIterable, Sendable {
    case daily = "DAILY"
    case weekly = "WEEKLY"
    case monthly = "MONTHLY"
    case yearly = "YEARLY"
  }

  /// A day of the week; with an ordinal one of a month or year, such as the first or, at −1, the last.
  package struct Weekday: Hashable, Sendable {
    /// Monday is 1, Sunday 7.
    package var iso: Int
    package var ordinal: Int?
  }

  /// The last time that may be, included.
  package enum Until: Hashable, Sendable {
    case day(CivilDate)
    /// On the clock of whatever zone the rule is used in.
    case local(CivilDate, secondOfDay: Int)
    case moment(Moment)
  }

  /// As it was written.
  package let text: String
  package internal(set) var frequency = Frequency.daily
  package internal(set) var interval = 1
  package internal(set) var count: Int?
  package internal(set) var until: Until?
  package internal(set) var weekdays: [Weekday] = []
  package internal(set) var monthDays: [Int] = []
  package internal(set) var months: [Int] = []
  package internal(set) var positions: [Int] = []
  /// Monday is 1, Sunday 7.
  package internal(set) var weekStart = 1

  init(text: String) {
    self.text = text
  }
}

extension RecurrenceRule {
  /// Calls the body with each day of the rule, in order, until it returns `false` or the last day is past; so it ends
  /// also for a rule that never matches.
  ///
  /// - Parameters:
  ///   - start: The first day that may be; the rule takes from it what it leaves open, such as the day of the month.
  ///   - last: The last day to look at.
  ///   - soonest: Earlier days need not be told; a rule that does not count goes there at once.
  /// - Complexity: O(days looked at).
  package func forEachDay(
    from start: CivilDate, through last: CivilDate, notBefore soonest: CivilDate? = nil, _ body: (CivilDate) -> Bool
  ) {
    var told = 0
    var period = Period(of: self, at: start)
    if count == nil, let soonest { period.skip(to: soonest) }
    while period.firstDay <= last {
      var days = candidates(in: period, from: start)
      if !positions.isEmpty { days = chosen(from: days) }
      for day in days where day >= start {
        guard day <= last, count.map({ told < $0 }) ?? true else { return }
        told += 1
        if soonest.map({ day < $0 }) ?? false { continue }
        guard body(day) else { return }
      }
      period.advance()
    }
  }

  /// The first day of the rule, where there is one in a hundred years.
  package func firstDay(from start: CivilDate) -> CivilDate? {
    var found: CivilDate?
    forEachDay(from: start, through: start + 36_525) { day in
      found = day
      return false
    }
    return found
  }

  /// The last day on which something that begins at this second of its local days may be; `nil` without an end.
  package func lastDay(beginningAt second: Int, in zone: Zone) -> CivilDate? {
    switch until {
    case nil: return nil
    case .day(let date)?: return date
    case .local(let date, let end)?: return second <= end ? date : date + -1
    case .moment(let moment)?:
      let local = zone.local(of: moment)
      return second <= local.secondOfDay ? local.date : local.date + -1
    }
  }

  // MARK: The days of a period

  /// A day, week, month or year.
  private struct Period {
    let frequency: Frequency
    let interval: Int
    var firstDay: CivilDate
    /// Of months and years: months since year 0.
    private var month = 0

    init(of rule: RecurrenceRule, at start: CivilDate) {
      (frequency, interval) = (rule.frequency, rule.interval)
      switch frequency {
      case .daily: firstDay = start
      case .weekly: firstDay = start + -((start.isoWeekday - rule.weekStart + 7) % 7)
      case .monthly, .yearly:
        let (year, first, _) = start.yearMonthDay
        firstDay = start
        month = year * 12 + (frequency == .yearly ? 0 : first - 1)
        setFirstDay()
      }
    }

    var year: Int { month / 12 }
    var monthOfYear: Int { month % 12 + 1 }

    mutating func advance(by periods: Int = 1) {
      switch frequency {
      case .daily: firstDay = firstDay + interval * periods
      case .weekly: firstDay = firstDay + interval * 7 * periods
      case .monthly:
        month += interval * periods
        setFirstDay()
      case .yearly:
        month += interval * 12 * periods
        setFirstDay()
      }
    }

    /// Goes on to a period that is not after the day and not far before it.
    mutating func skip(to day: CivilDate) {
      let longest =
        switch frequency {
        case .daily: 1
        case .weekly: 7
        case .monthly: 31
        case .yearly: 366
        }
      let periods = (day.dayNumber - firstDay.dayNumber) / (longest * interval) - 1
      if periods > 0 { advance(by: periods) }
    }

    /// Years after 9999 lie behind every day that is asked for.
    private mutating func setFirstDay() {
      firstDay = CivilDate(year: year, month: monthOfYear, day: 1) ?? CivilDate(dayNumber: .max / 2)
    }
  }

  /// In order, each once.
  private func candidates(in period: Period, from start: CivilDate) -> [CivilDate] {
    switch frequency {
    case .daily:
      return fits(period.firstDay) ? [period.firstDay] : []
    case .weekly:
      return (0..<7).compactMap { offset in
        let day = period.firstDay + offset
        let isDay = weekdays.isEmpty ? day.isoWeekday == start.isoWeekday : isWeekday(day)
        return isDay && isInMonths(day) ? day : nil
      }
    case .monthly:
      guard months.isEmpty || months.contains(period.monthOfYear) else { return [] }
      return days(ofMonth: period.monthOfYear, period.year, from: start)
    case .yearly:
      if months.isEmpty, !weekdays.isEmpty { return days(ofYear: period.year) }
      let asked = months.isEmpty && monthDays.isEmpty ? [start.yearMonthDay.month] : months
      return (asked.isEmpty ? Array(1...12) : asked).flatMap { days(ofMonth: $0, period.year, from: start) }
    }
  }

  private func isWeekday(_ day: CivilDate) -> Bool { weekdays.contains { $0.iso == day.isoWeekday } }

  private func isInMonths(_ day: CivilDate) -> Bool { months.isEmpty || months.contains(day.yearMonthDay.month) }

  /// Whether a day of a daily rule is let through.
  private func fits(_ day: CivilDate) -> Bool {
    guard weekdays.isEmpty || isWeekday(day), isInMonths(day) else { return false }
    guard !monthDays.isEmpty else { return true }
    let (year, month, number) = day.yearMonthDay
    return isMonthDay(number, of: CivilDate.days(inMonth: month, of: year))
  }

  private func isMonthDay(_ number: Int, of length: Int) -> Bool {
    monthDays.contains { $0 == number || $0 == number - length - 1 }
  }

  private func days(ofMonth month: Int, _ year: Int, from start: CivilDate) -> [CivilDate] {
    guard let first = CivilDate(year: year, month: month, day: 1) else { return [] }
    let length = CivilDate.days(inMonth: month, of: year)
    let ownDay = weekdays.isEmpty && monthDays.isEmpty ? start.yearMonthDay.day : nil
    return (0..<length).compactMap { offset in
      if let ownDay { return offset + 1 == ownDay ? first + offset : nil }
      guard monthDays.isEmpty || isMonthDay(offset + 1, of: length) else { return nil }
      let day = first + offset
      return weekdays.isEmpty || isWeekday(day, at: offset, of: length) ? day : nil
    }
  }

  /// The weekdays of a whole year, counted over the year.
  private func days(ofYear year: Int) -> [CivilDate] {
    guard let first = CivilDate(year: year, month: 1, day: 1) else { return [] }
    let length = CivilDate.days(inMonth: 2, of: year) == 29 ? 366 : 365
    return (0..<length).compactMap { offset in
      let day = first + offset
      guard isWeekday(day, at: offset, of: length) else { return nil }
      guard !monthDays.isEmpty else { return day }
      let (_, month, number) = day.yearMonthDay
      return isMonthDay(number, of: CivilDate.days(inMonth: month, of: year)) ? day : nil
    }
  }

  /// - Parameter offset: Days since the first of a month or year of this length.
  private func isWeekday(_ day: CivilDate, at offset: Int, of length: Int) -> Bool {
    let iso = day.isoWeekday
    return weekdays.contains { weekday in
      guard weekday.iso == iso else { return false }
      guard let ordinal = weekday.ordinal else { return true }
      return ordinal > 0 ? offset / 7 + 1 == ordinal : (length - 1 - offset) / 7 + 1 == -ordinal
    }
  }

  /// Those at the positions that the rule names, in order, each once.
  private func chosen(from days: [CivilDate]) -> [CivilDate] {
    days.enumerated().filter { index, _ in
      positions.contains { $0 == index + 1 || $0 == index - days.count }
    }.map(\.element)
  }
}
