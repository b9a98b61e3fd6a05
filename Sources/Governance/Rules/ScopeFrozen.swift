import Diagnostics
import Model

extension Rule {
  private static let required = Parameter<Bool>.flag(
    "required", default: false, "Whether every release must say when its scope was frozen.")

  static let scopeFrozen = Rule(
    "scope-frozen",
    title: "no change joined after the scope was frozen without an amendment",
    why: "What joins late was planned, reviewed and tested less than the rest.",
    appliesTo: """
      Releases with `scope_frozen`; all, where the policy requires it. With `proven_by: git` the history of the record \
      and of its notes is asked when each change joined; a change is known by its id, or else by its words.
      """,
    fix: "Freeze the scope before it goes out. Record what joined later in `amendments`, with `fields: [changes]`.",
    due: .candidate, parameters: [required], takesProof: true, asksForProof: [.scopes, .origins],
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      scope_frozen: 2026-10-21T17:00Z
      """, fault: "2026-10-21T17:00Z"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      scope_frozen: 2026-10-14T17:00Z
      """, setting: "{proven_by: git}", circumstances: "no commit added a change to the record since 14 October")
  ) { release in
    guard let frozen = release.release.scopeFrozen else {
      guard release[required] else { return .notApplicable("its scope was not frozen") }
      return .failed(
        "\(release.name) does not say when its scope was frozen", at: release.place, help: "add `scope_frozen`")
    }
    guard release.hasHappened(frozen.value) else {
      if release.isOpen {
        return .pending(
          until: frozen.value.lastMoment(in: release.zone), Reason("its scope is not frozen yet", at: frozen.location))
      }
      return .failed(
        "the scope of \(release.name) was frozen on \(frozen.value.words(in: release.zone)), after it went out",
        at: frozen.location, help: "freeze the scope before it goes out")
    }
    let when = frozen.value.words(in: release.zone)
    guard release.setting.provenBy > .record else {
      return .unverifiable(
        Reason(
          "its scope was frozen on \(when), as stated in the record, and no record says what joined since",
          at: frozen.location), need: "set `proven_by: git` for the rule, so that the history of the record is asked")
    }
    return release.judgeHistory(frozen: frozen.location, on: when)
  }
}

extension RuleCase {
  /// Whether an amendment tells of every change that joined since.
  fileprivate func judgeHistory(frozen place: SourceLocation, on when: String) -> Verdict {
    func unknown(_ reason: String, need: String) -> Verdict {
      .unverifiable(Reason("nobody can tell when each change joined, for \(reason)", at: place), need: need)
    }
    if let obstacle = ledger.git.obstacle { return unknown(obstacle.words, need: obstacle.cure) }
    guard let scope = ledger.git.scopes[release.id] else {
      return unknown("no history of the record is known", need: "commit the record")
    }
    if release.notes?.origin == .changelog {
      return unknown("they stand in a changelog", need: "list them in `changes`, or in notes beside the record")
    }
    if release.changes.contains(where: { $0.origin == .commit }) {
      return unknown("they are the subjects of its commits", need: "list them in `changes`")
    }
    guard !scope.late.isEmpty else {
      return .passed("no change joined since its scope was frozen on \(when), as its history shows", at: place)
    }
    let amendment = release.amendments.last { amendment in
      scope.amendments.contains(amendment.location)
        && amendment.fields.contains { ["changes", "notes"].contains($0.value) }
    }
    guard let amendment else {
      return .failed(
        scope.late.map { late in
          let how =
            late.commit.map { "joined with commit `\($0.name)` of \(zone.words(for: $0.committed))" }
            ?? "stands in no commit yet"
          return Reason(
            "the change `\(late.name)` of \(name) \(how), after its scope was frozen on \(when)", at: late.location,
            help: "move it to the next release, or add an amendment with `fields: [changes]`")
        })
    }
    switch proof(of: amendment, changedBy: scope.late.compactMap(\.commit?.author)) {
    case .shown(let words):
      return .passed(
        "\(scope.late.count.of("change")) joined since its scope was frozen on \(when), "
          + "\(scope.late.map(\.name).listed()), and an amendment says so, \(words)", at: amendment.location)
    case .refuted(let words, let help):
      return .failed(
        "changes joined since the scope of \(name) was frozen on \(when), and the amendment that says so \(words)",
        at: amendment.location, help: help)
    case .unknown(let reason, let need):
      return .unverifiable(
        Reason("nobody can tell who committed the amendment, for \(reason)", at: amendment.location), need: need)
    }
  }
}
