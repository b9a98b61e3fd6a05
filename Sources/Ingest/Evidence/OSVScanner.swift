import Model

/// Reports of OSV-Scanner.
enum OSVScanner {
  static let reader = EvidenceReader(
    format: .osvScanner,
    recognises: { content in
      guard let outline = content.outline, outline.has("results") else { return false }
      // A clean report is `{"results": []}` and little else.
      return outline.keys.allSatisfy { key in members.contains { key == $0 || key.hasPrefix($0 + ".") } }
    },
    read: { content throws(EvidenceProblem) in report(of: try content.json().decode(Report.self)) })

  private static let members = [
    "results", "experimental_config", "license_summary", "image_metadata", "experimental_generic_findings",
  ]

  struct Report: Decodable {
    struct Result: Decodable {
      struct Source: Decodable {
        var path: String?
      }

      var source: Source?
      var packages: [Finding?]?
    }

    struct Finding: Decodable {
      struct Package: Decodable {
        var name: String?
        var version: String?
        var ecosystem: String?
        var commit: String?
      }

      struct Group: Decodable {
        struct Analysis: Decodable {
          var called: Bool?
        }

        var ids: [String?]?
        var aliases: [String?]?
        var max_severity: String?
        var experimental_analysis: [String: Analysis?]?
      }

      var package: Package?
      var vulnerabilities: [OSV.Entry?]?
      var groups: [Group?]?
    }

    var results: [Result?]?
  }

  private static func report(of found: Report) -> EvidenceReport {
    let results = (found.results ?? []).compactMap { $0 }
    var scan = VulnerabilityScan(target: results.count == 1 ? results[0].source?.path.map(EvidenceText.name) : nil)
    for case let finding? in results.flatMap({ $0.packages ?? [] }) {
      for case let entry? in finding.vulnerabilities ?? [] {
        scan.vulnerabilities.append(vulnerability(entry, in: finding))
      }
    }
    return EvidenceReport(.vulnerabilities(scan))
  }

  private static func vulnerability(_ entry: OSV.Entry, in finding: Report.Finding) -> ScannedVulnerability {
    let name = finding.package?.name ?? ""
    let affected = (entry.affected ?? []).compactMap { $0 }
    var vulnerability = entry.vulnerability(in: affected.first { $0.package?.name == name } ?? affected.first)
    vulnerability.package = EvidenceText.name(name)
    let version = [finding.package?.version, finding.package?.commit].compactMap { $0 }.first { !$0.isEmpty }
    vulnerability.version = version.map(EvidenceText.name)
    vulnerability.purl = OSV.packageURL(of: name, version: version, in: finding.package?.ecosystem).map(
      EvidenceText.name)
    let groups = (finding.groups ?? []).compactMap { $0 }
    guard let group = groups.first(where: { ($0.ids ?? []).contains(entry.id) }) else { return vulnerability }
    let names = ((group.ids ?? []) + (group.aliases ?? [])).compactMap { $0.map(EvidenceText.name) }
    for alias in names where alias != vulnerability.id && !vulnerability.aliases.contains(alias) {
      vulnerability.aliases.append(alias)
    }
    if let score = group.max_severity.flatMap({ Double($0) }) {
      vulnerability.score = max(vulnerability.score ?? 0, score)
      vulnerability.severity = vulnerability.severity ?? ScannedVulnerability.Severity(score: score)
    }
    let analyses = (group.experimental_analysis ?? [:]).values.compactMap { $0?.called }
    if !analyses.isEmpty, !analyses.contains(true) {
      vulnerability.suppression = .init(source: "call analysis", reason: "the vulnerable code is not called")
    }
    return vulnerability
  }
}
