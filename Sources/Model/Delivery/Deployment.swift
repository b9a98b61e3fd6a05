package import Diagnostics

/// One rollout of one version to one production environment, from its first stage's start to its last stage's end.
package struct Deployment: Hashable, Sendable {
  package enum Status: String, CaseIterable, Sendable {
    case running, succeeded, failed
    case rolledBack = "rolled-back"
  }

  /// What tells of it.
  package enum Origin: String, CaseIterable, Sendable {
    case record, event
    /// The release stands for it, for nobody deploys its product, or nobody tells of it.
    case release
  }

  package var release: ReleaseID
  /// Empty where the release stands for it.
  package var environment: String
  package var started: Moment
  /// `nil` while it is running.
  package var ended: Moment?
  package var status: Status
  package var origin: Origin
  /// How many events of tools tell the same.
  package var events = 0
  package var location: SourceLocation

  package init(
    of release: ReleaseID, to environment: String, started: Moment, ended: Moment?, status: Status, origin: Origin,
    at location: SourceLocation
  ) {
    (self.release, self.environment, self.started, self.ended) = (release, environment, started, ended)
    (self.status, self.origin, self.location) = (status, origin, location)
  }

  /// Running ones last; then by what they are, so that the order never depends on how they were found.
  package static func isBefore(_ a: Deployment, _ b: Deployment) -> Bool {
    let (x, y) = (a.ended?.seconds ?? .max, b.ended?.seconds ?? .max)
    if x != y { return x < y }
    if a.started != b.started { return a.started < b.started }
    return a.release == b.release ? precedesInBytes(a.environment, b.environment) : a.release < b.release
  }
}

/// The way back to a version that ran in an environment before.
package struct RollBack: Hashable, Sendable {
  package var product: ProductID
  package var environment: String
  package var at: Moment
  /// The version that runs again, where somebody says it.
  package var version: String?

  package init(of product: ProductID, in environment: String, at moment: Moment, to version: String?) {
    (self.product, self.environment, self.at, self.version) = (product, environment, moment, version)
  }
}
