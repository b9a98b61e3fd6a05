import Diagnostics
import Model

/// What a file of evidence says, in one line.
///
/// It counts and never judges: whether a count is good enough is the business of a rule.
extension EvidencePayload {
  /// - Parameter zone: For the dates in it.
  func summary(in zone: Zone) -> String {
    switch self {
    case .tests(let report): EvidencePayload.summary(of: report)
    case .findings(let report): EvidencePayload.summary(of: report)
    case .components(let list): EvidencePayload.summary(of: list)
    case .vex(let document): EvidencePayload.summary(of: document.statements)
    case .provenance(let provenance): EvidencePayload.summary(of: provenance)
    case .vulnerabilities(let scan): EvidencePayload.summary(of: scan, in: zone)
    case .coverage(let report): EvidencePayload.summary(of: report)
    case .accessibility(let report): EvidencePayload.summary(of: report)
    case .reviews(let export): EvidencePayload.summary(of: export)
    case .measurements(let report): EvidencePayload.summary(of: report)
    case .events(let list):
      sentence([
        Wording.countGrouped(list.events.count, "event", "events"), some(list.repeated, "told again", "told again"),
      ])
    case .document: "Known by its name, size and digest; its content is not read"
    }
  }

  private static func summary(of report: TestReport) -> String {
    let counts = report.counts
    guard counts.cases > 0 else { return "No test in it, which proves nothing" }
    return Wording.countGrouped(counts.cases, "test", "tests") + ": "
      + sentence([
        some(counts.failed, "failed", "failed"), some(counts.errored, "ended in an error", "ended in errors"),
        "\(Wording.grouped(counts.passed)) passed", some(counts.skipped, "skipped", "skipped"),
        some(counts.flaky, "of them flaky", "of them flaky"), report.seconds.map(Wording.seconds),
      ])
  }

  private static func summary(of report: FindingReport) -> String {
    let live = report.live
    let byLevel = FindingReport.Level.allCases.map { level in
      some(live.count { $0.level == level }, level.words.one, level.words.many)
    }
    return sentence(
      (live.isEmpty ? ["No finding"] : byLevel) + [
        some(report.findings.count - live.count, "suppressed", "suppressed"),
        some(report.passed, "examined and no finding", "examined and no findings"),
        some(report.failures.count, "run did not come to its end", "runs did not come to their end"),
      ])
  }

  private static func summary(of list: ComponentList) -> String {
    guard !list.components.isEmpty else { return "No component in it (\(list.specification))" }
    let count = list.components.count
    let versioned = list.components.count { $0.version != nil && $0.purl != nil }
    return sentence([
      Wording.countGrouped(count, "component", "components"),
      versioned == count
        ? "all with version and package URL"
        : "\(Wording.grouped(versioned)) of them with version and package URL",
      some(list.vulnerabilities.count, "vulnerability stated", "vulnerabilities stated"),
      some(list.statements.count, "judgement on one", "judgements on them"), list.specification,
    ])
  }

  private static func summary(of statements: [VEXStatement]) -> String {
    guard !statements.isEmpty else { return "No statement in it" }
    return Wording.countGrouped(statements.count, "statement", "statements") + ": "
      + sentence(
        VEXStatement.Status.allCases.map { status in
          some(statements.count { $0.status == status }, status.rawValue, status.rawValue)
        })
  }

  private static func summary(of provenance: Provenance) -> String {
    guard !provenance.statements.isEmpty else { return "No statement in it" }
    return provenance.statements.map { $0.predicate.words + "; " + $0.signature.words }.joined(separator: ". ")
  }

  private static func summary(of scan: VulnerabilityScan, in zone: Zone) -> String {
    let live = scan.vulnerabilities.filter(\.isLive)
    let levels: [ScannedVulnerability.Severity?] = ScannedVulnerability.Severity.allCases.reversed() + [nil]
    let counts = levels.map { level in
      some(live.count { $0.severity == level }, level?.word ?? "unrated", level?.word ?? "unrated")
    }
    let head = live.isEmpty ? "No vulnerability" : Wording.countGrouped(live.count, "vulnerability", "vulnerabilities")
    let split = live.isEmpty ? "" : ": " + sentence(counts)
    return sentence([
      head + split, some(scan.vulnerabilities.count - live.count, "not counted", "not counted"),
      scan.packages.map { "in \(Wording.countGrouped($0, "package", "packages"))" },
      scan.dataAsOf.map { "with data of \(zone.words(for: $0))" } ?? "with data of unknown age",
    ])
  }

  private static func summary(of report: CoverageReport) -> String {
    sentence([report.lines.words("lines"), report.branches.words("branches")])
  }

  private static func summary(of report: AccessibilityReport) -> String {
    guard !report.pages.isEmpty else { return "No page was looked at, which proves nothing" }
    let worst = report.violations.compactMap(\.impact).max()
    return sentence([
      report.violations.isEmpty
        ? "No violation" : Wording.countGrouped(report.violations.count, "violation", "violations"),
      worst.map { "the worst \($0.rawValue)" }, some(report.incomplete.count, "undecided", "undecided"),
      "on " + Wording.countGrouped(report.pages.count, "page", "pages"),
    ])
  }

  private static func summary(of export: ReviewExport) -> String {
    let approved = export.changes.count { !$0.standingApprovals.isEmpty }
    return sentence([
      Wording.countGrouped(export.changes.count, "change", "changes"),
      "\(Wording.grouped(approved)) with an approval of its last state",
    ])
  }

  private static func summary(of report: MeasurementReport) -> String {
    let limited = report.measurements.compactMap(\.isWithinLimit)
    guard !report.measurements.isEmpty else { return "Nothing was measured, which proves nothing" }
    return sentence([
      Wording.countGrouped(report.measurements.count, "measurement", "measurements"),
      "\(limited.count { $0 }) of \(limited.count) within their limit",
      some(report.measurements.count - limited.count, "without a limit", "without a limit"),
    ])
  }
}

/// The count with its words; nothing for none.
private func some(_ count: Int, _ one: String, _ many: String) -> String? {
  count == 0 ? nil : Wording.countGrouped(count, one, many)
}

private func sentence(_ parts: [String?]) -> String { parts.compactMap { $0 }.joined(separator: ", ") }

extension CoverageReport.Share {
  /// Such as `87.3 % of 1,414 lines`.
  fileprivate func words(_ noun: String) -> String {
    rate.map { "\(Wording.percent($0)) of \(Wording.grouped(valid)) \(noun)" } ?? "no \(noun) to cover"
  }
}

extension FindingReport.Level {
  var words: (one: String, many: String) {
    switch self {
    case .error: ("error", "errors")
    case .warning: ("warning", "warnings")
    case .note: ("note", "notes")
    case .none: ("finding without a level", "findings without a level")
    }
  }
}

extension Attestation.Predicate {
  /// What is stated, in a few words.
  var words: String {
    switch self {
    case .build(let build): "Built by \(build.builder ?? "an unnamed builder")"
    case .verification(let summary):
      (summary.hasPassed ? "Verification passed" : "Verification failed")
        + (summary.levels.isEmpty ? "" : " (\(summary.levels.joined(separator: ", ")))")
    case .tests(let tests): "Tests: " + tests.result.rawValue.lowercased()
    case .vulnerabilities(let scan):
      "Vulnerability scan: " + Wording.countGrouped(scan.vulnerabilities.count, "finding", "findings")
    case .release(let release): "Release of \(release.purl ?? release.id ?? "something unnamed")"
    case .signature: "A signature over a file"
    case .document: "A document that is not read"
    case .other: "A statement of a kind that is not read"
    }
  }
}

extension EvidenceFormat {
  /// As people call it.
  var words: String {
    switch self {
    case .junit: "JUnit XML"
    case .sarif: "SARIF"
    case .cyclonedx: "CycloneDX"
    case .spdx: "SPDX"
    case .openvex: "OpenVEX"
    case .csaf: "CSAF VEX"
    case .inToto: "in-toto"
    case .osv: "OSV"
    case .osvScanner: "OSV-Scanner"
    case .trivy: "Trivy"
    case .grype: "Grype"
    case .cobertura: "Cobertura"
    case .jacoco: "JaCoCo"
    case .lcov: "LCOV"
    case .axe: "axe"
    case .reviews: "review export"
    case .licences: "licence report"
    case .performance: "performance summary"
    case .cdevents: "CDEvents"
    case .document: "document"
    }
  }
}
