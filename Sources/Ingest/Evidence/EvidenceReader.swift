import Diagnostics
import Model

/// What a reader takes from a file of its format.
struct EvidenceReport: Sendable {
  var producedAt: Moment?
  var tool: EvidenceTool?
  var subjects: [EvidenceSubject] = []
  var payload: EvidencePayload
  /// What is odd and leaves the file readable.
  var remarks: [EvidenceProblem] = []
  /// What the signatures of a provenance are over, one for each of its statements.
  var signed: [SignedContent] = []

  init(_ payload: EvidencePayload) {
    self.payload = payload
  }
}

/// A format of evidence: how a file of it is known, and what is read from it.
struct EvidenceReader: Sendable {
  let format: EvidenceFormat
  /// Whether content, sound or not, is of this format; by what it says, never by its name.
  let recognises: @Sendable (EvidenceContent) -> Bool
  let read: @Sendable (EvidenceContent) throws(EvidenceProblem) -> EvidenceReport

  /// The first that recognises the content reads it, so what is more particular comes first.
  static let all: [EvidenceReader] = [
    junit, sarif, cobertura, jacoco, lcov, axe, performance,
    CycloneDX.reader, SPDX.reader, OpenVEX.reader, CSAF.reader, InToto.reader, Trivy.reader, Grype.reader, OSV.reader,
    OSVScanner.reader, Reviews.reader, CDEvents.reader,
  ]

  static func named(_ format: EvidenceFormat) -> EvidenceReader? { all.first { $0.format == format } }
}
