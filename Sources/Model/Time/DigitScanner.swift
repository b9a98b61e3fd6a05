/// Reads fixed-width numbers and single characters from the front of an ASCII text.
package struct DigitScanner<Bytes: Sequence<UInt8>> {
  private var rest: Bytes.Iterator
  private var next: UInt8?

  package init(_ bytes: Bytes) {
    rest = bytes.makeIterator()
    next = rest.next()
  }

  package var isAtEnd: Bool { next == nil }

  /// The next byte, if there is one; not consumed.
  package var peek: UInt8? { next }

  /// Exactly this many digits as a number.
  package mutating func number(digits: Int) -> Int? {
    var value = 0
    for _ in 0..<digits {
      guard let byte = next, byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + Int(byte - 0x30)
      next = rest.next()
    }
    return value
  }

  /// One or more digits as a number, at most 18 of them.
  package mutating func number() -> Int? {
    var value = 0
    var count = 0
    while let byte = next, byte >= 0x30, byte <= 0x39 {
      count += 1
      guard count <= 18 else { return nil }
      value = value * 10 + Int(byte - 0x30)
      next = rest.next()
    }
    return count > 0 ? value : nil
  }

  /// Consumes the character if it is next.
  package mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard let byte = next, UInt32(byte) == character.value else { return false }
    next = rest.next()
    return true
  }
}
