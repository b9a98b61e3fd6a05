import Model

/// A line of words, strong ones, code spans and links to the web, so simple that cmark need not be asked what they are.
///
/// Nearly all changes in changelogs are such lines, and each would need a parser of its own.
struct PlainLine {
  /// Places in the text.
  enum Part {
    case words(Range<Int>)
    case strong(Range<Int>)
    case code(Range<Int>)
    case link(words: Range<Int>, url: Range<Int>)
  }

  private(set) var parts: [Part] = []

  /// - Returns: `nil` where it is not sure that cmark would make one paragraph of just these parts.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    // Nothing that begins with a letter, one backtick, two asterisks or a link begins a block other than a paragraph.
    guard let first = bytes.first, let last = bytes.last, last != 0x20 else { return nil }
    guard
      first > 0x39 && isWordByte(first) || first == UInt8(ascii: "`") || first == UInt8(ascii: "[")
        || first == UInt8(ascii: "*")
    else { return nil }
    var (start, index) = (0, 0)
    while index < bytes.count {
      let part: Part
      let end: Int
      switch bytes[index] {
      case UInt8(ascii: "`"):
        guard let span = PlainLine.codeSpan(in: bytes, at: index) else { return nil }
        (part, end) = (.code(span), span.upperBound + 1)
      case UInt8(ascii: "*"):
        guard let words = PlainLine.strong(in: bytes, at: index) else { return nil }
        (part, end) = (.strong(words), words.upperBound + 2)
      case UInt8(ascii: "["):
        guard let link = PlainLine.link(in: bytes, at: index) else { return nil }
        (part, end) = (.link(words: link.words, url: link.url), link.url.upperBound + 1)
      default:
        guard PlainLine.isWords(bytes, at: index) else { return nil }
        index += 1
        continue
      }
      if start < index { parts.append(.words(start..<index)) }
      parts.append(part)
      (start, index) = (end, end)
    }
    if start < index { parts.append(.words(start..<index)) }
  }

  /// Whether the byte means itself wherever it stands in the line.
  private static func isWords(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    let byte = bytes[index]
    if isWordByte(byte) || byte == 0x20 || byte >= 0x80 { return true }
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "/"),
      UInt8(ascii: "'"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: "#"),
      UInt8(ascii: "%"), UInt8(ascii: "?"):
      return true
    // `www.` and `https:` would make links.
    case UInt8(ascii: "."), UInt8(ascii: ":"):
      guard index + 1 == bytes.count || bytes[index + 1] == 0x20 else { return false }
      return index == 0 || bytes[index - 1] != UInt8(ascii: "w")
    default: return false
    }
  }

  /// What stands between two pairs of asterisks that can mean nothing else: letters within, none without.
  private static func strong(in bytes: UnsafeBufferPointer<UInt8>, at open: Int) -> Range<Int>? {
    let start = open + 2
    guard start < bytes.count, bytes[open + 1] == UInt8(ascii: "*"), open == 0 || bytes[open - 1] == 0x20,
      let close = firstIndex(of: UInt8(ascii: "*"), in: bytes, from: start), close + 1 < bytes.count,
      bytes[close + 1] == UInt8(ascii: "*"), isWordByte(bytes[start]), isWordByte(bytes[close - 1]),
      close + 2 == bytes.count || bytes[close + 2] == 0x20 || bytes[close + 2] == UInt8(ascii: ":"),
      bytes[start..<close].allSatisfy({ isWordByte($0) || $0 == 0x20 || $0 == UInt8(ascii: "-") })
    else { return nil }
    return start..<close
  }

  /// What stands between single backticks.
  private static func codeSpan(in bytes: UnsafeBufferPointer<UInt8>, at open: Int) -> Range<Int>? {
    let start = open + 1
    guard let close = firstIndex(of: UInt8(ascii: "`"), in: bytes, from: start), close > start,
      close + 1 == bytes.count || bytes[close + 1] != UInt8(ascii: "`"), bytes[start] != 0x20, bytes[close - 1] != 0x20,
      bytes[start..<close].allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
    else { return nil }
    return start..<close
  }

  /// `[words](https://address)` with nothing in the address that could be read in two ways.
  private static func link(
    in bytes: UnsafeBufferPointer<UInt8>, at open: Int
  ) -> (words: Range<Int>, url: Range<Int>)? {
    guard let close = bytes[open...].firstIndex(of: UInt8(ascii: "]")), close > open + 1, close + 1 < bytes.count,
      bytes[close + 1] == UInt8(ascii: "("),
      bytes[(open + 1)..<close].allSatisfy({ isWordByte($0) || $0 == 0x20 || $0 == UInt8(ascii: "-") })
    else { return nil }
    let start = close + 2
    guard bytes[start...].starts(with: "https://".utf8), let end = bytes[start...].firstIndex(of: UInt8(ascii: ")")),
      bytes[(start + 8)..<end].allSatisfy({ isWordByte($0) || "-./#".utf8.contains($0) })
    else { return nil }
    return (open + 1..<close, start..<end)
  }
}
