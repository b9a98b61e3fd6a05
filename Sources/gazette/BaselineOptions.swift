import ArgumentParser
import Authoring
import Diagnostics
import Foundation
import Ingest
import Publishing

/// What is known and accepted for a while.
struct BaselineOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Findings that do not count for the exit status, for now.", valueName: "FILE"))
  var baseline: String?

  @Option(help: ArgumentHelp("Write what is found now as a baseline.", valueName: "FILE"))
  var writeBaseline: String?

  /// The report of a build, with what the baseline accepts marked as such.
  ///
  /// Errors that keep Gazette from judging are accepted by nobody: what the rules would say is not known then.
  func applied(to build: SiteBuild, strict: Bool, isWhole: Bool = true) throws(FileError) -> Report {
    let report = strict ? build.report.strict : build.report
    guard let baseline else { return report }
    var own = Report()
    let read = try read(baseline, into: &own)
    guard let read, let judgedAt = build.judgedAt else {
      own.merge(report)
      return own
    }
    var accepted = read.accepting(report, judgedAt: judgedAt, isWhole: isWhole)
    accepted.merge(own)
    return accepted
  }

  /// Writes the baseline that is asked for, keeping what the old one or the file itself says of the same findings.
  /// - Returns: How many findings it holds; `nil` when none is asked for.
  func write(_ report: Report) throws(FileError) -> Int? {
    guard let writeBaseline else { return nil }
    let old = baseline ?? (FileManager.default.fileExists(atPath: writeBaseline) ? writeBaseline : nil)
    // What is wrong with the old file is told where it is used.
    var unreported = Report()
    var kept: Baseline?
    if let old {
      kept = try read(old, into: &unreported)
      guard kept != nil else {
        throw FileError(
          old, "it is no whole baseline, and what it says would be lost",
          help: "give each entry its `reason` and `expires`, or name a new file with --write-baseline")
      }
    }
    let text = baselineText(accepting: report, keeping: kept)
    try OutputFile.write(Array(text.utf8), to: writeBaseline)
    return report.count(of: .error) + report.count(of: .warning)
  }

  func words(forWriting count: Int) -> String {
    "\(writeBaseline ?? "") accepts \(counted(count, "finding")), once it says why and until when.\n"
  }

  private func read(_ path: String, into report: inout Report) throws(FileError) -> Baseline? {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw FileError(
        path, "the baseline cannot be read", help: "write one with `gazette check --write-baseline \(path)`")
    }
    return Baseline(Array(data), path: path, into: &report)
  }
}
