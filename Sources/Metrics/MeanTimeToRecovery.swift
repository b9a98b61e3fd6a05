import Diagnostics
import Model

extension Metric {
  static let meanTimeToRecovery = Metric(
    id: "incident-recovery", title: "Mean time to recovery",
    definition: """
      The mean over resolved incidents from detection to resolution, next to the median. An incident counts when it is \
      resolved, whatever caused it.
      """
  ) { metric, scope in
    var seen = Set<String>()
    let incidents = scope.parts.flatMap(\.incidents).filter { seen.insert($0.id).inserted }
    guard !incidents.isEmpty else { return nil }
    var figure = Figure(metric, .seconds, .line)
    var sorted = Sorted(scope.scale)
    var all: [Double] = []
    var (open, undetected, disordered) = (0, 0, 0)
    for incident in incidents {
      guard let resolved = incident.resolved?.value.start(in: scope.zone) else {
        open += 1
        continue
      }
      guard let detected = incident.detected?.value.start(in: scope.zone) else {
        undetected += 1
        continue
      }
      guard detected <= resolved else {
        disordered += 1
        continue
      }
      let seconds = Double(resolved.seconds - detected.seconds)
      all.append(seconds)
      var release: ReleaseID?
      if case .release(let product, let version)? = incident.causedBy {
        release = ReleaseID(product: ProductID(product.value), version: version.value)
      }
      sorted.add(seconds, at: resolved, of: release)
    }
    all.sort()
    sorted.sort()
    figure.lines = [
      sorted.line("Mean", shownMean), sorted.line("Median") { shownQuantile(0.5, of: $0) },
    ]
    figure.totals = [
      Figure.Total("Mean", shownMean(all), .seconds, count: all.count),
      Figure.Total("Median", shownQuantile(0.5, of: all), .seconds, count: all.count),
    ]
    (figure.complete, figure.outOf) = (all.count, incidents.count)
    figure.notes.append("Complete are incidents, not releases: those with both moments.")
    figure.leaveOut(open, "incidents that are not resolved")
    figure.leaveOut(undetected, "resolved incidents that do not say when they were detected")
    figure.leaveOut(disordered, "incidents resolved before they were detected")
    scope.noteAudience(&figure)
    return figure
  }
}
