import Diagnostics
import Model

/// Results of static analysis.
///
/// - Source: SARIF 2.1.0, OASIS Standard.
extension EvidenceReader {
  static let sarif = EvidenceReader(
    format: .sarif,
    recognises: { content in content.outline?.has("version", "runs") == true },
    read: { content throws(EvidenceProblem) in
      let json = try content.json()
      let log = try json.decode(SARIFLog.self)
      guard log.version.hasPrefix("2.1") else {
        throw EvidenceProblem(
          .unexpectedEvidence, "is SARIF \(quoted(log.version)); 2.1.0 is read",
          at: json.place(of: [JSONStep("version")]))
      }
      var walk = SARIFWalk(json: json)
      for (index, run) in log.runs.enumerated() { try walk.add(run, at: index) }
      return walk.result
    })
}

/// Takes the runs of a log one after the other.
private struct SARIFWalk {
  let json: JSONEvidence
  private var report = FindingReport()
  private var shared = SharedTexts()
  private var producedAt: Moment?
  private var subjects: [EvidenceSubject] = []

  init(json: JSONEvidence) {
    self.json = json
  }

  mutating func add(_ run: SARIFLog.Run, at index: Int) throws(EvidenceProblem) {
    let driver = run.tool.driver
    let tool = EvidenceText.name(driver.name)
    let listed = EvidenceTool(name: tool, version: (driver.semanticVersion ?? driver.version).map(EvidenceText.name))
    if !report.tools.contains(listed) { report.tools.append(listed) }
    note(run, tool: tool)
    guard let results = run.results else {
      // §3.14.23: absent where the tool did not look for any.
      report.failures.append("\(tool) gives no results, so nothing was examined")
      return
    }
    let rules = SARIFRules(of: run.tool)
    report.findings.reserveCapacity(report.findings.count + results.count)
    for (position, result) in results.enumerated() {
      let kind = result.kind ?? "fail"
      // §3.27.9 and §3.27.24: what passed, does not apply, only informs or is gone is no finding.
      if ["pass", "notApplicable", "informational"].contains(kind) || result.baselineState == "absent" {
        report.passed += 1
        continue
      }
      let rule = rules.rule(of: result)
      var finding = FindingReport.Finding(
        tool: tool, rule: shared(EvidenceText.name(result.ruleId ?? result.rule?.id ?? rule?.id ?? "")),
        level: try level(of: result, kind: kind, rule: rule, at: [index, position]),
        message: EvidenceText.message(
          result.message?.words(rule?.messageStrings ?? [:], driver.globalMessageStrings ?? [:]) ?? ""))
      finding.isUndecided = kind == "open" || kind == "review"
      finding.securitySeverity = (result.properties ?? rule?.properties)?.severity ?? rule?.properties?.severity
      let place = result.locations?.first?.physicalLocation
      finding.path = place?.path(among: run.artifacts).map { shared(EvidenceText.name($0)) }
      finding.line = place?.region?.startLine.flatMap { Int(exactly: $0) }
      finding.fingerprint = result.fingerprint
      finding.suppression = result.suppression
      report.findings.append(finding)
    }
  }

  /// When and for what it ran, and whether it came to its end.
  private mutating func note(_ run: SARIFLog.Run, tool: String) {
    for invocation in run.invocations ?? [] {
      if let end = (invocation.endTimeUtc ?? invocation.startTimeUtc).flatMap({ Moment($0) }) {
        producedAt = max(producedAt ?? end, end)
      }
      let errors = invocation.notifications.filter { $0.level == "error" }
      if invocation.executionSuccessful == false, errors.isEmpty {
        let reason = invocation.exitCodeDescription.map { ": " + EvidenceText.name($0) } ?? ""
        report.failures.append("\(tool) did not come to its end" + reason)
      }
      // §3.58.6: with an error the results are incorrect or incomplete.
      for error in errors {
        report.failures.append(
          "\(tool): " + EvidenceText.name(error.message?.words([:], [:]) ?? "an error without words"))
      }
    }
    for provenance in run.versionControlProvenance ?? [] {
      guard let commit = provenance.revisionId else { continue }
      subjects.append(EvidenceSubject(name: provenance.repositoryUri, commit: EvidenceText.name(commit)))
    }
  }

  /// - Source: §3.27.10.
  private func level(
    of result: SARIFLog.Result, kind: String, rule: SARIFLog.Rule?, at indices: [Int]
  ) throws(EvidenceProblem) -> FindingReport.Level {
    let word = result.level ?? (kind == "fail" ? rule?.defaultConfiguration?.level ?? "warning" : "none")
    if let level = FindingReport.Level(rawValue: word) { return level }
    let path: [JSONStep] = [
      JSONStep("runs"), JSONStep(indices[0]), JSONStep("results"), JSONStep(indices[1]), JSONStep("level"),
    ]
    throw EvidenceProblem(
      .unexpectedEvidence, "has the level \(quoted(word)), which SARIF does not know", at: json.place(of: path))
  }

  var result: EvidenceReport {
    var result = EvidenceReport(.findings(report))
    result.tool = report.tools.first
    result.producedAt = producedAt
    result.subjects = subjects
    return result
  }
}

/// The rules of a run, by where results point.
private struct SARIFRules {
  private let components: [[SARIFLog.Rule]]
  private let byID: [String: SARIFLog.Rule]

  init(of tool: SARIFLog.Tool) {
    components = [tool.driver.rules ?? []] + (tool.extensions ?? []).map { $0.rules ?? [] }
    byID = Dictionary(components.joined().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// - Source: §3.27.7, §3.52; the id of a rule may have parts of its own behind slashes (§3.27.5).
  func rule(of result: SARIFLog.Result) -> SARIFLog.Rule? {
    let component = result.rule?.toolComponent?.index.map { $0 + 1 } ?? 0
    if let index = result.rule?.index ?? result.ruleIndex, components.indices.contains(component),
      components[component].indices.contains(index)
    {
      return components[component][index]
    }
    var id = result.ruleId ?? result.rule?.id ?? ""
    while !id.isEmpty {
      if let rule = byID[id] { return rule }
      guard let slash = id.utf8.lastIndex(of: UInt8(ascii: "/")) else { break }
      id = String(id[..<slash])
    }
    return nil
  }
}

extension SARIFLog.Result {
  /// What stays the same when lines move: the first by name.
  fileprivate var fingerprint: String? {
    let all = fingerprints.flatMap { $0.isEmpty ? nil : $0 } ?? partialFingerprints ?? [:]
    return all.min { $0.key < $1.key }.map { EvidenceText.name($0.value) }
  }

  /// - Source: §3.27.23, §3.35.4: one without a status is accepted, and one that is not leaves the result alive.
  fileprivate var suppression: FindingReport.Suppression? {
    guard let suppressions, let first = suppressions.first,
      suppressions.allSatisfy({ $0.status == nil || $0.status == "accepted" })
    else { return nil }
    let justification = suppressions.lazy.compactMap(\.justification).first
    return FindingReport.Suppression(
      place: FindingReport.Suppression.Place(rawValue: first.kind ?? ""),
      justification: justification.map(EvidenceText.message))
  }
}

extension SARIFLog.Message {
  /// The words, their placeholders filled. - Source: §3.11.5, §3.11.7.
  fileprivate func words(_ own: [String: SARIFLog.Message], _ global: [String: SARIFLog.Message]) -> String {
    let pattern = text ?? id.flatMap { (own[$0] ?? global[$0])?.text } ?? markdown ?? id ?? ""
    guard let arguments, !arguments.isEmpty, pattern.utf8.contains(UInt8(ascii: "{")) else { return pattern }
    var result: [UInt8] = []
    var rest = Array(pattern.utf8)[...]
    while let byte = rest.popFirst() {
      let number = rest.prefix { (0x30...0x39).contains($0) }
      if byte == UInt8(ascii: "{"), !number.isEmpty, rest.dropFirst(number.count).first == UInt8(ascii: "}"),
        let index = Int(String(decoding: number, as: UTF8.self)), arguments.indices.contains(index)
      {
        result += arguments[index].utf8
        rest = rest.dropFirst(number.count + 1)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension SARIFLog.PhysicalLocation {
  fileprivate func path(among artifacts: [SARIFLog.Artifact]?) -> String? {
    if let uri = artifactLocation?.uri { return uri }
    guard let index = artifactLocation?.index, let artifacts, artifacts.indices.contains(index) else { return nil }
    return artifacts[index].location?.uri
  }
}
