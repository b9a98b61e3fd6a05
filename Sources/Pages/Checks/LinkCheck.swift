package import Diagnostics
import Model

/// Finds links of rendered files that lead nowhere in the site.
///
/// One file at a time, from any thread; what one file cannot know, the anchors of the others, is settled at the end.
package struct LinkCheck: Sendable {
  /// What one file says: the anchors that it has, and those of other pages that it leads to.
  package struct Findings: Sendable {
    let file: Int
    let anchors: Set<String>
    let wanted: [Wanted]
    let broken: [Diagnostic]
  }

  struct Wanted: Sendable {
    let target: Int
    let anchor: String
    let link: String
  }

  private let files: [String: Int]
  private let paths: [String]
  private let url: [UInt8]?
  private let pathOnServer: String

  /// - Parameters:
  ///   - paths: Every file of the site: those of the plan, its assets, and those of the theme.
  ///   - url: The site's address, so that whole addresses into it are held to be links too.
  package init(paths: [String], url: String?) {
    self.paths = paths
    files = Dictionary(paths.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    self.url = url.map { Array($0.utf8) }
    let host = url?.firstRange(of: "://")?.upperBound
    pathOnServer = host.flatMap { host in url?[host...].firstIndex(of: "/").map { String(url?[$0...] ?? "/") } } ?? "/"
  }

  /// What a rendered file holds; files that are no text of the site hold nothing.
  package func findings(in bytes: [UInt8], path: String) -> Findings {
    var reader = Reader(check: self, path: path)
    if path.hasSuffix(".html") {
      reader.readMarkup(bytes)
    } else if path.hasSuffix(".atom") || path.hasSuffix(".xml") {
      reader.readMarkup(bytes)
      reader.readAddresses(bytes)
    } else if path.hasSuffix(".json") {
      reader.readAddresses(bytes)
    } else if path.hasPrefix("search/index/documents-") {
      reader.readRows(bytes)
    }
    return Findings(file: files[path] ?? -1, anchors: reader.anchors, wanted: reader.wanted, broken: reader.broken)
  }

  /// Every broken link of the site.
  package func brokenLinks(in findings: [Findings]) -> [Diagnostic] {
    var anchors: [Int: Set<String>] = [:]
    for finding in findings where finding.file >= 0 { anchors[finding.file] = finding.anchors }
    return findings.flatMap { finding in
      finding.broken
        + finding.wanted.compactMap { wanted in
          guard let known = anchors[wanted.target], !known.contains(wanted.anchor) else { return nil }
          return .error(
            .deadAnchor, "the page `\(paths[finding.file])` links to `\(wanted.link)`, which has no such place",
            notes: [Diagnostic.Note("`\(paths[wanted.target])` has no element with the id `\(wanted.anchor)`")],
            help: nearest(to: wanted.anchor, among: known.sorted()).map { "did you mean `#\($0)`?" })
        }
    }
  }

  fileprivate enum Target {
    case outside
    case file(Int)
    case missing
  }

  /// Where a link on the page with this path leads.
  /// - Parameter link: Without a fragment.
  fileprivate func target(of link: String, on path: String) -> Target {
    var rest = link[...]
    var folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[...$0] } ?? ""
    if let url, rest.utf8.starts(with: url) {
      rest = rest.dropFirst(url.count)
      folder = ""
    } else if rest.hasPrefix("//") || hasScheme(rest) {
      return .outside
    } else if rest.hasPrefix("/") {
      guard rest.hasPrefix(pathOnServer) else { return .outside }
      rest = rest.dropFirst(pathOnServer.count)
      folder = ""
    }
    rest = rest[..<(rest.utf8.firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex)]
    return resolved(rest, in: folder).flatMap { files[$0] }.map(Target.file) ?? .missing
  }

  private func hasScheme(_ link: Substring) -> Bool {
    for byte in link.utf8 {
      switch byte {
      case UInt8(ascii: ":"): return true
      case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): return false
      default: continue
      }
    }
    return false
  }

  /// The path of the file that a relative link names; `nil` when it leaves the site.
  private func resolved(_ link: Substring, in folder: Substring) -> String? {
    // Segments are written one after the other, each ended by `/`; `..` takes the last one back.
    var path = Array(folder.utf8)
    path.reserveCapacity(path.count + link.utf8.count + 12)
    var segment = path.count
    func isDots(_ count: Int) -> Bool {
      path.count - segment == count && path[segment...].allSatisfy { $0 == UInt8(ascii: ".") }
    }
    func end() -> Bool {
      if path.count == segment || isDots(1) {
        path.removeSubrange(segment...)
      } else if isDots(2) {
        guard segment > 0 else { return false }
        path.removeSubrange((segment - 1)...)
        path.removeSubrange(((path.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)...)
      } else {
        path.append(UInt8(ascii: "/"))
      }
      segment = path.count
      return true
    }
    for byte in link.utf8 {
      if byte != UInt8(ascii: "/") { path.append(byte) } else if !end() { return nil }
    }
    let isFolder = path.count == segment || isDots(1) || isDots(2)
    guard end() else { return nil }
    if isFolder { path.append(contentsOf: "index.html".utf8) } else { path.removeLast() }
    let file = String(decoding: path, as: UTF8.self)
    return path.contains(UInt8(ascii: "%")) ? unescaped(file) : file
  }

  private func unescaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    let source = Array(text.utf8)
    var index = 0
    while index < source.count {
      if source[index] == UInt8(ascii: "%"), index + 2 < source.count, let high = hexDigit(source[index + 1]),
        let low = hexDigit(source[index + 2])
      {
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(source[index])
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Collects what one file holds.
  private struct Reader {
    let check: LinkCheck
    let path: String
    var anchors = Set<String>()
    var wanted: [Wanted] = []
    var broken: [Diagnostic] = []
    /// Where links lead, by what stands before their fragments: many differ in nothing but that.
    private var targets: [String: Target] = [:]
    private var seen = Set<String>()
    private var samePage: [String] = []

    init(check: LinkCheck, path: String) {
      (self.check, self.path) = (check, path)
    }

    mutating func readMarkup(_ bytes: [UInt8]) {
      bytes.withUnsafeBufferPointer { readAttributes($0) }
      for anchor in samePage where !anchors.contains(anchor) {
        broken.append(
          .error(
            .deadAnchor, "the page `\(path)` links to `#\(anchor)`, which it does not have",
            help: nearest(to: anchor, among: anchors.sorted()).map { "did you mean `#\($0)`?" }))
      }
    }

    private mutating func readAttributes(_ bytes: UnsafeBufferPointer<UInt8>) {
      Markup.forEachAttribute(in: bytes) { name, value in
        switch bytes[name.lowerBound] | 0x20 {
        case UInt8(ascii: "h") where bytes[name].elementsEqual("href".utf8): follow(bytes, value)
        case UInt8(ascii: "s") where bytes[name].elementsEqual("src".utf8): follow(bytes, value)
        case UInt8(ascii: "a") where bytes[name].elementsEqual("action".utf8): follow(bytes, value)
        case UInt8(ascii: "i") where bytes[name].elementsEqual("id".utf8): anchors.insert(text(bytes, value))
        case UInt8(ascii: "c") where bytes[name].elementsEqual("content".utf8): followRefresh(bytes, value)
        default: break
        }
      }
    }

    /// Every whole address into the site, wherever it stands.
    mutating func readAddresses(_ bytes: [UInt8]) {
      guard let url = check.url, let first = url.first else { return }
      bytes.withUnsafeBufferPointer { readAddresses($0, url: url, first: first) }
    }

    private mutating func readAddresses(_ bytes: UnsafeBufferPointer<UInt8>, url: [UInt8], first: UInt8) {
      var index = 0
      while index + url.count <= bytes.count {
        guard bytes[index] == first, url.indices.allSatisfy({ bytes[index + $0] == url[$0] }) else {
          index += 1
          continue
        }
        var end = index
        while end < bytes.count, isAddressByte(bytes[end]) { end += 1 }
        follow(bytes, index..<end)
        index = end
      }
    }

    /// The paths of the rows of the search index.
    mutating func readRows(_ bytes: [UInt8]) {
      var index = 0
      while index + 1 < bytes.count {
        guard bytes[index] == UInt8(ascii: "["), bytes[index + 1] == UInt8(ascii: "\"") else {
          index += 1
          continue
        }
        let start = index + 2
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\"")) ?? bytes.count
        note(String(repeating: "../", count: 2) + String(decoding: bytes[start..<end], as: UTF8.self))
        index = end
      }
    }

    private func isAddressByte(_ byte: UInt8) -> Bool {
      byte > 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">")
        && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "&") && byte != UInt8(ascii: ")")
        && byte != UInt8(ascii: "'")
    }

    private func text(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
      let part = UnsafeBufferPointer(rebasing: bytes[range])
      guard part.contains(UInt8(ascii: "&")) else { return String(decoding: part, as: UTF8.self) }
      var decoded: [UInt8] = []
      Markup.decoded(part, into: &decoded)
      return String(decoding: decoded, as: UTF8.self)
    }

    private mutating func follow(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) { note(text(bytes, range)) }

    private mutating func followRefresh(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
      let content = text(bytes, range)
      guard content.utf8.first == UInt8(ascii: "0"), let start = content.firstRange(of: "url=") else { return }
      note(String(content[start.upperBound...]))
    }

    private mutating func note(_ link: String) {
      guard seen.insert(link).inserted else { return }
      let hash = link.utf8.firstIndex(of: UInt8(ascii: "#"))
      let anchor = hash.map { String(link[link.utf8.index(after: $0)...]) } ?? ""
      let base = hash.map { String(link[..<$0]) } ?? link
      if base.isEmpty, hash != nil {
        if !anchor.isEmpty { samePage.append(anchor) }
        return
      }
      let target = targets[base] ?? check.target(of: base, on: path)
      targets[base] = target
      switch target {
      case .outside: break
      case .file(let target):
        if !anchor.isEmpty { wanted.append(Wanted(target: target, anchor: anchor, link: link)) }
      case .missing:
        broken.append(.error(.deadLink, "the page `\(path)` links to `\(link)`, which is not in the site"))
      }
    }
  }
}
