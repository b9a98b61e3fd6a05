import ArgumentParser
import Diagnostics
import Model
import Publishing

struct NotesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notes",
    abstract: "The merged notes between two versions, as Markdown, HTML or JSON.",
    usage: "gazette notes PRODUCT FROM..TO [OPTION]…",
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
    guard let dots = range.firstRange(of: ".."), dots.lowerBound > range.startIndex, dots.upperBound < range.endIndex
    else {
      throw UsageError("`\(range)` is not two versions", help: "write them as FROM..TO, such as 2.3.1..2.4.0")
    }
    let compared = try await comparison(
      of: product, from: String(range[..<dots.lowerBound]), to: String(range[dots.upperBound...]), for: audience,
      source, report)
    var findings = Report()
    let notes = MergedNotes(compared.notes, address: compared.address)
    Console.standardOutput.write(notes.text(as: format, with: compared.templates, into: &findings))
    if findings.hasErrors { try report.tell(findings, root: nil, on: .standardError) }
  }
}
