package import Diagnostics
package import Model

/// Finds what is said to have happened and is dated after the moment for which the site is true.
///
/// What may lie ahead is left alone: schedules, windows, support, planned stages, announcements to be made, reviews and
/// exercises without a result, the freezing of the scope of a release that is still to come.
package struct FutureFacts: Sendable {
  private let asOf: Moment
  private let zone: Zone
  /// Files that no commit holds as they are, where the newest commit is taken for now; and what the clock says.
  var uncommitted: (files: Set<String>, clock: Moment) = ([], Moment(seconds: .min))

  /// - Parameter zone: The zone that days are in.
  package init(asOf: Moment, zone: Zone) {
    (self.asOf, self.zone) = (asOf, zone)
  }

  package func problems(in records: Records) -> [Diagnostic] {
    var found = Found(asOf: asOf, zone: zone, uncommitted: uncommitted)
    let releases = records.releases.span
    for place in releases.indices { found.look(at: releases[place]) }
    for incident in records.incidents { found.look(at: incident) }
    for exercise in records.exercises where exercise.result != nil { found.judge(exercise.at, "the exercise") }
    for flag in records.flags where flag.state?.value == .retired {
      found.judge(flag.retired?.map(When.day), "the end of the flag `\(flag.id.value)`")
    }
    return found.diagnostics
  }

  private struct Found {
    let asOf: Moment
    let zone: Zone
    let uncommitted: (files: Set<String>, clock: Moment)
    var diagnostics: [Diagnostic] = []

    mutating func judge(_ when: Located<When>?, _ noun: @autoclosure () -> String) {
      guard let when, when.value.start(in: zone) > asOf else { return }
      // It is not early, only its commit is late.
      let isWaiting = uncommitted.files.contains(when.location.file) && when.value.start(in: zone) <= uncommitted.clock
      diagnostics.append(
        .error(
          .futureFact, "\(noun()) is dated \(when.value.iso), after the as-of \(asOf.iso)", at: when.location,
          help: isWaiting
            ? "commit the file: until then the newest commit is taken for now"
            : "correct the date, plan it instead, or build with a later `--as-of`"))
    }

    mutating func look(at release: ReleaseRecord) {
      judge(release.released, "the release")
      if release.status.value.hasShipped { judge(release.scopeFrozen, "the frozen scope") }
      judge(release.build?.at, "the build")
      for approval in release.approvals {
        judge(approval.asked, "the question to `\(approval.by.value)`")
        judge(approval.at, "the decision of `\(approval.by.value)`")
      }
      for acceptance in release.acceptance { judge(acceptance.at, "the acceptance") }
      for evidence in release.evidence { judge(evidence.at, "the evidence `\(evidence.id.value)`") }
      for stage in release.rollout?.stages ?? [] where stage.status.map({ $0.value != .planned }) ?? false {
        judge(stage.started, "the start of a stage")
        if stage.status?.value != .running { judge(stage.finished, "the end of a stage") }
      }
      judge(release.rollback?.backupTaken, "the backup")
      judge(release.rollback?.executed, "the rollback")
      for task in release.runbook { judge(task.done, "the end of a task") }
      judge(release.validation?.at, "the validation")
      for check in release.validation?.checks ?? [] where check.status != nil {
        judge(check.at, "the check `\(check.name)`")
      }
      if let review = release.review {
        if review.wentWell != nil || review.improve != nil { judge(review.at, "the review") }
        for action in review.actions { judge(action.done, "the end of an action") }
      }
      for amendment in release.amendments { judge(amendment.at, "the amendment") }
    }

    mutating func look(at incident: Incident) {
      judge(incident.began, "the beginning of `\(incident.id)`")
      judge(incident.detected, "the detection of `\(incident.id)`")
      judge(incident.resolved, "the end of `\(incident.id)`")
      for report in incident.reports { judge(report.at, "the report to \(report.to)") }
      for action in incident.actions { judge(action.done, "the end of an action") }
    }
  }
}
