import ArgumentParser
import Diagnostics
import Publishing

struct GateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "May this release go out? What it lacks, what is pending, what is waived.",
    discussion: """
      Exit status 1 while a rule of severity error is not met. What is due later never blocks.

      Examples:
        gazette gate gateway 2.4.0 --to production
        gazette gate gateway 2.4.0 --to staging --artifact sha256:4d96…
        gazette gate gateway 2.4.0 --attest verdict.json
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
    if let attest { try OutputFile.write(try answer.attestation(), to: attest) }
    var told = build.report
    told.add(answer.findings)
    try report.show(answer.words, whileTelling: report.reports.isEmpty ? build.report : told, root: build.root)
    if !answer.isOpen { throw ExitCode(ExitStatus.hasErrors) }
  }
}
