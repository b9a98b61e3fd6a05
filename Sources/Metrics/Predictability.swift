import Diagnostics
import Model

extension Metric {
  static let predictability = Metric(
    id: "predictability", title: "Predictability",
    definition: """
      Days from the schedule to the release; early ones are below zero. The schedule is the one that the record had when \
      it first was more than planned on the main line. On time is what came out by its end, or by the end of its day; on its \
      train is what left on a day on which the train departs that its record names.
      """
  ) { metric, scope in
    var figure = Figure(metric, .days, .line)
    var sorted = Sorted(scope.scale)
    var all: [Double] = []
    var (onTime, shipped, unproven, followed, moves, moved) = (0, 0, 0, 0, 0, 0)
    for part in scope.parts {
      for release in part.shelf.releases where release.status.hasShipped {
        shipped += 1
        let plan = part.plans[release.version.text]
        if let plan {
          followed += 1
          moves += plan.moves
          moved += plan.moves > 0 ? 1 : 0
        }
        let stated = release.scheduled.map { (at: $0.at.value, until: $0.until?.value) }
        guard let released = release.released?.value, let promised = plan.map(\.promised) ?? stated else { continue }
        if plan == nil { unproven += 1 }
        let days = scope.days(from: promised.at, to: released)
        let limit =
          promised.until?.end(in: scope.zone) ?? scope.zone.moment(of: promised.at.date(in: scope.zone) + 1)
        if released.start(in: scope.zone) <= limit { onTime += 1 }
        all.append(days)
        sorted.add(days, at: released.start(in: scope.zone), of: release.id)
      }
    }
    let trains = scope.parts.flatMap(\.trains.values)
    guard !all.isEmpty || !trains.isEmpty else { return nil }
    all.sort()
    sorted.sort()
    figure.lines = [sorted.line("Median days late") { shownQuantile(0.5, of: $0) }]
    figure.totals = [
      Figure.Total("Median days late", shownQuantile(0.5, of: all), .days, count: all.count),
      Figure.Total("On time", shownShare(onTime, of: all.count), .share, count: all.count),
    ]
    if !trains.isEmpty {
      figure.totals.append(
        Figure.Total(
          "On their train", shownShare(trains.count { $0 }, of: trains.count), .share, count: trains.count))
    }
    figure.totals.append(
      Figure.Total("Times that a schedule moved", followed > 0 ? Double(moves) : nil, .count, count: followed))
    if followed > 0 {
      figure.notes.append(
        "Git shows how \(followed) of them were planned; of \(moved) the schedule moved before they went out.")
    }
    (figure.complete, figure.outOf) = (all.count, shipped)
    figure.leaveOut(shipped - all.count, "releases without a schedule or a date")
    if unproven > 0 {
      figure.notes.append(
        "Of \(unproven) Git does not show the time before they went out; for them the schedule counts that the record "
          + "states now.")
    }
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
