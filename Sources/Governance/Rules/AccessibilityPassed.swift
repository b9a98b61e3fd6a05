import Diagnostics
import Model

extension Rule {
  private static let impact = Parameter<AccessibilityReport.Impact>.choice(
    "impact", default: .serious, "The mildest impact that is not accepted.")
  private static let max = Parameter<Int>.integer(
    "max", default: 0, "How many findings of that impact may be left that the engine could not decide.")

  static let accessibilityPassed = Rule(
    "accessibility-passed",
    title: "the pages were checked for accessibility, and no barrier of that impact was found",
    why: """
      A barrier shuts people out, and in many countries it is unlawful; what the engine could not decide is no pass \
      until somebody has looked.
      """,
    appliesTo: "Every release; with `applies`, best only those of products with pages. Results of axe-core count.",
    fix: """
      Remove the barriers and check the pages again. Look at what the engine left undecided, and set `max` to what is \
      left after that.
      """,
    due: .candidate, parameters: [impact, max], asks: .evidenceDates,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      evidence:
        - {id: axe, kind: accessibility, path: content/evidence/gateway/2.4.0/axe.json, at: 2026-10-19}
      """,
      files: [
        RuleExample.File(
          "evidence/gateway/2.4.0/axe.json",
          """
          {"testEngine": {"name": "axe-core", "version": "4.10.0"}, "url": "https://harbor.example/search",
           "passes": [{"id": "html-has-lang", "tags": [], "help": "has a language", "nodes": []}], "incomplete": [],
           "violations": [{"id": "label", "impact": "critical", "tags": ["wcag2a"], "help": "fields have labels",
             "nodes": [{"target": ["input"]}]}]}

          """)
      ], fault: "content/evidence/gateway/2.4.0/axe.json"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      evidence:
        - {id: axe, kind: accessibility, path: content/evidence/gateway/2.4.0/axe.json, at: 2026-10-19}
      """,
      files: [
        RuleExample.File(
          "evidence/gateway/2.4.0/axe.json",
          """
          {"testEngine": {"name": "axe-core", "version": "4.10.0"}, "url": "https://harbor.example/search",
           "passes": [{"id": "label", "tags": [], "help": "fields have labels", "nodes": []}], "incomplete": [],
           "violations": []}

          """)
      ])
  ) { release in
    let study = EvidenceStudy(of: release, kinds: ["accessibility"], formats: [.axe]) { payload in
      if case .accessibility(let report) = payload { report } else { nil }
    }
    let limit = release[impact]
    func counts(_ issue: AccessibilityReport.Issue) -> Bool { issue.impact.map { $0 >= limit } ?? true }
    var problems: [Reason] = []
    var undecided: [(piece: EvidenceStudy<AccessibilityReport>.Piece, issues: [AccessibilityReport.Issue])] = []
    for piece in study.pieces {
      let report = piece.content
      let barriers = report.violations.filter(counts)
      if report.pages.isEmpty || report.passes + report.violations.count == 0 {
        problems.append(
          Reason(
            "\(piece.name) decides nothing, so it shows nothing", at: piece.place,
            help: "see why, and replace the report"))
      } else if !barriers.isEmpty {
        problems.append(
          Reason(
            "\(piece.name) has \(barriers.count.of("barrier")), \(limit.rawValue) or worse: \(names(barriers))",
            at: piece.place,
            notes: barriers.prefix(5).map { Diagnostic.Note("`\($0.rule)` on `\($0.page)`: \($0.help)") },
            help: "remove them, and check the pages again"))
      }
      let open = report.incomplete.filter(counts)
      if !open.isEmpty { undecided.append((piece, open)) }
    }
    let left = undecided.reduce(0) { $0 + $1.issues.count }
    if left > release[max], let first = undecided.first {
      problems.append(
        Reason(
          "\(left.of("finding")) of \(release.name) \(left == 1 ? "is" : "are") undecided, and the policy allows "
            + "\(release[max]): \(names(undecided.flatMap(\.issues)))", at: first.piece.place,
          help: "look at them, and set `max` to what is left"))
    }
    return study.verdict(
      on: release, noun: "check of accessibility", problems: problems,
      shown: study.pieces.map { piece in
        let report = piece.content
        let open = report.incomplete.isEmpty ? "" : "; undecided: \(names(report.incomplete))"
        return Reason(
          "\(piece.name): \(report.pages.count.of("page")) without barriers, \(limit.rawValue) or worse\(open)",
          at: piece.place)
      })
  }

  private static func names(_ issues: [AccessibilityReport.Issue]) -> String {
    var seen: Set<String> = []
    return issues.map(\.rule).filter { seen.insert($0).inserted }.listed()
  }
}
