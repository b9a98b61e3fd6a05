import Diagnostics
import Model

/// A stage of a rollout that brought a release to an environment.
struct Deployment {
  /// The position of the release on its shelf.
  var release: Int
  var stage: Rollout.Stage
  /// When it was over or, of one that runs, began.
  var when: When
  var seconds: Int

  var isRunning: Bool { stage.status?.value == .running }

  /// Whether some users or machines have something else.
  var isPartial: Bool { stage.share.map { $0.value < 100 } ?? false }
}

/// What the stages of a product's releases say of what runs where.
struct Deployments {
  /// By environment, newest first.
  private let byEnvironment: [String: [Deployment]]

  init(of facts: ProductFacts, in edition: Edition) {
    let asOf = edition.ledger.asOf
    let zone = edition.zone
    let production = Set(edition.site.environments.filter(\.isProduction).map(\.id))
    var found: [String: [Deployment]] = [:]
    for (position, release) in facts.releases.enumerated() {
      for stage in release.rollout?.stages ?? [] {
        guard let status = stage.status?.value, status == .succeeded || status == .running,
          let when = (stage.finished ?? stage.started ?? release.released)?.value, when.start(in: zone) <= asOf,
          // What was taken back runs nowhere that customers use.
          release.status != .rolledBack || !production.contains(stage.environment.value)
        else { continue }
        let deployment = Deployment(
          release: position, stage: stage, when: when, seconds: when.start(in: zone).seconds)
        found[stage.environment.value, default: []].append(deployment)
      }
    }
    byEnvironment = found.mapValues { deployments in
      deployments.enumerated().sorted { a, b in
        // On the same day what is higher is newer, and of one release the later stage.
        if a.element.seconds != b.element.seconds { return a.element.seconds > b.element.seconds }
        if a.element.release != b.element.release { return a.element.release < b.element.release }
        return a.offset > b.offset
      }.map(\.element)
    }
  }

  var environments: Set<String> { Set(byEnvironment.keys) }

  /// The newest in an environment.
  func latest(in environment: String) -> Deployment? { byEnvironment[environment]?.first }

  /// What those have who do not have the newest yet; `nil` where everybody has it, or nothing says what they have.
  func rest(in environment: String) -> Deployment? {
    guard let all = byEnvironment[environment], let latest = all.first, latest.isPartial || latest.isRunning else {
      return nil
    }
    return all.first { $0.release != latest.release && !$0.isPartial && !$0.isRunning }
  }
}
