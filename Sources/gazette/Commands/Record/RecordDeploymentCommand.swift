import ArgumentParser
import Authoring
import Diagnostics
import Model

extension Rollout.Stage.Status: ExpressibleByArgument {}
extension Rollout.Stage.Decision: ExpressibleByArgument {}
extension Rollout.Strategy: ExpressibleByArgument {}

struct RecordDeploymentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deployment",
    abstract: "Record a stage of the rollout.",
    usage: "gazette record deployment PRODUCT VERSION --to ENVIRONMENT [OPTION]…",
    discussion: """
      Examples:
        gazette record deployment gateway 2.4.0 --to staging
        gazette record deployment gateway 2.4.0 --to production --share 5 \\
          --strategy canary --started 2026-11-02T09:00Z --baked PT2H \\
          --decision expand --criterion 'error rate; < 1 %; 0.3 %'
        gazette record deployment gateway 2.4.0 --to production --status failed
      """)

  @OptionGroup var options: RecordOptions

  @Option(help: ArgumentHelp("Where to.", valueName: "ENVIRONMENT"))
  var to: String

  @Option(help: ArgumentHelp("How it went (default: succeeded).", valueName: "STATUS"))
  var status: Rollout.Stage.Status = .succeeded

  @Option(
    help: ArgumentHelp("When it began (default: as --at).", valueName: "DAY|MOMENT"),
    transform: TimeArgument.when)
  var started: When?

  @Option(help: ArgumentHelp("For whom, in per cent.", valueName: "SHARE"))
  var share: String?

  @Option(help: "For whom, in words.")
  var scope: String?

  @Option(help: ArgumentHelp("How long it was watched.", valueName: "PT2H"))
  var baked: String?

  @Option(
    name: .customLong("criterion"),
    help: ArgumentHelp("What was watched.", valueName: "METRIC; LIMIT; OBSERVED"))
  var criteria: [CriterionWords] = []

  @Option(help: ArgumentHelp("What was decided then.", valueName: "DECISION"))
  var decision: Rollout.Stage.Decision?

  @Option(help: ArgumentHelp("How it reaches its environments.", valueName: "STRATEGY"))
  var strategy: Rollout.Strategy?

  func run() async throws {
    let scene = try await options.scene()
    if let share, Double(share).map({ $0 < 0 || $0 > 100 }) ?? true {
      throw UsageError("`\(share)` is no share", help: "give per cent, such as `--share 5`")
    }
    if let baked, TimeSpan(baked) == nil {
      throw UsageError("`\(baked)` is not a duration", help: "write `PT2H` for two hours")
    }
    var words = Part.StageWords(to: try scene.content.environment(to).id)
    (words.status, words.strategy, words.decision) = (status, strategy, decision)
    (words.scope, words.share, words.baked, words.started) = (scope, share, baked, started)
    words.finished = scene.at
    words.criteria = criteria.map { ($0.metric, $0.limit, $0.observed) }
    if status == .planned || status == .running { words.finished = nil }
    try await options.record(try .deployment(words, at: scene.at, onto: scene.record), in: scene)
  }
}

/// `error rate; < 1 %; 0.3 %`.
struct CriterionWords: ExpressibleByArgument, Hashable, Sendable {
  var metric: String
  var limit: String
  var observed: String

  init?(argument: String) {
    let parts = argument.split(separator: ";", omittingEmptySubsequences: false).map { part in
      var part = part
      while part.first == " " { part.removeFirst() }
      while part.last == " " { part.removeLast() }
      return String(part)
    }
    guard parts.count == 3, !parts.contains("") else { return nil }
    (metric, limit, observed) = (parts[0], parts[1], parts[2])
  }
}
