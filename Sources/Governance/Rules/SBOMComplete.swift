import Diagnostics
import Model

extension Rule {
  private static let minShare = Parameter<Double>.share(
    "min_share", default: 0.95, "The share of components that must have a version and a package URL.")

  static let sbomComplete = Rule(
    "sbom-complete",
    title: "a bill of materials lists what the release is made of, with versions and package URLs",
    why: """
      When the next vulnerability is published, only a list that is whole, and of the thing that was delivered, tells \
      whether customers have it.
      """,
    appliesTo: """
      Every release; lists in CycloneDX and SPDX count. Files, data and the operating system are no components here.
      """,
    fix: """
      Make the list from the artifact itself, with a tool that knows its package managers, and let it name the \
      artifact: its digest, its package URL or its version.
      """,
    due: .candidate, parameters: [minShare], asks: .evidenceDates,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      evidence:
        - {id: sbom, kind: sbom, path: content/evidence/gateway/2.4.0/sbom.cdx.json, at: 2026-10-19}
      """,
      files: [
        RuleExample.File(
          "evidence/gateway/2.4.0/sbom.cdx.json",
          """
          {"bomFormat": "CycloneDX", "specVersion": "1.6",
           "metadata": {"component": {"type": "application", "name": "gateway", "version": "2.4.0"}},
           "components": [{"type": "library", "name": "left-pad"}]}

          """)
      ], fault: "content/evidence/gateway/2.4.0/sbom.cdx.json"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      evidence:
        - {id: sbom, kind: sbom, path: content/evidence/gateway/2.4.0/sbom.cdx.json, at: 2026-10-19}
      """,
      files: [
        RuleExample.File(
          "evidence/gateway/2.4.0/sbom.cdx.json",
          """
          {"bomFormat": "CycloneDX", "specVersion": "1.6",
           "metadata": {"component": {"type": "application", "name": "gateway", "version": "2.4.0"}},
           "components": [{"type": "library", "name": "left-pad", "version": "1.3.0", "purl": \
           "pkg:npm/left-pad@1.3.0"}]}

          """)
      ])
  ) { release in
    let study = release.billsOfMaterials
    var problems = release.emptyLists(study)
    var doubts: [Reason] = []
    var shown: [Reason] = []
    for piece in study.pieces where !piece.content.packages.isEmpty {
      let packages = piece.content.packages
      let lacking = packages.filter { !$0.isIdentified }
      let share = Double(packages.count - lacking.count) / Double(packages.count)
      let words = "\(percent(share)) of the \(packages.count.of("component")) in \(piece.name)"
      if share < release[minShare] {
        problems.append(
          Reason(
            "\(words) have a version and a package URL, and the policy asks for \(percent(release[minShare])): "
              + "not \(lacking.map(\.title).listed())", at: piece.place,
            help: "make the list with a tool that knows the package managers"))
      }
      switch tie(of: piece, release) {
      case .same(let how):
        shown.append(Reason("\(words) have a version and a package URL; it is \(how)", at: piece.place))
      case .other(let what):
        problems.append(
          Reason("\(piece.name) is \(what)", at: piece.place, help: "make the list of what is released"))
      case .unknown:
        doubts.append(
          Reason(
            "\(piece.name) does not say of which artifact it is", at: piece.place,
            help: "let the list name the digest of the artifact, or its package URL, or the product and its version"))
      }
    }
    return study.verdict(on: release, noun: "bill of materials", problems: problems, doubts: doubts, shown: shown)
  }

  private enum Tie {
    case same(String)
    case other(String)
    case unknown
  }

  /// Whether a list is of the release: by digest where both sides give one, else by package URL, else by version.
  private static func tie(of piece: EvidenceStudy<ComponentList>.Piece, _ release: RuleCase) -> Tie {
    let digests = release.digests
    let algorithms = Set(digests.map(\.algorithm))
    let subject = piece.content.subject
    let hashed = Set(piece.file.subjects.flatMap(\.digests) + (subject?.digests ?? []))
    if hashed.contains(where: { algorithms.contains($0.algorithm) }) {
      return hashed.isDisjoint(with: digests)
        ? .other("of other bytes than the artifacts of \(release.name)")
        : .same("of an artifact of the release, by digest")
    }
    guard let subject else { return .unknown }
    let urls = release.release.artifacts.compactMap { $0.purl.flatMap { PackageURL($0) } }
    if let url = subject.packageURL, let ours = urls.first(where: { $0.coordinate == url.coordinate }),
      ours.version != nil, url.version != nil
    {
      return ours.version == url.version
        ? .same("of an artifact of the release, by package URL")
        : .other("of `\(url.version ?? "")`, by its package URL")
    }
    // With bytes to compare on our side, a name is not enough; and another product has the same versions.
    guard digests.isEmpty, isOurs(subject, urls, release) else { return .unknown }
    guard let version = subject.version ?? subject.packageURL?.version else { return .unknown }
    let ours = release.release.version.text
    return version == ours || version == "v" + ours
      ? .same("of `\(subject.title)`, by its own account")
      : .other("of the version `\(version)`, and not of \(release.name)")
  }
}

/// Whether a list is of something that is called like the product or one of its artifacts.
private func isOurs(_ subject: Component, _ urls: [PackageURL], _ release: RuleCase) -> Bool {
  if let coordinate = subject.packageURL?.coordinate, urls.contains(where: { $0.coordinate == coordinate }) {
    return true
  }
  func plain(_ name: String) -> String { name.lowercased().split(separator: " ").joined(separator: "-") }
  let product = release.product
  let names = [product.id.text, product.name] + product.formerly + release.release.artifacts.map(\.name)
  let known = Set(names.map(plain) + urls.map { plain($0.name) })
  return [subject.name, subject.displayName].contains { name in
    let last = name.split(whereSeparator: { $0 == "/" || $0 == ":" }).last.map(String.init) ?? name
    return known.contains(plain(name)) || known.contains(plain(last))
  }
}

extension Component {
  fileprivate var isIdentified: Bool {
    guard let url = packageURL else { return false }
    return !(version ?? url.version ?? "").isEmpty
  }
}
