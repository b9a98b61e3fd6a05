import Model

/// Which rows of a file stand under which heading, where that takes going through all of them.
struct EvidenceLists: Sendable {
  struct List: Sendable {
    var name: String
    var rows: [Int]
  }

  private(set) var lists: [List] = []

  /// - Returns: `nil` for what is shown as it stands.
  init?(_ payload: EvidencePayload) {
    switch payload {
    case .tests(let report): self.init(report)
    case .findings(let report): self.init(report)
    default: return nil
    }
  }

  /// What failed, what passed after a failure, then the rest by suite.
  init(_ report: TestReport) {
    let cases = report.cases
    var (broken, flaky) = (List(name: "", rows: []), List(name: "", rows: []))
    var suites: [List] = []
    var places: [String: Int] = [:]
    for (row, test) in cases.enumerated() {
      switch test.outcome {
      case .failed, .errored: broken.rows.append(row)
      case .passed where test.isFlaky: flaky.rows.append(row)
      case .passed, .skipped:
        let place = places[test.suite] ?? suites.count
        if place == suites.count {
          places[test.suite] = place
          suites.append(List(name: test.suite, rows: []))
        }
        suites[place].rows.append(row)
      }
    }
    lists = [broken, flaky] + suites
  }

  /// By level, then what is suppressed.
  init(_ report: FindingReport) {
    let levels = FindingReport.Level.allCases
    lists = levels.map { List(name: $0.rawValue, rows: []) } + [List(name: "", rows: [])]
    for (row, finding) in report.findings.enumerated() {
      let place = finding.suppression == nil ? levels.firstIndex(of: finding.level) : nil
      lists[place ?? levels.count].rows.append(row)
    }
  }
}
