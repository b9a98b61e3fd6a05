/// Where the lines of a text begin, and how wide they are, for places that count Unicode scalars.
struct LineTable: Sendable {
  /// The byte at which each line begins.
  private var starts: [Int] = [0]
  /// In scalars, without the line end.
  private var widths: [Int] = []

  /// One pass over the bytes. Lines end as in YAML 1.1: LF, CR, CRLF, NEL, U+2028 and U+2029.
  init(of text: String) {
    var text = text
    text.withUTF8 { bytes in
      var width = 0
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        var ended = 0
        if byte == 0x0A {
          ended = 1
        } else if byte == 0x0D {
          ended = index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
        } else if byte == 0xC2, index + 1 < bytes.count, bytes[index + 1] == 0x85 {
          ended = 2
        } else if byte == 0xE2, index + 2 < bytes.count, bytes[index + 1] == 0x80, bytes[index + 2] | 1 == 0xA9 {
          ended = 3
        }
        if ended > 0 {
          index += ended
          starts.append(index)
          widths.append(width)
          width = 0
        } else {
          if byte & 0xC0 != 0x80 { width += 1 }
          index += 1
        }
      }
      widths.append(width)
    }
  }

  var count: Int { widths.count }

  func width(ofLine line: Int) -> Int { widths.indices.contains(line - 1) ? widths[line - 1] : 0 }

  /// The 1-based line and column of a byte.
  func place(ofByte offset: Int, in text: String? = nil) -> (line: Int, column: Int) {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    guard let text else { return (low + 1, offset - starts[low] + 1) }
    let before = text.utf8.dropFirst(starts[low]).prefix(offset - starts[low])
    return (low + 1, before.count { $0 & 0xC0 != 0x80 } + 1)
  }

  /// - Returns: `nil` for a place after the end of its line.
  func byteOffset(line: Int, column: Int, in text: String) -> Int? {
    guard starts.indices.contains(line - 1), column >= 1, column <= width(ofLine: line) else { return nil }
    var offset = starts[line - 1]
    var left = column - 1
    for byte in text.utf8.dropFirst(offset) {
      if byte & 0xC0 != 0x80 {
        if left == 0 { break }
        left -= 1
      }
      offset += 1
    }
    return offset
  }
}
