import Model

/// The list of the files that Gazette wrote, kept in the site: what a later build may replace or remove.
///
/// Text: `gazette 1`, then one path a line, sorted by bytes. It depends on nothing but the site.
struct SiteManifest: Hashable, Sendable {
  static let name = ".gazette-manifest"
  private static let title = "gazette 1"

  /// Relative to the site, sorted by bytes, each once.
  let paths: [String]

  init(_ paths: [String]) {
    self.paths = paths.sorted(by: precedesInBytes)
  }

  /// - Returns: `nil` when the bytes are no manifest, or name something outside the site.
  init?(bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    let lines = text.split(separator: "\n")
    let paths = lines.dropFirst()
    guard lines.first == SiteManifest.title[...], paths.allSatisfy(SiteManifest.isInside) else { return nil }
    self.init(paths.map(String.init))
  }

  var bytes: [UInt8] {
    var bytes = Array("\(SiteManifest.title)\n".utf8)
    for path in paths {
      bytes += path.utf8
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  /// Whether a path is relative, plain and stays where it starts.
  static func isInside(_ path: some StringProtocol) -> Bool {
    !path.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "\n") }
      && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { $0 != "" && $0 != "." && $0 != ".." }
  }
}
