import ArgumentParser
import Diagnostics
import Ingest
import Publishing

/// How findings are told.
struct ReportOptions: ParsableArguments {
  @Option(
    name: .customLong("report"),
    help: ArgumentHelp(
      "How findings are told, and where to; may be repeated.", valueName: "FORMAT[=FILE]"))
  var reports: [ReportTarget] = []

  @Flag(help: "Make warnings errors.")
  var strict = false

  @Flag(help: "Tell findings only.")
  var quiet = false

  func validate() throws {
    let files = reports.compactMap(\.file)
    if let twice = files.first(where: { file in files.count { $0 == file } > 1 }) {
      throw ValidationError("--report writes `\(twice)` twice")
    }
    let spoken = reports.filter { $0.file == nil }
    if spoken.count > 1, let document = spoken.first(where: \.format.isDocument) {
      let word = document.format.rawValue
      throw ValidationError("--report \(word) needs standard output for itself: give it a file, as in \(word)=FILE")
    }
  }

  /// Says everything that was found.
  /// - Parameter console: Where to when nobody says; standard error where standard output is a result that goes on to
  ///   readers who may not see the records.
  /// - Throws: `ExitCode` 1 when there are errors.
  func tell(_ report: Report, root: String?, on console: Console = .standardOutput) throws {
    let report = strict ? report.strict : report
    try tell(Telling(report, root: root), on: console)
    if report.hasErrors { throw ExitCode(ExitStatus.hasErrors) }
  }

  /// Says it, and leaves the exit status to the caller.
  func tell(_ told: Telling, on console: Console = .standardOutput) throws(FileError) {
    if reports.isEmpty { try ReportTarget(.text).write(told, on: console) }
    for target in reports { try target.write(told) }
  }

  /// Shows an answer in words, and tells programs what they asked for; what was found besides is for standard error
  /// where no report has it.
  func show(_ told: Telling, besides found: Report) throws(FileError) {
    var told = told
    if strict { told.report = told.report.strict }
    if reports.isEmpty {
      try ReportTarget(.text).write(Telling(strict ? found.strict : found, root: told.root), on: .standardError)
    }
    for target in reports { try target.write(told) }
    guard let words = told.words, !reports.contains(ReportTarget(.text)) else { return }
    (isRead ? Console.standardError : Console.standardOutput).write(words)
  }

  /// Whether standard output is what a program reads.
  private var isRead: Bool { reports.contains { $0.format.isDocument && $0.file == nil } }

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
