import Diagnostics
import Model

extension Rule {
  private static let atLeast = Parameter<Int>.integer(
    "min_criteria", default: 0, in: 0...1000, "How many criteria there must be.")

  static let acceptanceGiven = Rule(
    "acceptance-given",
    title: "each acceptance criterion was accepted by somebody in the role that owns it",
    why: "Those who asked for a change decide whether it is what they asked for, before customers do.",
    appliesTo: "Releases with `acceptance`; all, where the policy asks for a number of criteria.",
    fix: "Let somebody in the criterion's `role` judge it: `by`, `role`, `at`, `result: accepted`.",
    due: .deployment, parameters: [atLeast],
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      acceptance:
        - {criterion: Search is twice as fast, by: ben, role: product-owner, at: 2026-10-18T10:00Z, result: accepted}
      """, fault: "product-owner"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      acceptance:
        - {criterion: Search is twice as fast, by: iris, role: product-owner, at: 2026-10-18T10:00Z, result: accepted}
      """)
  ) { release in
    let criteria = release.release.acceptance
    if criteria.count < release[atLeast] {
      return .failed(
        "\(release.name) has \(criteria.count) of \(release[atLeast]) acceptance criteria", at: release.place,
        help: "add them to `acceptance`")
    }
    guard !criteria.isEmpty else { return .notApplicable("it has no acceptance criteria") }
    let problems = criteria.compactMap { problem(with: $0, release) }
    return .failed(
      problems,
      otherwise: criteria.map {
        Reason("accepted by `\($0.by?.value ?? "")`: \($0.criterion)", at: $0.location)
      })
  }

  private static func problem(with criterion: Acceptance, _ release: RuleCase) -> Reason? {
    let noun = "the criterion \"\(criterion.criterion.prefix(60))\""
    guard let result = criterion.result else {
      return Reason("\(noun) is not judged", at: criterion.location, help: "add `result`, `by`, `role` and `at`")
    }
    if result.value == .rejected {
      return Reason("\(noun) was rejected", at: result.location, help: "mend it, and let it be judged again")
    }
    guard let by = criterion.by, let role = criterion.role, let at = criterion.at else {
      return Reason(
        "\(noun) does not say who accepted it, in which role and when", at: criterion.location,
        help: "add `by`, `role` and `at`")
    }
    guard release.hasHappened(at.value) else {
      return Reason(
        "\(noun) was accepted after \(release.name) went out", at: at.location, help: "next time, ask earlier")
    }
    guard let person = release.facts.person(by.value), release.holds(person, role: role.value, at: at.value) else {
      return Reason(
        "`\(by.value)` did not hold the role `\(role.value)` on \(at.value.date(in: release.zone).words)",
        at: role.location,
        help: "ask somebody who does, or correct `roles` of `\(by.value)` in gazette.yml")
    }
    return nil
  }
}
