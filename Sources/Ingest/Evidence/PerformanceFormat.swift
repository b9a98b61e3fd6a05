import Diagnostics
import Model

/// What was measured against limits: `metric,value,unit,limit` as CSV, or as JSON objects with those members.
///
/// A limit is the most that is allowed, or says otherwise: `>= 99.9`.
extension EvidenceReader {
  static let performance = EvidenceReader(
    format: .performance,
    recognises: { content in
      switch content.form {
      case .json(let json): PerformanceJSON.recognises(json.outline)
      case .other: CSVTable.header(of: content.bytes)?.starts(with: ["metric", "value"]) == true
      case .xml: false
      }
    },
    read: { content throws(EvidenceProblem) in
      if case .json = content.form { return try PerformanceJSON.report(content.json()) }
      return EvidenceReport(.measurements(MeasurementReport(measurements: try CSVTable.measurements(content.bytes))))
    })
}

extension MeasurementReport.Limit {
  /// - Returns: `nil` for what is no limit.
  init?(_ text: String) {
    let words = trimmed(text)
    let comparison = [MeasurementReport.Comparison.atMost, .atLeast, .below, .above].first {
      words.hasPrefix($0.rawValue)
    }
    let number = trimmed(String(words.dropFirst(comparison?.rawValue.count ?? 0)))
    guard let value = Double(number), value.isFinite else { return nil }
    self.init(comparison ?? .atMost, value)
  }
}

private enum PerformanceJSON {
  private struct Row: Decodable {
    var metric: String
    var value: Double
    var unit: String?
    var limit: Limit?
  }

  /// A number, or a text that also says which way it limits.
  private struct Limit: Decodable {
    var text: String

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      do {
        text = try value.decode(String.self)
      } catch DecodingError.typeMismatch {
        text = "\(try value.decode(Double.self))"
      }
    }
  }

  private struct Summary: Decodable {
    var metrics: [Row]?
    var measurements: [Row]?
    var tool: String?
    var at: String?
  }

  /// Others have metrics too, among more.
  static func recognises(_ outline: JSONOutline) -> Bool {
    let members: Set = ["metrics", "measurements", "tool", "at"]
    return outline.has("metric", "value")
      || (outline.keys.isSubset(of: members) && !outline.keys.isDisjoint(with: ["metrics", "measurements"]))
  }

  static func report(_ json: JSONEvidence) throws(EvidenceProblem) -> EvidenceReport {
    var summary: Summary
    if json.outline.has("metric") {
      summary = Summary(metrics: json.outline.isArray ? try json.decode([Row].self) : try json.decodeEach(Row.self))
    } else if json.outline.isArray {
      summary = Summary(metrics: try json.decode([Row].self))
    } else {
      summary = try json.decode(Summary.self)
    }
    guard let rows = summary.metrics ?? summary.measurements else {
      throw EvidenceProblem(.unexpectedEvidence, "has neither `metrics` nor `measurements`", at: json.place(of: []))
    }
    var measurements: [MeasurementReport.Measurement] = []
    for row in rows {
      guard let limit = row.limit else {
        measurements.append(
          .init(metric: EvidenceText.name(row.metric), value: row.value, unit: row.unit.map(EvidenceText.name)))
        continue
      }
      guard let read = MeasurementReport.Limit(limit.text) else {
        throw EvidenceProblem(
          .unexpectedEvidence, "has the limit \(quoted(limit.text)) of \(quoted(row.metric)), which is no number")
      }
      measurements.append(
        .init(
          metric: EvidenceText.name(row.metric), value: row.value, unit: row.unit.map(EvidenceText.name), limit: read))
    }
    var report = EvidenceReport(.measurements(MeasurementReport(measurements: measurements)))
    report.tool = summary.tool.map { EvidenceTool(name: EvidenceText.name($0)) }
    report.producedAt = summary.at.flatMap { Moment($0) }
    return report
  }
}

/// A small table of comma-separated values. - Source: RFC 4180.
private enum CSVTable {
  /// The names of the columns, in lower case; `nil` where the first line is not UTF-8.
  static func header(of bytes: [UInt8]) -> [String]? {
    let line = withoutMark(bytes).prefix(1024).prefix { $0 != 0x0A && $0 != 0x0D }
    return String(validating: line, as: UTF8.self)?.split(separator: ",", omittingEmptySubsequences: false)
      .map { trimmed($0.lowercased()) }
  }

  private static func withoutMark(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
  }

  static func measurements(_ bytes: [UInt8]) throws(EvidenceProblem) -> [MeasurementReport.Measurement] {
    let header = header(of: bytes) ?? []
    guard let metric = header.firstIndex(of: "metric"), let value = header.firstIndex(of: "value") else {
      throw EvidenceProblem(
        .unexpectedEvidence, "does not begin with the columns `metric,value,unit,limit`",
        at: EvidenceProblem.Place(line: 1, column: 1))
    }
    let (unit, limit) = (header.firstIndex(of: "unit"), header.firstIndex(of: "limit"))
    var measurements: [MeasurementReport.Measurement] = []
    for row in try rows(withoutMark(bytes)).dropFirst() where row.fields != [""] {
      func problem(_ reason: String) -> EvidenceProblem {
        EvidenceProblem(.malformedEvidence, reason, at: EvidenceProblem.Place(line: row.line, column: 1))
      }
      func field(_ column: Int?) -> String? {
        guard let column, row.fields.indices.contains(column) else { return nil }
        let text = trimmed(row.fields[column])
        return text.isEmpty ? nil : text
      }
      guard row.fields.count <= header.count, let name = field(metric) else {
        throw problem("has a row that is not of the columns")
      }
      guard let measured = field(value).flatMap({ Double($0) }), measured.isFinite else {
        throw problem("has no number as the value of \(quoted(name))")
      }
      var measurement = MeasurementReport.Measurement(
        metric: EvidenceText.name(name), value: measured, unit: field(unit).map(EvidenceText.name))
      if let text = field(limit) {
        guard let read = MeasurementReport.Limit(text) else {
          throw problem("has the limit \(quoted(text)) of \(quoted(name)), which is no number")
        }
        measurement.limit = read
      }
      measurements.append(measurement)
    }
    return measurements
  }

  private struct Row {
    var line: Int
    var fields: [String]
  }

  private static func rows(_ bytes: ArraySlice<UInt8>) throws(EvidenceProblem) -> [Row] {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw EvidenceProblem(.evidenceEncoding, "is not UTF-8", help: "write it as UTF-8")
    }
    var rows: [Row] = []
    var line = 1
    var row = Row(line: 1, fields: [])
    var field: [UInt8] = []
    var isQuoted = false
    var index = bytes.startIndex
    func endField() {
      row.fields.append(String(decoding: field, as: UTF8.self))
      field.removeAll(keepingCapacity: true)
    }
    while index < bytes.endIndex {
      let byte = bytes[index]
      let next = index + 1 < bytes.endIndex ? bytes[index + 1] : 0
      switch byte {
      case UInt8(ascii: "\"") where isQuoted && next == byte:
        field.append(byte)
        index += 1
      case UInt8(ascii: "\"") where isQuoted || field.isEmpty: isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted: endField()
      case 0x0D where !isQuoted && next == 0x0A: break
      case 0x0A where !isQuoted:
        endField()
        rows.append(row)
        line += 1
        row = Row(line: line, fields: [])
      default:
        if byte == 0x0A { line += 1 }
        field.append(byte)
      }
      index += 1
    }
    guard !isQuoted else {
      throw EvidenceProblem(
        .malformedEvidence, "breaks off within the quotation that its last row begins",
        at: EvidenceProblem.Place(line: row.line, column: 1))
    }
    endField()
    rows.append(row)
    return rows
  }
}
