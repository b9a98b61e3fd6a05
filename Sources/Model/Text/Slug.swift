/// A text as an anchor: its letters and digits in lower case, everything else as single hyphens; of long ones, the
/// words that fit into so many bytes.
package func slug(_ text: some StringProtocol, maxBytes: Int = 80) -> String {
  var text = String(text)
  var anchor = Anchor(maxBytes: maxBytes)
  let isASCII = text.withUTF8 { bytes in
    for byte in bytes {
      guard byte < 0x80 else { return false }
      if !anchor.add(ascii: byte) { break }
    }
    return true
  }
  if !isASCII {
    anchor = Anchor(maxBytes: maxBytes)
    for scalar in text.unicodeScalars where !anchor.add(scalar) { break }
  }
  return String(decoding: anchor.bytes, as: UTF8.self)
}

private struct Anchor {
  private(set) var bytes: [UInt8] = []
  private let maxBytes: Int
  private var owesHyphen = false

  init(maxBytes: Int) {
    self.maxBytes = maxBytes
    bytes.reserveCapacity(maxBytes + 8)
  }

  /// - Returns: Whether there is room for more.
  mutating func add(ascii byte: UInt8) -> Bool {
    guard isWordByte(byte) else {
      owesHyphen = !bytes.isEmpty
      return true
    }
    let start = begin()
    bytes.append(asciiLowercase(byte))
    return end(from: start)
  }

  mutating func add(_ scalar: Unicode.Scalar) -> Bool {
    guard !scalar.isASCII else { return add(ascii: UInt8(truncatingIfNeeded: scalar.value)) }
    guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else {
      owesHyphen = !bytes.isEmpty
      return true
    }
    let start = begin()
    bytes.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
    return end(from: start)
  }

  private mutating func begin() -> (end: Int, isWordStart: Bool) {
    defer {
      if owesHyphen { bytes.append(UInt8(ascii: "-")) }
      owesHyphen = false
    }
    return (bytes.count, owesHyphen)
  }

  private mutating func end(from start: (end: Int, isWordStart: Bool)) -> Bool {
    guard bytes.count > maxBytes else { return true }
    bytes.removeSubrange(start.end...)
    // Not half a word, unless it is the only one.
    if !start.isWordStart, let hyphen = bytes.lastIndex(of: UInt8(ascii: "-")) { bytes.removeSubrange(hyphen...) }
    return false
  }
}
