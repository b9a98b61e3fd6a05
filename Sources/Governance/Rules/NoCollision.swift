import Diagnostics
import Model
import Scheduling

extension Rule {
  static let noCollision = Rule(
    "no-collision",
    title: "no two releases change the same environment at the same time",
    why: "When two things change at once, nobody can tell which of them broke it.",
    appliesTo: """
      Releases with a schedule or stages whose hours are known. Besides one environment, products that depend on each \
      other must not change at the same time, and nothing goes out before what it needs.
      """,
    fix: "Move one of them.", due: .planned,
    bad: RuleExample(
      """
      status: approved
      scheduled: {at: 2026-11-10T09:00Z, until: 2026-11-10T12:00Z}
      rollout: {stages: [{environment: production, status: planned}]}
      """,
      files: [
        RuleExample.File(
          "releases/auth/3.1.0.yml",
          """
          status: approved
          scheduled: {at: 2026-11-10T11:00Z, until: 2026-11-10T13:00Z}
          rollout: {stages: [{environment: production, status: planned}]}

          """)
      ], fault: "2026-11-10T09:00Z"),
    good: RuleExample(
      """
      status: approved
      scheduled: {at: 2026-11-10T09:00Z, until: 2026-11-10T12:00Z}
      rollout: {stages: [{environment: production, status: planned}]}
      """,
      files: [
        RuleExample.File(
          "releases/auth/3.1.0.yml",
          """
          status: approved
          scheduled: {at: 2026-11-10T12:00Z, until: 2026-11-10T13:00Z}
          rollout: {stages: [{environment: production, status: planned}]}

          """)
      ])
  ) { release in
    let problems = release.conflicts.filter { $0.kind == .collision || $0.kind == .beforeDependency }
    if problems.isEmpty, release.release.calendarTime(in: release.zone) == nil {
      return .notApplicable("nobody says when it goes out")
    }
    return .failed(
      problems.map { conflict in
        var reason = Reason(conflict, help: "move one of them")
        reason.since = conflict.time.from
        return reason
      },
      otherwise: [Reason("nothing else changed at the same time", at: release.place)])
  }
}
