import ArgumentParser
import Authoring
import Model

struct RecordReviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Record the look back at a release, or an action that was promised later.",
    usage: "gazette record review PRODUCT VERSION [OPTION]…",
    discussion: """
      Example:
        gazette record review gateway 2.4.0 --went-well "The canary caught it" \\
          --improve "Warm the cache first" --action 'ben, 2026-11-15, Add an alarm'
      """)

  @OptionGroup var options: RecordOptions

  @Option(help: ArgumentHelp("Who led it (default: whoever commits).", valueName: "PERSON"))
  var by: String?

  @Option(help: "What went well.")
  var wentWell: String?

  @Option(help: "What to do better.")
  var improve: String?

  @Option(
    name: .customLong("action"), help: ArgumentHelp("What was promised.", valueName: "OWNER, DUE, TEXT"))
  var actions: [ActionWords] = []

  func run() async throws {
    let scene = try await options.scene()
    var words = Part.ReviewWords()
    words.by = try scene.person(by)?.id
    (words.wentWell, words.improve) = (wentWell, improve)
    words.actions = try actions.map { action in
      (try scene.content.person(action.owner).id, action.due, action.text)
    }
    try await options.record(try .review(words, at: scene.at, onto: scene.record), in: scene)
  }
}

/// `ben, 2026-11-15, Add an alarm`.
struct ActionWords: ExpressibleByArgument, Hashable, Sendable {
  var owner: String
  var due: When
  var text: String

  init?(argument: String) {
    let parts = argument.split(separator: ",", maxSplits: 2).map { part in
      String(part.drop { $0 == " " })
    }
    guard parts.count == 3, let due = When(parts[1]), !parts[2].isEmpty else { return nil }
    (owner, self.due, text) = (parts[0], due, parts[2])
  }
}
