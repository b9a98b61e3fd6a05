package import Diagnostics
import Model

/// Finds links of rendered files that lead nowhere in the site.
///
/// One file at a time, from any thread; what one file cannot know, the anchors of the others, is settled at the end.
package struct LinkCheck: Sendable {
  /// What one file says: the anchors that it has, and those of other pages that it leads to.
  package struct Findings: Sendable {
    let file: Int
    let anchors: ByteTable
    let wanted: [Wanted]
    let broken: [Diagnostic]
  }

  struct Wanted: Sendable {
    let target: Int
    let link: [UInt8]
    /// Where in ``link`` the fragment begins, after the `#`.
    let fragment: Int
  }

  enum Target {
    case outside
    case file(Int)
    case missing
  }

  private let paths: [String]
  private let files: ByteTable
  /// The addresses that lead into the site, whole and as paths on its server, end in `/`.
  private let url: [UInt8]?
  private let pathOnServer: [UInt8]
  let addresses: AddressScan?

  /// - Parameters:
  ///   - paths: Every file of the site: those of the plan, its assets, and those of the theme.
  ///   - url: The site's address, so that whole addresses into it are held to be links too.
  package init(paths: [String], url: String?) {
    var files = ByteTable(minimumCapacity: paths.count)
    var distinct: [String] = []
    for var path in paths where path.withUTF8({ files.insert($0).isNew }) { distinct.append(path) }
    (self.files, self.paths) = (files, distinct)
    self.url = url.map { Array($0.utf8) }
    addresses = self.url.flatMap(AddressScan.init)
    let host = url?.firstRange(of: "://")?.upperBound
    pathOnServer = Array(
      (host.flatMap { host in url?[host...].firstIndex(of: "/").map { url?[$0...] ?? "/" } } ?? "/").utf8)
  }

  /// What a rendered file holds; files that are no text of the site hold nothing.
  package func findings(in bytes: [UInt8], path: String) -> Findings {
    var reader = LinkReader(check: self, path: path)
    bytes.withUnsafeBufferPointer { bytes in
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
    }
    return Findings(
      file: files.number(of: path.utf8) ?? -1, anchors: reader.anchors, wanted: reader.wanted, broken: reader.broken)
  }

  /// Every broken link of the site.
  package func brokenLinks(in findings: [Findings]) -> [Diagnostic] {
    var anchors: [ByteTable?] = Array(repeating: nil, count: paths.count)
    for finding in findings where finding.file >= 0 { anchors[finding.file] = finding.anchors }
    return findings.flatMap { finding in
      finding.broken
        + finding.wanted.compactMap { wanted in
          guard let known = anchors[wanted.target], known.number(of: wanted.link[wanted.fragment...]) == nil else {
            return nil
          }
          let anchor = String(decoding: wanted.link[wanted.fragment...], as: UTF8.self)
          let link = String(decoding: wanted.link, as: UTF8.self)
          return .error(
            .deadAnchor, "the page `\(paths[finding.file])` links to `\(link)`, which has no such place",
            notes: [Diagnostic.Note("`\(paths[wanted.target])` has no element with the id `\(anchor)`")],
            help: suggestion(for: anchor, among: known))
        }
    }
  }

  func suggestion(for anchor: String, among known: ByteTable) -> String? {
    nearest(to: anchor, among: (0..<known.count).map(known.text).sorted()).map { "did you mean `#\($0)`?" }
  }

  /// Where a link in a folder of the site leads.
  /// - Parameters:
  ///   - link: Without a fragment.
  ///   - folder: Ends in `/`, or is empty.
  ///   - path: Room to work in.
  func target(of link: Slice<UnsafeBufferPointer<UInt8>>, in folder: [UInt8], path: inout [UInt8]) -> Target {
    var rest = link
    path.removeAll(keepingCapacity: true)
    if let url, rest.starts(with: url) {
      rest = rest.dropFirst(url.count)
    } else if rest.starts(with: "//".utf8) || hasScheme(rest) {
      return .outside
    } else if rest.first == UInt8(ascii: "/") {
      guard rest.starts(with: pathOnServer) else { return .outside }
      rest = rest.dropFirst(pathOnServer.count)
    } else {
      path.append(contentsOf: folder)
    }
    if let query = rest.firstIndex(of: UInt8(ascii: "?")) { rest = rest[..<query] }
    guard resolve(rest, onto: &path) else { return .missing }
    if path.contains(UInt8(ascii: "%")) { path = unescaped(path) }
    return path.withUnsafeBufferPointer { files.number(of: $0) }.map(Target.file) ?? .missing
  }

  private func hasScheme(_ link: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    for byte in link {
      switch byte {
      case UInt8(ascii: ":"): return true
      case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): return false
      default: continue
      }
    }
    return false
  }

  /// Follows a relative link from a folder; `false` when it leaves the site.
  private func resolve(_ link: Slice<UnsafeBufferPointer<UInt8>>, onto path: inout [UInt8]) -> Bool {
    // Segments are written one after the other, each ended by `/`; `..` takes the last one back.
    var segment = path.count
    for byte in link {
      if byte != UInt8(ascii: "/") {
        path.append(byte)
      } else if !endSegment(at: &segment, of: &path) {
        return false
      }
    }
    let isFolder = path.count == segment || isDots(1, from: segment, in: path) || isDots(2, from: segment, in: path)
    guard endSegment(at: &segment, of: &path) else { return false }
    if isFolder { path.append(contentsOf: "index.html".utf8) } else { path.removeLast() }
    return true
  }

  private func isDots(_ count: Int, from segment: Int, in path: [UInt8]) -> Bool {
    guard path.count - segment == count else { return false }
    for index in segment..<path.count where path[index] != UInt8(ascii: ".") { return false }
    return true
  }

  private func endSegment(at segment: inout Int, of path: inout [UInt8]) -> Bool {
    if path.count == segment || isDots(1, from: segment, in: path) {
      path.removeLast(path.count - segment)
    } else if isDots(2, from: segment, in: path) {
      guard segment > 0 else { return false }
      path.removeLast(path.count - segment + 1)
      while let last = path.last, last != UInt8(ascii: "/") { path.removeLast() }
    } else {
      path.append(UInt8(ascii: "/"))
    }
    segment = path.count
    return true
  }

  private func unescaped(_ source: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
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
    return bytes
  }
}
