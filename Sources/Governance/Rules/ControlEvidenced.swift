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
    due: .after { $0.deadline(within: $0[within]) }, parameters: [controls, within], asks: .evidenceDates,
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
        - {id: watched, controls: [CC7.2], statement: Dashboards were watched for a day, by: ana, at: 2026-09-02}
      """, setting: "{controls: [CC7.2]}")
  ) { release in
    let asked = release[controls]
    guard !asked.isEmpty else { return .notApplicable("the policy names no controls for it") }
    var met: [Reason] = []
    var missing: [Reason] = []
    var doubts: [Reason] = []
    for control in asked {
      switch release.answer(for: control.value) {
      case .signed(let entry):
        met.append(Reason("`\(entry.id.value)` is evidence for `\(control.value)`", at: entry.id.location))
      case .undated(let entry): doubts.append(release.doubt(about: entry))
      case .unsigned(let entry):
        missing.append(
          Reason(
            "nobody signs for the statement on `\(control.value)`",
            at: entry.controls.first { $0.value == control.value }?.location ?? entry.location, help: "add `by`"))
      case nil:
        missing.append(
          Reason(
            "\(release.name) has no evidence for `\(control.value)`", at: release.place,
            notes: [Diagnostic.Note("the policy asks for it", at: control.location)],
            help: "add an entry to `evidence` with `controls: [\(control.value)]`"))
      }
    }
    guard missing.isEmpty else { return .lacking(missing) }
    guard let doubt = doubts.first else { return .passed(met) }
    return .unverifiable(doubt, need: doubt.help ?? "add `at` to the entry")
  }
}

/// What there is for a control.
private enum ControlAnswer {
  case signed(EvidenceEntry)
  /// Signed for, and nobody says when.
  case undated(EvidenceEntry)
  case unsigned(EvidenceEntry)
}

extension EvidenceEntry {
  /// Whether there is a file, or somebody's name under the statement.
  fileprivate var isSignedOff: Bool { path != nil || url != nil || by != nil }
}

extension RuleCase {
  /// Evidence of this release, else of other releases in a period of the site that holds it.
  fileprivate func answer(for control: String) -> ControlAnswer? {
    guard let statements = facts.statements(for: control) else { return nil }
    let own = statements.entries(of: subject.release.id).map { (entry: $0, time: timeliness(of: $0)) }
      .filter { $0.time != .late }
    if let signed = own.first(where: { $0.entry.isSignedOff && $0.time == .inTime }) { return .signed(signed.entry) }
    let day = subject.deployed.map { zone.local(of: $0).date }
    let periods = ledger.site.periods.enumerated().filter { _, period in
      day.map { period.from <= $0 && $0 <= period.to } ?? false
    }.map(\.offset)
    func other(where isWanted: (EvidenceEntry) -> Bool) -> EvidenceEntry? {
      for period in periods {
        let found = statements.first(in: period, by: moment, besides: subject.release.id, where: isWanted)
        if let found { return found }
      }
      return nil
    }
    if let entry = other(where: \.isSignedOff) { return .signed(entry) }
    if let undated = own.first(where: \.entry.isSignedOff) { return .undated(undated.entry) }
    return (own.first?.entry ?? other { _ in true }).map { .unsigned($0) }
  }
}
