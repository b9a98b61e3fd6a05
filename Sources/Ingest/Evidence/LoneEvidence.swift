package import Diagnostics
package import Model

// What a file says that no record names yet, read as it will be once one does.

extension Checkout {
  /// - Parameters:
  ///   - path: Relative to the top.
  ///   - format: What it is said to be; `nil` where its content tells.
  /// - Returns: `nil` when the report says why the file shows nothing.
  package func evidence(
    at path: String, as format: EvidenceFormat?, into report: inout Report
  ) throws(FileError) -> EvidenceFile? {
    let job = EvidenceJob(source: .file(path), format: format)
    let outcome = try EvidenceFiles(checkout: reader, store: nil).outcome(of: job)
    if let refusal = outcome.refusal {
      report.add(.refusal(refusal, of: path, limit: EvidenceContent.largest, at: nil))
    }
    outcome.tell(&report)
    return outcome.reading.file
  }
}

extension EvidenceFile {
  /// - Parameters:
  ///   - bytes: Of a file that is not in the checkout yet.
  ///   - path: As it is called where something is wrong with it.
  package init?(_ bytes: [UInt8], at path: String, as format: EvidenceFormat?, into report: inout Report) {
    let outcome = EvidenceFiles.outcome(of: bytes, path: path, as: format)
    outcome.tell(&report)
    guard let file = outcome.reading.file else { return nil }
    self = file
  }
}

extension EvidenceOutcome {
  /// Says what is wrong within the file, or odd.
  fileprivate func tell(_ report: inout Report) {
    for (problems, severity) in [(problems, Diagnostic.Severity.error), (remarks, .warning)] {
      // Whether a format that is not read matters is for whoever says what the file is.
      for problem in problems where problem.code != .unrecognisedEvidence {
        let place = SourceLocation(file: path, line: problem.place?.line ?? 1, column: problem.place?.column ?? 1)
        report.add(
          Diagnostic(severity, problem.code, "\(quoted(path)) \(problem.reason)", at: place, help: problem.help))
      }
    }
  }
}
