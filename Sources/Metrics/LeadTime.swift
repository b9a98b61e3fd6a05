import Model

extension Metric {
  static let leadTime = Metric(
    id: "lead-time", title: "Change lead time",
    definition: """
      From a commit's committer date to the end of the first production deployment that holds it, for each commit. Merge \
      commits, commits of automatic authors, and what the first known deployment brought are left out.
      """
  ) { metric, scope in
    let arrivals = scope.parts.flatMap { part in part.history.arrivals.map { (part, $0) } }
    guard !arrivals.isEmpty else { return nil }
    var figure = Figure(metric, .seconds, .line)
    var sorted = Sorted(scope.scale)
    var all: [Double] = []
    var rewritten = 0
    for (part, source) in arrivals {
      let buckets = part.deployments.map { $0.ended.flatMap { scope.scale.index(of: $0) } }
      for arrival in source.arrivals {
        let deployment = part.deployments[arrival.deployment]
        guard let ended = deployment.ended else { continue }
        let seconds = Double(ended.seconds - arrival.committed.seconds)
        all.append(seconds)
        if arrival.isRewritten { rewritten += 1 }
        if let bucket = buckets[arrival.deployment] { sorted.add(seconds, in: bucket, of: deployment.release) }
      }
    }
    all.sort()
    sorted.sort()
    figure.lines = [
      sorted.line("Half within") { shownQuantile(0.5, of: $0) },
      sorted.line("Nine of ten within") { shownQuantile(0.9, of: $0) },
    ]
    figure.totals = [
      Figure.Total("Half of the commits within", shownQuantile(0.5, of: all), .seconds, count: all.count),
      Figure.Total("Nine of ten within", shownQuantile(0.9, of: all), .seconds, count: all.count),
    ]
    let sources = arrivals.map(\.1)
    figure.complete = sources.reduce(0) { $0 + $1.located }
    figure.outOf = arrivals.reduce(0) { $0 + $1.0.deployments.count }
    figure.leaveOut(sources.reduce(0) { $0 + $1.merges }, "merge commits")
    figure.leaveOut(sources.reduce(0) { $0 + $1.bots }, "commits of automatic authors")
    figure.leaveOut(sources.reduce(0) { $0 + $1.beforeFirst }, "commits that the first known deployment brought")
    figure.leaveOut(sources.reduce(0) { $0 + $1.skewed }, "commits dated after their deployment")
    figure.leaveOut(sources.reduce(0) { $0 + $1.waiting }, "commits that no deployment has yet")
    if let share = shownShare(rewritten, of: all.count) {
      let tenths = Int((share * 1000).rounded())
      figure.notes.append(
        "\(tenths / 10).\(tenths % 10) % of the commits were committed by somebody else, or at another time, than they "
          + "were written: a squash or rebase hides the time before it.")
    }
    if scope.releasesStandIn {
      figure.notes.append("Nobody tells of deployments here, so a commit arrives with its release.")
    }
    return figure
  }
}
