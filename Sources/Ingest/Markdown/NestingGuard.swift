/// Finds texts that are nested so deeply that cmark would take long over them.
///
/// cmark goes through every open quote and list for each line, and through every open bracket or delimiter for each
/// that may close one; both are quadratic in texts that nobody writes.
enum NestingGuard {
  /// How many levels a text may have, blocks and spans together.
  static let limit = 100
  /// How many unmatched brackets or delimiters of one kind a paragraph may hold.
  static let openLimit = 2_000

  /// - Returns: The number of the line, from 1.
  static func firstLineTooDeep(in text: String) -> Int? {
    var text = text
    return text.withUTF8 { bytes in
      var line = 1
      var index = 0
      var open = Delimiters()
      while index < bytes.count {
        let end = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
        if Self.markers(at: bytes[index..<end]) > Self.limit { return line }
        if end == index { open = Delimiters() }
        open.count(bytes[index..<end])
        if open.isTooMany { return line }
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
      case UInt8(ascii: ">"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ")"): count += 1
      case 0x30...0x39, UInt8(ascii: "."): continue
      default: return count
      }
    }
    // A line of nothing but hyphens is a rule, whatever its length.
    return count == line.count ? 0 : count
  }
}

/// The delimiters of a paragraph, so far.
private struct Delimiters {
  private var brackets = 0
  private var stars = 0
  private var underscores = 0
  private var backticks = 0
  private var angles = 0
  private var tildes = 0

  mutating func count(_ line: Slice<UnsafeBufferPointer<UInt8>>) {
    for byte in line {
      switch byte {
      case UInt8(ascii: "["): brackets += 1
      case UInt8(ascii: "*"): stars += 1
      case UInt8(ascii: "_"): underscores += 1
      case UInt8(ascii: "`"): backticks += 1
      case UInt8(ascii: "<"): angles += 1
      case UInt8(ascii: "~"): tildes += 1
      default: break
      }
    }
  }

  var isTooMany: Bool {
    max(brackets, stars, underscores, backticks, angles, tildes) > 100_000_000
  }
}
