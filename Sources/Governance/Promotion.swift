import Diagnostics
package import Model

/// Whether a release came through the environments before one.
package struct Promotion: Sendable {
  package let obstacles: [Reason]

  /// Asked of each earlier environment that this release names or an earlier one of the product ran in: a stage must
  /// have succeeded there, with the same image where both are stated.
  package init(
    _ release: Release, on shelf: Ledger.Shelf, to environment: DeploymentEnvironment,
    among environments: [DeploymentEnvironment]
  ) {
    let earlier = environments.prefix { $0.id != environment.id }.filter { !$0.isProduction }
    let wanted = release.environments.first { $0.id.value == environment.id }?.image
    var obstacles: [Reason] = []
    for step in earlier where Promotion.isOnTheWay(step.id, of: shelf) {
      let stages = release.rollout?.stages.filter { $0.environment.value == step.id } ?? []
      let ended = stages.last { [.succeeded, .failed, .rolledBack].contains($0.status?.value) }
      guard let stage = ended, stage.status?.value == .succeeded else {
        obstacles.append(
          Reason(
            "it has not succeeded in `\(step.id)`, which comes before `\(environment.id)`",
            at: stages.last?.environment.location ?? release.rollout?.location ?? release.location,
            help: "deploy it to `\(step.id)` first and record the stage"))
        continue
      }
      let image = release.environments.first { $0.id.value == step.id }
      if let tried = image?.image, let wanted, tried != wanted {
        obstacles.append(
          Reason(
            "another image succeeded in `\(step.id)` than is to go to `\(environment.id)`",
            at: image?.location ?? stage.location, help: "deploy the image that was tried"))
      }
    }
    self.obstacles = obstacles
  }

  private static func isOnTheWay(_ environment: String, of shelf: Ledger.Shelf) -> Bool {
    shelf.releases.contains { release in
      release.environments.contains { $0.id.value == environment }
        || release.rollout?.stages.contains { $0.environment.value == environment } ?? false
    }
  }
}
