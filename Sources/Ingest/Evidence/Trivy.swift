import Diagnostics
import Model

/// Reports of Trivy in JSON, schema 2.
enum Trivy {
  static let reader = EvidenceReader(
    format: .trivy,
    recognises: { $0.outline?.has("SchemaVersion", "ArtifactName") == true },
    read: { content throws(EvidenceProblem) in try report(of: content.json().decode(Report.self)) })

  struct Report: Decodable {
    struct Tool: Decodable {
      var Version: String?
    }

    struct Metadata: Decodable {
      var ImageID: String?
      var RepoDigests: [String?]?
      var Commit: String?
    }

    struct Identifier: Decodable {
      var PURL: String?
    }

    struct CVSS: Decodable {
      var V3Score: Double?
      var V40Score: Double?
    }

    struct Vulnerability: Decodable {
      var VulnerabilityID: String
      var PkgName: String?
      var PkgIdentifier: Identifier?
      var InstalledVersion: String?
      var FixedVersion: String?
      var SeveritySource: String?
      var Title: String?
      var Description: String?
      var Severity: String?
      var CVSS: [String: CVSS?]?
    }

    /// A finding that an ignore file or a VEX document took out.
    struct Modified: Decodable {
      var type: String?
      var status: String?
      var statement: String?
      var source: String?
      /// Present for vulnerabilities only; other findings have other members.
      var finding: Vulnerability?

      private enum Key: String, CodingKey {
        case type = "Type"
        case status = "Status"
        case statement = "Statement"
        case source = "Source"
        case finding = "Finding"
      }

      init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Key.self)
        type = try object.decodeIfPresent(String.self, forKey: .type)
        status = try object.decodeIfPresent(String.self, forKey: .status)
        statement = try object.decodeIfPresent(String.self, forKey: .statement)
        source = try object.decodeIfPresent(String.self, forKey: .source)
        finding = type == "vulnerability" ? try object.decode(Vulnerability.self, forKey: .finding) : nil
      }
    }

    /// Only how many there are is of interest.
    struct Other: Decodable {
      var Status: String?
    }

    struct Result: Decodable {
      var Packages: [Other?]?
      var Vulnerabilities: [Vulnerability?]?
      var Misconfigurations: [Other?]?
      var Secrets: [Other?]?
      var Licenses: [Other?]?
      var ExperimentalModifiedFindings: [Modified?]?
    }

    var SchemaVersion: Double
    var Trivy: Tool?
    var CreatedAt: String?
    var ArtifactName: String?
    var Metadata: Metadata?
    var Results: [Result?]?
  }

  private static func report(of found: Report) throws(EvidenceProblem) -> EvidenceReport {
    guard found.SchemaVersion == 2 else {
      throw EvidenceProblem(
        .unreadFormatVersion,
        "is a report of Trivy in schema \(plainNumber(found.SchemaVersion)), which Gazette does not read",
        help: "write it with Trivy 0.20 or later")
    }
    var scan = VulnerabilityScan(target: found.ArtifactName.map(EvidenceText.name))
    var packages: Int?
    // A clean report has no `Results` at all.
    for case let result? in found.Results ?? [] {
      scan.vulnerabilities += (result.Vulnerabilities ?? []).compactMap { $0.map(vulnerability) }
      for case let modified? in result.ExperimentalModifiedFindings ?? [] {
        guard var taken = modified.finding.map(vulnerability) else { continue }
        let status = modified.status?.split(separator: "_").joined(separator: " ") ?? "ignored"
        let source = modified.source.map { EvidenceText.name($0) + ": " + status } ?? status
        taken.suppression = .init(source: source, reason: modified.statement.map(EvidenceText.message))
        scan.vulnerabilities.append(taken)
      }
      if let listed = result.Packages { packages = (packages ?? 0) + listed.count }
      let failed = (result.Misconfigurations ?? []).count { $0?.Status != "PASS" && $0?.Status != "EXCEPTION" }
      scan.otherFindings += failed + (result.Secrets?.count ?? 0) + (result.Licenses?.count ?? 0)
    }
    scan.packages = packages
    var report = EvidenceReport(.vulnerabilities(scan))
    report.producedAt = found.CreatedAt.flatMap { Moment($0) }
    report.tool = EvidenceTool(name: "Trivy", version: (found.Trivy?.Version).map(EvidenceText.name))
    report.subjects = [subject(of: found)]
    return report
  }

  private static func subject(of found: Report) -> EvidenceSubject {
    let digests = (found.Metadata?.RepoDigests ?? []).compactMap { reference in
      reference?.split(separator: "@").last.flatMap { ContentDigest(String($0)) }
    }
    let image = found.Metadata?.ImageID.flatMap { ContentDigest($0) }
    return EvidenceSubject(
      name: found.ArtifactName.map(EvidenceText.name), commit: found.Metadata?.Commit.map(EvidenceText.name),
      digests: Set(digests + [image].compactMap { $0 }).sorted())
  }

  /// Ids of vendors (`VendorIDs`) are no aliases: one advisory of a vendor stands for many vulnerabilities.
  private static func vulnerability(_ found: Report.Vulnerability) -> ScannedVulnerability {
    var vulnerability = ScannedVulnerability(
      id: EvidenceText.name(found.VulnerabilityID), package: EvidenceText.name(found.PkgName ?? ""))
    vulnerability.version = found.InstalledVersion.map(EvidenceText.name)
    vulnerability.purl = (found.PkgIdentifier?.PURL).map(EvidenceText.name)
    vulnerability.severity = found.Severity.flatMap { ScannedVulnerability.Severity(word: $0) }
    let scores = (found.CVSS ?? [:]).compactMapValues { $0.flatMap { $0.V40Score ?? $0.V3Score } }
    vulnerability.score = found.SeveritySource.flatMap { scores[$0] } ?? scores["nvd"] ?? scores.values.max()
    vulnerability.fixedIn = (found.FixedVersion ?? "").split(separator: ",").map { version in
      EvidenceText.name(String(version.drop { $0 == " " }))
    }
    vulnerability.summary = (found.Title ?? found.Description).map(EvidenceText.message)
    return vulnerability
  }
}
