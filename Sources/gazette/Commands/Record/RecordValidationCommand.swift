import ArgumentParser
import Authoring
import Model

struct RecordValidationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validation",
    abstract: "Record what was checked after a release went out.",
    usage: "gazette record validation PRODUCT VERSION [OPTION]…",
    discussion: """
      Examples:
        gazette record validation gateway 2.4.0 --check smoke=passed
        gazette record validation gateway 2.4.0 --check load=failed \\
          --error-budget-left '82 %'
      """)

  @OptionGroup var options: RecordOptions

  @Option(
    name: .customLong("check"),
    help: ArgumentHelp("A check, and whether it passed, failed or was skipped.", valueName: "NAME=STATUS"))
  var checks: [CheckWords] = []

  @Option(help: ArgumentHelp("Who answers for all of it.", valueName: "PERSON"))
  var by: String?

  @Option(help: "What was left of the error budget.")
  var errorBudgetLeft: String?

  @Option(help: ArgumentHelp("Until when it is watched.", valueName: "DAY|MOMENT"), transform: TimeArgument.when)
  var observedUntil: When?

  func run() async throws {
    guard !checks.isEmpty else {
      throw UsageError("nothing was checked", help: "give `--check`, such as `--check smoke=passed`")
    }
    let scene = try await options.scene()
    var words = Part.ValidationWords(checks: checks.map { ($0.name, $0.status) })
    words.by = try by.map { id throws in try scene.content.person(id).id }
    (words.errorBudgetLeft, words.observedUntil) = (errorBudgetLeft, observedUntil)
    try await options.record(try .validation(words, at: scene.at, onto: scene.record), in: scene)
  }
}

/// `smoke=passed`.
struct CheckWords: ExpressibleByArgument, Hashable, Sendable {
  var name: String
  var status: Validation.Check.Status

  init?(argument: String) {
    guard let equals = argument.lastIndex(of: "="), equals > argument.startIndex,
      let status = Validation.Check.Status(rawValue: String(argument[argument.index(after: equals)...]))
    else { return nil }
    (name, self.status) = (String(argument[..<equals]), status)
  }
}
