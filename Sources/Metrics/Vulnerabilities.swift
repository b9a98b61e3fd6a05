import Diagnostics
import Model

extension Metric {
  static let vulnerabilities = Metric(
    id: "vulnerabilities", title: "Vulnerabilities",
    definition: """
      Vulnerabilities that releases name as fixed, by the day of the release; those named and not fixed by any release \
      yet; and the median time from disclosure to the release that fixes.
      """
  ) { metric, scope in
    var sorted = Sorted(scope.scale)
    var fixed: [String: Moment] = [:]
    var named = Set<String>()
    var severities: [String: Vulnerability.Severity] = [:]
    var times: [String: Double] = [:]
    var undisclosed = Set<String>()
    for part in scope.parts {
      let product = part.shelf.product.id.text
      for release in part.shelf.releases.reversed() where release.status.hasShipped {
        guard let released = release.released?.value.start(in: scope.zone) else { continue }
        for vulnerability in release.security {
          let key = product + " " + vulnerability.id
          named.insert(key)
          if let severity = vulnerability.severity { severities[key] = severity }
          guard vulnerability.isFixed else { continue }
          sorted.add(1, at: released, of: release.id)
          if let earlier = fixed[key], earlier <= released { continue }
          fixed[key] = released
          if let disclosed = vulnerability.disclosed {
            times[key] = Double(max(0, released.seconds - disclosed.start(in: scope.zone).seconds))
            undisclosed.remove(key)
          } else {
            undisclosed.insert(key)
          }
        }
      }
    }
    guard !named.isEmpty else { return nil }
    var figure = Figure(metric, .count, .bars)
    figure.lines = [sorted.line("Fixed") { Double($0.count) }]
    figure.totals = [Figure.Total("Fixed", Double(fixed.count), .count, count: fixed.count)]
    let open = named.filter { fixed[$0] == nil }
    figure.totals.append(Figure.Total("Open", Double(open.count), .count, count: open.count))
    for severity in Vulnerability.Severity.allCases.reversed() {
      let count = open.count { severities[$0] == severity }
      if count > 0 { figure.totals.append(Figure.Total("Open, \(severity.rawValue)", Double(count), .count, count: count)) }
    }
    let sortedTimes = times.values.sorted()
    figure.totals.append(
      Figure.Total(
        "Median from disclosure to fix", shownQuantile(0.5, of: sortedTimes), .seconds, count: times.count))
    (figure.complete, figure.outOf) = (times.count, fixed.count)
    figure.notes.append("Complete are vulnerabilities, not releases: those fixed that say when they were disclosed.")
    figure.leaveOut(undisclosed.count, "fixed ones that do not say when they were disclosed: not in the median")
    return figure
  }
}
