import Diagnostics
import Model

extension Rule {
  private static let required = Parameter<Bool>.flag(
    "required", default: false, "Whether every release needs a runbook.")

  static let runbookComplete = Rule(
    "runbook-complete",
    title: "all tasks of the runbook were done before it went to production",
    why: "The task that is left out is the one that would have mattered, and nobody remembers it at night.",
    appliesTo: "Releases with a `runbook`; all, where the policy requires one.",
    fix: "Do the tasks, and record when in `done`; take out what turned out not to be needed.",
    due: .deployment, parameters: [required],
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      runbook:
        - {task: Announce the window, owner: ana, done: 2026-10-19T10:00Z}
        - {task: Scale up, owner: ben, done: 2026-10-20T12:00Z}
      """, fault: "2026-10-20T12:00Z"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      runbook:
        - {task: Announce the window, owner: ana, done: 2026-10-19T10:00Z}
      """)
  ) { release in
    let tasks = release.release.runbook
    guard !tasks.isEmpty else {
      guard release[required] else { return .notApplicable("it has no runbook") }
      return .failed("\(release.name) has no runbook", at: release.place, help: "add `runbook` with its tasks")
    }
    let problems = tasks.compactMap { task -> Reason? in
      let noun = "the task \"\(task.task.prefix(60))\""
      guard let done = task.done else {
        return Reason("\(noun) is not done", at: task.location, help: "do it, and add `done`")
      }
      guard !release.hasHappened(done.value) else { return nil }
      return Reason(
        "\(noun) was done after \(release.name) went to production", at: done.location,
        help: "do it before, or take it out of the runbook")
    }
    return .failed(problems, otherwise: [Reason("all \(tasks.count) tasks were done", at: tasks[0].location)])
  }
}
