/// One line of a Markdown text, as far as can be told without its inline markup.
struct ScannedLine {
  enum Kind: Equatable {
    case blank
    /// Its level, 1 to 6.
    case heading(Int)
    /// `===` or `---` below a heading.
    case underline
    /// The first line of a list item; how far its text is indented.
    case item(indent: Int)
    /// A fence, or a line between fences.
    case verbatim
    case comment
    case text
  }

  var kind: Kind
  /// The bytes of the text that are the line, without its end.
  var range: Range<Int>
  /// How far it is indented, tabs to multiples of four.
  var indent: Int
}

/// The lines of a text, found in one pass: fences, comments, headings and list items, but no inline markup.
///
/// Reading a whole changelog with cmark would cost far more than all of its sections that are shown.
struct LineScan {
  let bytes: [UInt8]
  private(set) var lines: [ScannedLine] = []

  private var fence: (byte: UInt8, count: Int)?
  private var isInComment = false

  init(_ text: String) {
    bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      add(start..<end)
      start = end + 1
    }
  }

  func text(of line: ScannedLine) -> ArraySlice<UInt8> { bytes[line.range] }

  private mutating func add(_ range: Range<Int>) {
    var content = range.lowerBound
    var indent = 0
    while content < range.upperBound, bytes[content] == 0x20 || bytes[content] == 0x09 {
      indent = bytes[content] == 0x09 ? (indent / 4 + 1) * 4 : indent + 1
      content += 1
    }
    let rest = bytes[content..<range.upperBound]
    var kind = kind(of: rest, indent: indent)
    if kind == .underline {
      // Only below words, which then are the heading.
      if let last = lines.last, last.kind == .text, last.indent < 4 {
        lines[lines.count - 1].kind = .heading(rest.first == UInt8(ascii: "=") ? 1 : 2)
      } else {
        kind = .text
      }
    }
    lines.append(ScannedLine(kind: kind, range: range, indent: indent))
  }

  private mutating func kind(of rest: ArraySlice<UInt8>, indent: Int) -> ScannedLine.Kind {
    if isInComment {
      isInComment = !contains("-->", rest)
      return .comment
    }
    if let open = fence {
      let run = rest.prefix { $0 == open.byte }.count
      if indent < 4 || lines.last?.kind == .verbatim, run >= open.count,
        rest.dropFirst(run).allSatisfy({ $0 == 0x20 || $0 == 0x09 })
      {
        fence = nil
      }
      return .verbatim
    }
    guard let first = rest.first else { return .blank }
    switch first {
    case UInt8(ascii: "`"), UInt8(ascii: "~"):
      let run = rest.prefix { $0 == first }.count
      guard run >= 3, first == UInt8(ascii: "~") || !rest.dropFirst(run).contains(first) else { return .text }
      fence = (first, run)
      return .verbatim
    case UInt8(ascii: "#") where indent < 4:
      let level = rest.prefix { $0 == first }.count
      let after = rest.dropFirst(level).first
      return level <= 6 && (after == nil || after == 0x20 || after == 0x09) ? .heading(level) : .text
    case UInt8(ascii: "=") where indent < 4:
      return isUnderline(rest, of: first) ? .underline : .text
    case UInt8(ascii: "<") where rest.starts(with: "<!--".utf8):
      isInComment = !contains("-->", rest)
      return .comment
    case UInt8(ascii: "-"):
      if indent < 4, rest.count > 1, isUnderline(rest, of: first) { return .underline }
      return item(rest, markerLength: 1, indent: indent)
    case UInt8(ascii: "*"), UInt8(ascii: "+"): return item(rest, markerLength: 1, indent: indent)
    case 0x30...0x39:
      let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
      let after = rest.dropFirst(digits).first
      guard digits <= 9, after == UInt8(ascii: ".") || after == UInt8(ascii: ")") else { return .text }
      return item(rest, markerLength: digits + 1, indent: indent)
    default: return .text
    }
  }

  private func item(_ rest: ArraySlice<UInt8>, markerLength: Int, indent: Int) -> ScannedLine.Kind {
    let after = rest.dropFirst(markerLength)
    guard let blank = after.first else { return .item(indent: indent + markerLength + 1) }
    guard blank == 0x20 || blank == 0x09 else { return .text }
    if let first = rest.first, first != UInt8(ascii: "+"), isRule(rest, of: first, atLeast: 3) { return .text }
    let blanks = after.prefix { $0 == 0x20 }.count
    return .item(indent: indent + markerLength + (1...4).clamp(blanks))
  }

  private func isRule(_ rest: ArraySlice<UInt8>, of byte: UInt8, atLeast count: Int) -> Bool {
    rest.count { $0 == byte } >= count && rest.allSatisfy { $0 == byte || $0 == 0x20 || $0 == 0x09 }
  }

  private func isUnderline(_ rest: ArraySlice<UInt8>, of byte: UInt8) -> Bool {
    rest.drop { $0 == byte }.allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  private func contains(_ needle: StaticString, _ line: ArraySlice<UInt8>) -> Bool {
    let needle = UnsafeBufferPointer(start: needle.utf8Start, count: needle.utf8CodeUnitCount)
    guard line.count >= needle.count else { return false }
    return (line.startIndex...(line.endIndex - needle.count)).contains {
      line[$0..<($0 + needle.count)].elementsEqual(needle)
    }
  }
}

extension ClosedRange<Int> {
  fileprivate func clamp(_ value: Int) -> Int { Swift.min(Swift.max(value, lowerBound), upperBound) }
}
