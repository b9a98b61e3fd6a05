import Diagnostics
import Model

/// Finds releases that are out and whose records say that they are not: the site shows them as still to come.
struct StaleStatus {
  private let production: [String]

  init(_ site: Site) {
    production = site.environments.filter(\.isProduction).map(\.id)
  }

  /// Those that went to production in full.
  func problems(in releases: [ReleaseRecord]) -> [Diagnostic] {
    let releases = releases.span
    var problems: [Diagnostic] = []
    for place in releases.indices where StaleStatus.isOpen(releases[place].status.value) {
      guard let stage = complete(releases[place]) else { continue }
      problems.append(
        StaleStatus.problem(
          releases[place].version, "is all in `\(stage.environment.value)`", releases[place].status,
          help: "write `status: released` and `released`, or correct the stage"))
    }
    return problems
  }

  /// A tag of a source whose tags are releases, that would be one were it not for the record.
  static func problem(_ record: ReleaseRecord?, taggedAs tag: String) -> Diagnostic? {
    guard let record, isOpen(record.status.value) else { return nil }
    return problem(
      record.version, "is tagged, as `\(tag)`", record.status, help: "write `status: released` when it is out")
  }

  private static func isOpen(_ status: Release.Status) -> Bool { !status.hasShipped && status != .cancelled }

  /// The last stage in production, where it succeeded for everybody.
  private func complete(_ release: ReleaseRecord) -> Rollout.Stage? {
    guard release.rollback?.executed == nil,
      let stage = release.rollout?.stages.last(where: { production.contains($0.environment.value) }),
      stage.status?.value == .succeeded, stage.decision?.value != .rollBack
    else { return nil }
    guard let share = stage.share else { return stage.scope == nil ? stage : nil }
    return share.value >= 100 ? stage : nil
  }

  private static func problem(
    _ version: String, _ fact: String, _ status: Located<Release.Status>, help: String
  ) -> Diagnostic {
    .warning(
      .staleStatus, "`\(version)` \(fact), and its record says `\(status.value.rawValue)`", at: status.location,
      help: help)
  }
}
