import Model

/// The words of a heading as a reader sees them, without inline markup.
///
/// Enough for finding versions, dates and kinds; what is shown is rendered by ``MarkdownReader``.
struct HeadingWords {
  let text: String

  init(_ line: ArraySlice<UInt8>) {
    var rest = line.drop { $0 == 0x20 || $0 == 0x09 }
    if rest.first == UInt8(ascii: "#") { rest = rest.drop { $0 == UInt8(ascii: "#") } }
    var trimmed = rest.drop { $0 == 0x20 || $0 == 0x09 }
    while let last = trimmed.last, last == 0x20 || last == 0x09 { trimmed.removeLast() }
    let closing = trimmed.reversed().prefix { $0 == UInt8(ascii: "#") }.count
    if closing > 0, trimmed.dropLast(closing).last.map({ $0 == 0x20 }) ?? true { trimmed.removeLast(closing) }
    text = String(decoding: HeadingWords.bytesWithoutMarkup(trimmed), as: UTF8.self)
  }

  /// Drops tags, the targets of links, and emphasis.
  static func bytesWithoutMarkup(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var words: [UInt8] = []
    words.reserveCapacity(line.count)
    var index = line.startIndex
    while index < line.endIndex {
      let byte = line[index]
      switch byte {
      case UInt8(ascii: "<"):
        let next = index + 1 < line.endIndex ? line[index + 1] : 0
        let isTag = next == UInt8(ascii: "/") || next == UInt8(ascii: "!") || (isWordByte(next) && next > 0x39)
        if isTag, let end = line[index...].firstIndex(of: UInt8(ascii: ">")) {
          index = end + 1
          continue
        }
        words.append(byte)
      case UInt8(ascii: "]"):
        // `](address)` and `][label]` are for machines.
        let open = index + 1 < line.endIndex ? line[index + 1] : 0
        let close = open == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "]")
        words.append(byte)
        if open == UInt8(ascii: "(") || open == UInt8(ascii: "["),
          let end = line[index...].dropFirst().firstIndex(of: close)
        {
          index = end + 1
          continue
        }
      case UInt8(ascii: "*"), UInt8(ascii: "`"): break
      case UInt8(ascii: "\\"): break
      default: words.append(byte)
      }
      index += 1
    }
    while words.last == 0x20 { words.removeLast() }
    return words
  }
}
