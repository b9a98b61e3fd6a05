import Diagnostics

/// Says what was found while a text was written, each at its place in the file.
struct TextFindings {
  let source: MarkdownSource

  func add(_ writer: ProseWriter, misplaced: [MarkdownNode], into report: inout Report) {
    for (node, finding) in writer.findings {
      report.add(
        Diagnostic(
          finding.severity, finding.code, finding.message, at: place(of: node, naming: Array(node.url)),
          help: finding.help))
    }
    if let first = writer.shownHTML.first {
      let others = writer.shownHTML.count - 1
      let literal = String(decoding: first.literal.prefix { $0 != 0x0A }, as: UTF8.self)
      report.warning(
        .shownHTML, "the HTML `\(oneLine(literal))` is shown as text" + (others > 0 ? ", and \(others) more" : ""),
        at: place(of: first, naming: Array(literal.utf8)),
        help: "write it in Markdown, or between backticks if readers shall see it")
    }
    for node in misplaced {
      report.warning(
        .misplacedInternalMarker, "`[!INTERNAL]` does not begin a quote; the whole block is held back",
        at: place(of: node, naming: Array("[!".utf8)), help: "begin a quote with it: `> [!INTERNAL]`")
    }
  }

  /// The first place, at or after the beginning of the node, where the words stand.
  private func place(of node: MarkdownNode, naming words: [UInt8]) -> SourceLocation {
    var nearest: MarkdownNode? = node
    while let candidate = nearest, candidate.startLine == 0 { nearest = candidate.parent }
    let line = max(1, nearest?.startLine ?? 1)
    let column = max(1, nearest?.startColumn ?? 1)
    let lines = source.text.split(separator: "\n", maxSplits: line + 7, omittingEmptySubsequences: false)
    for index in (line - 1)..<min(lines.count, line + 7) where !words.isEmpty {
      let bytes = Array(lines[index].utf8)
      let start = index == line - 1 ? min(column - 1, bytes.count) : 0
      guard bytes.count - start >= words.count else { continue }
      for at in start...(bytes.count - words.count) where bytes[at..<(at + words.count)].elementsEqual(words) {
        return location(line: index + 1, prefix: bytes[..<at], length: scalarCount(words))
      }
    }
    let bytes = lines.indices.contains(line - 1) ? Array(lines[line - 1].utf8) : []
    return location(line: line, prefix: bytes[..<min(column - 1, bytes.count)], length: 1)
  }

  private func location(line: Int, prefix: ArraySlice<UInt8>, length: Int) -> SourceLocation {
    let column = scalarCount(prefix) + 1
    // The first line of a source may itself stand further right.
    return SourceLocation(
      file: source.location.file, line: source.location.line + line - 1,
      column: line == 1 ? source.location.column + column - 1 : column, length: max(1, length))
  }

  private func scalarCount(_ bytes: some Sequence<UInt8>) -> Int { bytes.count { $0 & 0xC0 != 0x80 } }
}
