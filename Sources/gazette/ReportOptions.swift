import ArgumentParser
import Diagnostics
import Ingest
import Publishing

/// How findings are told.
struct ReportOptions: ParsableArguments {
  @Option(
    name: .customLong("report"),
    help: ArgumentHelp("How findings are told: text or json, and where to.", valueName: "text|json[=FILE]"))
  var reports: [ReportTarget] = []

  @Flag(help: "Make warnings errors.")
  var strict = false

  @Flag(help: "Tell findings only.")
  var quiet = false

  /// Says everything that was found.
  /// - Parameter console: Where to when nobody says; standard error where standard output is a result that goes on to
  ///   readers who may not see the records.
  /// - Throws: `ExitCode` 1 when there are errors.
  func tell(_ report: Report, root: String?, on console: Console = .standardOutput) throws {
    let report = strict ? report.strict : report
    if reports.isEmpty { try ReportTarget(.text).write(report, root: root, on: console) }
    for target in reports { try target.write(report, root: root) }
    if report.hasErrors { throw ExitCode(ExitStatus.hasErrors) }
  }

  /// Shows a result for people, and beside it what was found: for programs where they asked for it, else on standard
  /// error.
  func show(_ result: String, whileTelling report: Report, root: String?) throws(FileError) {
    let report = strict ? report.strict : report
    if reports.isEmpty { try ReportTarget(.text).write(report, root: root, on: .standardError) }
    for target in reports { try target.write(report, root: root) }
    (isRead ? Console.standardError : Console.standardOutput).write(result)
  }

  /// Whether standard output is what a program reads.
  private var isRead: Bool { reports.contains { $0.format != .text && $0.file == nil } }

  /// Says how it went, where that does not disturb a program that reads the findings.
  func say(_ text: String) {
    guard !quiet else { return }
    (isRead ? Console.standardError : Console.standardOutput).write(text)
  }

  /// Shows what is being done while work on a request is long.
  func withProgress<Result>(
    _ request: SourceRequest, _ work: (SourceRequest) async throws -> Result
  ) async throws -> Result {
    guard !quiet, Console.standardError.isTerminal else { return try await work(request) }
    let progress = Progress()
    var request = request
    request.options.reached = progress.tell
    defer { progress.end() }
    return try await work(request)
  }
}
