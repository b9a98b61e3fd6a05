import Diagnostics
import Model

extension Rule {
  private static let metrics = Parameter<[Located<String>]>.texts(
    "metrics", "Metrics that must have been measured, each against a limit.")

  static let performanceWithinLimits = Rule(
    "performance-within-limits",
    title: "what was measured is within its limits",
    why:
      "A release that became slow or hungry breaks what customers built on it, though every test of function is green.",
    appliesTo: "Every release; with `applies`, best only those of products whose performance is measured.",
    fix: """
      Mend what became slow, and measure again. Give each metric that matters a `limit` in its file; a metric without \
      one is only listed.
      """,
    due: .candidate, parameters: [metrics], asks: .evidenceDates,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      evidence:
        - {id: load, kind: performance, path: content/evidence/gateway/2.4.0/load.csv, at: 2026-10-19}
      """,
      files: [
        RuleExample.File(
          "evidence/gateway/2.4.0/load.csv",
          "metric,value,unit,limit\nlatency-p95,480,ms,300\nthroughput,900,1/s,>= 800\n")
      ], fault: "content/evidence/gateway/2.4.0/load.csv"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      evidence:
        - {id: load, kind: performance, path: content/evidence/gateway/2.4.0/load.csv, at: 2026-10-19}
      """,
      files: [
        RuleExample.File(
          "evidence/gateway/2.4.0/load.csv",
          "metric,value,unit,limit\nlatency-p95,240,ms,300\nthroughput,900,1/s,>= 800\n")
      ])
  ) { release in
    let study = EvidenceStudy(of: release, kinds: ["performance"], formats: [.performance]) { payload in
      if case .measurements(let report) = payload { report } else { nil }
    }
    var problems: [Reason] = []
    var judged: Set<String> = []
    for piece in study.pieces {
      let limited = piece.content.measurements.filter { $0.limit != nil }
      judged.formUnion(limited.map(\.metric))
      if limited.isEmpty {
        problems.append(
          Reason(
            "\(piece.name) measures nothing against a limit, so it shows nothing", at: piece.place,
            help: "add the limits, or replace the report"))
      }
      for measured in limited where measured.isWithinLimit == false {
        problems.append(
          Reason("\(measured.words), in \(piece.name)", at: piece.place, help: "mend it, and measure again"))
      }
    }
    if !study.pieces.isEmpty {
      for metric in release[metrics] where !judged.contains(metric.value) {
        problems.append(
          Reason(
            "nothing measures `\(metric.value)` of \(release.name) against a limit", at: study.pieces[0].place,
            notes: [Diagnostic.Note("the policy asks for it", at: release.setting.location(of: metrics))],
            help: "measure it"))
      }
    }
    return study.verdict(
      on: release, noun: "measurement of performance", problems: problems,
      shown: study.pieces.map { piece in
        let open = piece.content.measurements.filter { $0.limit == nil }.map(\.metric)
        let limited = piece.content.measurements.filter { $0.limit != nil }
        let rest = open.isEmpty ? "" : "; without a limit: \(open.listed())"
        return Reason(
          "\(piece.name): \(limited.map(\.words).prefix(5).joined(separator: "; "))\(rest)", at: piece.place)
      })
  }
}

extension MeasurementReport.Measurement {
  fileprivate var words: String {
    let unit = unit.map { " " + $0 } ?? ""
    let limit = limit.map { "; the limit is \($0.comparison.rawValue) \(plain($0.value))\(unit)" } ?? ""
    return "`\(metric)` is \(plain(value))\(unit)\(limit)"
  }

  /// Without decimals where there are none.
  private func plain(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : "\(number)"
  }
}
