// What kinds of evidence promise of their files.
extension EvidencePayload {
  /// What records call evidence that holds this; `nil` for a document, which may be anything.
  package var kind: String? {
    switch self {
    case .tests: "tests"
    case .findings, .vulnerabilities: "scan"
    case .components: "sbom"
    case .vex: "vex"
    case .provenance: "provenance"
    case .coverage: "coverage"
    case .accessibility: "accessibility"
    case .reviews: "reviews"
    case .measurements: "performance"
    case .events: "events"
    case .document: nil
    }
  }

  /// Whether it is what a kind that comes in formats promises, and not empty; `nil` for kinds that are anything.
  package func fits(_ kind: String) -> Bool? {
    switch kind {
    case "tests":
      switch self {
      case .tests(let report): !report.cases.isEmpty
      case .provenance: true
      default: false
      }
    case "sbom":
      if case .components(let list) = self { !list.components.isEmpty } else { false }
    case "coverage":
      if case .coverage = self { true } else { false }
    case "scan":
      switch self {
      case .vulnerabilities, .findings, .provenance: true
      default: false
      }
    case "accessibility":
      if case .accessibility = self { true } else { false }
    case "provenance":
      if case .provenance = self { true } else { false }
    case "reviews":
      if case .reviews = self { true } else { false }
    default: nil
    }
  }
}
