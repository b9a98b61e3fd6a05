import Diagnostics
import Model
import Scheduling
import Testing

@Suite("What comes again") struct RecurrenceTests {
  private let london = Zone(identifier: "Europe/London") ?? .utc

  private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  private func days(_ rule: String, from start: String, through last: String) throws -> [String] {
    var days: [String] = []
    try RecurrenceRule(rule).forEachDay(from: day(start), through: day(last)) {
      days.append($0.iso)
      return true
    }
    return days
  }

  private func table(
    _ starts: String, at second: Int?, _ rule: String?, except: [String] = [], also: [(String, Int?)] = [],
    zone: Zone? = nil
  ) throws -> Timetable {
    let place = SourceLocation(file: "calendar.yml")
    var recurrence = CalendarEntries.Recurrence()
    recurrence.rule = try rule.map { Located(try RecurrenceRule($0), at: place) }
    recurrence.except = try except.map { Located(try day($0), at: place) }
    recurrence.also = try also.map { Located(.init(date: try day($0.0), secondOfDay: $0.1), at: place) }
    return Timetable(
      starts: .init(date: try day(starts), secondOfDay: second), recurrence: recurrence, zone: zone ?? london)
  }

  @Test("the last working day of each month") func lastWorkingDay() throws {
    #expect(
      try days("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", from: "2026-01-01", through: "2026-05-31")
        == ["2026-01-30", "2026-02-27", "2026-03-31", "2026-04-30", "2026-05-29"])
  }

  @Test("days of the month from its end, and months that lack the day") func daysFromTheEnd() throws {
    #expect(
      try days("FREQ=MONTHLY;BYMONTHDAY=-1", from: "2028-01-15", through: "2028-03-31")
        == ["2028-01-31", "2028-02-29", "2028-03-31"])
    #expect(
      try days("FREQ=MONTHLY", from: "2026-01-31", through: "2026-06-30") == ["2026-01-31", "2026-03-31", "2026-05-31"])
  }

  @Test("a rule that can never be ends, and says so") func impossible() throws {
    let rule = try RecurrenceRule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    #expect(rule.firstDay(from: try day("2026-01-01")) == nil)
    #expect(try days("FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31;COUNT=3", from: "2026-01-01", through: "2200-01-01") == [])
    #expect(
      try days("FREQ=YEARLY", from: "2024-02-29", through: "2033-01-01") == ["2024-02-29", "2028-02-29", "2032-02-29"])
  }

  @Test("a rule without an end is laid out only where it is asked for, and the same from wherever one looks")
  func endless() throws {
    for rule in [
      "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", "FREQ=MONTHLY;INTERVAL=5;BYDAY=-1FR",
      "FREQ=YEARLY;INTERVAL=3;BYMONTH=2;BYMONTHDAY=29",
    ] {
      let timetable = try table("2001-01-02", at: nil, rule)
      let whole = timetable.starts(in: try day("2001-01-01")...day("2060-12-31"))
      let late = timetable.starts(in: try day("2040-06-01")...day("2060-12-31"))
      #expect(late == whole.filter { $0.date.iso >= "2040-06-01" }, "\(rule)")
      #expect(!late.isEmpty)
    }
  }

  @Test("nine o'clock stays nine o'clock when clocks change") func localHours() throws {
    let times = try table("2026-10-23", at: 9 * 3600, "FREQ=DAILY").stretches(
      of: TimeSpan(seconds: 3 * 3600), in: day("2026-10-23")...day("2026-10-26"))
    #expect(
      times.map(\.from.iso) == [
        "2026-10-23T08:00:00Z", "2026-10-24T08:00:00Z", "2026-10-25T09:00:00Z", "2026-10-26T09:00:00Z",
      ])
    #expect(times.allSatisfy { $0.to.seconds - $0.from.seconds == 3 * 3600 })
  }

  @Test("an hour that does not exist moves forward, one that exists twice is the first") func gapsAndDoubles() throws {
    let spring = try table("2026-03-29", at: 5400, nil).stretches(
      of: TimeSpan(seconds: 3600), in: day("2026-03-29")...day("2026-03-29"))
    #expect(spring.map(\.from.iso) == ["2026-03-29T01:30:00Z"])  // 01:30 is 02:30 BST
    let autumn = try table("2026-10-25", at: 5400, nil).stretches(
      of: TimeSpan(seconds: 3600), in: day("2026-10-25")...day("2026-10-25"))
    #expect(autumn.map(\.from.iso) == ["2026-10-25T00:30:00Z"])
  }

  @Test("a window across midnight and across a change of clocks keeps its length") func acrossMidnight() throws {
    let night = try table("2026-03-28", at: 22 * 3600, "FREQ=DAILY").stretches(
      of: TimeSpan(seconds: 6 * 3600), in: day("2026-03-28")...day("2026-03-28"))
    #expect(night.map { "\($0.from.iso) \($0.to.iso)" } == ["2026-03-28T22:00:00Z 2026-03-29T04:00:00Z"])
    // A day is a day of the calendar, so that it ends at the same hour.
    let whole = try table("2026-03-28", at: 22 * 3600, nil).stretches(
      of: TimeSpan(days: 1), in: day("2026-03-28")...day("2026-03-28"))
    #expect(whole.map(\.to.iso) == ["2026-03-29T21:00:00Z"])
  }

  @Test("`except` takes days away, `also` adds times, with the hour of the start where none is given")
  func exceptAndAlso() throws {
    let timetable = try table(
      "2026-01-05", at: 9 * 3600, "FREQ=WEEKLY;BYDAY=MO", except: ["2026-01-12"],
      also: [("2026-01-14", nil), ("2026-01-15", 17 * 3600), ("2026-01-19", nil)])
    let times = timetable.starts(in: try day("2026-01-01")...day("2026-01-26"))
    #expect(
      times.map { "\($0.date.iso) \(($0.secondOfDay ?? 0) / 3600)" } == [
        "2026-01-05 9", "2026-01-14 9", "2026-01-15 17", "2026-01-19 9", "2026-01-26 9",
      ])
  }

  @Test("`UNTIL` as a day holds the day, as a moment in UTC counts to the second") func until() throws {
    #expect(try days("FREQ=DAILY;COUNT=2", from: "2026-01-01", through: "2027-01-01").count == 2)
    let monday = try table("2026-06-01", at: 9 * 3600, "FREQ=DAILY;UNTIL=20260603")
    #expect(monday.starts(in: try day("2026-06-01")...day("2026-07-01")).count == 3)
    // Nine in London in summer is eight in UTC.
    let exact = try table("2026-06-01", at: 9 * 3600, "FREQ=DAILY;UNTIL=20260603T080000Z")
    #expect(exact.starts(in: try day("2026-06-01")...day("2026-07-01")).count == 3)
    let short = try table("2026-06-01", at: 9 * 3600, "FREQ=DAILY;UNTIL=20260603T075959Z")
    #expect(short.starts(in: try day("2026-06-01")...day("2026-07-01")).count == 2)
  }

  @Test(
    "what is no rule says why",
    arguments: [
      ("FREQ=HOURLY", "is wrong"), ("INTERVAL=2", "without `FREQ`"), ("FREQ=DAILY;FREQ=DAILY", "twice"),
      ("FREQ=DAILY;COUNT=3;UNTIL=20260101", "both `COUNT` and `UNTIL`"), ("FREQ=WEEKLY;BYDAY=1MO", "counts weekdays"),
      ("FREQ=WEEKLY;BYMONTHDAY=1", "by the week"), ("FREQ=DAILY;BYSETPOS=1", "nothing to choose from"),
      ("FREQ=DAILY;BYHOUR=9", "unknown part"), ("FREQ=DAILY;INTERVAL=0", "is wrong"), ("FREQ=DAILY;", "has no value"),
      ("FREQ=MONTHLY;BYMONTHDAY=32", "is wrong"), ("FREQ=DAILY;UNTIL=20260230", "is wrong"),
    ])
  func malformed(text: String, words: String) {
    #expect(
      performing: { try RecurrenceRule(text) },
      throws: { "\(($0 as? RecurrenceRule.Malformed)?.what ?? "")".contains(words) })
  }
}
