import Diagnostics
import Model

extension Metric {
  static let predictability = Metric(
    id: "predictability", title: "Predictability",
    definition: """
      Days from the scheduled to the actual release; early ones are below zero. On time is what came out by the end of \
      its schedule, or of the scheduled day.
      """
  ) { metric, scope in
    var figure = Figure(metric, .days, .line)
    var sorted = Sorted(scope.scale)
    var all: [Double] = []
    var (onTime, shipped) = (0, 0)
    for release in scope.parts.flatMap(\.shelf.releases) where release.status.hasShipped {
      shipped += 1
      guard let released = release.released?.value, let schedule = release.scheduled else { continue }
      let days = scope.days(from: schedule.at.value, to: released)
      let limit =
        schedule.until?.value.end(in: scope.zone) ?? scope.zone.moment(of: schedule.at.value.date(in: scope.zone) + 1)
      if released.start(in: scope.zone) <= limit { onTime += 1 }
      all.append(days)
      sorted.add(days, at: released.start(in: scope.zone), of: release.id)
    }
    guard !all.isEmpty else { return nil }
    all.sort()
    sorted.sort()
    figure.lines = [sorted.line("Median days late") { shownQuantile(0.5, of: $0) }]
    figure.totals = [
      Figure.Total("Median days late", shownQuantile(0.5, of: all), .days, count: all.count),
      Figure.Total("On time", shownShare(onTime, of: all.count), .share, count: all.count),
    ]
    (figure.complete, figure.outOf) = (all.count, shipped)
    figure.notes.append(
      "The schedule is the one that the record states now: how often it moved before is not counted here.")
    return figure
  }
}

extension Scope {
  /// Whole days where one of the two is a day.
  fileprivate func days(from a: When, to b: When) -> Double {
    if case .moment(let x) = a, case .moment(let y) = b { return Double(y.seconds - x.seconds) / 86_400 }
    return Double(b.date(in: zone).dayNumber - a.date(in: zone).dayNumber)
  }
}
