extension [UInt8] {
  /// Appends text so that HTML and XML read it as text, in an element as well as in a quoted attribute.
  ///
  /// What XML 1.0 forbids even as a reference (most control characters, U+FFFE and U+FFFF) becomes U+FFFD, so that one
  /// odd byte in a commit message cannot make a feed unreadable.
  /// - Source: XML 1.0 §2.2 and §2.4; the Mustache specification, module *interpolation*.
  mutating func appendEscaped(_ text: String) {
    var text = text
    text.withUTF8 { source in
      var start = 0
      var index = 0
      while index < source.count {
        let byte = source[index]
        guard isSuspicious(byte), let (replacement, length) = replacement(at: index, of: source) else {
          index += 1
          continue
        }
        append(contentsOf: source.extracting(start..<index))
        replacement.withUTF8Buffer { append(contentsOf: $0) }
        index += length
        start = index
      }
      append(contentsOf: source.extracting(start...))
    }
  }

  /// Appends markup as it is.
  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(contentsOf: $0) }
  }
}

/// The bytes below 64 that are not shown as they are, one bit each: control characters but tab and line ends, `"&'<>`.
private let replacedBytes: UInt64 = 0x5000_00C4_FFFF_D9FF

/// Whether the byte is replaced, or begins something that may be.
private func isSuspicious(_ byte: UInt8) -> Bool {
  byte < 64 ? replacedBytes & (1 << UInt64(byte)) != 0 : byte == 0xEF
}

private func replacement(at index: Int, of source: UnsafeBufferPointer<UInt8>) -> (StaticString, length: Int)? {
  switch source[index] {
  case UInt8(ascii: "&"): return ("&amp;", 1)
  case UInt8(ascii: "<"): return ("&lt;", 1)
  case UInt8(ascii: ">"): return ("&gt;", 1)
  case UInt8(ascii: "\""): return ("&quot;", 1)
  case UInt8(ascii: "'"): return ("&#39;", 1)
  case 0xEF:
    let isNoncharacter = source[index + 1] == 0xBF && source[index + 2] >= 0xBE
    return isNoncharacter ? ("\u{FFFD}", 3) : nil
  default: return ("\u{FFFD}", 1)
  }
}
