import Diagnostics

/// A file that proves something, as it was read: once, whatever entries name it.
package struct EvidenceFile: Sendable {
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

  /// Whether it is what lies at the entry's path, and was not found in the evidence store instead.
  package func lies(at path: String?) -> Bool { path == self.path }

  /// The commits that it says it is of, each once.
  package var commits: [String] {
    var found = subjects.compactMap(\.commit)
    if case .provenance(let provenance) = payload {
      for case .build(let build) in provenance.statements.map(\.predicate) { found += build.commits }
    }
    var seen: Set<String> = []
    return found.filter { seen.insert($0).inserted }
  }

  /// Whether the record pins its digest, or none.
  package func isPinned(by entry: EvidenceEntry) -> Bool {
    entry.sha256.map { $0.value.lowercased() == sha256 } ?? true
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
package enum EvidencePayload: Sendable {
  case tests(TestReport)
  case findings(FindingReport)
  case components(ComponentList)
  case vex(VEXStatements)
  case provenance(Provenance)
  case vulnerabilities(VulnerabilityScan)
  case coverage(CoverageReport)
  case accessibility(AccessibilityReport)
  case reviews(ReviewExport)
  case measurements(MeasurementReport)
  case events(EventList)
  case document
}
