/// Walks the elements of a DER encoding, as far as finding a public key in it takes.
///
/// - Source: X.690 §8.1 and §10.1 (definite lengths only).
struct DERReader {
  enum Tag {
    static let bits: UInt8 = 0x03
    static let objectIdentifier: UInt8 = 0x06
    static let sequence: UInt8 = 0x30
    /// The explicit version of a certificate.
    static let context0: UInt8 = 0xA0
  }

  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  /// The tag of the next element.
  var tag: UInt8? { rest.first }

  /// The next element with its tag and length, and its content; `nil` at the end or when it is cut off.
  mutating func element() -> (whole: ArraySlice<UInt8>, content: ArraySlice<UInt8>)? {
    let start = rest.startIndex
    guard rest.count >= 2 else { return nil }
    let first = rest[start + 1]
    var header = 2
    var length = Int(first)
    if first >= 0x80 {
      let count = Int(first & 0x7F)
      guard (1...3).contains(count), rest.count >= 2 + count else { return nil }
      length = rest[(start + 2)..<(start + 2 + count)].reduce(0) { $0 << 8 | Int($1) }
      header += count
    }
    guard rest.count >= header + length else { return nil }
    let end = start + header + length
    let whole = rest[start..<end]
    rest = rest[end...]
    return (whole, whole[(start + header)...])
  }

  /// The content of the next element when it has this tag.
  mutating func content(_ tag: UInt8) -> ArraySlice<UInt8>? {
    guard self.tag == tag else { return nil }
    return element()?.content
  }
}
