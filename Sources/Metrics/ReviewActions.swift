import Diagnostics
import Model

extension Metric {
  static let reviewActions = Metric(
    id: "review-actions", title: "Review actions",
    definition: """
      Actions that reviews and incidents promised, opened on the day of the review or of the resolution, and done on \
      their day; overdue are those past their day and not done.
      """
  ) { metric, scope in
    var promised: [(action: FollowUpAction, opened: Moment?, release: ReleaseID?)] = []
    var seen = Set<String>()
    for part in scope.parts {
      for release in part.shelf.releases {
        let at = release.review?.at?.value.start(in: scope.zone)
        promised += (release.review?.actions ?? []).map { ($0, at, release.id) }
      }
      for incident in part.incidents where seen.insert(incident.id).inserted {
        let at = (incident.resolved ?? incident.detected)?.value.start(in: scope.zone)
        promised += incident.actions.map { ($0, at, nil) }
      }
    }
    guard !promised.isEmpty else { return nil }
    var opened = Sorted(scope.scale)
    var done = Sorted(scope.scale)
    var (finished, overdue, undated) = (0, 0, 0)
    for (action, moment, release) in promised {
      if let moment { opened.add(1, at: moment, of: release) } else { undated += 1 }
      if let end = action.done?.value.start(in: scope.zone) {
        finished += 1
        done.add(1, at: end, of: release)
      } else if let due = action.due?.value.end(in: scope.zone), due <= scope.asOf {
        overdue += 1
      }
    }
    let all = promised.count
    var figure = Figure(metric, .count, .bars)
    figure.lines = [opened.line("Opened") { Double($0.count) }, done.line("Done") { Double($0.count) }]
    figure.totals = [
      Figure.Total("Opened", Double(all), .count, count: all),
      Figure.Total("Done", Double(finished), .count, count: finished),
      Figure.Total("Overdue", Double(overdue), .count, count: overdue),
    ]
    (figure.complete, figure.outOf) = (all - undated, all)
    figure.notes.append("Complete are actions, not releases: those with a day on which they were opened.")
    return figure
  }
}
