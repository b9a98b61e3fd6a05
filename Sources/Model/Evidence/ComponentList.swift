/// What a bill of materials lists: the components of the thing that it describes.
package struct ComponentList: Hashable, Sendable {
  /// The format and its version, such as `CycloneDX 1.6`.
  package var specification: String
  /// The document's own identity: its serial number or namespace.
  package var serial: String?
  /// What the list is of.
  package var subject: Component?
  /// In the order of the file; one that is inside another comes after it.
  package var components: [Component] = []
  package var dependencies: [ComponentDependency] = []
  /// What the document says of vulnerabilities, where it does.
  package var vulnerabilities: [ScannedVulnerability] = []
  /// The document's judgement on them.
  package var statements: [VEXStatement] = []
  /// What the document calls the changes of this version, where it has release notes.
  package var notes: [ComponentNotes] = []

  package init(specification: String) {
    self.specification = specification
  }
}

/// Something that a product is made of.
package struct Component: Hashable, Sendable {
  package var name: String
  /// The name space or vendor that the name is unique in.
  package var group: String?
  package var version: String?
  /// Such as `library`; in lower case.
  package var kind: String?
  /// The package URL as it was written.
  package var purl: String?
  package var licences: [LicenceClaim] = []
  package var digests: [ContentDigest] = []
  /// How deep it is inside other components; 0 for one that stands for itself.
  package var depth = 0

  package init(name: String) {
    self.name = name
  }

  package var packageURL: PackageURL? { purl.flatMap { PackageURL($0) } }

  /// Which component it is, whatever the version.
  package var coordinate: String { purl.flatMap(PackageURL.coordinate) ?? displayName }

  /// The name with its group before it.
  package var displayName: String {
    guard let group, !group.isEmpty else { return name }
    return group + "/" + name
  }

  /// The claims that hold: what somebody concluded on inspection goes before what the component declares.
  package var effectiveLicences: [LicenceClaim] {
    guard licences.contains(where: { $0.origin == .concluded }) else { return licences }
    let concluded = licences.filter { $0.origin == .concluded && $0.kind != .unstated }
    return concluded.isEmpty ? licences.filter { $0.origin != .concluded } : concluded
  }
}

/// What a document says of a component's licence.
package struct LicenceClaim: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// An id or an expression of SPDX.
    case expression
    /// Some other name, which no rule can judge.
    case name
    /// `NONE`: there is no licence.
    case none
    /// `NOASSERTION`: the document says nothing.
    case unstated
  }
  package enum Origin: Hashable, Sendable { case stated, declared, concluded }

  package var text: String
  package var kind: Kind
  package var origin: Origin

  package init(_ text: String, kind: Kind, origin: Origin = .stated) {
    (self.text, self.kind, self.origin) = (text, kind, origin)
  }

  /// Reads what SPDX allows where a licence stands.
  package init(spdx text: String, origin: Origin) {
    switch text {
    case "NONE": self.init(text, kind: .none, origin: origin)
    case "NOASSERTION", "": self.init(text, kind: .unstated, origin: origin)
    default: self.init(text, kind: .expression, origin: origin)
    }
  }
}

/// Which components one of them needs.
package struct ComponentDependency: Hashable, Sendable {
  /// The place in ``ComponentList/components``, or `nil` for the thing that the list is of.
  package var component: Int?
  /// Places in ``ComponentList/components``.
  package var needs: [Int]

  package init(component: Int?, needs: [Int]) {
    (self.component, self.needs) = (component, needs)
  }
}

/// What a bill of materials says of the release of one of its components.
package struct ComponentNotes: Hashable, Sendable {
  package struct Resolved: Hashable, Sendable {
    /// Such as `security`.
    package var kind: String?
    package var id: String

    package init(kind: String?, id: String) {
      (self.kind, self.id) = (kind, id)
    }
  }

  package var component: String
  package var title: String?
  package var resolves: [Resolved]

  package init(component: String, title: String?, resolves: [Resolved]) {
    (self.component, self.title, self.resolves) = (component, title, resolves)
  }
}
