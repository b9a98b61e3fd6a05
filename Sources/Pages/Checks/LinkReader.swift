import Diagnostics
import Model

/// Collects the links and anchors of one file.
struct LinkReader {
  let check: LinkCheck
  let path: String
  private(set) var anchors = ByteTable()
  private(set) var wanted: [LinkCheck.Wanted] = []
  private(set) var broken: [Diagnostic] = []

  /// Links as they stand, entities decoded.
  private var links = ByteTable()
  /// What stands before the fragments of links, for many differ in nothing but that; and where each leads.
  private var bases = ByteTable()
  private var targets: [LinkCheck.Target] = []
  private var samePage: [String] = []
  private let folder: [UInt8]
  private var scratch: [UInt8] = []

  init(check: LinkCheck, path: String) {
    (self.check, self.path) = (check, path)
    folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { Array(path.utf8[...$0]) } ?? []
  }

  mutating func readMarkup(_ bytes: UnsafeBufferPointer<UInt8>) {
    Markup.forEachAttribute(in: bytes) { name, value in
      switch bytes[name.lowerBound] {
      case UInt8(ascii: "h") where isName(bytes, name, "href"): follow(bytes, value)
      case UInt8(ascii: "s") where isName(bytes, name, "src"): follow(bytes, value)
      case UInt8(ascii: "a") where isName(bytes, name, "action"): follow(bytes, value)
      case UInt8(ascii: "i") where isName(bytes, name, "id"): withDecoded(bytes, value) { _ = $0.anchors.insert($1) }
      case UInt8(ascii: "c") where isName(bytes, name, "content"): followRefresh(bytes, value)
      default: break
      }
    }
    for anchor in samePage where anchors.number(of: anchor.utf8) == nil {
      broken.append(
        .error(
          .deadAnchor, "the page `\(path)` links to `#\(anchor)`, which it does not have",
          help: check.suggestion(for: anchor, among: anchors)))
    }
  }

  /// Every whole address into the site, wherever it stands.
  mutating func readAddresses(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let addresses = check.addresses else { return }
    var index = 0
    while let start = addresses.next(in: bytes, from: index) {
      var end = start
      while end < bytes.count, isAddressByte(bytes[end]) { end += 1 }
      follow(bytes, start..<end)
      index = end
    }
  }

  /// The paths of the rows of the search index.
  mutating func readRows(_ bytes: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index + 1 < bytes.count {
      guard bytes[index] == UInt8(ascii: "["), bytes[index + 1] == UInt8(ascii: "\"") else {
        index += 1
        continue
      }
      let start = index + 2
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\"")) ?? bytes.count
      (Array("../../".utf8) + bytes[start..<end]).withUnsafeBufferPointer { note($0) }
      index = end
    }
  }

  private func isName(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ name: StaticString) -> Bool {
    guard range.count == name.utf8CodeUnitCount else { return false }
    for offset in 0..<range.count where bytes[range.lowerBound + offset] != name.utf8Start[offset] { return false }
    return true
  }

  private func isAddressByte(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">")
      && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "&") && byte != UInt8(ascii: ")")
      && byte != UInt8(ascii: "'")
  }

  /// A value with its entities decoded.
  private mutating func withDecoded(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>,
    _ body: (inout Self, UnsafeBufferPointer<UInt8>) -> Void
  ) {
    let part = bytes.extracting(range)
    guard firstIndex(of: UInt8(ascii: "&"), in: part) != nil else { return body(&self, part) }
    var decoded: [UInt8] = []
    Markup.decoded(part, into: &decoded)
    decoded.withUnsafeBufferPointer { body(&self, $0) }
  }

  private mutating func follow(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    withDecoded(bytes, range) { $0.note($1) }
  }

  private mutating func followRefresh(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    guard !range.isEmpty, bytes[range.lowerBound] == UInt8(ascii: "0") else { return }
    withDecoded(bytes, range) { reader, content in
      let marker = Array("url=".utf8)
      guard let start = content.indices.first(where: { content[$0...].starts(with: marker) }) else { return }
      reader.note(content.extracting((start + marker.count)...))
    }
  }

  private mutating func note(_ link: UnsafeBufferPointer<UInt8>) {
    guard links.insert(link).isNew else { return }
    let hash = firstIndex(of: UInt8(ascii: "#"), in: link)
    let base = link[..<(hash ?? link.endIndex)]
    let fragment = hash.map { $0 + 1 } ?? link.endIndex
    if base.isEmpty, hash != nil {
      if fragment < link.endIndex { samePage.append(String(decoding: link[fragment...], as: UTF8.self)) }
      return
    }
    let (number, isNew) = bases.insert(UnsafeBufferPointer(rebasing: base))
    if isNew { targets.append(check.target(of: base, in: folder, path: &scratch)) }
    switch targets[number] {
    case .outside: break
    case .file(let target):
      guard fragment < link.endIndex else { break }
      wanted.append(LinkCheck.Wanted(target: target, link: Array(link), fragment: fragment))
    case .missing:
      let link = String(decoding: link, as: UTF8.self)
      broken.append(.error(.deadLink, "the page `\(path)` links to `\(link)`, which is not in the site"))
    }
  }
}
