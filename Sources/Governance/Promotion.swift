import Diagnostics
package import Model

/// Whether a release came through the environments before one.
package struct Promotion: Sendable {
  package let obstacles: [Reason]

  /// Asked of each earlier environment that this release names or an earlier one of the product ran in: a stage must
  /// have succeeded there, with the same image. Where nobody states one, it is what the artifacts are.
  package init(
    _ release: Release, on shelf: Ledger.Shelf, to environment: DeploymentEnvironment,
    among environments: [DeploymentEnvironment]
  ) {
    let earlier = environments.prefix { $0.id != environment.id }.filter { !$0.isProduction }
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
      let (tried, wanted) = (
        Promotion.digests(of: release, in: step.id), Promotion.digests(of: release, in: environment.id)
      )
      let place = release.environments.first { $0.id.value == step.id }?.location ?? stage.location
      if tried.isEmpty || wanted.isEmpty {
        let silent = tried.isEmpty ? step.id : environment.id
        obstacles.append(
          Reason(
            "nobody can tell whether what succeeded in `\(step.id)` is to go to `\(environment.id)`, for nobody says "
              + "which image is that in `\(silent)`", at: place,
            help: "add `\(silent)` with its `image` to `environments`, or the digests of the `artifacts`"))
      } else if tried.isDisjoint(with: wanted) {
        obstacles.append(
          Reason(
            "another image succeeded in `\(step.id)` than is to go to `\(environment.id)`", at: place,
            help: "deploy the image that was tried"))
      }
    }
    self.obstacles = obstacles
  }

  private static func digests(of release: Release, in environment: String) -> Set<String> {
    if let image = release.environments.first(where: { $0.id.value == environment })?.image {
      return [image.lowercased()]
    }
    return Set(release.artifacts.compactMap { $0.digest?.lowercased() })
  }

  private static func isOnTheWay(_ environment: String, of shelf: Ledger.Shelf) -> Bool {
    shelf.releases.contains { release in
      release.environments.contains { $0.id.value == environment }
        || release.rollout?.stages.contains { $0.environment.value == environment } ?? false
    }
  }
}
