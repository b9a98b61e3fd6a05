import Diagnostics
import Foundation
import Ingest
import Model
import Scheduling
import Testing

/// Holds our occurrences against those of python-dateutil: `Oracle/expect.py` made the table.
@Suite("Occurrences, held against an independent calendar library") struct OccurrenceOracleTests {
  private struct Row {
    var starts: CalendarEntries.LocalStart
    var rule: String
    var count: Int
    var first: String
    var last: String
    var digest: String
  }

  private static let rows: [String: [Row]] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Oracle/occurrences.tsv")
    guard let data = FileManager.default.contents(atPath: file.path) else { return [:] }
    var rows: [String: [Row]] = [:]
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
      let fields = line.split(separator: "\t").map(String.init)
      guard fields.count == 7, let date = CivilDate(fields[1].prefix(10)),
        let hour = Int(fields[1].dropFirst(11).prefix(2)),
        let minute = Int(fields[1].suffix(2)), let count = Int(fields[3])
      else { continue }
      rows[fields[0], default: []].append(
        Row(
          starts: .init(date: date, secondOfDay: hour * 3600 + minute * 60), rule: fields[2], count: count,
          first: fields[4], last: fields[5], digest: fields[6]))
    }
    return rows
  }()

  @Test("the table has two thousand rules over ten zones") func table() {
    #expect(Self.rows.count == 10)
    #expect(Self.rows.values.reduce(0) { $0 + $1.count } == 2000)
  }

  @Test(
    "are the same",
    arguments: [
      "UTC", "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "America/Sao_Paulo",
      "Asia/Kolkata", "Asia/Tokyo", "Australia/Sydney", "Australia/Lord_Howe",
    ])
  func same(zone name: String) throws {
    let zone = try #require(Zone(identifier: name))
    for row in try #require(Self.rows[name]) {
      let place = SourceLocation(file: "t")
      var recurrence = CalendarEntries.Recurrence()
      recurrence.rule = Located(try RecurrenceRule(row.rule), at: place)
      let table = Timetable(starts: row.starts, recurrence: recurrence, zone: zone)
      let days = row.starts.date...row.starts.date + 2200
      let times = table.stretches(of: TimeSpan(), in: days).map { compact($0.from) }
      let summary = "\(times.count) \(times.first ?? "-") \(times.last ?? "-") \(digest(times))"
      #expect(summary == "\(row.count) \(row.first) \(row.last) \(row.digest)", "\(name) \(row.starts) \(row.rule)")
    }
  }

  /// Such as `20270413T2330Z`.
  private func compact(_ moment: Moment) -> String {
    String(moment.iso.utf8.prefix(16).filter { $0 != 0x2D && $0 != 0x3A }.map { Character(Unicode.Scalar($0)) }) + "Z"
  }

  /// FNV-1a.
  private func digest(_ texts: [String]) -> String {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in texts.joined(separator: "\n").utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
