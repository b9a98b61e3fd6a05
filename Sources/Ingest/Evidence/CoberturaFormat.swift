import Diagnostics
import Model

/// Coverage as Cobertura writes it, and gcovr, coverlet, coverage.py and others in its form.
///
/// - Source: coverage-04.dtd of Cobertura. Shares are counted from the lines, for the sums are often missing or `NaN`.
extension EvidenceReader {
  static let cobertura = EvidenceReader(
    format: .cobertura,
    // Clover has a root of the same name, which names it.
    recognises: { content in content.root?.name == "coverage" && content.root?.attributes.contains("clover=") != true },
    read: { content throws(EvidenceProblem) in
      let walk = CoberturaWalk()
      try XMLEvents.read(content.bytes, into: walk)
      return walk.report
    })
}

private final class CoberturaWalk: XMLHandler {
  private var coverage = LineCoverage()
  private var hasBegun = false
  private var file: Int?
  private var stated = CoverageReport(
    lines: CoverageReport.Share(covered: 0, valid: 0), branches: CoverageReport.Share(covered: 0, valid: 0), files: [])
  private var producedAt: Moment?

  func begin(_ tag: XMLTag) throws(EvidenceProblem) {
    if !hasBegun {
      guard tag.name == "coverage" else {
        throw EvidenceProblem(.unexpectedEvidence, "begins with \(quoted(tag.name)) and not with `coverage`")
      }
      hasBegun = true
      producedAt = tag["timestamp"].flatMap(CoberturaWalk.moment)
      stated.lines = CoverageReport.Share(
        covered: tag.count("lines-covered") ?? 0, valid: tag.count("lines-valid") ?? 0)
      stated.branches = CoverageReport.Share(
        covered: tag.count("branches-covered") ?? 0, valid: tag.count("branches-valid") ?? 0)
    } else if tag.name == "class" {
      file = (tag["filename"] ?? tag["name"]).map { coverage.file($0) }
    } else if tag.name == "line", let file {
      guard let number = tag.count("number") else {
        throw EvidenceProblem(.unexpectedEvidence, "has a line without its number")
      }
      coverage.addLine(number, of: file, isCovered: CoverageCount.isPositive(tag["hits"] ?? ""))
      guard let conditions = tag["condition-coverage"] else { return }
      if let share = CoberturaWalk.share(conditions) { coverage.addBranches(share, at: number, of: file) }
    }
  }

  func end(_ name: String) {
    if name == "class" { file = nil }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

  /// Reads `50% (1/2)`.
  private static func share(_ text: String) -> CoverageReport.Share? {
    let inside = text.split(separator: "(").last?.split(separator: ")").first?.split(separator: "/") ?? []
    guard inside.count == 2, let covered = Int(inside[0]), let valid = Int(inside[1]), covered >= 0, valid >= 0 else {
      return nil
    }
    return CoverageReport.Share(covered: covered, valid: valid)
  }

  /// Reads seconds or milliseconds since 1970.
  private static func moment(_ text: String) -> Moment? {
    guard let number = Double(text), number > 0, number < 1e15 else { return nil }
    return Moment(seconds: Int(number >= 1e11 ? number / 1000 : number))
  }

  var report: EvidenceReport {
    var counted = coverage.report
    if counted.lines.valid == 0 { counted.lines = stated.lines }
    if counted.branches.valid == 0 { counted.branches = stated.branches }
    var report = EvidenceReport(.coverage(counted))
    report.producedAt = producedAt
    return report
  }
}

/// How often a line was run, as tools write it.
enum CoverageCount {
  static func isPositive(_ text: String) -> Bool { number(text).map { $0 > 0 } ?? false }

  /// Whole, with a fraction or an exponent, for counts outgrow whole numbers; `nil` for anything else.
  static func number(_ text: some StringProtocol) -> Double? {
    guard text.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }) else {
      return nil
    }
    return Double(text)
  }
}
