import Model

/// Reports of Grype in JSON.
enum Grype {
  static let reader = EvidenceReader(
    format: .grype,
    recognises: { content in
      guard let outline = content.outline else { return false }
      return outline.has("matches") && (outline.text("descriptor.name") == "grype" || outline.has("source", "distro"))
    },
    read: { content throws(EvidenceProblem) in report(of: try content.json().decode(Report.self)) })

  private static func report(of found: Report) -> EvidenceReport {
    var scan = VulnerabilityScan(target: found.source?.target?.name.map(EvidenceText.name))
    scan.dataAsOf = found.descriptor?.db?.built.flatMap { Moment($0) }
    scan.vulnerabilities = (found.matches ?? []).compactMap { $0.map(vulnerability) }
    for case let ignored? in found.ignoredMatches ?? [] {
      var taken = vulnerability(ignored)
      let rule = (ignored.appliedIgnoreRules ?? []).lazy.compactMap { $0 }.first
      taken.suppression = .init(source: rule?.vexStatus == nil ? "ignore rule" : "VEX", reason: rule?.words)
      scan.vulnerabilities.append(taken)
    }
    var report = EvidenceReport(.vulnerabilities(scan))
    report.producedAt = found.descriptor?.timestamp.flatMap { Moment($0) }
    report.tool = EvidenceTool(
      name: EvidenceText.name(found.descriptor?.name ?? "grype"),
      version: (found.descriptor?.version).map(EvidenceText.name))
    if let target = found.source?.target {
      report.subjects = [EvidenceSubject(name: target.name.map(EvidenceText.name), digests: target.digests)]
    }
    return report
  }

  private static func vulnerability(_ match: Report.Match) -> ScannedVulnerability {
    let found = match.vulnerability
    var vulnerability = ScannedVulnerability(
      id: EvidenceText.name(found.id), package: EvidenceText.name(match.artifact?.name ?? ""))
    vulnerability.version = (match.artifact?.version).map(EvidenceText.name)
    vulnerability.purl = (match.artifact?.purl).flatMap { $0.isEmpty ? nil : EvidenceText.name($0) }
    vulnerability.severity = found.severity.flatMap { ScannedVulnerability.Severity(word: $0) }
    let related = (match.relatedVulnerabilities ?? []).compactMap { $0 }
    // An advisory of a distribution stands for many vulnerabilities; only a database entry has one other name.
    if related.count == 1, isEntry(found.id) { vulnerability.aliases = [EvidenceText.name(related[0].id)] }
    let scores = ([found] + related).lazy.map { entry in
      (entry.cvss ?? []).filter { $0?.version?.hasPrefix("2") != true }.compactMap { $0?.metrics?.baseScore }.max()
    }
    vulnerability.score = scores.compactMap { $0 }.first
    vulnerability.fixedIn = (found.fix?.versions ?? []).compactMap { $0.map(EvidenceText.name) }
    let summary = [found.description, related.first?.description].lazy.compactMap { $0 }.first { !$0.isEmpty }
    vulnerability.summary = summary.map(EvidenceText.message)
    return vulnerability
  }

  private static func isEntry(_ id: String) -> Bool {
    ["CVE-", "GHSA-", "GO-", "PYSEC-", "RUSTSEC-", "CGA-"].contains { id.hasPrefix($0) }
  }

  struct Report: Decodable {
    struct CVSS: Decodable {
      struct Metrics: Decodable {
        var baseScore: Double?
      }

      var version: String?
      var metrics: Metrics?
    }

    struct Vulnerability: Decodable {
      struct Fix: Decodable {
        var versions: [String?]?
      }

      var id: String
      var severity: String?
      var description: String?
      var cvss: [CVSS?]?
      var fix: Fix?
    }

    struct Artifact: Decodable {
      var name: String?
      var version: String?
      var purl: String?
    }

    struct IgnoreRule: Decodable {
      var reason: String?
      var fixState: String?
      var vexStatus: String?
      var vexJustification: String?

      private enum CodingKeys: String, CodingKey {
        case reason
        case fixState = "fix-state"
        case vexStatus = "vex-status"
        case vexJustification = "vex-justification"
      }

      /// Why, as far as the rule says it.
      var words: String? {
        let parts = [vexStatus, vexJustification, reason, fixState.map { "fix state: " + $0 }].compactMap { $0 }
        return parts.isEmpty ? nil : EvidenceText.message(parts.joined(separator: "; "))
      }
    }

    struct Match: Decodable {
      var vulnerability: Vulnerability
      var relatedVulnerabilities: [Vulnerability?]?
      var artifact: Artifact?
      var appliedIgnoreRules: [IgnoreRule?]?
    }

    struct Source: Decodable {
      var target: Target?
    }

    /// A path, or an object that describes an image.
    struct Target: Decodable {
      var name: String?
      var digests: [ContentDigest] = []

      private enum Key: CodingKey { case userInput, imageID, manifestDigest, repoDigests }

      init(from decoder: any Decoder) throws {
        if let path = try? decoder.singleValueContainer().decode(String.self) {
          name = path
          return
        }
        let object = try decoder.container(keyedBy: Key.self)
        name = try object.decodeIfPresent(String.self, forKey: .userInput)
        var texts = [
          try object.decodeIfPresent(String.self, forKey: .imageID),
          try object.decodeIfPresent(String.self, forKey: .manifestDigest),
        ]
        for reference in try object.decodeIfPresent([String?].self, forKey: .repoDigests) ?? [] {
          texts.append(reference?.split(separator: "@").last.map(String.init))
        }
        digests = Set(texts.compactMap { $0.flatMap { ContentDigest($0) } }).sorted()
      }
    }

    struct Descriptor: Decodable {
      /// When the data was made; since version 6 of the data one level deeper.
      struct Data: Decodable {
        struct Status: Decodable {
          var built: String?
        }

        private enum Key: CodingKey { case built, status }

        var built: String?

        init(from decoder: any Decoder) throws {
          let object = try decoder.container(keyedBy: Key.self)
          built =
            try object.decodeIfPresent(String.self, forKey: .built)
            ?? object.decodeIfPresent(Status.self, forKey: .status)?.built
        }
      }

      var name: String?
      var version: String?
      var timestamp: String?
      var db: Data?
    }

    var matches: [Match?]?
    var ignoredMatches: [Match?]?
    var source: Source?
    var descriptor: Descriptor?
  }
}
