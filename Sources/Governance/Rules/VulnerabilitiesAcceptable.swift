import Diagnostics
import Model

extension Rule {
  /// The worst that is accepted.
  private enum Ceiling: String, CaseIterable, Sendable {
    case none, negligible, low, medium, high, critical

    var severity: ScannedVulnerability.Severity? {
      ScannedVulnerability.Severity.allCases.first { $0.word == rawValue }
    }
  }

  private static let maxSeverity = Parameter<Ceiling>.choice(
    "max_severity", default: .medium, "The worst severity that may be left; one that nobody rated may be critical.")
  private static let maxDataAge = Parameter<TimeSpan?>.duration(
    "max_data_age", "How old the scanner's data may be when the release goes out; any age by default.")

  static let vulnerabilitiesAcceptable = Rule(
    "vulnerabilities-acceptable",
    title: "no known vulnerability that matters is worse than the policy accepts",
    why: """
      Who knows of a hole and delivers it all the same had better have a reason; and a scan with old data knows of \
      fewer holes than there are.
      """,
    appliesTo: """
      Every release; scans by OSV-Scanner, Trivy and Grype, attested scans and bills of materials are taken together. \
      What a VEX file or the scanner excuses is listed with its reason. Two names of one vulnerability are one.
      """,
    fix: """
      Upgrade the package. Where the vulnerability does not matter, say so in a VEX file, with the justification, and \
      add it to `evidence` before the release goes out.
      """,
    due: .deployment, parameters: [maxSeverity, maxDataAge], asks: .evidenceDates,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      evidence:
        - {id: scan, kind: scan, path: content/evidence/gateway/2.4.0/trivy.json, at: 2026-10-19}
      """, files: [scan], fault: "content/evidence/gateway/2.4.0/trivy.json"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      evidence:
        - {id: scan, kind: scan, path: content/evidence/gateway/2.4.0/trivy.json, at: 2026-10-19}
        - {id: vex, kind: vex, path: content/evidence/gateway/2.4.0/vex.json, at: 2026-10-19}
      """,
      files: [
        scan,
        RuleExample.File(
          "evidence/gateway/2.4.0/vex.json",
          """
          {"@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://harbor.example/vex/1", "author": "Dana",
           "timestamp": "2026-10-19T12:00:00Z", "version": 1,
           "statements": [{"vulnerability": {"name": "CVE-2026-1111"},
             "products": [{"@id": "gateway"}], "status": "not_affected",
             "justification": "vulnerable_code_not_in_execute_path"}]}

          """),
      ])
  ) { release in
    let study = release.vulnerabilityStudy
    let scans = study.scans
    var problems: [Reason] = []
    var doubts: [Reason] = []
    for piece in scans {
      if let flaw = piece.content.flaw {
        problems.append(
          Reason(
            "the signature of \(piece.name) does not verify: \(flaw)", at: piece.place, help: "have it signed again"))
      }
      if piece.content.scans.contains(where: { $0.packages == 0 && $0.vulnerabilities.isEmpty }) {
        problems.append(
          Reason(
            "the scanner of \(piece.name) looked at no package, so it shows nothing", at: piece.place,
            help: "see why, and scan again"))
      }
      guard let age = release[maxDataAge] else { continue }
      for scan in piece.content.scans {
        guard let data = scan.dataAsOf else {
          doubts.append(
            Reason(
              "\(piece.name) does not say how old the scanner's data was", at: piece.place,
              help: "scan with a tool that does, or remove `max_data_age` from the policy"))
          continue
        }
        guard data < release.moment.receded(by: age, in: release.zone) else { continue }
        problems.append(
          Reason(
            "the data of the scan \(piece.name) is of \(release.zone.words(for: data)), more than \(age.words) before",
            at: piece.place, help: "bring the scanner's data up to date, and scan again"))
      }
    }
    let picture = release.picture(of: study, countsAnalysis: true)
    let places = Dictionary(
      study.pieces.flatMap { piece in
        (piece.content.found + piece.content.analysed).map { ($0.coordinate, piece.place) }
      },
      uniquingKeysWith: { first, _ in first })
    // Rules of analysis are no ids of a database, which all are written alike.
    let written = Dictionary(
      study.pieces.flatMap(\.content.analysed).map { (VulnerabilityAliases.spelling(of: $0.id), $0.id) },
      uniquingKeysWith: { first, _ in first })
    let ceiling = release[maxSeverity].severity
    let excused = picture.entries.compactMap { entry in
      entry.excuse.map { "`\(written[entry.id] ?? entry.id)` in `\(entry.package)` does not count: \($0.words)" }
    }
    for entry in picture.live where entry.isAbove(ceiling) {
      let place = places[entry.coordinate]
      let version = entry.versions.isEmpty ? "" : " " + entry.versions.joined(separator: ", ")
      let upgrade = entry.fixedIn.isEmpty ? "replace the package" : "upgrade to \(entry.fixedIn.listed(most: 3))"
      problems.append(
        Reason(
          "`\(written[entry.id] ?? entry.id)` in `\(entry.package)\(version)` \(entry.rated), and the policy accepts "
            + "\(ceiling == nil ? "none" : "\(release[maxSeverity].rawValue) at most")",
          at: place ?? study.pieces.first?.place ?? release.place,
          help: "\(upgrade), or say in a VEX file why it does not matter"))
    }
    if !problems.isEmpty { problems[0].notes += excused.prefix(20).map { Diagnostic.Note($0) } }
    if scans.isEmpty, problems.isEmpty, study.unread.isEmpty {
      return study.late.isEmpty
        ? .failed("\(release.name) has no scan for vulnerabilities", at: release.place, help: "add one to `evidence`")
        : .failed(study.late)
    }
    return study.verdict(
      on: release, noun: "scan for vulnerabilities", problems: problems, doubts: doubts,
      shown: scans.map { piece in
        Reason("\(piece.name): nothing that counts is above \(release[maxSeverity].rawValue)", at: piece.place)
      } + excused.map { Reason($0) })
  }

  private static let scan = RuleExample.File(
    "evidence/gateway/2.4.0/trivy.json",
    """
    {"SchemaVersion": 2, "CreatedAt": "2026-10-19T10:00:00Z", "ArtifactName": "gateway", "ArtifactType": "filesystem",
     "Results": [{"Target": "package-lock.json", "Class": "lang-pkgs", "Type": "npm", "Vulnerabilities": [
       {"VulnerabilityID": "CVE-2026-1111", "PkgName": "left-pad", "InstalledVersion": "1.2.0",
        "FixedVersion": "1.3.0", "Severity": "HIGH"}]}]}

    """)
}

extension VulnerabilityPicture.Entry {
  /// What nobody rated may be critical.
  private var rank: ScannedVulnerability.Severity {
    severity ?? score.flatMap { ScannedVulnerability.Severity(score: $0) } ?? .critical
  }

  /// - Parameter ceiling: The worst that is accepted; `nil` where nothing is.
  fileprivate func isAbove(_ ceiling: ScannedVulnerability.Severity?) -> Bool { ceiling.map { rank > $0 } ?? true }

  fileprivate var rated: String {
    severity == nil && score == nil ? "is rated by nobody" : "is \(rank.word)"
  }
}

extension VulnerabilityPicture.Excuse {
  fileprivate var words: String {
    switch source {
    case .record: reason
    case .vex: "VEX says \(reason)"
    case .suppression: "the scanner left it out, \(reason)"
    case .withdrawn: reason
    }
  }
}
