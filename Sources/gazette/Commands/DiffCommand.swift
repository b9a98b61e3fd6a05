import ArgumentParser
import Diagnostics
import Model
import Publishing

struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Changes between two releases.",
    discussion: """
      + is what the second has and the first has not; - is a fix that the second lacks.

      Examples:
        gazette diff gateway 2.3.1 2.4.0
        gazette diff gateway 2.3.1 2.4.0 --format json
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  @Argument(help: ArgumentHelp("The id of a product.", valueName: "PRODUCT"))
  var product: String

  @Argument(help: ArgumentHelp("A version.", valueName: "FROM"))
  var from: String

  @Argument(help: ArgumentHelp("Another version.", valueName: "TO"))
  var to: String

  @Option(help: ArgumentHelp("How it is written.", valueName: "text|json"))
  var format = Format.text

  @Option(help: ArgumentHelp("Who reads it.", valueName: "public|internal"))
  var audience = Audience.public

  @OptionGroup var source: SourceOptions
  @OptionGroup var report: ReportOptions

  func run() async throws {
    let notes = try await comparison(of: product, from: from, to: to, for: audience, source, report).notes
    Console.standardOutput.write(format == .text ? notes.text : notes.json)
  }
}
