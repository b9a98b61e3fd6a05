import Diagnostics
import Model

extension Rule {
  private static let kinds = Parameter<[Located<String>]>.ids(
    "kinds", default: ["restore"], "The kinds of exercise that every product needs.")
  private static let maxAge = Parameter<TimeSpan>.duration(
    "max_age", default: TimeSpan(months: 12), "How old the last successful one may be when a release goes out.")

  static let exercisedLately = Rule(
    "exercised-lately",
    title: "the required exercises succeeded not long before it went out",
    why: "Restoring and failing over are skills that a team loses, and procedures that systems grow out of.",
    appliesTo: "Releases that are deployed by their makers. What counts is how it was when they went out.",
    fix: "Hold the exercise, and record it in `exercises/` with its `kind`, `products` and `result`.",
    due: .after { $0.subject.deployed }, parameters: [kinds, maxAge],
    bad: RuleExample(
      "status: released\nreleased: 2026-10-20T09:42Z",
      files: [
        RuleExample.File(
          "exercises/restore.yml", "{kind: restore, at: 2026-09-12, products: [gateway], result: failed}\n")
      ]),
    good: RuleExample(
      "status: released\nreleased: 2026-10-20T09:42Z",
      files: [
        RuleExample.File(
          "exercises/restore.yml", "{kind: restore, at: 2026-09-12, products: [gateway], result: succeeded}\n")
      ])
  ) { release in
    guard release.isDeployed else { return .notApplicable("its makers do not deploy it") }
    var met: [Reason] = []
    var problems: [Reason] = []
    for kind in release[kinds] {
      if let exercise = release.lastSuccess(of: kind.value, within: release[maxAge]) {
        met.append(
          Reason(
            "`\(kind.value)` succeeded on \(exercise.at.value.words(in: release.zone))", at: exercise.location))
        continue
      }
      let last = release.shelf.exercises.first { $0.kind.value == kind.value && release.hasHappened($0.at.value) }
      let notes = last.map {
        [Diagnostic.Note("the last one, \($0.result?.value.rawValue ?? "without a result"), is", at: $0.location)]
      }
      problems.append(
        Reason(
          "no `\(kind.value)` of `\(release.product.id)` succeeded in the \(release[maxAge].words) before \(release.name)",
          at: release.place, notes: notes ?? [], help: "hold one, and record it in `exercises/`"))
    }
    return .failed(problems, otherwise: met)
  }
}
