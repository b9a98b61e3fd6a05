import ArgumentParser
import Diagnostics
import Model
import Publishing

struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Changes, components, licences and vulnerabilities between two releases.",
    usage: "gazette diff PRODUCT FROM TO [OPTION]…",
    discussion: """
      + is what the second has and the first has not; - is a fix that the second
      lacks, a component that is gone, a vulnerability that is fixed. Components and
      vulnerabilities are those of the evidence: for the public, of what is marked
      `audience: public`.

      Examples:
        gazette diff gateway 2.3.1 2.4.0
        gazette diff gateway 2.3.1 2.4.0 --audience internal --format json
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
    let comparison = try await comparison(of: product, from: from, to: to, for: audience, source, report)
    Console.standardOutput.write(format == .text ? comparison.text : comparison.json)
  }
}
