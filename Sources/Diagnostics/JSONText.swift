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
      for index in source.indices {
        let byte = source[index]
        guard let escape = escape(of: byte, at: index, in: source) else { continue }
        bytes.append(contentsOf: source[start..<index])
        bytes.append(contentsOf: escape.text.utf8)
        start = index + escape.length
      }
      bytes.append(contentsOf: source[min(start, source.count)...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func escape(
    of byte: UInt8, at index: Int, in source: UnsafeBufferPointer<UInt8>
  ) -> (text: String, length: Int)? {
    switch byte {
    case UInt8(ascii: "\""): ("\\\"", 1)
    case UInt8(ascii: "\\"): ("\\\\", 1)
    case UInt8(ascii: "\n"): ("\\n", 1)
    case UInt8(ascii: "\r"): ("\\r", 1)
    case UInt8(ascii: "\t"): ("\\t", 1)
    case 0..<0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), 0x7F:
      ("\\u00" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16), 1)
    case 0xE2 where index + 2 < source.count && source[index + 1] == 0x80 && source[index + 2] & 0xFE == 0xA8:
      (source[index + 2] == 0xA8 ? "\\u2028" : "\\u2029", 3)
    default: nil
    }
  }
}
