import Diagnostics
import Model

extension Rule {
  private static let within = Parameter<TimeSpan>.duration(
    "within", default: TimeSpan(days: 2), "How soon after the release.")
  private static let errorBudget = Parameter<Bool>.flag(
    "error_budget", default: false, "Whether the record must say what is left of the error budget.")

  static let validatedAfter = Rule(
    "validated-after",
    title: "somebody looked soon afterwards whether it works",
    why: "A deployment that succeeded is not yet a release that works; customers should not be the ones to find out.",
    appliesTo: "Releases that are deployed by their makers and were not taken back.",
    fix: "Check what matters, and record it in `validation` with `at`, `by` and the `checks`.",
    due: .after { $0.deadline(within: $0[within]) }, parameters: [within, errorBudget],
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      validation:
        at: 2026-10-21T09:00Z
        by: ana
        checks:
          - {name: smoke, status: failed}
      """, fault: "failed"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      validation:
        at: 2026-10-21T09:00Z
        by: ana
        checks:
          - {name: smoke, status: passed}
      """)
  ) { release in
    guard release.isDeployed else { return .notApplicable("its makers do not deploy it") }
    let status = release.release.status
    guard status == .released || status == .rollingOut else { return .notApplicable("it was taken back") }
    guard let validation = release.release.validation, let at = validation.at else {
      return .lacking(
        "nobody has looked whether \(release.name) works", at: release.release.validation?.location ?? release.place,
        help: "check it, and record it in `validation` with `at`")
    }
    if let out = release.subject.earliest, at.value.lastMoment(in: release.zone) < out {
      return .failed(
        "the validation of \(release.name) is of \(at.value.words(in: release.zone)), before it went out",
        at: at.location, help: "look after it went out, and record that")
    }
    guard release.hasHappened(at.value) else {
      if release.isOpen { return .pending(until: nil, Reason("the validation is yet to come", at: at.location)) }
      return .failed(
        "\(release.name) was only validated on \(at.value.words(in: release.zone)), later than \(release[within].words) after",
        at: at.location, help: "next time, look earlier")
    }
    var problems = validation.checks.filter { $0.status?.value == .failed }.map { check in
      Reason(
        "the check `\(check.name)` failed after \(release.name) went out", at: check.status?.location,
        help: "mend it, and record the check again; or roll back")
    }
    if !validation.checks.contains(where: { $0.status?.value == .passed }), problems.isEmpty {
      problems.append(
        Reason(
          "the validation of \(release.name) has no check that passed", at: validation.location,
          help: "record what was checked"))
    }
    if release[errorBudget], validation.errorBudgetLeft == nil {
      problems.append(
        Reason(
          "the validation of \(release.name) does not say what is left of the error budget", at: validation.location,
          help: "add `error_budget_left`"))
    }
    return .failed(
      problems,
      otherwise: [
        Reason("\(validation.checks.count) checks were made on \(at.value.words(in: release.zone))", at: at.location)
      ])
  }
}
