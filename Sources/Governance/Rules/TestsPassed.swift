import Diagnostics
import Model

extension Rule {
  private static let minCases = Parameter<Int>.integer(
    "min_cases", default: 1, "How many test cases must have run, in all reports together.")
  private static let maxSkipped = Parameter<Int?>.integer(
    "max_skipped", "How many test cases may have been skipped, in all reports together; any number by default.")

  static let testsPassed = Rule(
    "tests-passed",
    title: "the tests ran, and none of them failed",
    why: """
      A release that goes out with a test that failed has a known fault or a test that nobody believes; a report \
      without any case shows that nothing was tested.
      """,
    appliesTo: "Every release. Reports of JUnit and attested test results count; totals that a file states do not.",
    fix: """
      Mend what failed, run the tests again on the same commit, and replace the report. See why a report is empty \
      before anything else.
      """,
    due: .candidate, parameters: [minCases, maxSkipped], asks: .evidenceDates,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      evidence:
        - {id: unit, kind: tests, path: content/evidence/gateway/2.4.0/unit.xml, at: 2026-10-19}
      """,
      files: [
        RuleExample.File(
          "evidence/gateway/2.4.0/unit.xml",
          """
          <testsuite name="search" tests="2" failures="0">
            <testcase name="finds" classname="search"/>
            <testcase name="sorts" classname="search"><failure message="a came after b"/></testcase>
          </testsuite>

          """)
      ], fault: "content/evidence/gateway/2.4.0/unit.xml"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      evidence:
        - {id: unit, kind: tests, path: content/evidence/gateway/2.4.0/unit.xml, at: 2026-10-19}
      """,
      files: [
        RuleExample.File(
          "evidence/gateway/2.4.0/unit.xml",
          """
          <testsuite name="search">
            <testcase name="finds" classname="search"/>
            <testcase name="sorts" classname="search"/>
          </testsuite>

          """)
      ])
  ) { release in
    let study = EvidenceStudy(
      of: release, kinds: ["tests"], formats: [.junit], content: { TestSummary($0) })
    var problems: [Reason] = []
    for piece in study.pieces {
      if let problem = piece.content.problem {
        problems.append(Reason("\(piece.name) \(problem)", at: piece.place, help: "see why, and replace the report"))
      }
      guard !piece.content.failed.isEmpty else { continue }
      let count = piece.content.failed.count
      problems.append(
        Reason(
          "\(count) of \(piece.content.ran.of("test")) in \(piece.name) failed: \(piece.content.failed.listed())",
          at: piece.place, help: "mend what failed, and run the tests again"))
    }
    let ran = study.pieces.reduce(0) { $0 + $1.content.ran }
    if let first = study.pieces.first, problems.isEmpty, ran < release[minCases] {
      problems.append(
        Reason(
          "\(ran.of("test")) of \(release.name) ran, and the policy asks for \(release[minCases])", at: first.place,
          notes: [Diagnostic.Note("the policy asks for them", at: release.setting.location(of: minCases))],
          help: "add the missing reports"))
    }
    let skipped = study.pieces.reduce(0) { $0 + $1.content.skipped }
    if let most = release[maxSkipped], skipped > most,
      let worst = study.pieces.max(by: { $0.content.skipped < $1.content.skipped })
    {
      problems.append(
        Reason(
          "of \(release.name) \(skipped.of("test")) did not run, and the policy allows \(most)",
          at: worst.place, help: "run them, or remove those that nobody needs"))
    }
    return study.verdict(
      on: release, noun: "report of tests", problems: problems,
      shown: study.pieces.map { Reason("\($0.name): \($0.content.words)", at: $0.place) })
  }
}

/// What a file says of tests, whatever its format.
private struct TestSummary {
  /// Skipped ones did not run.
  var ran = 0
  var skipped = 0
  var failed: [String] = []
  var flaky: [String] = []
  /// What is wrong with the report as a whole.
  var problem: String?

  init?(_ payload: EvidencePayload) {
    switch payload {
    case .tests(let report): self.init(report)
    case .provenance(let provenance): self.init(provenance)
    default: return nil
    }
  }

  private init(_ report: TestReport) {
    ran = report.counts.cases - report.counts.skipped
    skipped = report.counts.skipped
    failed = report.cases.filter { $0.outcome == .failed || $0.outcome == .errored }.map(\.fullName)
    flaky = report.cases.filter(\.isFlaky).map(\.fullName)
    if report.cases.isEmpty {
      problem = "has no test case, so it shows nothing"
    } else if ran == 0 {
      problem = "has only tests that were skipped, so it shows nothing"
    }
  }

  /// What somebody attests of tests; `nil` where nothing is.
  private init?(_ provenance: Provenance) {
    var count = 0
    for statement in provenance.statements {
      guard case .tests(let tests) = statement.predicate else { continue }
      count += 1
      ran += tests.passed.count + tests.warned.count + tests.failed.count
      failed += tests.failed
      if case .fails(let reason) = statement.signature { problem = "has a signature that does not verify: \(reason)" }
      if tests.result == .failed, tests.failed.isEmpty { problem = problem ?? "says that the tests failed" }
      if tests.passed.isEmpty, tests.warned.isEmpty, tests.failed.isEmpty {
        problem = problem ?? "names no test, so it shows nothing"
      }
    }
    guard count > 0 else { return nil }
  }

  var words: String {
    var words = "\(ran.of("test")) passed"
    if skipped > 0 { words += ", \(skipped) skipped" }
    if !flaky.isEmpty { words += "; flaky: \(flaky.listed())" }
    return words
  }
}

extension TestReport.Case {
  fileprivate var fullName: String {
    let group = className ?? suite
    return group.isEmpty ? name : group + " › " + name
  }
}
