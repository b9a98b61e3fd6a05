import Diagnostics
import Model

/// Coverage as LCOV traces it.
///
/// - Source: geninfo(1) of LCOV 2, "TRACEFILE FORMAT". Lines and branches are counted; the sums `LF`, `LH`, `BRF` and
///   `BRH` stand in where a file has none of its own.
extension EvidenceReader {
  static let lcov = EvidenceReader(
    format: .lcov,
    recognises: { content in
      guard case .other = content.form else { return false }
      let first = content.bytes.prefix(4096).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
        .first { $0.first != UInt8(ascii: "#") }
      return first.map { $0.starts(with: "TN:".utf8) || $0.starts(with: "SF:".utf8) } ?? false
    },
    read: { content throws(EvidenceProblem) in
      guard let text = String(validating: content.bytes, as: UTF8.self) else {
        throw EvidenceProblem(.evidenceEncoding, "is not UTF-8", help: "write it as UTF-8")
      }
      var walk = LCOVWalk()
      var number = 0
      for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
        number += 1
        let line = line.last == 0x0D ? line.dropLast() : line
        try walk.read(Substring(line), at: number)
      }
      return try walk.report(at: number)
    })
}

private struct LCOVWalk {
  private struct Branch: Hashable {
    var file: Int
    var line: Int
    var name: String
  }

  private var coverage = LineCoverage()
  /// Whether each branch was taken by any test.
  private var branches: [Branch: Bool] = [:]
  private var file: Int?
  private var stated: (lines: CoverageReport.Share, branches: CoverageReport.Share)
  private var sums: [String: Int] = [:]
  private var isEmpty = true

  init() {
    let none = CoverageReport.Share(covered: 0, valid: 0)
    stated = (none, none)
  }

  mutating func read(_ line: Substring, at number: Int) throws(EvidenceProblem) {
    guard !line.isEmpty, line.utf8.first != UInt8(ascii: "#") else { return }
    if line == "end_of_record" {
      endRecord()
      return
    }
    let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
      throw problem("has a line that LCOV does not know", number)
    }
    let fields = parts[1].split(separator: ",", omittingEmptySubsequences: false)
    switch parts[0] {
    case "SF":
      guard file == nil else { throw problem("begins a file before the one before it ends", number) }
      file = coverage.file(String(parts[1]))
      isEmpty = false
    case "DA":
      guard let file, fields.count >= 2, let line = Int(fields[0]), let hits = CoverageCount.number(fields[1]) else {
        throw problem("has a count of a line that is no number", number)
      }
      coverage.addLine(line, of: file, isCovered: hits > 0)
    case "BRDA":
      guard let file, fields.count >= 4, let line = Int(fields[0]), let taken = fields.last else {
        throw problem("has a branch without its four parts", number)
      }
      guard let count = taken == "-" ? 0 : CoverageCount.number(taken) else {
        throw problem("has a count of a branch that is no number", number)
      }
      let branch = Branch(file: file, line: line, name: fields[1..<fields.count - 1].joined(separator: ","))
      branches[branch] = branches[branch] == true || count > 0
    case "LF", "LH", "BRF", "BRH": sums[String(parts[0])] = Int(parts[1])
    default: break
    }
  }

  private mutating func endRecord() {
    file = nil
    stated.lines = stated.lines + CoverageReport.Share(covered: sums["LH"] ?? 0, valid: sums["LF"] ?? 0)
    stated.branches = stated.branches + CoverageReport.Share(covered: sums["BRH"] ?? 0, valid: sums["BRF"] ?? 0)
    sums.removeAll()
  }

  private func problem(_ reason: String, _ line: Int) -> EvidenceProblem {
    EvidenceProblem(.malformedEvidence, reason, at: EvidenceProblem.Place(line: line, column: 1))
  }

  func report(at end: Int) throws(EvidenceProblem) -> EvidenceReport {
    guard file == nil else { throw problem("breaks off before `end_of_record`", end) }
    guard !isEmpty else { throw problem("names no file", end) }
    var all = coverage
    var lines: [Branch: CoverageReport.Share] = [:]
    for (branch, isTaken) in branches {
      let line = Branch(file: branch.file, line: branch.line, name: "")
      let one = CoverageReport.Share(covered: isTaken ? 1 : 0, valid: 1)
      lines[line] = lines[line].map { $0 + one } ?? one
    }
    for (line, share) in lines { all.addBranches(share, at: line.line, of: line.file) }
    var counted = all.report
    if counted.lines.valid == 0 { counted.lines = stated.lines }
    if counted.branches.valid == 0 { counted.branches = stated.branches }
    return EvidenceReport(.coverage(counted))
  }
}
