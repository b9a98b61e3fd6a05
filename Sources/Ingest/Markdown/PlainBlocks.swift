import Model

/// Notes of headings, paragraphs, flat lists and fenced code, so simple that cmark need not be asked what they are.
///
/// Most notes are written like this, and reading them in one pass costs a third of what making a tree of them does.
struct PlainBlocks {
  enum Line {
    case heading(level: Int, PlainText)
    case item(PlainText)
    case paragraph(PlainText)
    /// Another line of the paragraph before it.
    case more(PlainText)
    /// Places in the text: what stands behind the fence, and the lines between the fences.
    case code(language: Range<Int>, Range<Int>)
  }

  struct PlainText {
    /// Its place in the text; those of the parts are relative to it.
    var range: Range<Int>
    var line: PlainLine
  }

  private(set) var lines: [Line] = []
  private var isBehindBlank = true

  /// - Returns: `nil` where it is not sure that cmark would make just these blocks.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while start < bytes.count {
      let end = firstIndex(of: 0x0A, in: bytes, from: start) ?? bytes.count
      if start == end {
        isBehindBlank = true
        start += 1
      } else if bytes[start] == UInt8(ascii: "`"), bytes[start..<end].starts(with: "```".utf8) {
        guard let next = addCode(behind: start..<end, of: bytes) else { return nil }
        (isBehindBlank, start) = (false, next)
      } else {
        guard let line = line(start..<end, of: bytes) else { return nil }
        lines.append(line)
        (isBehindBlank, start) = (false, end + 1)
      }
    }
  }

  private func line(_ range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>) -> Line? {
    switch bytes[range.lowerBound] {
    case UInt8(ascii: "#"):
      let level = bytes[range].prefix { $0 == UInt8(ascii: "#") }.count
      guard level <= 6, bytes[range.upperBound - 1] != UInt8(ascii: "#") else { return nil }
      return text(behind: level, in: range, of: bytes).map { .heading(level: level, $0) }
    case UInt8(ascii: "-"):
      // A blank line between items would set them apart.
      if case .item = lines.last, isBehindBlank { return nil }
      return text(behind: 1, in: range, of: bytes).map(Line.item)
    default:
      guard let text = text(range, of: bytes) else { return nil }
      switch lines.last {
      case .paragraph where !isBehindBlank, .more where !isBehindBlank: return .more(text)
      // It goes on with the item.
      case .item where !isBehindBlank: return nil
      default: return .paragraph(text)
      }
    }
  }

  /// The words behind a marker and one space.
  private func text(behind marker: Int, in range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>) -> PlainText? {
    let start = range.lowerBound + marker + 1
    guard start < range.upperBound, bytes[start - 1] == 0x20 else { return nil }
    return text(start..<range.upperBound, of: bytes)
  }

  private func text(_ range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>) -> PlainText? {
    PlainLine(bytes.extracting(range)).map { PlainText(range: range, line: $0) }
  }

  /// - Returns: Where the line behind the closing fence begins.
  private mutating func addCode(behind fence: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let language = (fence.lowerBound + 3)..<fence.upperBound
    guard bytes[language].allSatisfy({ isWordByte($0) || $0 == UInt8(ascii: "-") }) else { return nil }
    let first = fence.upperBound + 1
    var start = first
    while start < bytes.count {
      let end = firstIndex(of: 0x0A, in: bytes, from: start) ?? bytes.count
      if bytes[start..<end].starts(with: "```".utf8) {
        guard end == start + 3 else { return nil }
        lines.append(.code(language: language, first..<start))
        return end + 1
      }
      guard bytes[start..<end].allSatisfy({ $0 >= 0x20 }) else { return nil }
      start = end + 1
    }
    return nil
  }
}
