import ArgumentParser
import Diagnostics
import Model
import Publishing

struct NotesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notes",
    abstract: "The merged notes between two versions, as Markdown, HTML or JSON.",
    discussion: """
      What the later version has and the earlier has not, by ancestry: actions first.

      Examples:
        gazette notes gateway 2.3.1..2.4.0
        gazette notes gateway 2.3.1..2.4.0 --format html > mail.html
      """)

  @Argument(help: ArgumentHelp("The id of a product.", valueName: "PRODUCT"))
  var product: String

  @Argument(help: ArgumentHelp("Two versions.", valueName: "FROM..TO"))
  var range: String

  @Option(help: ArgumentHelp("How they are written.", valueName: "markdown|html|json"))
  var format = MergedNotes.Format.markdown

  @Option(help: ArgumentHelp("Who reads them.", valueName: "public|internal"))
  var audience = Audience.public

  @OptionGroup var source: SourceOptions
  @OptionGroup var report: ReportOptions

  func run() async throws {
    guard let dots = range.firstRange(of: ".."), dots.lowerBound > range.startIndex, dots.upperBound < range.endIndex else {
      throw UsageError("`\(range)` is not two versions", help: "write them as FROM..TO, such as 2.3.1..2.4.0")
    }
    let difference = try await comparison(
      of: product, from: String(range[..<dots.lowerBound]), to: String(range[dots.upperBound...]), for: audience,
      source, report)
    var findings = Report()
    let notes = MergedNotes(difference.difference, address: difference.address)
    Console.standardOutput.write(notes.text(as: format, into: &findings))
    if findings.hasErrors { try report.tell(findings, root: nil) }
  }
}

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
    let difference = try await comparison(of: product, from: from, to: to, for: audience, source, report).difference
    Console.standardOutput.write(format == .text ? difference.text : difference.json)
  }
}

extension Audience: ExpressibleByArgument {}
extension MergedNotes.Format: ExpressibleByArgument {}

/// The difference between two versions; findings are told only when they are errors, for the result is to be read by
/// something else.
private func comparison(
  of product: String, from: String, to: String, for audience: Audience, _ source: SourceOptions,
  _ report: ReportOptions
) async throws -> (difference: Difference, address: String?) {
  let (build, result) = try await difference(
    source.request(isStrict: report.strict), product: product, from: from, to: to, audience: audience)
  switch result {
  case nil:
    try report.tell(build.report, root: build.root)
    throw ExitCode(ExitStatus.hasErrors)
  case .failure(let unknown)?:
    throw UsageError(unknown.message, help: suggestion(for: unknown.name, among: unknown.known))
  case .success(let difference)?:
    return (difference, build.address)
  }
}
