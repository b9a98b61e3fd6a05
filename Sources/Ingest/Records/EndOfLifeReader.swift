import Diagnostics
import Foundation
import Model

extension EndOfLife {
  /// The cycles in a file of endoflife.date's format; `nil` when something in it is wrong.
  init?(_ file: TextFile, component: String, into report: inout Report) {
    do {
      let cycles = try JSONDecoder().decode([CycleEntry].self, from: Data(file.text.utf8))
      var isWhole = true
      for (index, cycle) in cycles.enumerated() {
        for (key, date) in cycle.dates where CivilDate(date) == nil {
          report.error(
            .malformedTime, "`\(key)` of entry \(index + 1) is \(quoted(date)), not a day",
            at: EndOfLife.place(of: date, in: file), help: "write it as `2029-10-31`")
          isWhole = false
        }
      }
      guard isWhole else { return nil }
      self.init(component: component, cycles: cycles.map(\.cycleOfModel))
    } catch let error as DecodingError {
      report.error(
        .malformedJSON, EndOfLife.message(for: error), at: SourceLocation(file: file.path),
        help: "write a list of objects with `cycle`, `releaseDate`, `eol`, `latest` and `lts`")
      return nil
    } catch {
      report.error(.malformedJSON, "not JSON: \(error)", at: SourceLocation(file: file.path))
      return nil
    }
  }

  /// The first place where the text stands in quotes, which is right unless it is there twice.
  private static func place(of text: String, in file: TextFile) -> SourceLocation {
    for (index, line) in file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard let range = line.firstRange(of: "\"\(text)\"") else { continue }
      let column = line[..<range.lowerBound].unicodeScalars.count + 1
      return SourceLocation(
        file: file.path, line: index + 1, column: column, length: text.unicodeScalars.count + 2)
    }
    return SourceLocation(file: file.path)
  }

  private static func message(for error: DecodingError) -> String {
    func path(_ context: DecodingError.Context) -> String {
      context.codingPath.map { key in key.intValue.map { "entry \($0 + 1)" } ?? "`\(key.stringValue)`" }.joined(
        separator: ", ")
    }
    switch error {
    case .keyNotFound(let key, let context):
      return "\(path(context).isEmpty ? "an entry" : path(context)) lacks `\(key.stringValue)`"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "\(path(context).isEmpty ? "the file" : path(context)) has the wrong form"
    default:
      return "the file is not JSON"
    }
  }
}

/// An element of the list. - Source: endoflife.date API v0, `/api/{product}.json`.
private struct CycleEntry: Decodable {
  let cycle: String
  let releaseDate: String?
  let eol: DateOrFlag?
  let latest: String?
  let isLongTerm: Bool

  enum DateOrFlag {
    case date(String)
    case flag(Bool)
  }

  enum Key: String, CodingKey { case cycle, releaseDate, eol, latest, lts }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    // Cycles such as 18 are sometimes written as numbers.
    do { cycle = try values.decode(String.self, forKey: .cycle) } catch DecodingError.typeMismatch {
      let number = try values.decode(Double.self, forKey: .cycle)
      cycle = number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
    }
    releaseDate = try values.decodeIfPresent(String.self, forKey: .releaseDate)
    eol = try CycleEntry.dateOrFlag(values, .eol)
    latest = try values.decodeIfPresent(String.self, forKey: .latest)
    isLongTerm =
      switch try CycleEntry.dateOrFlag(values, .lts) {
      case .flag(let flag): flag
      // A date says when long-term support begins.
      case .date: true
      case nil: false
      }
  }

  private static func dateOrFlag(_ values: KeyedDecodingContainer<Key>, _ key: Key) throws -> DateOrFlag? {
    guard values.contains(key), try !values.decodeNil(forKey: key) else { return nil }
    do { return .flag(try values.decode(Bool.self, forKey: key)) } catch DecodingError.typeMismatch {
      return .date(try values.decode(String.self, forKey: key))
    }
  }

  var dates: [(key: String, date: String)] {
    var dates: [(key: String, date: String)] = []
    if let releaseDate { dates.append(("releaseDate", releaseDate)) }
    if case .date(let date)? = eol { dates.append(("eol", date)) }
    return dates
  }

  var cycleOfModel: EndOfLife.Cycle {
    var result = EndOfLife.Cycle(cycle: cycle)
    result.released = releaseDate.flatMap { CivilDate($0) }
    result.end =
      switch eol {
      case .date(let date): CivilDate(date).map(EndOfLife.Cycle.End.on)
      case .flag(let flag): .ended(flag)
      case nil: nil
      }
    result.latest = latest
    result.isLongTerm = isLongTerm
    return result
  }
}
