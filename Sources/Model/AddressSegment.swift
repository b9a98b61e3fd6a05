/// A text as one segment of an address in the site: bytes outside `[A-Za-z0-9._-]`, and a dot at the beginning, as `~hh`.
///
/// No two texts have the same segment, and none is `.`, `..` or hidden.
package func addressSegment(_ text: String) -> String {
  func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: false
    }
  }
  if text.utf8.allSatisfy(isPlain), text.utf8.first != UInt8(ascii: ".") { return text }
  var segment = ""
  for (index, byte) in text.utf8.enumerated() {
    if isPlain(byte), index > 0 || byte != UInt8(ascii: ".") {
      segment.unicodeScalars.append(Unicode.Scalar(byte))
    } else {
      segment += "~" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
  }
  return segment
}
