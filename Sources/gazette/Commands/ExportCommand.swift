import ArgumentParser
import Diagnostics
import Export
import Foundation
import Model
import Publishing

struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Hand on what the site shows: tables, OSCAL, a verdict, a period.",
    discussion: """
      Everything is read anew, and nothing is exported that no commit holds.

      Examples:
        gazette export csv outcomes --output outcomes.csv
        gazette export json
        gazette export oscal --framework soc2-2017 --output results.json
        gazette export verdict gateway 2.4.0 --to production
        gazette export period 2026-h2 --seed 4711 --output 2026-h2.zip
      """,
    subcommands: [
      ExportCSVCommand.self, ExportJSONCommand.self, ExportOSCALCommand.self, ExportVerdictCommand.self,
      ExportPeriodCommand.self,
    ])
}

extension TableName: ExpressibleByArgument {}

/// What the tables have, for the help of both commands.
private let columns = TableName.allCases.map { table in
  var lines = ["  \(table.rawValue):"]
  for (index, column) in table.columns.enumerated() {
    let word = column + (index + 1 < table.columns.count ? "," : "")
    if let line = lines.last, line.count + 1 + word.count <= 78 {
      lines[lines.count - 1] = line + " " + word
    } else {
      lines.append("    " + word)
    }
  }
  return lines.joined(separator: "\n")
}.joined(separator: "\n")

/// What every export takes.
struct ExportOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Where to (default: standard output).", valueName: "FILE"))
  var output: String?

  @OptionGroup var source: SourceOptions
  @OptionGroup var report: ReportOptions

  func load() async throws -> ExportSource { try await exportedSource(source, report) }
}

/// What there is to export.
/// - Throws: `ExitCode` when the content does not allow it, which the report has told.
private func exportedSource(_ source: SourceOptions, _ report: ReportOptions) async throws -> ExportSource {
  let (build, exported) = try await exportSource(source.request(isStrict: report.strict))
  guard let exported else {
    try report.tell(build.report, root: build.root)
    throw ExitCode(ExitStatus.hasErrors)
  }
  return exported
}

struct ExportCSVCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "csv",
    abstract: "One table as CSV (RFC 4180).",
    usage: "gazette export csv TABLE [OPTION]…",
    discussion: """
      A cell that a spreadsheet would take for a formula has an apostrophe before
      it. Columns:
      \(columns)

      Examples:
        gazette export csv approvals
      """)

  @Argument(help: ArgumentHelp("Which table.", valueName: "TABLE"))
  var table: TableName

  @OptionGroup var options: ExportOptions

  func run() async throws {
    let source = try await options.load()
    let table = table.table(of: source.ledger, source.judgement)
    try OutputFile.write(Array(table.csv.utf8), to: options.output)
  }
}

struct ExportJSONCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "json",
    abstract: "The tables as JSON: one object, a list of objects for each.",
    usage: "gazette export json [TABLE] [OPTION]…",
    discussion: """
      All values are text, or null. Members:
      \(columns)

      Examples:
        gazette export json
        gazette export json outcomes
      """)

  @Argument(help: ArgumentHelp("Which table (default: all).", valueName: "TABLE"))
  var table: TableName?

  @OptionGroup var options: ExportOptions

  func run() async throws {
    let source = try await options.load()
    var members: [String: JSON] = ["as_of": .text(source.ledger.asOf.iso), "commit": JSON(source.ledger.head)]
    for name in table.map({ [$0] }) ?? TableName.allCases {
      members[name.rawValue] = name.table(of: source.ledger, source.judgement).json
    }
    try OutputFile.write(JSON.object(members).bytes, to: options.output)
  }
}

struct ExportOSCALCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oscal",
    abstract: "The outcomes as OSCAL 1.1 assessment results.",
    usage: "gazette export oscal [OPTION]…",
    discussion: """
      Has metadata, import-ap (the policy takes the place of a plan), one result
      with the releases as components, the controls that rules answer as
      reviewed-controls and each outcome as an observation, and the policy and the
      files of evidence as resources. It has no findings: whether a control is
      satisfied is for the assessor to say.

      Examples:
        gazette export oscal --framework soc2-2017 --output results.json
      """)

  @Option(help: ArgumentHelp("Only the controls of this one.", valueName: "ID"))
  var framework: String?

  @OptionGroup var options: ExportOptions

  func run() async throws {
    let source = try await options.load()
    let known = source.frameworks
    if let framework, !known.contains(framework) {
      throw UsageError("there is no framework `\(framework)`", help: suggestion(for: framework, among: known))
    }
    guard
      let results = AssessmentResults(
        source.ledger, source.judgement, framework: framework, gazetteVersion: gazetteVersion)
    else {
      throw UsageError(
        "no rule answers a control, so there is nothing to review", help: "write a policy: `extends: [baseline]`")
    }
    try OutputFile.write(to: options.output) { receive in results.document.write(to: receive) }
  }
}

struct ExportVerdictCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verdict",
    abstract: "The verdict of a release as an in-toto statement (SLSA VSA 1).",
    usage: "gazette export verdict PRODUCT VERSION [OPTION]…",
    discussion: """
      The same as `gazette gate --attest`, but the exit status does not depend on
      the verdict. It is about the digests of the record's artifacts, else about its
      commit, and not signed.

      Examples:
        gazette export verdict gateway 2.4.0 --to production --output verdict.json
      """)

  @Argument(help: "The id of the product.")
  var product: String

  @Argument(help: "The version.")
  var version: String

  @Option(help: ArgumentHelp("Where to (default: the first environment that customers use).", valueName: "ENVIRONMENT"))
  var to: String?

  @OptionGroup var options: ExportOptions

  func run() async throws {
    let request = options.source.request(isStrict: options.report.strict)
    let (build, answer) = try await gate(
      GateQuestion(source: request, product: product, version: version, environment: to, artifact: nil))
    guard let answer = try answer?.known() else { return try options.report.tell(build.report, root: build.root) }
    try OutputFile.write(try answer.attestation(), to: options.output)
  }
}

struct ExportPeriodCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "period",
    abstract: "What went out in a period, with all proof, as a ZIP file.",
    usage: "gazette export period PERIOD --output FILE.zip [OPTION]…",
    discussion: """
      Holds the population and its reconciliation with the tags, a sample, the
      records, outcomes, approvals, waivers, the files of evidence, and the SHA-256
      of each file. The same commit gives the same bytes. The sample is drawn by
      SHA-256 of the seed and the release; without --seed, by the id of the period,
      which anybody could have known beforehand.

      Examples:
        gazette export period 2026-h2 --seed 4711 --output 2026-h2.zip
      """)

  @Argument(help: "A period of gazette.yml.")
  var period: String

  @Option(help: ArgumentHelp("The auditor's, for the sample.", valueName: "S"))
  var seed: String?

  @Option(help: ArgumentHelp("How many releases to draw (default: the period's, or 25).", valueName: "N"))
  var sample: Int?

  @Option(help: ArgumentHelp("Where to.", valueName: "FILE.zip"))
  var output: String

  @OptionGroup var source: SourceOptions
  @OptionGroup var report: ReportOptions

  func validate() throws {
    if let sample, sample < 0 { throw ValidationError("--sample is a number of releases, such as 25") }
  }

  func run() async throws {
    let exported = try await exportedSource(source, report)
    let periods = exported.ledger.site.periods
    guard let period = periods.first(where: { $0.id == self.period }) else {
      throw UsageError(
        "there is no period `\(self.period)`",
        help: suggestion(for: self.period, among: periods.map(\.id)) ?? "list it under `periods` in gazette.yml")
    }
    let archive = exported.archive(of: period, seed: seed, count: sample, gazetteVersion: gazetteVersion)
    let files = try exported.write(archive, to: WorkingFolder().absolute(output))
    var text = "\(output) has \(counted(files, "file")): \(counted(archive.releases, "release")) from "
    text += "\(period.from.iso) to \(period.to.iso), \(archive.sample.count) drawn with the seed `\(archive.seed)`.\n"
    if archive.undated > 0 {
      text += "\(counted(archive.undated, "release")) went out, and nobody says when: see reconciliation.csv.\n"
    }
    report.say(text)
  }
}

extension Result where Success == GateAnswer, Failure == UnknownName {
  func known() throws -> GateAnswer {
    do {
      return try get()
    } catch {
      throw UsageError(error.message, help: error.help)
    }
  }
}

extension GateAnswer {
  /// The bytes of the verdict.
  func attestation() throws -> [UInt8] {
    if let path = uncommitted.first {
      throw UsageError(
        "`\(path)` differs from the commit, so the verdict could not be made again", help: "commit it, then attest")
    }
    guard let statement = statement(gazetteVersion: gazetteVersion) else {
      throw UsageError(
        "the record of \(release) names neither an artifact with a digest nor a commit, so there is nothing to attest",
        help: "record `artifacts` with their `digest`, or the `commit`")
    }
    return statement.bytes
  }
}
