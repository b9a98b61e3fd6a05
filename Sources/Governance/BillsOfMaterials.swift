import Diagnostics
import Model

extension RuleCase {
  /// The lists of components that count for the release. One that only speaks of vulnerabilities lists nothing.
  var billsOfMaterials: EvidenceStudy<ComponentList> {
    EvidenceStudy(of: self, kinds: ["sbom"], formats: [.cyclonedx, .spdx, .licences]) { payload in
      guard case .components(let list) = payload else { return nil }
      return list.components.isEmpty && !list.vulnerabilities.isEmpty ? nil : list
    }
  }

  /// A list without anything in it shows nothing.
  func emptyLists(_ study: EvidenceStudy<ComponentList>) -> [Reason] {
    study.pieces.filter { $0.content.packages.isEmpty }.map { piece in
      Reason("\(piece.name) lists no component, so it shows nothing", at: piece.place, help: "see why, and replace it")
    }
  }

  /// What artifacts and images of the release hash to.
  var digests: Set<ContentDigest> {
    let texts = release.artifacts.compactMap(\.digest) + release.environments.compactMap(\.image)
    return Set(texts.compactMap { ContentDigest($0) })
  }
}

extension ComponentList {
  /// The components that have a version and a licence of their own: no files, data and keys.
  var packages: [Component] {
    components.filter { component in
      component.kind.map { !["file", "data", "cryptographic-asset", "operating-system"].contains($0) } ?? true
    }
  }
}

extension Component {
  /// With its version, for people.
  var title: String { version.map { displayName + " " + $0 } ?? displayName }

  /// Whether one of the patterns is its name or package URL, without or with `@` and its version.
  func isAmong(_ patterns: [Located<String>]) -> Bool {
    guard !patterns.isEmpty else { return false }
    let version = version ?? packageURL?.version
    var names = [name, displayName, coordinate]
    if let version { names += names.map { $0 + "@" + version } }
    return patterns.map { Wildcard($0.value) }.contains { pattern in names.contains { pattern.matches($0) } }
  }
}
