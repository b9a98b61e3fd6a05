import ArgumentParser
import Diagnostics
import Model
import Publishing

extension CalendarQuestion.Format: ExpressibleByArgument {}

struct CalendarCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calendar",
    abstract: "What goes out when, what is frozen, and what does not go together.",
    usage: "gazette calendar [OPTION]…",
    discussion: """
      Without days, the next ninety. With days, also the windows of each. As ics it
      is the file that the site offers to subscribe to.

      Examples:
        gazette calendar
        gazette calendar --from 2026-11-01 --to 2026-12-31 --product gateway
        gazette calendar --format ics > releases.ics
      """)

  @Option(help: ArgumentHelp("The first day.", valueName: "DAY"), transform: TimeArgument.day)
  var from: CivilDate?

  @Option(help: ArgumentHelp("The last day.", valueName: "DAY"), transform: TimeArgument.day)
  var to: CivilDate?

  @Option(help: ArgumentHelp("Only what concerns a product.", valueName: "PRODUCT"))
  var product: String?

  @Option(help: ArgumentHelp("How it is written.", valueName: "text|json|csv|ics"))
  var format = CalendarQuestion.Format.text

  @Option(help: ArgumentHelp("Who reads it.", valueName: "public|internal"))
  var audience = Audience.public

  @OptionGroup var source: SourceOptions
  @OptionGroup var report: ReportOptions

  func validate() throws {
    if let from, let to, to < from { throw ValidationError("--to is a day before --from") }
    if format == .ics, from != nil || to != nil {
      throw ValidationError("--from and --to make no sense with ics, which is the whole calendar")
    }
  }

  func run() async throws {
    var question = CalendarQuestion(
      source: source.request(isStrict: report.strict, remembers: true), audience: audience, format: format)
    (question.from, question.to, question.product) = (from, to, product)
    let (build, text) = try await report.withProgress(question.source) { [question] source in
      var question = question
      question.source = source
      return try await calendar(question)
    }
    switch text {
    case nil:
      try report.tell(build.report, root: build.root, on: .standardError)
      throw ExitCode(ExitStatus.hasErrors)
    case .failure(let unknown)?:
      throw UsageError(unknown.message, help: unknown.help)
    case .success(let text)?:
      Console.standardOutput.write(text)
    }
  }
}
