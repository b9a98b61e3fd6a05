import Diagnostics
import Model

extension Rule {
  static let gateHonoured = Rule(
    "gate-honoured",
    title: "the gate let it pass before it went to production, or somebody answers for passing it by",
    why: "A gate that can be walked around without a trace is no gate.",
    appliesTo: "Releases that went to production.",
    fix: """
      Run `gazette gate` in the pipeline before the deployment, and keep its verdict in `gates`. For a bypass say who decided it and why.
      """,
    due: .everAfter,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      gates:
        - {verdict: failed, at: 2026-10-20T08:00Z, by: ana}
      """, fault: "failed"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      gates:
        - {verdict: failed, at: 2026-10-19T08:00Z, by: ana}
        - {verdict: passed, at: 2026-10-20T08:00Z, by: ana}
      """)
  ) { release in
    guard let deployed = release.subject.deployed else {
      return .unverifiable(
        Reason("nobody says when \(release.name) went to production", at: release.place), need: "state `released`")
    }
    let gates = release.release.gates.filter { gate in
      gate.environment.map { release.isProduction($0.value) } ?? true
    }
    let asked = gates.filter { $0.at.value.start(in: release.zone) <= deployed }
    let last = asked.enumerated().max { a, b in
      let (x, y) = (a.element.at.value.start(in: release.zone), b.element.at.value.start(in: release.zone))
      return x == y ? a.offset < b.offset : x < y
    }?.element
    // Who answers for passing it by may say so later.
    let bypass = gates.first { gate in
      gate.verdict.value == .bypassed && release.hasHappened(gate.at.value) && gate.by != nil
        && gate.reason?.isEmpty == false
    }
    if last?.verdict.value != .passed, let bypass, bypass.location != last?.location {
      return .passed(
        "the gate was passed by, as `\(bypass.by?.value ?? "")` says on \(bypass.at.value.words(in: release.zone)): "
          + (bypass.reason ?? ""), at: bypass.verdict.location)
    }
    guard let last else {
      let late = gates.first
      return .failed(
        late == nil
          ? "nobody asked the gate before \(release.name) went to production"
          : "the gate was asked after \(release.name) went to production", at: late?.at.location ?? release.place,
        help: "run `gazette gate` before the deployment, and keep its verdict in `gates`")
    }
    let when = last.at.value.words(in: release.zone)
    switch last.verdict.value {
    case .passed:
      if let committed = release.release.committed, last.at.value.end(in: release.zone) < committed {
        return .failed(
          "the gate let \(release.name) pass on \(when), before its last commit", at: last.at.location,
          help: "ask the gate again after the last commit")
      }
      return .passed("the gate let it pass on \(when), as stated in the record", at: last.verdict.location)
    case .bypassed:
      let by = last.by.map { " by `\($0.value)`" } ?? ""
      return .passed(
        "the gate was passed by\(by) on \(when): \(last.reason ?? "no reason stated")", at: last.verdict.location)
    case .failed:
      return .failed(
        "the gate did not let \(release.name) pass on \(when), and it went to production", at: last.verdict.location,
        help: "record the bypass with `verdict: bypassed`, `by` and `reason`, and find out how it came about")
    }
  }
}
