/// Bytes written as text.
enum Base64 {
  /// The bytes, or `nil` when the text is no base64.
  ///
  /// Both alphabets are read, white space is skipped, and padding may be missing: PEM, DSSE and Sigstore differ there.
  /// - Source: RFC 4648 §4 and §5.
  static func decoded(_ text: some Sequence<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(text.underestimatedCount / 4 * 3)
    var buffer: UInt32 = 0
    var digits = 0
    var padding = 0
    for byte in text {
      if byte == UInt8(ascii: "=") {
        padding += 1
        continue
      }
      let value = values[Int(byte)]
      if value == blank { continue }
      guard value < 64, padding == 0 else { return nil }
      buffer = buffer << 6 | UInt32(value)
      digits += 1
      if digits % 4 == 0 {
        result.append(UInt8(truncatingIfNeeded: buffer >> 16))
        result.append(UInt8(truncatingIfNeeded: buffer >> 8))
        result.append(UInt8(truncatingIfNeeded: buffer))
      }
    }
    switch digits % 4 {
    case 0: guard padding == 0 else { return nil }
    case 2:
      guard padding == 0 || padding == 2 else { return nil }
      result.append(UInt8(truncatingIfNeeded: buffer >> 4))
    case 3:
      guard padding == 0 || padding == 1 else { return nil }
      result.append(UInt8(truncatingIfNeeded: buffer >> 10))
      result.append(UInt8(truncatingIfNeeded: buffer >> 2))
    default: return nil
    }
    return result
  }

  private static let blank: UInt8 = 0xFE

  /// What each byte stands for; 0xFF for what is no digit.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 0xFF, count: 256)
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
    values[Int(UInt8(ascii: "-"))] = 62
    values[Int(UInt8(ascii: "_"))] = 63
    for byte in " \t\r\n".utf8 { values[Int(byte)] = blank }
    return values
  }()
}
