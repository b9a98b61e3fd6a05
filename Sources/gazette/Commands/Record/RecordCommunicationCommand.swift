import ArgumentParser
import Authoring
import Model

struct RecordCommunicationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "communication",
    abstract: "Record who was told of a release.",
    usage: "gazette record communication PRODUCT VERSION --to AUDIENCE [OPTION]…",
    discussion: """
      Example:
        gazette record communication gateway 2.4.0 --to customers \\
          --channel "status page"
      """)

  @OptionGroup var options: RecordOptions

  @Option(help: ArgumentHelp("Who was told.", valueName: "AUDIENCE"))
  var to: String

  @Option(help: "How.")
  var channel: String?

  @Option(help: ArgumentHelp("By whom (default: whoever commits).", valueName: "PERSON"))
  var by: String?

  func run() async throws {
    let scene = try await options.scene()
    let part = Part.communication(to: to, channel: channel, by: try scene.person(by)?.id, at: scene.at)
    try await options.record(part, in: scene)
  }
}
