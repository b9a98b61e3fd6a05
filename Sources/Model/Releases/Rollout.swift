package import Diagnostics

/// How a release reaches its environments.
package struct Rollout: Hashable, Sendable {
  package enum Strategy: String, CaseIterable, Sendable {
    case canary
    case blueGreen = "blue-green"
    case rolling, staged
    case allAtOnce = "all-at-once"
  }

  package var strategy: Located<Strategy>?
  package var stages: [Stage] = []
  package var location: SourceLocation

  package init(at location: SourceLocation) {
    self.location = location
  }

  package struct Stage: Hashable, Sendable {
    package enum Status: String, CaseIterable, Sendable {
      case planned, running, succeeded, failed
      case rolledBack = "rolled-back"
    }
    package enum Decision: String, CaseIterable, Sendable {
      case expand, hold, complete
      case rollBack = "roll-back"
    }

    package var environment: Located<String>
    package var scope: String?
    /// Per cent of users or instances, 0...100.
    package var share: Located<Double>?
    package var started: Located<When>?
    package var finished: Located<When>?
    package var baked: Located<TimeSpan>?
    package var status: Located<Status>?
    package var criteria: [Criterion] = []
    package var decision: Located<Decision>?
    package var location: SourceLocation

    package init(environment: Located<String>, at location: SourceLocation) {
      (self.environment, self.location) = (environment, location)
    }
  }

  package struct Criterion: Hashable, Sendable {
    package var metric: String
    /// Such as `< 1 %`.
    package var limit: String?
    package var observed: String?
    package init(metric: String) { self.metric = metric }
  }
}

/// The way back.
package struct Rollback: Hashable, Sendable {
  package enum DataPath: String, CaseIterable, Sendable {
    case reversible, restore
    case forwardOnly = "forward-only"
  }

  /// The path of a page.
  package var plan: Located<String>?
  package var triggers: [String] = []
  package var to: Located<String>?
  package var data: DataPath?
  package var backupTaken: Located<When>?
  package var backupEvidence: Located<String>?
  package var executed: Located<When>?
  package var location: SourceLocation

  package init(at location: SourceLocation) {
    self.location = location
  }
}
