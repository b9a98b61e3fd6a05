/// A file that proves something, as it was read: once, whatever entries name it.
package struct EvidenceFile: Hashable, Sendable {
  /// Relative to the checkout; in the evidence store, its path there.
  package var path: String
  /// In bytes.
  package var size: Int
  /// Of the bytes that were read, in lower-case hex.
  package var sha256: String
  package var format: EvidenceFormat
  /// When the file says that it was made; `nil` also where it states a time without its zone.
  package var producedAt: Moment?
  package var tool: EvidenceTool?
  /// What the file says that it speaks of.
  package var subjects: [EvidenceSubject] = []
  package var payload: EvidencePayload

  package init(path: String, size: Int, sha256: String, format: EvidenceFormat, payload: EvidencePayload) {
    (self.path, self.size, self.sha256, self.format, self.payload) = (path, size, sha256, format, payload)
  }
}

/// What made a file of evidence.
package struct EvidenceTool: Hashable, Sendable {
  package var name: String
  package var version: String?

  package init(name: String, version: String? = nil) {
    (self.name, self.version) = (name, version)
  }
}

/// What a file of evidence speaks of.
package struct EvidenceSubject: Hashable, Sendable {
  package struct Digest: Hashable, Sendable, Comparable {
    /// Such as `sha256`, in lower case.
    package var algorithm: String
    /// In lower case.
    package var hex: String

    package init(algorithm: String, hex: String) {
      (self.algorithm, self.hex) = (algorithm, hex)
    }

    package static func < (a: Digest, b: Digest) -> Bool { (a.algorithm, a.hex) < (b.algorithm, b.hex) }
  }

  package var name: String?
  package var commit: String?
  /// By algorithm.
  package var digests: [Digest]

  package init(name: String? = nil, commit: String? = nil, digests: [Digest] = []) {
    (self.name, self.commit, self.digests) = (name, commit, digests.sorted())
  }
}

/// The formats that are read; their words are what `format` takes.
package enum EvidenceFormat: String, CaseIterable, Hashable, Sendable {
  case junit, sarif, cyclonedx, spdx, openvex, csaf
  case inToto = "in-toto"
  case osv
  case osvScanner = "osv-scanner"
  case trivy, grype, cobertura, jacoco, lcov, axe, reviews, licences, performance, cdevents
  /// Any other file: known by name, size and digest only.
  case document
}

/// What a file of evidence says.
package enum EvidencePayload: Hashable, Sendable {
  case tests(TestReport)
  case findings(FindingReport)
  case coverage(CoverageReport)
  case accessibility(AccessibilityReport)
  case measurements(MeasurementReport)
  case document
}
