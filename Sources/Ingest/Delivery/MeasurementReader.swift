import Diagnostics
import Model

/// Reads a file of `metrics/`: `date,metric,value`, one measurement a line.
///
/// - Source: RFC 4180; quotes around a field are understood, line ends inside of one are not.
struct MeasurementReader {
  let file: String
  let declared: [String]
  let asOf: Moment
  let zone: Zone
  private var values: [String: [Int: (value: Double, location: SourceLocation)]] = [:]
  private var missing: [String: Int] = [:]
  private var undeclared: Set<String> = []

  init(file: String, declared: [String], asOf: Moment, zone: Zone) {
    (self.file, self.declared, self.asOf, self.zone) = (file, declared, asOf, zone)
  }

  mutating func series(in text: String, into report: inout Report) -> [MeasuredSeries] {
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
    while lines.last?.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) == true { lines.removeLast() }
    guard let head = lines.first else { return [] }
    let names = fields(of: head).map { $0.text.lowercased() }
    guard names == ["date", "metric", "value"] else {
      let separator = [(UInt8(ascii: ";"), ";"), (0x09, "a tab"), (UInt8(ascii: "|"), "|")].first {
        head.contains($0.0)
      }?.1
      report.error(
        .malformedMeasurement,
        separator.map { "the fields are separated by \($0 == "a tab" ? $0 : "`\($0)`"), not by commas" }
          ?? "the first line is \(quoted(String(decoding: head, as: UTF8.self))), not `date,metric,value`",
        at: place(1, 1, length: max(1, head.count)), help: "write `date,metric,value`, and commas in every line")
      return []
    }
    for (index, line) in lines.enumerated().dropFirst() { read(line, number: index + 1, into: &report) }
    return values.keys.sorted(by: precedesInBytes).map { metric in
      var series = MeasuredSeries(
        metric,
        (values[metric] ?? [:]).sorted { $0.key < $1.key }.map {
          MeasuredSeries.Measurement(date: CivilDate(dayNumber: $0.key), value: $0.value.value)
        })
      series.missing = missing[metric] ?? 0
      return series
    }
  }

  private func place(_ line: Int, _ column: Int, length: Int = 1) -> SourceLocation {
    SourceLocation(file: file, line: line, column: column, length: length)
  }

  private mutating func read(_ line: [UInt8], number: Int, into report: inout Report) {
    guard line.contains(where: { $0 != 0x20 && $0 != 0x0D }) else { return }
    let fields = fields(of: line)
    guard fields.count == 3 else {
      report.error(
        .malformedMeasurement, "the line has \(fields.count) fields, not 3", at: place(number, 1, length: line.count),
        help: "write the day, the name and the value, with a point in the number")
      return
    }
    guard let date = CivilDate(fields[0].text) else {
      report.error(
        .malformedMeasurement, "\(quoted(fields[0].text)) is not a day", at: fields[0].place(in: file, line: number),
        help: "write it as `2026-11-03`")
      return
    }
    let metric = fields[1].text
    if !declared.contains(metric), undeclared.insert(metric).inserted {
      report.warning(
        .undeclaredMetric, "gazette.yml declares no metric \(quoted(metric))",
        at: fields[1].place(in: file, line: number),
        help: suggestion(for: metric, among: declared) ?? "declare it under `metrics`")
    }
    guard !fields[2].text.isEmpty else {
      missing[metric, default: 0] += 1
      report.warning(
        .missingMeasurement, "\(date.iso) has no value of `\(metric)`", at: place(number, 1, length: line.count),
        help: "add the value, or remove the line")
      return
    }
    guard let value = Double(fields[2].text), value.isFinite else {
      report.error(
        .malformedMeasurement, "\(quoted(fields[2].text)) is not a number", at: fields[2].place(in: file, line: number),
        help: "write it as `99.93`")
      return
    }
    guard zone.moment(of: date) <= asOf else {
      report.error(
        .futureFact, "the measurement is dated \(date.iso), after the as-of \(asOf.iso)",
        at: fields[0].place(in: file, line: number), help: "correct the day, or build with a later `--as-of`")
      return
    }
    if let first = values[metric]?[date.dayNumber] {
      report.warning(
        .repeatedMeasurement,
        "`\(metric)` of \(date.iso) is \(quoted(fields[2].text)) here"
          + (first.value == value ? ", as before" : " and something else before"),
        at: place(number, 1, length: line.count), notes: [Diagnostic.Note("the first is", at: first.location)],
        help: "keep one of the two lines")
      return
    }
    values[metric, default: [:]][date.dayNumber] = (value, place(number, 1))
  }

  private struct FieldText {
    var text: String
    var column: Int

    func place(in file: String, line: Int) -> SourceLocation {
      SourceLocation(file: file, line: line, column: column, length: max(1, text.unicodeScalars.count))
    }
  }

  private func fields(of line: [UInt8]) -> [FieldText] {
    var fields: [FieldText] = []
    var bytes: [UInt8] = []
    var start = 1
    var isQuoted = false
    for (index, byte) in line.enumerated() where byte != 0x0D {
      if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if byte == UInt8(ascii: ","), !isQuoted {
        fields.append(FieldText(text: trimmed(bytes), column: start))
        (bytes, start) = ([], index + 2)
      } else {
        bytes.append(byte)
      }
    }
    fields.append(FieldText(text: trimmed(bytes), column: start))
    return fields
  }

  private func trimmed(_ bytes: [UInt8]) -> String {
    let start = bytes.firstIndex { $0 != 0x20 } ?? bytes.endIndex
    let end = bytes.lastIndex { $0 != 0x20 }.map { $0 + 1 } ?? start
    return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }
}
