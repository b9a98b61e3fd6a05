import Diagnostics
import Model

/// Entries of the OSV schema, and what OSV-Scanner reports with them.
///
/// - Source: OSV schema 1.7; OSV-Scanner, output format `json`.
enum OSV {
  static let reader = EvidenceReader(
    format: .osv,
    recognises: { content in
      guard let outline = content.outline else { return false }
      return outline.has("id", "modified")
        && (outline.has("affected") || outline.has("withdrawn") || outline.has("schema_version"))
    },
    read: { content throws(EvidenceProblem) in
      let json = try content.json()
      let entries = json.outline.isArray ? try json.decode([Entry?].self) : try json.decodeEach(Entry?.self)
      var scan = VulnerabilityScan(target: nil)
      for case let entry? in entries { scan.vulnerabilities += entry.vulnerabilities }
      var report = EvidenceReport(.vulnerabilities(scan))
      report.producedAt = entries.compactMap { $0?.modified.flatMap { Moment($0) } }.max()
      return report
    })

  struct Entry: Decodable {
    struct Severity: Decodable {
      var type: String?
      var score: String?
    }

    struct Affected: Decodable {
      struct Package: Decodable {
        var ecosystem: String?
        var name: String?
        var purl: String?
      }

      struct Range: Decodable {
        struct Event: Decodable {
          var fixed: String?
        }

        var events: [Event?]?
      }

      struct Specific: Decodable {
        /// The schema leaves the type to the database.
        var severity: AnyText?
      }

      var package: Package?
      var ranges: [Range?]?
      var severity: [Severity?]?
      var ecosystem_specific: Specific?
      var database_specific: Specific?

      var fixedIn: [String] {
        var found: [String] = []
        for event in (ranges ?? []).flatMap({ ($0?.events ?? []) }) {
          if let version = event?.fixed.map(EvidenceText.name), !found.contains(version) { found.append(version) }
        }
        return found
      }
    }

    var id: String
    var modified: String?
    var withdrawn: String?
    var aliases: [String?]?
    var summary: String?
    var details: String?
    var severity: [Severity?]?
    var affected: [Affected?]?
    var database_specific: Affected.Specific?

    /// One for each package that it affects; one without a package where it names none.
    var vulnerabilities: [ScannedVulnerability] {
      var seen: Set<String> = []
      let packages = (affected ?? []).compactMap { $0 }.filter { seen.insert($0.package?.name ?? "").inserted }
      guard !packages.isEmpty else { return [vulnerability(in: nil)] }
      return packages.map { vulnerability(in: $0) }
    }

    func vulnerability(in affected: Affected?) -> ScannedVulnerability {
      let name = affected?.package?.name ?? ""
      var vulnerability = ScannedVulnerability(id: EvidenceText.name(id), package: EvidenceText.name(name))
      vulnerability.aliases = (aliases ?? []).compactMap { $0.map(EvidenceText.name) }
      vulnerability.purl =
        (affected?.package?.purl ?? packageURL(of: name, version: nil, in: affected?.package?.ecosystem))
        .map(EvidenceText.name)
      let vectors = ((affected?.severity ?? []) + (severity ?? [])).compactMap { $0?.score }
      vulnerability.score = vectors.compactMap { CVSS3.baseScore(of: $0) }.max()
      let words = [affected?.ecosystem_specific, affected?.database_specific, database_specific]
      vulnerability.severity =
        words.compactMap { $0?.severity?.text.flatMap { ScannedVulnerability.Severity(word: $0) } }.max()
        ?? vulnerability.score.flatMap { ScannedVulnerability.Severity(score: $0) }
      vulnerability.fixedIn = affected?.fixedIn ?? []
      vulnerability.summary = (summary ?? details).map(EvidenceText.message)
      vulnerability.withdrawn = withdrawn.flatMap { Moment($0) }
      return vulnerability
    }
  }

  /// The package URL of a package of OSV's ecosystems, for those whose names map one to one.
  ///
  /// - Source: OSV schema, "Defined ecosystems"; package-url, PURL types.
  static func packageURL(of name: String, version: String?, in ecosystem: String?) -> String? {
    guard !name.isEmpty else { return nil }
    let types = [
      "Go": "golang", "npm": "npm", "PyPI": "pypi", "crates.io": "cargo", "NuGet": "nuget", "RubyGems": "gem",
      "Packagist": "composer", "Hex": "hex", "Pub": "pub", "Maven": "maven", "SwiftURL": "swift",
    ]
    guard let type = ecosystem.flatMap({ types[$0] }) else { return nil }
    let path = type == "maven" ? String(name.map { $0 == ":" ? "/" : $0 }) : name
    return "pkg:\(type)/\(path)" + (version.map { "@" + $0 } ?? "")
  }
}

/// A text, or nothing where another type stands.
struct AnyText: Decodable {
  var text: String?

  init(from decoder: any Decoder) throws {
    text = try? decoder.singleValueContainer().decode(String.self)
  }
}
