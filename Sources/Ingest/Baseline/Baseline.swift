package import Diagnostics
package import Model

/// Findings that do not count for the exit status for a while, each for a reason.
package struct Baseline: Sendable {
  package struct Entry: Hashable, Sendable {
    package var finding: FindingKey
    /// How many that are alike it accepts.
    package var count: Int
    package var reason: String
    /// The last day on which it counts.
    package var expires: CivilDate
    package var location: SourceLocation
  }

  package var entries: [Entry]

  /// - Parameters:
  ///   - bytes: Of a YAML file.
  ///   - path: As the report shows it.
  /// - Returns: `nil` when something in it is wrong, which the report then says.
  package init?(_ bytes: [UInt8], path: String, into report: inout Report) {
    let text: String
    switch decodedText(bytes) {
    case .text(let decoded): text = decoded
    case .undecodable(let line, let column, let guess):
      report.add(.notUTF8(path, line: line, column: column, guess: guess))
      return nil
    }
    var check = ShapeCheck()
    let read = check.value(of: TextFile(path: path, text: text), as: .list(of: BaselineFields.shape))
    report.merge(check.report)
    guard !check.report.hasErrors else { return nil }
    entries = read?.map(\.value) ?? []
  }

  /// The report with what the entries accept marked as such, and with what is to be said of the entries.
  /// - Parameters:
  ///   - judgedAt: The moment that the site is true for, which says what has expired.
  ///   - isWhole: Whether the report has all that is found, so that an entry which matches nothing is not needed.
  package func accepting(_ report: Report, judgedAt: (moment: Moment, zone: Zone), isWhole: Bool) -> Report {
    let today = judgedAt.zone.local(of: judgedAt.moment).date
    var left: [FindingKey: [(entry: Entry, count: Int)]] = [:]
    for entry in entries where entry.expires >= today { left[entry.finding, default: []].append((entry, entry.count)) }
    var used: Set<SourceLocation> = []
    var accepted = report.map { diagnostic in
      let key = diagnostic.key
      guard diagnostic.severity != .info, let position = left[key]?.firstIndex(where: { $0.count > 0 }) else {
        return diagnostic
      }
      left[key]?[position].count -= 1
      guard let entry = left[key]?[position].entry else { return diagnostic }
      used.insert(entry.location)
      var diagnostic = diagnostic
      diagnostic.acceptance = Diagnostic.Note(
        "\(entry.reason) (until \(entry.expires.iso))", at: entry.location)
      return diagnostic
    }
    let found = Set(report.diagnostics.map(\.key))
    for entry in entries where !used.contains(entry.location) {
      if entry.expires < today, found.contains(entry.finding) {
        accepted.add(.expired(entry))
      } else if isWhole {
        accepted.add(.idle(entry))
      }
    }
    return accepted
  }
}

extension Diagnostic {
  fileprivate static func expired(_ entry: Baseline.Entry) -> Diagnostic {
    .warning(
      .expiredAcceptance, "the entry for `\(entry.finding.code)` expired on \(entry.expires.iso) and no longer counts",
      at: entry.location, help: "mend what was found, or give it a new day and say why")
  }

  fileprivate static func idle(_ entry: Baseline.Entry) -> Diagnostic {
    .warning(
      .idleAcceptance, "the entry for `\(entry.finding.code)` matches no finding", at: entry.location,
      help: "remove it")
  }
}
