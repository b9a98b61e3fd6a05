/// JSON string literals, written byte by byte.
///
/// - Source: RFC 8259 §7.
package enum JSONText {
  /// Appends the text in quotation marks, with everything escaped that JSON asks for, and `<`, `>`, `&`, U+2028 and
  /// U+2029 too, so that the result may stand in a script or in HTML.
  package static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { source in
      var start = 0
      var index = 0
      while index < source.count {
        let byte = source[index]
        defer { index += 1 }
        // Nearly all bytes are letters.
        if byte >= 0x5D && byte != 0x7F && byte != 0xE2 { continue }
        guard isEscaped(byte) else { continue }
        var length = 1
        var escape = escapes[Int(byte & 0x7F)]
        if byte == 0xE2 {
          guard let separator = separator(at: index, in: source) else { continue }
          (escape, length) = (separator, 3)
        }
        bytes.append(contentsOf: source.extracting(start..<index))
        bytes.append(contentsOf: escape)
        start = index + length
      }
      bytes.append(contentsOf: source.extracting(min(start, source.count)...))
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// The bytes below 128 that are escaped, one bit each: control characters and `"&<>\`.
  private static let low: UInt64 = 0x5000_0044_FFFF_FFFF
  private static let high: UInt64 = 0x8000_0000_1000_0000

  /// Whether the byte is escaped, or begins something that may be.
  @inline(__always) private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x80 ? (byte < 64 ? low : high) & (1 << UInt64(byte & 63)) != 0 : byte == 0xE2
  }

  /// By the byte that is escaped; those of markup are many in feeds, so that they are made once.
  private static let escapes: [[UInt8]] = (0..<0x80).map { byte in
    switch UInt8(byte) {
    case UInt8(ascii: "\""): Array("\\\"".utf8)
    case UInt8(ascii: "\\"): Array("\\\\".utf8)
    case UInt8(ascii: "\n"): Array("\\n".utf8)
    case UInt8(ascii: "\r"): Array("\\r".utf8)
    case UInt8(ascii: "\t"): Array("\\t".utf8)
    default: Array(("\\u00" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)).utf8)
    }
  }

  /// What stands for U+2028 and U+2029.
  private static func separator(at index: Int, in source: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard index + 2 < source.count, source[index + 1] == 0x80, source[index + 2] & 0xFE == 0xA8 else { return nil }
    return Array((source[index + 2] == 0xA8 ? "\\u2028" : "\\u2029").utf8)
  }
}
