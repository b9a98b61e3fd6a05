import Diagnostics
import Model

/// Bills of materials of SPDX 3.0.1: a graph of elements that name one another.
///
/// - Source: SPDX 3.0.1, Core, Software and Licensing profiles, JSON-LD serialization.
enum SPDX3 {
  static func isRecognised(_ content: EvidenceContent) -> Bool {
    guard let outline = content.outline, outline.has("@context", "@graph") else { return false }
    return outline.text("@context")?.contains("spdx.org/rdf/3.") ?? true
  }

  struct Document: Decodable {
    var graph: [Element?]

    private enum CodingKeys: String, CodingKey { case graph = "@graph" }
  }

  /// Any element; which members it has depends on its type.
  struct Element: Decodable, Sendable {
    var type: String?
    var spdxId: String?
    var blankId: String?
    var name: String?
    var creationInfo: Reference?
    var created: String?
    var createdUsing: [Reference?]?
    var rootElement: [Reference?]?
    var packageVersion: String?
    var packageUrl: String?
    var purpose: String?
    var downloadLocation: String?
    var verifiedUsing: [Reference?]?
    var algorithm: String?
    var hashValue: String?
    var externalIdentifier: [Reference?]?
    var externalIdentifierType: String?
    var identifier: String?
    var from: Reference?
    var to: [Reference?]?
    var relationshipType: String?
    var licenseExpression: String?

    private enum CodingKeys: String, CodingKey {
      case type, spdxId, name, creationInfo, created, createdUsing, rootElement
      case blankId = "@id"
      case packageVersion = "software_packageVersion"
      case packageUrl = "software_packageUrl"
      case purpose = "software_primaryPurpose"
      case downloadLocation = "software_downloadLocation"
      case verifiedUsing, algorithm, hashValue, externalIdentifier, externalIdentifierType, identifier
      case from, to, relationshipType
      case licenseExpression = "simplelicensing_licenseExpression"
    }

    var id: String? { spdxId ?? blankId }
  }

  /// An element where it stands, or the id of one elsewhere in the graph.
  indirect enum Reference: Decodable, Sendable {
    case id(String)
    case inline(Element)

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let id = try? value.decode(String.self) {
        self = .id(id)
      } else {
        self = .inline(try value.decode(Element.self))
      }
    }

    var id: String? {
      switch self {
      case .id(let id): id
      case .inline(let element): element.id
      }
    }
  }

  static func report(of document: Document) throws(EvidenceProblem) -> EvidenceReport {
    let elements = document.graph.compactMap { $0 }
    let graph = Graph(elements)
    guard
      let root = elements.first(where: { $0.type == "SpdxDocument" })
        ?? elements.first(where: { $0.type == "software_Sbom" })
    else {
      throw EvidenceProblem(.malformedEvidence, "has neither an `SpdxDocument` nor a `software_Sbom` in its graph")
    }
    var list = ComponentList(specification: "SPDX 3.0.1")
    list.serial = root.id.map(EvidenceText.name)
    let subject = graph.subject(from: root)
    var places: [String: Int?] = [:]
    for element in elements where element.type == "software_Package" {
      let component = try component(from: element, in: graph)
      if let id = element.id, id == subject {
        list.subject = component
        places[id] = .some(nil)
      } else {
        if let id = element.id { places[id] = list.components.count }
        list.components.append(component)
      }
    }
    list.dependencies = ComponentDependency.joined(
      elements.filter { $0.relationshipType == "dependsOn" }.flatMap { relationship -> [(from: Int?, to: Int)] in
        guard let from = relationship.from?.id.flatMap({ places[$0] }) else { return [] }
        return (relationship.to ?? []).compactMap { target in
          target?.id.flatMap { places[$0] ?? nil }.map { (from, $0) }
        }
      })
    var report = EvidenceReport(.components(list))
    let creation = graph.element(root.creationInfo)
    report.producedAt = creation?.created.flatMap { Moment($0) }
    report.tool = (creation?.createdUsing ?? []).lazy.compactMap { graph.element($0)?.name }.first.map {
      EvidenceTool(name: EvidenceText.name($0))
    }
    if let subject = list.subject {
      report.subjects = [EvidenceSubject(name: subject.displayName, digests: subject.digests)]
    }
    return report
  }

  private static func component(from element: Element, in graph: Graph) throws(EvidenceProblem) -> Component {
    guard let name = element.name else {
      throw EvidenceProblem(.malformedEvidence, "has a package without a name: \(quoted(element.id ?? "no id"))")
    }
    var component = Component(name: EvidenceText.name(name))
    component.version = element.packageVersion.flatMap { $0.isEmpty ? nil : EvidenceText.name($0) }
    component.kind = element.purpose?.lowercased()
    component.purl =
      (element.packageUrl
      ?? (element.externalIdentifier ?? []).lazy.compactMap { graph.element($0) }
      .first { $0.externalIdentifierType == "packageUrl" || $0.externalIdentifierType == "purl" }?.identifier)
      .map(EvidenceText.name)
    component.digests = (element.verifiedUsing ?? []).compactMap { reference in
      guard let hash = graph.element(reference), let algorithm = hash.algorithm, let value = hash.hashValue else {
        return nil
      }
      return ContentDigest(algorithm: algorithm, hex: EvidenceText.name(value))
    }
    if let id = element.id { component.licences = graph.licences(of: id) }
    return component
  }
}

/// The elements by id, and what relationships say of them.
private struct Graph {
  private var elements: [String: SPDX3.Element] = [:]
  private var licences: [String: [(origin: LicenceClaim.Origin, target: SPDX3.Reference)]] = [:]

  init(_ all: [SPDX3.Element]) {
    for element in all {
      if let id = element.id { elements[id] = element }
      let origin: LicenceClaim.Origin? =
        switch element.relationshipType {
        case "hasDeclaredLicense": .declared
        case "hasConcludedLicense": .concluded
        default: nil
        }
      guard let origin, let from = element.from?.id else { continue }
      for case let target? in element.to ?? [] { licences[from, default: []].append((origin, target)) }
    }
  }

  func element(_ reference: SPDX3.Reference?) -> SPDX3.Element? {
    switch reference {
    case .inline(let element): element
    case .id(let id): elements[id]
    case nil: nil
    }
  }

  /// The one package at the root: of the document, or of the bill of materials that is the document's root.
  func subject(from root: SPDX3.Element) -> String? {
    var element = root
    // A document's root is often a bill of materials, whose root is the package.
    for _ in 0..<4 {
      guard let roots = element.rootElement, roots.count == 1, let next = roots[0]?.id, let found = elements[next]
      else { break }
      if found.type == "software_Package" { return next }
      element = found
    }
    return nil
  }

  func licences(of package: String) -> [LicenceClaim] {
    (licences[package] ?? []).map { origin, target in
      if let text = element(target)?.licenseExpression {
        return LicenceClaim(spdx: EvidenceText.name(text), origin: origin)
      }
      let id = target.id ?? ""
      // The individuals that mean nothing and nothing at all, and the listed licences, are named by their IRIs.
      if id.hasSuffix("NoAssertionLicense") || id.hasSuffix("/NoAssertion") {
        return LicenceClaim("NOASSERTION", kind: .unstated, origin: origin)
      }
      if id.hasSuffix("NoneLicense") || id.hasSuffix("/None") {
        return LicenceClaim("NONE", kind: .none, origin: origin)
      }
      let listed = "https://spdx.org/licenses/"
      if id.hasPrefix(listed) {
        return LicenceClaim(spdx: EvidenceText.name(String(id.dropFirst(listed.count))), origin: origin)
      }
      return LicenceClaim(EvidenceText.name(element(target)?.name ?? id), kind: .name, origin: origin)
    }
  }
}
