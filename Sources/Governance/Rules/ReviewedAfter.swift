import Diagnostics
import Model

extension Rule {
  private static let within = Parameter<TimeSpan>.duration(
    "within", default: TimeSpan(days: 14), "How soon after the release.")
  private static let risks = Parameter<[Located<String>]>.ids(
    "risks", default: ["high", "critical"], "The risks that ask for a review also when all went well.")

  static let reviewedAfter = Rule(
    "reviewed-after",
    title: "what went wrong or could have was looked back at, and what was promised then is done",
    why: "The same thing goes wrong again unless somebody asks why, promises something, and keeps it.",
    appliesTo: "Releases that failed or were taken back, that caused an incident, or that were of high risk.",
    fix: "Hold the review, record it with `at` and `by`, and give each action an `owner` and a `due` day.",
    due: .after { $0.deadlineOfReview(within: $0[within]) }, parameters: [within, risks],
    bad: RuleExample(
      """
      status: released
      released: 2026-10-01T09:42Z
      risk: high
      review:
        at: 2026-10-08
        by: ana
        improve: Search was slow for an hour
        actions:
          - {text: Warm the cache first, owner: ben, due: 2026-10-12}
      """, fault: "2026-10-12"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-01T09:42Z
      risk: high
      review:
        at: 2026-10-08
        by: ana
        improve: Search was slow for an hour
        actions:
          - {text: Warm the cache first, owner: ben, due: 2026-10-12, done: 2026-10-11}
      """)
  ) { release in
    guard let cause = release.causeForReview(risks: release[risks].map(\.value)) else {
      return .notApplicable("all went well, and its risk was not high")
    }
    guard let review = release.release.review, let at = review.at else {
      return .lacking(
        "\(release.name) was not looked back at, and \(cause)", at: release.release.review?.location ?? release.place,
        help: "hold a review, and record it in `review` with `at`")
    }
    if let out = release.subject.earliest, at.value.lastMoment(in: release.zone) < out {
      return .failed(
        "the review of \(release.name) is of \(at.value.words(in: release.zone)), before it went out",
        at: at.location, help: "look back after it went out, and record that")
    }
    guard release.hasHappened(at.value) else {
      if release.isOpen { return .pending(until: nil, Reason("the review is yet to come", at: at.location)) }
      return .failed(
        "\(release.name) was only looked back at on \(at.value.words(in: release.zone)), later than \(release[within].words) after",
        at: at.location, help: "next time, look back earlier")
    }
    let problems = review.actions.compactMap { action -> Reason? in
      let noun = "the action \"\(action.text.prefix(60))\""
      if action.owner == nil { return Reason("\(noun) has no owner", at: action.location, help: "add `owner`") }
      // An action has its own day; what is promised stays open until it is done, also when the review was in time.
      guard action.done == nil, let due = action.due, due.value.lastMoment(in: release.zone) < release.ledger.asOf
      else {
        return nil
      }
      return Reason(
        "\(noun) was due on \(due.value.words(in: release.zone)) and is not done", at: due.location,
        help: "do it, or agree on another day")
    }
    return .failed(
      problems,
      otherwise: [
        Reason("it was looked back at on \(at.value.words(in: release.zone)), for \(cause)", at: at.location)
      ])
  }
}

extension RuleCase {
  /// Counted from the last thing that asks for a review, as an incident may come weeks after the release.
  fileprivate func deadlineOfReview(within span: TimeSpan) -> Moment? {
    let causes =
      subject.incidents.compactMap { $0.detected ?? $0.began } + [release.rollback?.executed].compactMap { $0 }
    let later = causes.map { $0.value.lastMoment(in: zone) }.filter { $0 <= ledger.asOf }
      .map { $0.advanced(by: span, in: zone) }
    return deadline(within: span).map { ([$0] + later).max() ?? $0 }
  }

  /// Why it needs a review, completing "it was looked back at, for …".
  fileprivate func causeForReview(risks: [String]) -> String? {
    if release.status == .rolledBack { return "it was rolled back" }
    if release.status == .withdrawn { return "it was withdrawn" }
    if let incident = subject.incidents.first { return "it caused the incident `\(incident.id)`" }
    let isBad: (Rollout.Stage.Status?) -> Bool = { $0 == .failed || $0 == .rolledBack }
    if let stage = subject.productionStages.first(where: { isBad($0.status?.value) }) {
      return "its stage in `\(stage.environment.value)` did not succeed"
    }
    guard let risk = release.risk?.value.rawValue, risks.contains(risk) else { return nil }
    return "its risk was \(risk)"
  }
}
