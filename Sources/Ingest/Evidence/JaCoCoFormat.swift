import Diagnostics
import Model

/// Coverage as JaCoCo writes it.
///
/// - Source: report.dtd 1.1 of JaCoCo. Shares are counted from the source files; without any, from the packages or the
///   whole.
extension EvidenceReader {
  static let jacoco = EvidenceReader(
    format: .jacoco,
    recognises: { content in content.root?.name == "report" && content.root?.attributes.contains("name=") == true },
    read: { content throws(EvidenceProblem) in
      let walk = JaCoCoWalk()
      try XMLEvents.read(content.bytes, into: walk)
      return try walk.report
    })
}

private final class JaCoCoWalk: XMLHandler {
  private static let none = CoverageReport.Share(covered: 0, valid: 0)

  private var open: [String] = []
  private var package = ""
  private var files: [CoverageReport.File] = []
  private var packages = CoverageReport.File(path: "", lines: none, branches: none)
  private var whole = CoverageReport.File(path: "", lines: none, branches: none)
  private var hasCounters = false
  private var producedAt: Moment?

  func begin(_ tag: XMLTag) throws(EvidenceProblem) {
    if open.isEmpty, tag.name != "report" {
      throw EvidenceProblem(.unexpectedEvidence, "begins with \(quoted(tag.name)) and not with `report`")
    }
    switch tag.name {
    case "sessioninfo":
      // The latest of the runs, in milliseconds.
      guard let dump = tag.count("dump") else { break }
      let moment = Moment(seconds: dump / 1000)
      producedAt = max(producedAt ?? moment, moment)
    case "package": package = tag["name"] ?? ""
    case "sourcefile":
      let path = (package.isEmpty ? "" : package + "/") + (tag["name"] ?? "")
      files.append(
        CoverageReport.File(path: EvidenceText.name(path), lines: JaCoCoWalk.none, branches: JaCoCoWalk.none))
    case "counter": try count(tag)
    default: break
    }
    open.append(tag.name)
  }

  private func count(_ tag: XMLTag) throws(EvidenceProblem) {
    hasCounters = true
    let type = tag["type"]
    guard type == "LINE" || type == "BRANCH" else { return }
    guard let missed = tag.count("missed"), let covered = tag.count("covered") else {
      throw EvidenceProblem(.unexpectedEvidence, "has a counter without numbers")
    }
    let share = CoverageReport.Share(covered: covered, valid: covered + missed)
    let isLine = type == "LINE"
    switch open.last {
    case "sourcefile": files[files.count - 1][isLine: isLine] = share
    case "package": packages[isLine: isLine] = packages[isLine: isLine] + share
    case "report": whole[isLine: isLine] = share
    default: break
    }
  }

  func end(_ name: String) { open.removeLast() }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

  var report: EvidenceReport {
    get throws(EvidenceProblem) {
      // Other tools write a `report` too.
      guard hasCounters || producedAt != nil else {
        throw EvidenceProblem(.unexpectedEvidence, "has neither counters nor sessions of JaCoCo")
      }
      let lines = files.reduce(JaCoCoWalk.none) { $0 + $1.lines }
      let branches = files.reduce(JaCoCoWalk.none) { $0 + $1.branches }
      let coverage = CoverageReport(
        lines: [lines, packages.lines, whole.lines].first { $0.valid > 0 } ?? JaCoCoWalk.none,
        branches: [branches, packages.branches, whole.branches].first { $0.valid > 0 } ?? JaCoCoWalk.none,
        files: files.sorted { precedesInBytes($0.path, $1.path) })
      var report = EvidenceReport(.coverage(coverage))
      report.producedAt = producedAt
      report.tool = EvidenceTool(name: "JaCoCo")
      return report
    }
  }
}

extension CoverageReport.File {
  fileprivate subscript(isLine isLine: Bool) -> CoverageReport.Share {
    get { isLine ? lines : branches }
    set { if isLine { lines = newValue } else { branches = newValue } }
  }
}
