/// The links of a Markdown text that lead to files: outside the checkout their paths lead nowhere, and may name what
/// nobody outside is to know of.
struct RelativeLinks {
  /// As cmark reads them.
  private var urls: Set<[UInt8]> = []
  private var mayDefine = false

  init(of document: MarkdownNode, in source: String) {
    let behindBrackets = RelativeLinks.bytesBehindBrackets(of: source)
    mayDefine = behindBrackets.contains(UInt8(ascii: ":"))
    guard mayDefine || behindBrackets.contains(UInt8(ascii: "(")) else { return }
    collect(document)
  }

  /// Nearly every text has no such link, so this looks at the bytes once and nothing else.
  private static func bytesBehindBrackets(of source: String) -> Set<UInt8> {
    var source = source
    return source.withUTF8 { bytes in
      var behind: Set<UInt8> = []
      var wasBracket = false
      for byte in bytes {
        if wasBracket { behind.insert(byte) }
        wasBracket = byte == UInt8(ascii: "]")
      }
      return behind
    }
  }

  var isEmpty: Bool { urls.isEmpty && !mayDefine }

  private mutating func collect(_ container: MarkdownNode) {
    for node in container.children {
      if node.kind == .link || node.kind == .image, isRelative(node.url) { urls.insert(Array(node.url)) }
      collect(node)
    }
  }

  /// The text with the words of such links in their place, and without definitions of such links.
  func replaced(in text: String) -> String {
    let text = urls.isEmpty ? text : inlineLinksReplaced(in: Array(text.utf8))
    return mayDefine ? definitionsDropped(from: text) : text
  }

  // MARK: Inline links

  private func inlineLinksReplaced(in bytes: [UInt8]) -> String {
    var cuts: [Range<Int>] = []
    var open: [Int] = []
    var unclosed: Set<UInt8> = []
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\") where index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "["): index += 1
      case UInt8(ascii: "["): open.append(index)
      case UInt8(ascii: "]"):
        let start = open.popLast()
        guard let end = endOfRelativeLink(behind: index, in: bytes, unclosed: &unclosed) else { break }
        if let start {
          let isImage = start > 0 && bytes[start - 1] == UInt8(ascii: "!")
          cuts.append((isImage ? start - 1 : start)..<(start + 1))
          cuts.append(index..<end)
        } else {
          cuts.append((index + 1)..<end)
        }
        index = end - 1
      default: break
      }
      index += 1
    }
    guard !cuts.isEmpty else { return String(decoding: bytes, as: UTF8.self) }
    var kept: [UInt8] = []
    var written = 0
    for cut in cuts.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      kept += bytes[written..<cut.lowerBound]
      written = cut.upperBound
    }
    return String(decoding: kept + bytes[written...], as: UTF8.self)
  }

  /// Where `(path "title")` behind a bracket ends, if it is there.
  ///
  /// - Parameter unclosed: The quotes that were sought to the end of the text in vain, so that nobody does again.
  private func endOfRelativeLink(behind bracket: Int, in bytes: [UInt8], unclosed: inout Set<UInt8>) -> Int? {
    var index = bracket + 1
    guard index < bytes.count, bytes[index] == UInt8(ascii: "(") else { return nil }
    index = endOfBlanks(from: index + 1, in: bytes)
    let (url, end) = destination(from: index, in: bytes)
    guard isKnown(url) else { return nil }
    index = endOfBlanks(from: end, in: bytes)
    guard index < bytes.count else { return nil }
    if bytes[index] != UInt8(ascii: ")") {
      let quote = bytes[index] == UInt8(ascii: "(") ? UInt8(ascii: ")") : bytes[index]
      guard "\"')".utf8.contains(quote), !unclosed.contains(quote) else { return nil }
      index += 1
      while index < bytes.count, bytes[index] != quote { index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1 }
      if index >= bytes.count { unclosed.insert(quote) }
      index = endOfBlanks(from: index + 1, in: bytes)
    }
    return index < bytes.count && bytes[index] == UInt8(ascii: ")") ? index + 1 : nil
  }

  /// Behind blanks and at most the marks of a quote on the next line.
  private func endOfBlanks(from start: Int, in bytes: [UInt8]) -> Int {
    var index = start
    var isAtStart = false
    while index < bytes.count {
      switch bytes[index] {
      case 0x0A:
        // A blank line ends everything.
        if isAtStart { return index }
        isAtStart = true
      case 0x20, 0x09, 0x0D: break
      case UInt8(ascii: ">") where isAtStart: break
      default: return index
      }
      index += 1
    }
    return index
  }

  private func destination(from start: Int, in bytes: [UInt8]) -> (url: ArraySlice<UInt8>, end: Int) {
    // No path is longer, and a text without blanks is not gone through for each of its brackets.
    let bytes = bytes[..<min(bytes.count, start + 1024)]
    var index = start
    if index < bytes.endIndex, bytes[index] == UInt8(ascii: "<") {
      while index < bytes.endIndex, bytes[index] != UInt8(ascii: ">"), bytes[index] != 0x0A {
        index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
      }
      let end = min(index, bytes.endIndex)
      return (bytes[(start + 1)..<max(end, start + 1)], min(end + 1, bytes.endIndex))
    }
    var depth = 0
    scan: while index < bytes.endIndex {
      switch bytes[index] {
      case 0...0x20: break scan
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        if depth == 0 { break scan }
        depth -= 1
      default: break
      }
      index += 1
    }
    let end = min(index, bytes.endIndex)
    return (bytes[start..<end], end)
  }

  /// What is written with `\` or `&` reads otherwise, so it counts when it is relative at all.
  private func isKnown(_ url: ArraySlice<UInt8>) -> Bool {
    urls.contains(Array(url)) || url.contains { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "&") } && isRelative(url)
  }

  // MARK: Definitions

  private func definitionsDropped(from text: String) -> String {
    let scan = LineScan(text)
    var kept: [ArraySlice<UInt8>] = []
    var index = 0
    while index < scan.lines.count {
      let line = scan.lines[index]
      defer { index += 1 }
      let bytes = scan.text(of: line)
      let words = bytes.drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ">") }
      guard line.kind != .verbatim, words.first == UInt8(ascii: "["), words.dropFirst().first != UInt8(ascii: "^"),
        let colon = words.firstRange(of: "]:".utf8)?.upperBound
      else {
        kept.append(bytes)
        continue
      }
      var start = endOfBlanks(from: colon, in: scan.bytes)
      if start >= scan.bytes.count { start = colon }
      let (url, end) = destination(from: start, in: scan.bytes)
      // Behind the path may stand a title; a line with more is a sentence.
      let rest = scan.bytes[end...].prefix { $0 != 0x0A }.drop { $0 == 0x20 || $0 == 0x09 }
      guard start < scan.bytes.count, !url.isEmpty, isRelative(url), rest.first.map({ "\"'(".utf8.contains($0) }) ?? true
      else {
        kept.append(bytes)
        continue
      }
      // The path may stand on the line below the label.
      while index + 1 < scan.lines.count, scan.lines[index + 1].range.lowerBound < end { index += 1 }
    }
    return String(decoding: Array(kept.joined(separator: [0x0A])), as: UTF8.self)
      + (text.utf8.last == 0x0A ? "\n" : "")
  }
}

private func isRelative(_ url: some RandomAccessCollection<UInt8>) -> Bool {
  switch LinkTarget(url, from: "") {
  case .web, .heading, .nothing: false
  case .file, .outside, .unsafe: true
  }
}
