import ArgumentParser
import Diagnostics

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
  /// - Throws: `ExitCode` 1 when there are errors.
  func tell(_ report: Report, root: String?) throws {
    let report = strict ? report.strict : report
    for target in reports.isEmpty ? [ReportTarget(.text)] : reports { try target.write(report, root: root) }
    if report.hasErrors { throw ExitCode(ExitStatus.hasErrors) }
  }

  /// Says how it went, where that does not disturb a program that reads the findings.
  func say(_ text: String) {
    guard !quiet else { return }
    let isRead = reports.contains { $0.format != .text && $0.file == nil }
    (isRead ? Console.standardError : Console.standardOutput).write(text)
  }
}
