import Crypto

/// A UUID that depends on nothing but what it stands for.
///
/// - Source: RFC 9562 §5.5 (version 5).
struct NamedUUID: Hashable {
  /// Drawn once for Gazette; every id is below it.
  private static let namespace: [UInt8] = [
    0x7C, 0x0B, 0x2E, 0x5A, 0x91, 0x3D, 0x4F, 0x68, 0xA6, 0x17, 0x3E, 0x52, 0xD0, 0x8B, 0x44, 0xF9,
  ]

  let text: String

  init(_ parts: String..., in namespace: [UInt8] = NamedUUID.namespace) {
    let name = parts.joined(separator: "\u{0}")
    var bytes = Array(Insecure.SHA1.hash(data: namespace + Array(name.utf8)).prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x50
    bytes[8] = bytes[8] & 0x3F | 0x80
    let hex = hexadecimal(bytes)
    var text = ""
    for (index, digit) in hex.utf8.enumerated() {
      if [8, 12, 16, 20].contains(index) { text += "-" }
      text.unicodeScalars.append(Unicode.Scalar(digit))
    }
    self.text = text
  }
}
