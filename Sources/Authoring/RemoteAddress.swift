/// Where a repository is published, read from the address of its remote.
package struct RemoteAddress: Hashable, Sendable {
  /// Such as `github.com`.
  package var host: String
  /// Such as `owner/name`, without `.git`.
  package var path: String

  /// Reads `https://host/owner/name.git`, `ssh://git@host:22/owner/name` and `git@host:owner/name.git`. Names and
  /// passwords in it are dropped.
  /// - Returns: `nil` for a path on a disk or anything else.
  package init?(_ text: some StringProtocol) {
    var rest = String(text)[...]
    if let scheme = rest.firstRange(of: "://") {
      guard ["https", "http", "ssh", "git", "git+ssh"].contains(String(rest[..<scheme.lowerBound])) else { return nil }
      rest = rest[scheme.upperBound...]
      guard let slash = rest.firstIndex(of: "/") else { return nil }
      host = String(rest[..<slash].split(separator: "@").last?.split(separator: ":").first ?? "")
      rest = rest[slash...]
    } else {
      // The short form has a colon before the first slash, which a path on a disk has not.
      guard let colon = rest.firstIndex(of: ":"), !rest[..<colon].contains("/"), !rest[..<colon].contains("\\") else {
        return nil
      }
      host = String(rest[..<colon].split(separator: "@").last ?? "")
      rest = rest[rest.index(after: colon)...]
    }
    while rest.first == "/" { rest.removeFirst() }
    while rest.last == "/" { rest.removeLast() }
    if rest.hasSuffix(".git") { rest.removeLast(4) }
    path = String(rest)
    // A host of one letter is a Windows drive.
    guard host.count > 1, path.contains("/"), (host + path).utf8.allSatisfy(RemoteAddress.isPlain) else { return nil }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "/"), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  /// The last part of the path.
  package var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// What turns `#12` into a link, where the host is known to have such addresses.
  package var references: [(match: String, url: String)] {
    let base = "https://\(host)/\(path)"
    switch host {
    case "github.com", "codeberg.org": return [(#"#(\d+)"#, "\(base)/issues/$1")]
    case "bitbucket.org": return [(#"#(\d+)"#, "\(base)/issues/$1")]
    case let host where host == "gitlab.com" || host.hasPrefix("gitlab."):
      return [(#"#(\d+)"#, "\(base)/-/issues/$1"), (#"!(\d+)"#, "\(base)/-/merge_requests/$1")]
    default: return []
    }
  }
}
