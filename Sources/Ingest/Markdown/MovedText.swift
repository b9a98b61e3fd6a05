/// The files of the checkout that a Markdown text names by relative paths, in the order of the text; none where it is
/// nested too deeply to be read.
///
/// - Parameter file: That the text stands in.
package func linkedFiles(in text: String, of file: String) -> [String] {
  guard text.utf8.contains(UInt8(ascii: "]")), NestingGuard.firstLineTooDeep(in: text) == nil,
    let tree = CommonMarkTree(parsing: text, footnotes: true)
  else { return [] }
  let document = tree.root
  defer { withExtendedLifetime(document) {} }
  guard document.depth(atMost: NestingGuard.limit) <= NestingGuard.limit else { return [] }
  var nodes: [MarkdownNode] = []
  RelativeLinks<Never>.collect(document, into: &nodes)
  return nodes.compactMap { node in
    guard case .file(let path, _) = LinkTarget(node.url, from: file) else { return nil }
    return path
  }
}

/// A Markdown text for another file: its relative links lead where they led.
///
/// - Parameter moves: Where linked files go, by where they are.
/// - Returns: `nil` for a text with a link that is written so that no other can take its place, such as with `\\` in it.
package func readdressed(
  _ text: String, from old: String, to new: String, moving moves: [String: String] = [:]
) -> String? {
  let wanted = linkedFiles(in: text, of: old).map { moves[$0] ?? $0 }
  guard wanted != linkedFiles(in: text, of: new), let tree = CommonMarkTree(parsing: text, footnotes: true) else {
    return text
  }
  let document = tree.root
  let links = RelativeLinks<[UInt8]>(of: document, in: text) { node in
    guard case .file(let path, _) = LinkTarget(node.url, from: old) else { return nil }
    let end = node.url.drop { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") }
    return relativeAddress(of: moves[path] ?? path, from: new) + end
  }
  withExtendedLifetime(document) {}
  let bytes = Array(text.utf8)
  var moved: [UInt8] = []
  var written = 0
  for edit in links.edits(of: text) where edit.isAddress {
    guard let address = edit.target else { continue }
    moved += bytes[written..<edit.range.lowerBound] + address
    written = edit.range.upperBound
  }
  moved += bytes[written...]
  let result = String(decoding: moved, as: UTF8.self)
  return linkedFiles(in: result, of: new) == wanted ? result : nil
}

/// A path as a link of a file would have it, with `%20` for what no address may hold.
private func relativeAddress(of path: String, from file: String) -> [UInt8] {
  var folder = file.split(separator: "/").dropLast()
  var steps = path.split(separator: "/")[...]
  while let first = folder.first, steps.count > 1, first == steps.first {
    folder.removeFirst()
    steps.removeFirst()
  }
  let up = repeatElement("..", count: folder.count).joined(separator: "/")
  let down = steps.map { step in
    step.utf8.map { byte in
      isPlain(byte) ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16).uppercased()
    }.joined()
  }.joined(separator: "/")
  return Array((up.isEmpty ? down : up + "/" + down).utf8)
}

private func isPlain(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"),
    UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), 0x80...:
    true
  default: false
  }
}
