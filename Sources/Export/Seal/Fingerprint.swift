import Crypto

/// What bytes hash to with SHA-256.
package struct Fingerprint: Hashable, Sendable {
  /// 32 of them.
  package let bytes: [UInt8]

  package init(of data: [UInt8]) {
    bytes = Array(SHA256.hash(data: data))
  }

  /// - Parameter digest: The 32 bytes of a SHA-256.
  package init(digest: [UInt8]) { bytes = digest }

  package init(of text: String) {
    self.init(of: Array(text.utf8))
  }

  /// - Parameter hex: 64 digits in lower case, as ``hex`` writes them; `nil` for anything else.
  package init?(hex: String) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    var high: UInt8?
    for digit in hex.utf8 {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    guard bytes.count == 32, high == nil else { return nil }
    self.bytes = bytes
  }

  package var hex: String { hexadecimal(bytes) }
}

/// Bytes as digits, in lower case.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  var digits: [UInt8] = []
  digits.reserveCapacity(64)
  func add(_ half: UInt8) { digits.append(half < 10 ? UInt8(ascii: "0") + half : UInt8(ascii: "a") + half - 10) }
  for byte in bytes {
    add(byte >> 4)
    add(byte & 15)
  }
  return String(decoding: digits, as: UTF8.self)
}

extension [UInt8] {
  /// Of two pieces, with a byte before them that tells what they are.
  static func joined(_ mark: UInt8, _ first: [UInt8], _ second: [UInt8] = []) -> [UInt8] {
    var bytes = [mark]
    bytes.reserveCapacity(1 + first.count + second.count)
    bytes += first
    bytes += second
    return bytes
  }
}
