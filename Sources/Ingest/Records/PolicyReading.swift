import Crypto
import Diagnostics
import Model

/// What comes with the program: packs of rules, and frameworks with their controls, as the YAML that they are.
package struct PolicyLibrary: Sendable {
  package struct Text: Sendable {
    /// The file's name without its extension.
    package var name: String
    package var text: String

    package init(name: String, text: String) {
      (self.name, self.text) = (name, text)
    }
  }

  package var packs: [Text]
  package var frameworks: [Text]

  package init(packs: [Text] = [], frameworks: [Text] = []) {
    (self.packs, self.frameworks) = (packs, frameworks)
  }
}

extension Policy {
  /// Reads the policy of a site, the packs that it extends, the frameworks and the waivers.
  init(
    _ inventory: ContentInventory, library: PolicyLibrary, files: ContentSource, check: inout ShapeCheck
  ) throws(FileError) {
    self.init()
    var own: [(file: PolicyFile, digest: String)] = []
    for entry in inventory.policies where check.isIdentifier(entry) {
      guard let file = try files.file(entry.path, into: &check),
        var policy = check.value(of: file, as: .shape(PolicyFields.shape))
      else { continue }
      policy.path = entry.path
      own.append((policy, sha256(of: file.text)))
    }
    for entry in inventory.waivers where check.isIdentifier(entry) {
      guard let file = try files.file(entry.path, into: &check),
        var waiver = check.value(of: file, as: .shape(WaiverFields.shape))
      else { continue }
      if waiver.id.value.isEmpty { waiver.id = Located(entry.id, at: SourceLocation(file: entry.path)) }
      waivers.append(waiver)
    }
    waivers.sort { precedesInBytes($0.id.value, $1.id.value) }
    guard !own.isEmpty else { return }
    var packs = PackShelf(library: library)
    for name in own.flatMap(\.file.extends) { packs.take(name, check: &check) }
    let all = packs.taken + own
    self.files = all.map(\.file)
    self.digest = sha256(of: all.map { "\($0.file.path)\0\($0.digest)\n" }.joined())
    frameworks = library.frameworks.compactMap { Framework($0, check: &check) }
  }
}

/// Packs, each once, what they extend before them.
private struct PackShelf {
  let library: PolicyLibrary
  private(set) var taken: [(file: PolicyFile, digest: String)] = []
  private var asked: Set<String> = []

  init(library: PolicyLibrary) { self.library = library }

  mutating func take(_ name: Located<String>, check: inout ShapeCheck) {
    guard let pack = library.packs.first(where: { $0.name == name.value }) else {
      check.add(
        .error(
          .unknownPack, "there is no pack \(quoted(name.value))", at: name.location,
          help: suggestion(for: name.value, among: library.packs.map(\.name))))
      return
    }
    guard asked.insert(name.value).inserted else { return }
    let file = TextFile(path: "built-in/policy/\(pack.name).yml", text: pack.text)
    guard var policy = check.value(of: file, as: .shape(PolicyFields.shape)) else { return }
    policy.path = file.path
    policy.pack = pack.name
    for base in policy.extends { take(base, check: &check) }
    taken.append((policy, sha256(of: pack.text)))
  }
}

extension Framework {
  fileprivate init?(_ text: PolicyLibrary.Text, check: inout ShapeCheck) {
    let file = TextFile(path: "built-in/frameworks/\(text.name).yml", text: text.text)
    guard let framework = check.value(of: file, as: .shape(FrameworkFields.shape)) else { return nil }
    self = framework
    id = text.name
  }
}

private func sha256(of text: String) -> String { hexadecimal(SHA256.hash(data: Array(text.utf8))) }
