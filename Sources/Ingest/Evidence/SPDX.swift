import Diagnostics
import Model

/// Bills of materials of SPDX in JSON, 2.2 and 2.3.
///
/// - Source: SPDX 2.3, clauses 6–11.
enum SPDX {
  static let reader = EvidenceReader(
    format: .spdx,
    recognises: { content in
      content.outline?.has("spdxVersion") == true || SPDX3.isRecognised(content)
    },
    read: { content throws(EvidenceProblem) in
      if SPDX3.isRecognised(content) { return try SPDX3.report(of: content.json().decode(SPDX3.Document.self)) }
      return try report(of: content.json().decode(Document.self))
    })

  struct Document: Decodable {
    struct CreationInfo: Decodable {
      var created: String?
      var creators: [String?]?
    }

    struct Package: Decodable {
      struct Checksum: Decodable {
        var algorithm: String?
        var checksumValue: String?
      }

      struct Reference: Decodable {
        var referenceType: String?
        var referenceLocator: String?
      }

      var SPDXID: String?
      var name: String
      var versionInfo: String?
      var downloadLocation: String?
      var licenseConcluded: String?
      var licenseDeclared: String?
      var primaryPackagePurpose: String?
      var checksums: [Checksum?]?
      var externalRefs: [Reference?]?
    }

    struct Relationship: Decodable {
      var spdxElementId: String?
      var relationshipType: String?
      var relatedSpdxElement: String?
    }

    var SPDXID: String?
    var spdxVersion: String
    var documentNamespace: String?
    var creationInfo: CreationInfo?
    var documentDescribes: [String?]?
    var packages: [Package?]?
    var relationships: [Relationship?]?
  }

  private static func report(of document: Document) throws(EvidenceProblem) -> EvidenceReport {
    guard document.spdxVersion.hasPrefix("SPDX-2.") else {
      throw EvidenceProblem(
        .unreadFormatVersion, "is \(quoted(document.spdxVersion)), which Gazette does not read",
        help: "write it as SPDX 2.2, 2.3 or 3.0.1")
    }
    var list = ComponentList(specification: "SPDX " + EvidenceText.name(String(document.spdxVersion.dropFirst(5))))
    list.serial = document.documentNamespace.map(EvidenceText.name)
    let packages = (document.packages ?? []).compactMap { $0 }
    let relationships = (document.relationships ?? []).compactMap { $0 }
    let subject = subject(of: document, relationships: relationships)
    var places: [String: Int?] = [:]
    var commit: String?
    for package in packages {
      let component = component(from: package)
      if let id = package.SPDXID, id == subject {
        list.subject = component
        places[id] = .some(nil)
        commit = package.downloadLocation.flatMap(commitOfLocation)
      } else {
        if let id = package.SPDXID { places[id] = list.components.count }
        list.components.append(component)
      }
    }
    list.dependencies = dependencies(in: relationships, places: places)

    var report = EvidenceReport(.components(list))
    report.producedAt = document.creationInfo?.created.flatMap { Moment($0) }
    report.tool = (document.creationInfo?.creators ?? []).lazy.compactMap { $0.flatMap(tool) }.first
    if let subject = list.subject {
      report.subjects = [EvidenceSubject(name: subject.displayName, commit: commit, digests: subject.digests)]
    }
    return report
  }

  /// The one package that the document describes; `nil` where it describes several, which are then a list.
  private static func subject(of document: Document, relationships: [Document.Relationship]) -> String? {
    let documentID = document.SPDXID ?? "SPDXRef-DOCUMENT"
    var described = Set((document.documentDescribes ?? []).compactMap { $0 })
    for relationship in relationships {
      if relationship.relationshipType == "DESCRIBES", relationship.spdxElementId == documentID,
        let other = relationship.relatedSpdxElement
      {
        described.insert(other)
      }
      if relationship.relationshipType == "DESCRIBED_BY", relationship.relatedSpdxElement == documentID,
        let other = relationship.spdxElementId
      {
        described.insert(other)
      }
    }
    return described.count == 1 ? described.first : nil
  }

  private static func component(from package: Document.Package) -> Component {
    var component = Component(name: EvidenceText.name(package.name))
    component.version = package.versionInfo.flatMap { $0.isEmpty || $0 == "NOASSERTION" ? nil : EvidenceText.name($0) }
    component.kind = package.primaryPackagePurpose?.lowercased()
    component.purl =
      (package.externalRefs ?? []).lazy.compactMap { reference in
        reference?.referenceType == "purl" ? reference?.referenceLocator.map(EvidenceText.name) : nil
      }.first
    if let declared = package.licenseDeclared {
      component.licences.append(LicenceClaim(spdx: EvidenceText.name(declared), origin: .declared))
    }
    if let concluded = package.licenseConcluded {
      component.licences.append(LicenceClaim(spdx: EvidenceText.name(concluded), origin: .concluded))
    }
    component.digests = (package.checksums ?? []).compactMap { checksum in
      guard let algorithm = checksum?.algorithm, let value = checksum?.checksumValue else { return nil }
      return ContentDigest(algorithm: algorithm, hex: EvidenceText.name(value))
    }
    return component
  }

  private static func dependencies(
    in relationships: [Document.Relationship], places: [String: Int?]
  ) -> [ComponentDependency] {
    var edges: [(from: Int?, to: Int)] = []
    for relationship in relationships {
      guard let type = relationship.relationshipType, let a = relationship.spdxElementId,
        let b = relationship.relatedSpdxElement, let first = places[a], let second = places[b]
      else { continue }
      if type == "DEPENDS_ON", let second { edges.append((first, second)) }
      if type == "DEPENDENCY_OF" || type.hasSuffix("_DEPENDENCY_OF"), let first { edges.append((second, first)) }
    }
    return ComponentDependency.joined(edges)
  }

  /// `Tool: syft-1.2.3` is the tool `syft` in version `1.2.3`.
  private static func tool(_ creator: String) -> EvidenceTool? {
    guard creator.hasPrefix("Tool:") else { return nil }
    let text = EvidenceText.name(String(creator.dropFirst(5).drop { $0 == " " }))
    guard let dash = text.lastIndex(of: "-"),
      let first = text[text.index(after: dash)...].utf8.first(where: { $0 != 0x76 }),
      first >= 0x30 && first <= 0x39
    else { return EvidenceTool(name: text) }
    return EvidenceTool(name: String(text[..<dash]), version: String(text[text.index(after: dash)...]))
  }

  /// `git+https://example.org/x@<commit>` names the commit.
  ///
  /// - Source: SPDX 2.3 §7.7.
  private static func commitOfLocation(_ location: String) -> String? {
    guard location.hasPrefix("git"), let at = location.lastIndex(of: "@") else { return nil }
    let commit = location[location.index(after: at)...].prefix { $0 != "#" }
    return isCommit(commit) ? commit.lowercased() : nil
  }
}

extension ComponentDependency {
  /// One for each component that needs any, in the order of the list; each need once.
  static func joined(_ edges: [(from: Int?, to: Int)]) -> [ComponentDependency] {
    var needs: [Int: Set<Int>] = [:]
    for edge in edges { needs[edge.from ?? -1, default: []].insert(edge.to) }
    return needs.sorted { $0.key < $1.key }.map { from, targets in
      ComponentDependency(component: from < 0 ? nil : from, needs: targets.sorted())
    }
  }
}

/// Whether it is the full id of a commit.
func isCommit(_ text: some StringProtocol) -> Bool {
  guard text.utf8.count == 40 || text.utf8.count == 64 else { return false }
  return text.utf8.allSatisfy { byte in
    switch byte {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
    default: false
    }
  }
}
