import Diagnostics
import Model

extension Metric {
  static let recoveryTime = Metric(
    id: "recovery-time", title: "Failed deployment recovery time",
    definition: """
      From the end of a failed deployment to its recovery. Where incidents name it as their cause, that is the end of the \
      last of them: its resolution, or the cure that it names, a roll-back or the deployment of a version, if that came \
      later. Otherwise it is the next good deployment or roll-back of the product. Never below zero. What is not over \
      yet is counted as open.
      """
  ) { metric, scope in
    var figure = Figure(metric, .seconds, .dots)
    var sorted = Sorted(scope.scale)
    var all: [Double] = []
    var (open, failed) = (0, 0)
    for part in scope.parts {
      for (index, recovery) in part.recoveries(in: scope.zone) {
        failed += 1
        let deployment = part.deployments[index]
        guard let ended = deployment.ended, let recovery else {
          open += 1
          continue
        }
        let seconds = Double(max(0, recovery.seconds - ended.seconds))
        all.append(seconds)
        sorted.add(seconds, at: ended, of: deployment.release)
        figure.dots.append(Figure.Dot(at: ended, value: seconds, release: deployment.release))
      }
    }
    guard failed > 0 else { return nil }
    all.sort()
    sorted.sort()
    figure.dots.sort { $0.at != $1.at ? $0.at < $1.at : $0.release < $1.release }
    figure.lines = [sorted.line("Median") { shownQuantile(0.5, of: $0) }]
    figure.totals = [
      Figure.Total("Median", shownQuantile(0.5, of: all), .seconds, count: all.count),
      Figure.Total("Nine of ten within", shownQuantile(0.9, of: all), .seconds, count: all.count),
      Figure.Total("Open", Double(open), .count, count: open),
    ]
    (figure.complete, figure.outOf) = (all.count, failed)
    figure.leaveOut(open, "failed deployments without a recorded recovery, shown as open")
    scope.noteAudience(&figure)
    return figure
  }
}

extension ProductDelivery {
  /// For each failed deployment, by its position, when the product had recovered; `nil` while it has not.
  func recoveries(in zone: Zone) -> [(index: Int, recovery: Moment?)] {
    var nextGood: Moment?
    var result: [(index: Int, recovery: Moment?)] = []
    for index in deployments.indices.reversed() {
      let deployment = deployments[index]
      guard isFailed[index] else {
        nextGood = deployment.ended
        continue
      }
      guard causes[index].isEmpty else {
        let ends = causes[index].map { end(of: caused[$0], after: deployment, in: zone) }
        result.append((index, ends.contains(nil) ? nil : ends.compactMap { $0 }.max()))
        continue
      }
      result.append((index, [nextGood, rollBack(after: deployment.started)].compactMap { $0 }.min()))
    }
    return result.reversed()
  }

  /// When an incident was over: the later of its resolution and of the cure that it names; `nil` while it is open.
  private func end(of incident: Incident, after deployment: Deployment, in zone: Zone) -> Moment? {
    guard let resolved = incident.resolved?.value.start(in: zone) else { return nil }
    guard let recovery = incident.recoveredBy, recovery.product?.value ?? shelf.product.id.text == shelf.product.id.text
    else { return resolved }
    let cure =
      switch recovery.how {
      case .rollBack: rollBack(after: deployment.started, in: deployment.environment)
      case .rollForward, nil:
        recovery.version.flatMap { firstEnds[$0.value]?.first { $0 >= deployment.started } }
      case .flagOff, .other: Moment?.none
      }
    return cure.map { max($0, resolved) } ?? resolved
  }

  /// - Parameter environment: `nil` or empty for any.
  private func rollBack(after moment: Moment, in environment: String? = nil) -> Moment? {
    var (low, high) = (0, history.rollBacks.count)
    while low < high {
      let middle = (low + high) / 2
      if history.rollBacks[middle].at < moment { low = middle + 1 } else { high = middle }
    }
    guard let environment, !environment.isEmpty else {
      return low < history.rollBacks.count ? history.rollBacks[low].at : nil
    }
    return history.rollBacks[low...].first { $0.environment == environment }?.at
  }
}
