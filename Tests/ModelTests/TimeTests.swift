import Foundation
import Model
import TestSupport
import Testing

@Suite("Time")
struct TimeTests {
  @Test("Days agree with the calendar of Foundation over four centuries")
  func daysAgreeWithFoundation() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    for dayNumber in stride(from: -80_000, through: 80_000, by: 13) {
      let parts = calendar.dateComponents(
        [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: TimeInterval(dayNumber) * 86_400))
      let date = CivilDate(dayNumber: dayNumber)
      let (year, month, day) = date.yearMonthDay
      #expect([year, month, day] == [parts.year, parts.month, parts.day])
      #expect(
        CivilDate(year: date.yearMonthDay.year, month: date.yearMonthDay.month, day: date.yearMonthDay.day) == date)
      #expect(date.isoWeekday % 7 + 1 == parts.weekday)
    }
  }

  @Test(
    "Days that do not exist are refused",
    arguments: [
      "2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-1", "2026-01-01T00:00Z", "",
      "0000-01-01",
    ])
  func impossibleDays(text: String) {
    #expect(CivilDate(text) == nil)
  }

  @Test("A leap day exists in leap years") func leapDay() { #expect(CivilDate("2028-02-29")?.iso == "2028-02-29") }

  @Test(
    "Moments are read with their offset",
    arguments: [
      ("2026-11-02T09:00Z", "2026-11-02T09:00:00Z"), ("2026-11-02T09:00:30+01:00", "2026-11-02T08:00:30Z"),
      ("2026-01-01T00:15-05:30", "2026-01-01T05:45:00Z"), ("2026-01-01T00:00:59.123Z", "2026-01-01T00:00:59Z"),
      ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
    ])
  func moments(text: String, expected: String) {
    #expect(Moment(text)?.iso == expected)
  }

  @Test(
    "What is no moment is refused",
    arguments: [
      "2026-11-02T09:00", "2026-11-02", "2026-11-02T24:00Z", "2026-11-02T09:60Z", "2026-11-02T09:00+1",
      "2026-02-30T09:00Z", "2026-11-02T09:00Zx", "2026-11-02T09:00:00.Z",
    ])
  func noMoments(text: String) {
    #expect(Moment(text) == nil)
  }

  @Test("Local times keep their hour; one in a gap moves forward, one that comes twice is the first")
  func daylightSaving() throws {
    let london = try #require(Zone(identifier: "Europe/London"))
    let spring = try #require(CivilDate("2026-03-29"))
    let autumn = try #require(CivilDate("2026-10-25"))
    #expect(london.moment(of: spring, secondOfDay: 9 * 3600).iso == "2026-03-29T08:00:00Z")
    #expect(london.moment(of: spring, secondOfDay: 5400).iso == "2026-03-29T01:30:00Z")
    #expect(london.moment(of: autumn, secondOfDay: 5400).iso == "2026-10-25T00:30:00Z")
    #expect(london.moment(of: autumn, secondOfDay: 10_800).iso == "2026-10-25T03:00:00Z")
    let (date, second, offset) = london.local(of: try #require(Moment("2026-07-01T23:30Z")))
    #expect((date.iso, second, offset) == ("2026-07-02", 1800, 3600))
  }

  @Test("Zones give back the local time that they were asked for")
  func zonesRoundTrip() throws {
    var random = SeededGenerator(seed: 3)
    for name in ["America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "UTC"] {
      let zone = try #require(Zone(identifier: name))
      for _ in 0..<300 {
        let date = CivilDate(dayNumber: Int.random(in: 14_000...22_000, using: &random))
        let local = zone.local(of: zone.moment(of: date, secondOfDay: 43_200))
        #expect(local.date == date || name == "Pacific/Apia")
        #expect(local.secondOfDay == 43_200)
      }
    }
  }

  @Test("A day covers all of itself in its zone")
  func wholeDays() throws {
    let zone = try #require(Zone(identifier: "Europe/London"))
    let day = try #require(When("2026-10-25"))
    #expect(day.start(in: zone).iso == "2026-10-24T23:00:00Z")
    #expect(day.end(in: zone).iso == "2026-10-26T00:00:00Z")
    #expect(day.words(in: zone) == "25 October 2026")
    #expect(When("2026-07-01T09:00Z")?.words(in: zone) == "1 July 2026, 10:00 UTC+1")
  }

  @Test(
    "Durations are read",
    arguments: [("PT3H", 0, 0, 10_800), ("P6D", 0, 6, 0), ("P1Y2M3W4DT5H6M7S", 14, 25, 18_367), ("PT90M", 0, 0, 5400)])
  func durations(text: String, months: Int, days: Int, seconds: Int) {
    #expect(TimeSpan(text) == TimeSpan(months: months, days: days, seconds: seconds))
  }

  @Test(
    "What is no duration is refused",
    arguments: ["", "P", "PT", "3H", "P3H", "PT3", "P1D2Y", "P-1D", "PT1H30", "P1.5D"])
  func noDurations(text: String) {
    #expect(TimeSpan(text) == nil)
  }
}
