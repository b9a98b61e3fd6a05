import ArgumentParser
import Diagnostics
import Publishing

struct GateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "May this release go out? What it lacks, what is pending, what is waived.",
    usage: "gazette gate PRODUCT VERSION [OPTION]…",
    discussion: """
      Exit status 1 while a rule of severity error is not met. What is due later
      never blocks.

      Examples:
        gazette gate gateway 2.4.0 --to production
        gazette gate gateway 2.4.0 --to staging --artifact sha256:4d96…
        gazette gate gateway 2.4.0 --attest verdict.json
        gazette gate gateway 2.4.0 --report text --report junit=gate.xml
      """)

  @Argument(help: "The id of the product.")
  var product: String

  @Argument(help: "The version that is to go out.")
  var version: String

  @Option(help: ArgumentHelp("Where to (default: the first environment that customers use).", valueName: "ENVIRONMENT"))
  var to: String?

  @Option(help: ArgumentHelp("The digest of what is deployed; it must be in the record.", valueName: "DIGEST"))
  var artifact: String?

  @Option(help: ArgumentHelp("Write the verdict there, as an in-toto statement (SLSA VSA 1).", valueName: "FILE"))
  var attest: String?

  @OptionGroup var source: SourceOptions
  @OptionGroup var report: ReportOptions

  func run() async throws {
    let question = GateQuestion(
      source: source.request(isStrict: report.strict), product: product, version: version, environment: to,
      artifact: artifact)
    let (build, answer) = try await gate(question)
    guard let answer = try answer?.known() else { return try report.tell(build.report, root: build.root) }
    var told = Telling(build.report, root: build.root)
    told.report.merge(answer.report)
    (told.words, told.suites, told.members) = (answer.words, answer.suites, answer.members)
    try report.show(told, besides: build.report)
    // Told first: the verdict stands, whether or not there is something to attest it of.
    if let attest { try OutputFile.write(try answer.attestation(), to: attest) }
    if !answer.isOpen { throw ExitCode(ExitStatus.hasErrors) }
  }
}
