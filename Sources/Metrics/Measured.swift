import Diagnostics
import Model

/// A figure of `metrics/`: the mean of the days in each bucket, against its objective.
struct Measured {
  let metric: String
  let definition: Site.MetricDefinition?
  let scope: Scope

  var figure: Figure? {
    let series = scope.parts.flatMap(\.history.series).filter { $0.metric == metric }
    guard series.contains(where: { !$0.measurements.isEmpty }) else { return nil }
    let unit = definition?.unit ?? "as measured"
    var figure = Figure(
      id: "measured-" + metric, title: metric.prefix(1).uppercased() + metric.dropFirst(),
      definition: "The mean of the days for which the product's file in metrics/ has a value, in \(unit).",
      .named(definition?.unit ?? ""), .line)
    var sorted = Sorted(scope.scale)
    var all: [Double] = []
    var lately: [Double] = []
    let today = scope.zone.local(of: scope.asOf).date
    for measurement in series.lazy.flatMap(\.measurements) {
      all.append(measurement.value)
      if today.dayNumber - measurement.date.dayNumber < 30 { lately.append(measurement.value) }
      if let bucket = scope.scale.index(of: measurement.date) { sorted.add(measurement.value, in: bucket, of: nil) }
    }
    var line = sorted.line("Mean", mean)
    // The releases of the time are marked on the line: they may explain it, and nothing says that they do.
    for release in scope.parts.flatMap(\.shelf.releases) where release.status.hasShipped {
      guard let at = release.released?.value.start(in: scope.zone), let bucket = scope.scale.index(of: at),
        line.points[bucket].count > 0
      else { continue }
      line.points[bucket].releases.append(release.id)
    }
    figure.lines = [line]
    figure.marksReleases = true
    figure.totals = [
      Figure.Total("Mean of the last 30 days", shownMean(lately), figure.unit, count: lately.count),
      Figure.Total("Mean of all days", shownMean(all), figure.unit, count: all.count),
    ]
    if let objective = definition?.objective {
      figure.objective = objective
      figure.notes.append(
        "The objective is \(number(objective)) \(unit), or \(definition?.better == .lower ? "less" : "more").")
      if unit == "%", definition?.better == .higher, objective < 100, let mean = shownMean(lately) {
        figure.totals.append(
          Figure.Total(
            "Error budget left, 30 days", 1 - (100 - mean) / (100 - objective), .share, count: lately.count))
      }
    }
    (figure.complete, figure.outOf) = (all.count, all.count + series.reduce(0) { $0 + $1.missing })
    figure.notes.append("Complete are days, not releases: those with a value.")
    figure.leaveOut(series.reduce(0) { $0 + $1.missing }, "days without a value")
    return figure
  }

  private func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }
}
