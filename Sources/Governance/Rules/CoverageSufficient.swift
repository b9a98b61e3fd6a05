import Diagnostics
import Model

extension Rule {
  /// What is counted.
  private enum Measure: String, CaseIterable, Sendable { case lines, branches }

  private static let min = Parameter<Double>.share("min", default: 0.8, "The share that the tests must go through.")
  private static let of = Parameter<Measure>.choice("of", default: .lines, "What is counted.")

  static let coverageSufficient = Rule(
    "coverage-sufficient",
    title: "the tests go through enough of the code",
    why: "A test cannot find a fault in code that it never runs, however green its report is.",
    appliesTo:
      "Every release. The reports of all parts are counted together, so that a small one cannot hide a large one.",
    fix: "Test what the report shows as not covered, or lower `min` for products where that is meant.",
    due: .candidate, parameters: [min, of], asks: .evidenceDates,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      evidence:
        - {id: coverage, kind: coverage, path: content/evidence/gateway/2.4.0/lcov.info, at: 2026-10-19}
      """,
      files: [
        RuleExample.File(
          "evidence/gateway/2.4.0/lcov.info", "TN:\nSF:search.c\nDA:1,4\nDA:2,0\nLF:2\nLH:1\nend_of_record\n")
      ], fault: "content/evidence/gateway/2.4.0/lcov.info"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      evidence:
        - {id: coverage, kind: coverage, path: content/evidence/gateway/2.4.0/lcov.info, at: 2026-10-19}
      """,
      files: [
        RuleExample.File(
          "evidence/gateway/2.4.0/lcov.info", "TN:\nSF:search.c\nDA:1,4\nDA:2,1\nLF:2\nLH:2\nend_of_record\n")
      ])
  ) { release in
    let study = EvidenceStudy(of: release, kinds: ["coverage"], formats: [.cobertura, .jacoco, .lcov]) { payload in
      if case .coverage(let report) = payload { report } else { nil }
    }
    let measure = release[of]
    func share(_ report: CoverageReport) -> CoverageReport.Share {
      switch measure {
      case .lines: report.lines
      case .branches: report.branches
      }
    }
    var problems: [Reason] = []
    for piece in study.pieces where share(piece.content).rate == nil {
      problems.append(
        Reason(
          "\(piece.name) counts no \(measure.rawValue), so it shows nothing", at: piece.place,
          help: "see why, and replace the report"))
    }
    let total = study.pieces.reduce(CoverageReport.Share(covered: 0, valid: 0)) { $0 + share($1.content) }
    let words = total.rate.map { "\(total.covered) of \(total.valid) \(measure.rawValue), \(percent($0)), are covered" }
    if problems.isEmpty, let rate = total.rate, let words, rate < release[min],
      let worst = study.pieces.min(by: { share($0.content).rate ?? 0 < share($1.content).rate ?? 0 })
    {
      problems.append(
        Reason(
          "\(words), and the policy asks for \(percent(release[min]))", at: worst.place,
          notes: [Diagnostic.Note("the policy asks for it", at: release.setting.location(of: min))],
          help: "test what is not covered yet"))
    }
    return study.verdict(
      on: release, noun: "report of coverage", problems: problems,
      shown: [Reason(words ?? "", at: study.pieces.first?.place)])
  }
}

/// Such as `79.9 %`; rounded down, so that what is not enough never looks as if it were.
func percent(_ share: Double) -> String {
  // 0.29 × 1000 is a little less than 290.
  let tenths = Int((share * 1000 + 1e-9).rounded(.down))
  return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
}
