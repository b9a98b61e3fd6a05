import Diagnostics
import Model

extension Metric {
  static let vulnerabilities = Metric(
    id: "vulnerabilities", title: "Vulnerabilities",
    definition: """
      Vulnerabilities that releases name: new on the day of their disclosure, or of the first release that names them; \
      fixed on the day of the first release that fixes them; open while none does, with their age since they were new; \
      and the median time from disclosure to the fix.
      """
  ) { metric, scope in
    var sorted = Sorted(scope.scale)
    var found = Sorted(scope.scale)
    var known: [String: Moment] = [:]
    var (releases, fixes) = (0, 0)
    var fixed: [String: Moment] = [:]
    var named = Set<String>()
    var severities: [String: Vulnerability.Severity] = [:]
    var times: [String: Double] = [:]
    var undisclosed = Set<String>()
    for part in scope.parts {
      let product = part.shelf.product.id.text
      for release in part.shelf.releases.reversed() where release.status.hasShipped {
        guard let released = release.released?.value.start(in: scope.zone) else { continue }
        releases += 1
        fixes += release.security.count { $0.isFixed }
        for vulnerability in release.security {
          let key = product + " " + vulnerability.id
          named.insert(key)
          let since = vulnerability.disclosed?.start(in: scope.zone) ?? released
          known[key] = known[key].map { min($0, since) } ?? since
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
    for key in named.sorted(by: precedesInBytes) { if let since = known[key] { found.add(1, at: since) } }
    figure.lines = [
      sorted.line("Fixed by releases") { Double($0.count) }, found.line("New") { Double($0.count) },
    ]
    figure.totals = [
      Figure.Total("Fixed", Double(fixed.count), .count, count: fixed.count),
      Figure.Total(
        "Fixed per release", releases < leastValues ? nil : Double(fixes) / Double(releases), .named(""),
        count: releases),
      Figure.Total(
        "New in 90 days", Double(known.values.count { scope.days(since: $0) < 90 }), .count, count: named.count),
    ]
    let open = named.filter { fixed[$0] == nil }
    figure.totals.append(Figure.Total("Open", Double(open.count), .count, count: open.count))
    for severity in Vulnerability.Severity.allCases.reversed() {
      let ages = open.filter { severities[$0] == severity }.compactMap { known[$0].map { scope.days(since: $0) } }
      guard let oldest = ages.max() else { continue }
      figure.totals += [
        Figure.Total("Open, \(severity.rawValue)", Double(ages.count), .count, count: ages.count),
        Figure.Total("Oldest open, \(severity.rawValue)", oldest, .days, count: ages.count),
      ]
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

extension Scope {
  fileprivate func days(since moment: Moment) -> Double { max(0, Double(asOf.seconds - moment.seconds)) / 86_400 }
}
