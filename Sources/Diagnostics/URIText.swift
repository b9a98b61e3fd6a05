/// Text as a part of a URI: everything but what is unreserved escaped.
///
/// - Source: RFC 3986 §2.3.
package func escapedForURI(_ text: some StringProtocol, keeping kept: String = "") -> String {
  var bytes: [UInt8] = []
  for byte in text.utf8 {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      bytes.append(byte)
    case _ where kept.utf8.contains(byte): bytes.append(byte)
    default:
      bytes.append(UInt8(ascii: "%"))
      if byte < 16 { bytes.append(UInt8(ascii: "0")) }
      bytes += String(byte, radix: 16, uppercase: true).utf8
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
