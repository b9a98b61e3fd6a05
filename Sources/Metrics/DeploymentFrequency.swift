import Model

extension Metric {
  static let deploymentFrequency = Metric(
    id: "deployment-frequency", title: "Deployment frequency",
    definition: """
      Rollouts of one version to one production environment, counted when they end, however many stages they had; and \
      the median of the days between two of them.
      """
  ) { metric, scope in
    guard scope.parts.contains(where: { !$0.deployments.isEmpty }) else { return nil }
    var figure = Figure(metric, .count, .bars)
    var sorted = Sorted(scope.scale)
    var gaps: [Double] = []
    var count = 0
    for part in scope.parts {
      var before: Moment?
      for deployment in part.deployments {
        guard let ended = deployment.ended else { continue }
        count += 1
        sorted.add(1, at: ended, of: deployment.release)
        if let before { gaps.append(Double(ended.seconds - before.seconds) / 86_400) }
        before = ended
      }
    }
    gaps.sort()
    // A bucket after the first deployment in which there was none is a zero that is known.
    let first = sorted.values.firstIndex { !$0.isEmpty } ?? sorted.values.count
    var line = sorted.line("Deployments") { Double($0.count) }
    for index in line.points.indices where index >= first && line.points[index].count == 0 {
      line.points[index].value = 0
    }
    figure.lines = [line]
    figure.totals = [
      Figure.Total("Deployments", Double(count), .count, count: count),
      Figure.Total("Median days between two", shownQuantile(0.5, of: gaps), .days, count: gaps.count),
    ]
    figure.days = scope.daysOfTheLastYear
    scope.note(&figure)
    return figure
  }
}

extension Scope {
  /// Of the year before the as-of, by date.
  fileprivate var daysOfTheLastYear: [Figure.Day] {
    let today = zone.local(of: asOf).date
    let start = zone.moment(of: today + -364)
    var days: [Int: [ReleaseID]] = [:]
    for part in parts {
      for deployment in part.deployments.reversed() {
        guard let ended = deployment.ended, ended >= start else { break }
        days[zone.local(of: ended).date.dayNumber, default: []].append(deployment.release)
      }
    }
    return days.sorted { $0.key < $1.key }.map { day, releases in
      Figure.Day(CivilDate(dayNumber: day), count: releases.count, releases: distinct(releases.reversed()))
    }
  }
}
