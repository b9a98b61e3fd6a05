import Diagnostics
import Model

extension Metric {
  static let outOfHours = Metric(
    id: "out-of-hours", title: "Out-of-hours share",
    definition: """
      Production stages that began outside of business hours or at a weekend, of all production stages. Where \
      calendar.yml states business hours, its days are the working days.
      """
  ) { metric, scope in
    var figure = Figure(metric, .share, .line)
    var counts = [Int](repeating: 0, count: scope.scale.count)
    var outside = counts
    var releases = [[ReleaseID]](repeating: [], count: scope.scale.count)
    var (all, found, shipped, staged) = (0, 0, 0, 0)
    for release in scope.parts.flatMap(\.shelf.releases) {
      let stages = (release.rollout?.stages ?? []).filter {
        scope.production.contains($0.environment.value) && $0.status?.value != .planned
      }
      if release.status.hasShipped {
        shipped += 1
        staged += stages.isEmpty ? 0 : 1
      }
      for stage in stages {
        guard case .moment(let started)? = stage.started?.value, started <= scope.asOf else { continue }
        let isOutside = scope.isOutside(started)
        all += 1
        found += isOutside ? 1 : 0
        guard let bucket = scope.scale.index(of: started) else { continue }
        counts[bucket] += 1
        if isOutside {
          outside[bucket] += 1
          releases[bucket].append(release.id)
        }
      }
    }
    guard all > 0 else { return nil }
    figure.lines = [
      Figure.Line(
        "Outside of business hours",
        scope.scale.buckets.indices.map {
          Figure.Point(shownShare(outside[$0], of: counts[$0]), count: counts[$0], releases: distinct(releases[$0]))
        })
    ]
    figure.totals = [
      Figure.Total("Share", shownShare(found, of: all), .share, count: all),
      Figure.Total("Stages outside", Double(found), .count, count: found),
    ]
    (figure.complete, figure.outOf) = (staged, shipped)
    if scope.businessHours == nil {
      figure.notes.append("calendar.yml states no business hours, so only weekends count as outside.")
    }
    return figure
  }
}

extension Scope {
  fileprivate func isOutside(_ moment: Moment) -> Bool {
    let (date, second, _) = zone.local(of: moment)
    guard let hours = businessHours else { return date.isoWeekday > 5 }
    return !hours.isoWeekdays.contains(date.isoWeekday) || second < hours.from || second >= hours.to
  }
}
