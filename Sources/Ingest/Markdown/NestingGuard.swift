import Model

/// Finds texts that are nested so deeply that cmark would take long over them.
///
/// cmark goes through every open quote and list for each line, and through every open image for each link inside it:
/// both are quadratic in texts that nobody writes. (Other runs of delimiters are linear in the cmark in use.)
enum NestingGuard {
  /// How many levels a text may have, blocks and spans together.
  static let limit = 100
  /// How many images the lines between two blank ones may begin.
  private static let imageLimit = 5_000

  /// - Returns: The number of the line, from 1.
  static func firstLineTooDeep(in text: String) -> Int? {
    var text = text
    return text.withUTF8 { bytes in
      var line = 1
      var index = 0
      var images = 0
      while index < bytes.count {
        let end = Model.firstIndex(of: 0x0A, in: bytes, from: index) ?? bytes.count
        let content = bytes[index..<end]
        if markers(at: content) > limit { return line }
        images = content.isEmpty ? 0 : images + imageStarts(in: content)
        if images > imageLimit { return line }
        line += 1
        index = end + 1
      }
      return nil
    }
  }

  /// How many quotes and list items the line may begin.
  private static func markers(at line: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    var count = 0
    for byte in line {
      switch byte {
      case 0x20, 0x09: continue
      case UInt8(ascii: ">"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ")"),
        UInt8(ascii: "."):
        count += 1
      case 0x30...0x39: continue
      default: return count
      }
    }
    return isRule(line) ? 0 : count
  }

  /// Whether the line is nothing but one mark, as often as it likes; a quote is none.
  private static func isRule(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let first = line.first(where: { $0 != 0x20 && $0 != 0x09 }), first != UInt8(ascii: ">") else { return false }
    return line.allSatisfy { $0 == first || $0 == 0x20 || $0 == 0x09 }
  }

  private static func imageStarts(in line: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    var count = 0
    var previous: UInt8 = 0
    for byte in line {
      if byte == UInt8(ascii: "["), previous == UInt8(ascii: "!") { count += 1 }
      previous = byte
    }
    return count
  }
}
