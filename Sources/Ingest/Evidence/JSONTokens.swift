import Diagnostics

// The words of JSON: strings, numbers, names.
extension JSONScan {
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

  @inline(__always) mutating func skipBlanks() {
    while position < bytes.count, JSONScan.isBlank(bytes[position]) { position += 1 }
  }

  /// A string, from its opening quotation mark; afterwards the position is behind the closing one.
  /// - Returns: Where the closing mark stands.
  mutating func string() throws(Failure) -> (end: Int, hasEscapes: Bool) {
    let start = position
    var index = position + 1
    var hasEscapes = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        position = index + 1
        return (index, hasEscapes)
      }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        index = try endOfEscape(at: index)
      } else if byte < 0x20 {
        throw failure("has a raw control character in a string", at: index)
      } else if byte < 0x80 {
        index += 1
      } else {
        let length = lengthOfScalar(at: index)
        guard length > 0 else { throw failure("is not valid UTF-8 here", at: index, code: .evidenceEncoding) }
        index += length
      }
    }
    throw failure("breaks off within the string that begins here", at: start)
  }

  /// - Source: RFC 8259 §7; half of a surrogate pair means nothing.
  private func endOfEscape(at index: Int) throws(Failure) -> Int {
    guard index + 1 < bytes.count else { throw failure("breaks off within a string", at: index) }
    switch bytes[index + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return index + 2
    case UInt8(ascii: "u"):
      guard let unit = JSONScan.unit(in: bytes, at: index) else {
        throw failure("has an escape that JSON does not know", at: index)
      }
      guard unit & 0xF800 == 0xD800 else { return index + 6 }
      guard unit < 0xDC00, let low = JSONScan.unit(in: bytes, at: index + 6), low & 0xFC00 == 0xDC00 else {
        throw failure("has half of a surrogate pair", at: index)
      }
      return index + 12
    default: throw failure("has an escape that JSON does not know", at: index)
    }
  }

  /// The code unit of `\uXXXX`.
  private static func unit(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt16? {
    guard index + 5 < bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") else {
      return nil
    }
    var unit: UInt16 = 0
    for digit in bytes[index + 2..<index + 6] {
      let value: UInt8
      switch digit {
      case 0x30...0x39: value = digit - 0x30
      case 0x41...0x46: value = digit - 0x41 + 10
      case 0x61...0x66: value = digit - 0x61 + 10
      default: return nil
      }
      unit = unit << 4 | UInt16(value)
    }
    return unit
  }

  /// How many bytes a scalar beyond ASCII has; 0 where there is none. - Source: Unicode 16, table 3-7.
  private func lengthOfScalar(at index: Int) -> Int {
    func follows(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      index + offset < bytes.count && range.contains(bytes[index + offset])
    }
    switch bytes[index] {
    case 0xC2...0xDF: return follows(1) ? 2 : 0
    case 0xE0: return follows(1, 0xA0...0xBF) && follows(2) ? 3 : 0
    case 0xED: return follows(1, 0x80...0x9F) && follows(2) ? 3 : 0
    case 0xE1...0xEF: return follows(1) && follows(2) ? 3 : 0
    case 0xF0: return follows(1, 0x90...0xBF) && follows(2) && follows(3) ? 4 : 0
    case 0xF1...0xF3: return follows(1) && follows(2) && follows(3) ? 4 : 0
    case 0xF4: return follows(1, 0x80...0x8F) && follows(2) && follows(3) ? 4 : 0
    default: return 0
    }
  }

  /// What a string without its marks says; it is known to be sound.
  static func unescaped(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    var units: [UInt16] = []
    var index = bytes.startIndex
    var plain: [UInt8] = []
    func flush() {
      units.append(contentsOf: String(decoding: plain, as: UTF8.self).utf16)
      plain.removeAll(keepingCapacity: true)
    }
    while index < bytes.endIndex {
      guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.endIndex else {
        plain.append(bytes[index])
        index += 1
        continue
      }
      switch bytes[index + 1] {
      case UInt8(ascii: "b"): plain.append(0x08)
      case UInt8(ascii: "f"): plain.append(0x0C)
      case UInt8(ascii: "n"): plain.append(0x0A)
      case UInt8(ascii: "r"): plain.append(0x0D)
      case UInt8(ascii: "t"): plain.append(0x09)
      case UInt8(ascii: "u"):
        if let unit = unit(in: bytes.base, at: index) {
          flush()
          units.append(unit)
        }
        index += 4
      default: plain.append(bytes[index + 1])
      }
      index += 2
    }
    flush()
    return String(decoding: units, as: UTF16.self)
  }

  /// - Source: RFC 8259 §6.
  mutating func number() throws(Failure) {
    let start = position
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    guard let whole = digits(), whole.count == 1 || bytes[whole.lowerBound] != 0x30 else {
      throw failure("has a number that JSON does not know", at: start)
    }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      guard digits() != nil else { throw failure("has a number that JSON does not know", at: start) }
    }
    var exponent: Range<Int>?
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
        position += 1
      }
      exponent = digits()
      guard exponent != nil else { throw failure("has a number that JSON does not know", at: start) }
    }
    // JSONDecoder fails on what is beyond a Double, without a place.
    guard whole.count <= 300, exponent.map({ $0.count <= 3 }) ?? true else {
      throw failure("has a number that is too large", at: start, code: .evidenceOverLimit)
    }
    if exponent != nil, Double(String(decoding: bytes[start..<position], as: UTF8.self))?.isFinite != true {
      throw failure("has a number that is too large", at: start, code: .evidenceOverLimit)
    }
  }

  private mutating func digits() -> Range<Int>? {
    let start = position
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
    return position > start ? start..<position : nil
  }

  mutating func literal(_ word: StaticString) throws(Failure) {
    let end = position + word.utf8CodeUnitCount
    let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard end <= bytes.count, bytes[position..<end].elementsEqual(expected) else { throw failure("has no value here") }
    position = end
  }
}
