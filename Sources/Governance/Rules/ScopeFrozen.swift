import Diagnostics
import Model

extension Rule {
  private static let required = Parameter<Bool>.flag(
    "required", default: false, "Whether every release must say when its scope was frozen.")

  static let scopeFrozen = Rule(
    "scope-frozen",
    title: "no change joined after the scope was frozen without an amendment",
    why: "What joins late was planned, reviewed and tested less than the rest.",
    appliesTo: "Releases with `scope_frozen`; all, where the policy requires it.",
    fix: "Freeze the scope before it goes out. Record what joined later in `amendments`, with `fields: [changes]`.",
    due: .candidate, parameters: [required],
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
      """, circumstances: "and no commit after 14 October 2026, 17:00 that adds a change to the record")
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
    return .unverifiable(
      Reason("when each change joined is only known to the history of the record", at: frozen.location),
      need: "keep the record in Git, and give Gazette its whole history")
  }
}
