import Diagnostics
import Model

extension Rule {
  private static let controls = Parameter<[Located<String>]>.texts(
    "controls", "The controls that somebody must give evidence for, such as `[CC7.2]`.")
  private static let within = Parameter<TimeSpan>.duration(
    "within", default: TimeSpan(days: 30), "How soon after the release.")

  static let controlEvidenced = Rule(
    "control-evidenced",
    title: "each control that no rule answers has a document or a statement that somebody signs for",
    why: "Some requirements no program can check; an auditor then wants to see who vouches for it.",
    appliesTo:
      "Every release, where the policy names controls. Evidence of another release of the same period counts too.",
    fix: "Add an entry to `evidence` with `controls`, and either the file or a `statement` with `by`.",
    due: .after { $0.deadline(within: $0[within]) }, parameters: [controls, within],
    bad: RuleExample(
      """
      status: released
      released: 2026-09-01T09:42Z
      evidence:
        - {id: watched, controls: [CC7.2], statement: Dashboards were watched for a day}
      """, setting: "{controls: [CC7.2]}", fault: "CC7.2"),
    good: RuleExample(
      """
      status: released
      released: 2026-09-01T09:42Z
      evidence:
        - {id: watched, controls: [CC7.2], statement: Dashboards were watched for a day, by: ana}
      """, setting: "{controls: [CC7.2]}")
  ) { release in
    let asked = release[controls]
    guard !asked.isEmpty else { return .notApplicable("the policy names no controls for it") }
    var met: [Reason] = []
    var missing: [Reason] = []
    for control in asked {
      let found = release.statements(for: control.value)
      if let entry = found.first(where: \.isSignedOff) {
        met.append(Reason("`\(entry.id.value)` is evidence for `\(control.value)`", at: entry.id.location))
      } else if let entry = found.first {
        missing.append(
          Reason(
            "nobody signs for the statement on `\(control.value)`",
            at: entry.controls.first { $0.value == control.value }?.location ?? entry.location, help: "add `by`"))
      } else {
        missing.append(
          Reason(
            "\(release.name) has no evidence for `\(control.value)`", at: release.place,
            notes: [Diagnostic.Note("the policy asks for it", at: control.location)],
            help: "add an entry to `evidence` with `controls: [\(control.value)]`"))
      }
    }
    return missing.isEmpty ? .passed(met) : .lacking(missing)
  }
}

extension EvidenceEntry {
  /// Whether there is a file, or somebody's name under the statement.
  fileprivate var isSignedOff: Bool { path != nil || url != nil || by != nil }
}

extension RuleCase {
  /// Evidence for a control: of this release, then of other releases in a period of the site that holds it.
  fileprivate func statements(for control: String) -> [EvidenceEntry] {
    let all = facts.statements(for: control)
    let own = all.filter { $0.release == subject.release.id && wasThere($0.entry) }
    if own.contains(where: { $0.entry.isSignedOff }) { return own.map(\.entry) }
    guard let day = subject.deployed.map({ zone.local(of: $0).date }) else { return own.map(\.entry) }
    let periods = ledger.site.periods.filter { $0.from <= day && day <= $0.to }
    let others = all.filter { statement in
      guard statement.release != subject.release.id, let at = statement.entry.at?.value, hasHappened(at) else {
        return false
      }
      let date = at.date(in: zone)
      return periods.contains { $0.from <= date && date <= $0.to }
    }
    return (own + others).map(\.entry)
  }
}
