import Diagnostics
import Model

extension Rule {
  private static let maxAge = Parameter<TimeSpan>.duration(
    "max_age", default: TimeSpan(months: 12), "How old the last successful exercise of a rollback may be.")
  private static let exercise = Parameter<Bool>.flag(
    "exercise", default: true, "Whether a rollback must have been rehearsed.")

  static let rollbackReady = Rule(
    "rollback-ready",
    title: "there is a way back: a plan, a version to go back to, a rehearsal, and data that can follow",
    why: "A way back that nobody has thought through or tried is found not to work at the moment it is needed.",
    appliesTo: "Releases that are deployed by their makers, but the first of a product.",
    fix: """
      Name `plan`, `to` and `data` in `rollback`; back data up that cannot be reversed; rehearse a rollback and record it \
      in `exercises/` with `kind: rollback`.
      """,
    due: .deployment, parameters: [maxAge, exercise],
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      rollback:
        plan: content/pages/rollback.md
        to: 2.3.1
        data: forward-only
      """,
      files: [
        RuleExample.File("pages/rollback.md", "# Rolling back\n\nDeploy the version before.\n"),
        RuleExample.File(
          "exercises/2026-q3-rollback.yml", "{kind: rollback, at: 2026-09-12, products: [gateway], result: succeeded}\n"
        ),
      ], fault: "plan: content"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      rollback:
        plan: content/pages/rollback.md
        to: 2.3.1
        data: reversible
      """,
      files: [
        RuleExample.File("pages/rollback.md", "# Rolling back\n\nDeploy the version before.\n"),
        RuleExample.File(
          "exercises/2026-q3-rollback.yml", "{kind: rollback, at: 2026-09-12, products: [gateway], result: succeeded}\n"
        ),
      ])
  ) { release in
    guard release.isDeployed else { return .notApplicable("its makers do not deploy it") }
    guard release.release.previous != nil else { return .notApplicable("nothing came before it to go back to") }
    guard let rollback = release.release.rollback else {
      return .failed(
        "\(release.name) has no plan for the way back", at: release.place,
        help: "add `rollback` with `plan`, `to` and `data`")
    }
    var problems: [Reason] = []
    if rollback.plan == nil {
      problems.append(
        Reason("the way back from \(release.name) has no plan", at: rollback.location, help: "name a page as `plan`"))
    }
    problems += target(of: rollback, release)
    switch rollback.data {
    case .reversible?: break
    case let data?:
      if !(rollback.backupTaken.map { release.hasHappened($0.value) } ?? false) {
        problems.append(
          Reason(
            "the data of \(release.name) is `\(data.rawValue)`, and no backup was taken before", at: rollback.location,
            help: "take a backup before the deployment, and record it in `backup`"))
      }
    case nil:
      problems.append(
        Reason(
          "the way back from \(release.name) does not say what becomes of data", at: rollback.location,
          help: "add `data`: `reversible`, `restore` or `forward-only`"))
    }
    if release[exercise], release.lastSuccess(of: "rollback", within: release[maxAge]) == nil {
      problems.append(
        Reason(
          "no rollback of `\(release.product.id)` was rehearsed in the \(release[maxAge].words) before \(release.name)",
          at: rollback.location, help: "rehearse one, and record it in `exercises/` with `kind: rollback`"))
    }
    return .failed(
      problems,
      otherwise: [
        Reason("there is a way back to `\(rollback.to?.value ?? "")`", at: rollback.to?.location ?? rollback.location)
      ])
  }

  private static func target(of rollback: Rollback, _ release: RuleCase) -> [Reason] {
    guard let to = rollback.to else {
      return [
        Reason("the way back from \(release.name) leads to no version", at: rollback.location, help: "add `to`")
      ]
    }
    guard let target = release.shelf.release(to.value) else { return [] }
    if !target.release.version.precedes(release.release.version) {
      return [
        Reason("`\(to.value)` is not before \(release.name)", at: to.location, help: "name the version to go back to")
      ]
    }
    // Nobody says when it was withdrawn, so this is only asked of what is still to go out.
    if release.isOpen, target.release.status == .withdrawn {
      return [
        Reason(
          "`\(to.value)` was withdrawn, so nobody should go back to it", at: to.location,
          help: "name a version that is still good")
      ]
    }
    if !target.release.status.hasShipped || !(target.deployed.map { $0 <= release.moment } ?? true) {
      return [
        Reason(
          "`\(to.value)` was not out, so nobody can go back to it", at: to.location, help: "name a released version")
      ]
    }
    let line = release.product.lines.first { $0.id == target.release.line }
    guard line?.phase(at: release.moment, in: release.zone) == .ended else { return [] }
    return [
      Reason(
        "`\(to.value)` was not looked after any more", at: to.location,
        help: "name a version on a line that is supported")
    ]
  }
}

extension RuleCase {
  /// The newest successful rehearsal of a kind before the moment of judgement and not older than allowed.
  func lastSuccess(of kind: String, within span: TimeSpan) -> Exercise? {
    let earliest = moment.receded(by: span, in: zone)
    return shelf.exercises.first { exercise in
      exercise.kind.value == kind && exercise.result?.value == .succeeded && hasHappened(exercise.at.value)
        && exercise.at.value.lastMoment(in: zone) >= earliest
    }
  }
}
