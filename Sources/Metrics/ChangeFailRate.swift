import Diagnostics
import Model

extension Metric {
  static let changeFailRate = Metric(
    id: "change-fail-rate", title: "Change fail rate",
    definition: """
      Failed deployments of all deployments. One failed when it is marked failed or rolled back, when an incident names \
      it as its cause, or when a release is its hotfix. A cause is never guessed from time.
      """
  ) { metric, scope in
    var figure = scope.share(metric, failedWord: "failed") { part, index in part.isFailed[index] }
    if !scope.isPublic { figure?.hints = scope.likelyCauses }
    return figure
  }

  static let reworkRate = Metric(
    id: "rework-rate", title: "Deployment rework rate",
    definition: """
      Deployments of releases that were unplanned because of an incident, or are a hotfix of another release, of all \
      deployments.
      """
  ) { metric, scope in
    let rework = scope.parts.map { part in
      Set(
        part.shelf.releases.lazy.filter { release in
          if release.hotfixOf != nil { return true }
          guard release.isUnplanned, case .incident? = release.cause else { return false }
          return true
        }.map(\.version.text))
    }
    let places = Dictionary(
      scope.parts.enumerated().map { ($1.shelf.product.id, $0) }, uniquingKeysWith: { first, _ in first })
    var figure = scope.share(metric, failedWord: "rework") { part, index in
      places[part.shelf.product.id].map { rework[$0].contains(part.deployments[index].release.version) } ?? false
    }
    if scope.isPublic {
      figure?.notes.append("Unplanned releases that are no hotfix are not known here, so it may be more.")
    }
    return figure
  }
}

extension Scope {
  /// The newest few, and how many more there are.
  fileprivate var likelyCauses: [String] {
    let most = 5
    let all = parts.flatMap { $0.likelyCauses(in: zone) }.sorted {
      $0.began != $1.began ? $0.began > $1.began : precedesInBytes($0.words, $1.words)
    }
    return all.prefix(most).map(\.words) + (all.count > most ? ["\(all.count - most) more, of earlier incidents."] : [])
  }

  /// The part of the deployments that something holds for; the releases behind a point are those that it holds for.
  fileprivate func share(
    _ metric: Metric, failedWord: String, _ holds: (ProductDelivery, Int) -> Bool
  ) -> Figure? {
    guard parts.contains(where: { !$0.deployments.isEmpty }) else { return nil }
    var figure = Figure(metric, .share, .line)
    var counts = [Int](repeating: 0, count: scale.count)
    var hits = [[ReleaseID]](repeating: [], count: scale.count)
    var held = [Int](repeating: 0, count: scale.count)
    var (all, found, unknown) = (0, 0, 0)
    for part in parts {
      // Git alone tells of no failures, so that none would be a guess.
      guard part.history.isRecorded else {
        unknown += part.deployments.count
        continue
      }
      for (index, deployment) in part.deployments.enumerated() {
        let isHeld = holds(part, index)
        all += 1
        found += isHeld ? 1 : 0
        guard let bucket = deployment.ended.flatMap({ scale.index(of: $0) }) else { continue }
        counts[bucket] += 1
        if isHeld {
          held[bucket] += 1
          hits[bucket].append(deployment.release)
        }
      }
    }
    figure.lines = [
      Figure.Line(
        metric.title,
        scale.buckets.indices.map {
          Figure.Point(shownShare(held[$0], of: counts[$0]), count: counts[$0], releases: distinct(hits[$0]))
        })
    ]
    figure.totals = [
      Figure.Total("Share", shownShare(found, of: all), .share, count: all),
      Figure.Total(
        "Deployments that are \(failedWord)", all == 0 && unknown > 0 ? nil : Double(found), .count, count: found),
    ]
    note(&figure)
    if unknown > 0 {
      figure.leaveOut(unknown, "deployments of products without records")
      figure.notes.append(
        "Git alone does not tell what failed: without records nobody can say how many deployments failed, how long it "
          + "took to recover, or what was rework.")
    }
    noteAudience(&figure)
    return figure
  }
}
