import Model

/// Words in a line that Markdown leaves as they are, so that cmark need not be asked.
///
/// Many changes in changelogs are such lines, and each would need a parser of its own.
enum PlainLine {
  /// Whether cmark would make one paragraph of the text, with one text in it that is the same byte for byte; `false`
  /// where that is not sure.
  static func isPlain(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      // Nothing that begins with a letter begins a block other than a paragraph.
      guard let first = bytes.first, isWordByte(first), first > 0x39, bytes.last != 0x20 else { return false }
      for index in bytes.indices {
        switch bytes[index] {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: continue
        case 0x20, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "/"),
          UInt8(ascii: "'"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: "#"),
          UInt8(ascii: "%"), UInt8(ascii: "?"):
          continue
        // `www.` and `https:` would make links.
        case UInt8(ascii: "."), UInt8(ascii: ":"):
          guard index + 1 == bytes.count || bytes[index + 1] == 0x20, bytes[index - 1] != UInt8(ascii: "w") else {
            return false
          }
        default: return false
        }
      }
      return true
    }
  }
}
