import Diagnostics
import Model

/// Bills of materials of CycloneDX in JSON, 1.4–1.7.
///
/// - Source: ECMA-424 (CycloneDX 1.6) and the JSON schemas of 1.4–1.7.
enum CycloneDX {
  static let reader = EvidenceReader(
    format: .cyclonedx,
    recognises: { $0.outline?.text("bomFormat") == "CycloneDX" },
    read: { content throws(EvidenceProblem) in try report(of: content.json().decode(Document.self)) })

  /// Deeper than this a component is inside so many others that nobody meant it.
  private static let deepest = 64

  private static func report(of document: Document) throws(EvidenceProblem) -> EvidenceReport {
    let version = document.specVersion ?? ""
    guard version.hasPrefix("1.") else {
      throw EvidenceProblem(
        .unreadFormatVersion, "is CycloneDX \(quoted(version)), which Gazette does not read",
        help: "write it as CycloneDX 1.4 to 1.7")
    }
    var list = ComponentList(specification: "CycloneDX " + EvidenceText.name(version))
    list.serial = document.serialNumber.map(EvidenceText.name)
    list.subject = document.metadata?.component.map { component(from: $0, depth: 0) }
    list.components.reserveCapacity(document.components?.count ?? 0)
    for found in document.components ?? [] { try add(found, depth: 0, to: &list) }
    if document.dependencies != nil || document.vulnerabilities != nil {
      let places = References(document)
      list.dependencies = dependencies(of: document, places: places)
      for vulnerability in document.vulnerabilities ?? [] { add(vulnerability, places: places, to: &list) }
    }
    var report = EvidenceReport(.components(list))
    report.producedAt = document.metadata?.timestamp.flatMap { Moment($0) }
    report.tool = document.metadata?.tools?.first
    if let subject = list.subject {
      let commit = document.metadata?.component?.pedigree?.commits?.last??.uid
      report.subjects = [EvidenceSubject(name: subject.displayName, commit: commit, digests: subject.digests)]
    }
    return report
  }

  private static func add(_ found: Document.Component?, depth: Int, to list: inout ComponentList)
    throws(EvidenceProblem)
  {
    guard let found else { return }
    guard depth < deepest else {
      throw EvidenceProblem(.evidenceOverLimit, "has components inside of one another more than \(deepest) deep")
    }
    list.components.append(component(from: found, depth: depth))
    if let notes = found.releaseNotes {
      let resolved = (notes.resolves ?? []).compactMap { issue in
        issue?.id.map { ComponentNotes.Resolved(kind: issue?.type, id: EvidenceText.name($0)) }
      }
      list.notes.append(
        ComponentNotes(component: found.name, title: notes.title.map(EvidenceText.name), resolves: resolved))
    }
    for inner in found.components ?? [] { try add(inner, depth: depth + 1, to: &list) }
  }

  private static func component(from found: Document.Component, depth: Int) -> Component {
    var component = Component(name: EvidenceText.name(found.name))
    component.group = found.group.map(EvidenceText.name)
    component.version = found.version.flatMap { $0.isEmpty ? nil : EvidenceText.name($0) }
    component.kind = found.type
    component.purl = found.purl.map(EvidenceText.name)
    component.depth = depth
    component.licences = (found.licenses ?? []).compactMap { $0.flatMap(claim) }
    component.digests = (found.hashes ?? []).compactMap { hash in
      guard let hash, let algorithm = hash.alg, let content = hash.content else { return nil }
      return ContentDigest(algorithm: algorithm, hex: EvidenceText.name(content))
    }
    return component
  }

  private static func claim(_ choice: Document.Licence) -> LicenceClaim? {
    let origin: LicenceClaim.Origin =
      switch choice.acknowledgement ?? choice.license?.acknowledgement {
      case "declared": .declared
      case "concluded": .concluded
      default: .stated
      }
    if let expression = choice.expression { return LicenceClaim(spdx: EvidenceText.name(expression), origin: origin) }
    if let id = choice.license?.id { return LicenceClaim(EvidenceText.name(id), kind: .expression, origin: origin) }
    return choice.license?.name.map { LicenceClaim(EvidenceText.name($0), kind: .name, origin: origin) }
  }

  private static func dependencies(of document: Document, places: References) -> [ComponentDependency] {
    (document.dependencies ?? []).compactMap { dependency in
      guard let dependency, let from = places[dependency.ref] else { return nil }
      let needs = (dependency.dependsOn ?? []).compactMap { $0.flatMap { places[$0]?.index } }
      return needs.isEmpty ? nil : ComponentDependency(component: from.index, needs: needs)
    }
  }

  // MARK: Vulnerabilities

  private static func add(_ found: Document.Vulnerability?, places: References, to list: inout ComponentList) {
    guard let found, let id = found.id.map(EvidenceText.name) else { return }
    var vulnerability = ScannedVulnerability(id: id, package: list.subject?.displayName ?? "")
    vulnerability.aliases = (found.references ?? []).compactMap { $0?.id.map(EvidenceText.name) }.filter { $0 != id }
    let ratings = (found.ratings ?? []).compactMap { $0 }
    vulnerability.score = ratings.filter { $0.method?.hasPrefix("CVSS") == true }.compactMap(\.score).max()
    vulnerability.severity =
      ratings.compactMap { $0.severity.flatMap { ScannedVulnerability.Severity(word: $0) } }.max()
      ?? vulnerability.score.flatMap { ScannedVulnerability.Severity(score: $0) }
    vulnerability.summary = found.description.map(EvidenceText.message)
    vulnerability.withdrawn = found.rejected.flatMap { Moment($0) }

    let affected = (found.affects ?? []).compactMap { $0?.ref }
    for reference in affected {
      var one = vulnerability
      if let component = places.component(reference, in: list) {
        (one.package, one.version, one.purl) = (component.displayName, component.version, component.purl)
      } else {
        one.package = EvidenceText.name(References.inner(reference))
        if let url = PackageURL(one.package) { (one.purl, one.version) = (one.package, url.version) }
      }
      list.vulnerabilities.append(one)
    }
    if affected.isEmpty { list.vulnerabilities.append(vulnerability) }

    guard let analysis = found.analysis, let status = analysis.state.flatMap(status) else { return }
    var statement = VEXStatement(vulnerability: id, status: status)
    statement.aliases = vulnerability.aliases
    statement.justification = analysis.justification
    statement.impact = analysis.detail.map(EvidenceText.message)
    // A false positive is a reason in itself.
    if analysis.state == "false_positive" { statement.justification = statement.justification ?? "false_positive" }
    statement.action =
      found.recommendation.map(EvidenceText.message)
      ?? analysis.response.map { $0.compactMap { $0 }.joined(separator: ", ") }
    statement.at = (analysis.lastUpdated ?? analysis.firstIssued ?? found.updated).flatMap { Moment($0) }
    statement.products = affected.map { reference in
      let component = places.component(reference, in: list)
      return VEXProduct(names: [
        component.map { $0.purl ?? $0.displayName } ?? EvidenceText.name(References.inner(reference))
      ])
    }
    list.statements.append(statement)
  }

  private static func status(_ state: String) -> VEXStatement.Status? {
    switch state {
    case "resolved", "resolved_with_pedigree": .fixed
    case "exploitable": .affected
    case "in_triage": .underInvestigation
    case "false_positive", "not_affected": .notAffected
    default: nil
    }
  }
}

/// Where the components of a document are, by the names that its other parts have for them.
private struct References {
  struct Place {
    /// In the list, or `nil` for what the list is of.
    var index: Int?
  }

  private var places: [String: Place] = [:]

  init(_ document: CycloneDX.Document) {
    if let reference = document.metadata?.component?.bomRef { places[reference] = Place(index: nil) }
    var next = 0
    add(document.components, next: &next)
  }

  /// In the order in which the list takes them.
  private mutating func add(_ components: [CycloneDX.Document.Component?]?, next: inout Int) {
    for case let component? in components ?? [] {
      if let reference = component.bomRef { places[reference] = Place(index: next) }
      next += 1
      add(component.components, next: &next)
    }
  }

  subscript(reference: String?) -> Place? { reference.flatMap { places[$0] } }

  func component(_ reference: String, in list: ComponentList) -> Component? {
    guard let place = places[reference] ?? places[References.inner(reference)] else { return nil }
    return place.index.map { list.components[$0] } ?? list.subject
  }

  /// The component's own name in a link to a document: `urn:cdx:serial/1#name`.
  static func inner(_ reference: String) -> String {
    guard reference.hasPrefix("urn:cdx:"), let hash = reference.firstIndex(of: "#") else { return reference }
    return String(reference[reference.index(after: hash)...])
  }
}
