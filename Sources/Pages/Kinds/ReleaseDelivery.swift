import Diagnostics
import Model
import Templates

/// The way to a release and back, and its downloads.
struct ReleaseDelivery {
  let scope: PageScope
  let facts: ProductFacts
  let position: Int
  private let release: Release

  init(scope: PageScope, facts: ProductFacts, position: Int) {
    (self.scope, self.facts, self.position) = (scope, facts, position)
    release = facts.releases[position]
  }

  var upgrade: Value {
    let upgrade = release.upgrade
    let guide = upgrade.guide.flatMap { scope.edition.guide($0.value) }
    let stops = release.kind == .patch ? [] : facts.stops(before: position)
    let picker = pickerLink
    guard
      upgrade.from != nil || guide != nil || upgrade.downgrade != nil || !stops.isEmpty || !release.dependsOn.isEmpty
        || !release.compatibility.isEmpty || picker != nil
    else { return .null }
    return [
      "from": .text(upgrade.from.map(constraintWords)),
      "guide": guide.map { ["title": .text($0.title), "link": scope.link(to: .guide($0.id))] } ?? .null,
      "downgrade": upgrade.downgrade.map { downgrade($0, from: release) } ?? .null,
      "stops": items(stops.map { scope.reference(to: facts.releases[$0].version.text, of: facts) }),
      "requires": items(release.dependsOn.map(requirement)),
      "compatibility": items(release.compatibility.map { ["name": .text($0.name), "versions": .text($0.versions)] }),
      "picker": .text(picker),
    ]
  }

  private func requirement(_ dependency: ReleaseDependency) -> Value {
    let other = scope.edition.product(named: dependency.product.value)
    return [
      "name": .text(other?.product.name ?? dependency.product.value), "link": scope.link(to: other?.route),
      "version": .text(dependency.version.map(constraintWords) ?? ""),
    ]
  }

  private var pickerLink: String? {
    guard let route = facts.upgradeRoute, release.status.isCurrent, let previous = release.previous else { return nil }
    return scope.route.link(to: route) + "?from=\(queryEscaped(previous.text))&to=\(queryEscaped(release.version.text))"
  }

  func downgrade(_ downgrade: Upgrade.Downgrade, from release: Release) -> Value {
    let back = release.previous?.text ?? "an older version"
    return switch downgrade {
    case .supported: Wording.choice("supported", "Going back to \(back) is supported.")
    case .dataLoss: Wording.choice("data-loss", "Going back to \(back) is possible, but data is lost.")
    case .unsupported: Wording.choice("unsupported", "Going back to \(back) is not supported.")
    }
  }

  var downloads: Value {
    let artifacts: [Value] = release.artifacts.map { artifact in
      let digest = artifact.digest.map(Digest.init)
      return [
        "name": .text(artifact.name), "url": .text(artifact.url), "algorithm": .text(digest?.algorithm),
        "digest": .text(digest?.hex), "size": .text(artifact.size.map(Wording.size)), "purl": .text(artifact.purl),
        "internal": .flag(artifact.audience == .internal),
      ]
    }
    guard !artifacts.isEmpty else { return .null }
    return ["items": .list(artifacts), "check": .text(check)]
  }

  /// The shell command that checks everything that has a digest and an address to load it from.
  private var check: String? {
    let lines = release.artifacts.compactMap { artifact -> String? in
      guard isFile(artifact), let digest = artifact.digest.map(Digest.init), let program = digest.program else {
        return nil
      }
      let file = artifact.name.split(separator: "/").last.map(String.init) ?? artifact.name
      return "echo \(shellQuoted(digest.hex + "  " + file)) | \(program) --check"
    }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  /// Whether it is loaded as one file; the digest of an image is none of a file.
  private func isFile(_ artifact: Artifact) -> Bool {
    guard let url = artifact.url, url.hasPrefix("https://") || url.hasPrefix("http://") else { return false }
    return !["pkg:oci/", "pkg:docker/"].contains { artifact.purl?.hasPrefix($0) ?? false }
  }

  /// `sha256:…` apart.
  private struct Digest {
    let name: String
    let hex: String

    init(_ text: String) {
      let parts = text.split(separator: ":", maxSplits: 1)
      (name, hex) = parts.count == 2 ? (parts[0].lowercased(), String(parts[1])) : ("sha256", text)
    }

    var algorithm: String { name.hasPrefix("sha") ? "SHA-" + name.dropFirst(3) : name.uppercased() }

    var program: String? { ["sha256", "sha384", "sha512"].contains(name) ? name + "sum" : nil }
  }
}

/// A text as one word of a POSIX shell.
func shellQuoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

/// A text as a value in the query of a link: bytes outside the unreserved ones as `%HH`.
/// - Source: RFC 3986 §2.3.
func queryEscaped(_ text: String) -> String {
  var result = ""
  for byte in text.utf8 {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
      result.unicodeScalars.append(Unicode.Scalar(byte))
    default: result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
  }
  return result
}
