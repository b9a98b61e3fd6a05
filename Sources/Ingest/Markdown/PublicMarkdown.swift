import Model

/// The Markdown that the public may read: without removed blocks, comments, and what only they needed.
struct PublicMarkdown {
  let text: String

  /// Whether the Markdown may hold what no block of the tree does: cmark drops definitions that nothing refers to.
  static func mayHide(_ source: String, _ embargo: NameMatcher) -> Bool {
    if embargo.isNamed(in: source) { return true }
    var source = source
    let hasFootnote = source.withUTF8 { firstIndex(of: UInt8(ascii: "^"), in: $0) != nil }
    return hasFootnote && NameMatcher(["[!internal"]).isNamed(in: source)
  }

  init(_ source: String, _ redaction: Redaction, _ embargo: NameMatcher) {
    var lines = source.split(separator: "\n", omittingEmptySubsequences: false).map { Optional(Array($0.utf8)) }
    for range in redaction.lines {
      for line in range where lines.indices.contains(line - 1) { lines[line - 1] = nil }
    }
    for comment in redaction.comments {
      PublicMarkdown.cut(comment.literal, from: &lines, in: comment.lines)
    }
    if !embargo.isEmpty {
      for index in lines.indices where lines[index].map({ embargo.isNamed(in: $0) }) == true { lines[index] = nil }
    }
    PublicMarkdown.dropUnusedFootnotes(from: &lines)
    if !redaction.removed.isEmpty { PublicMarkdown.dropUnusedDefinitions(from: &lines) }
    // One blank line is enough where a block has gone.
    var kept: [[UInt8]] = []
    var hasGap = false
    for line in lines {
      guard let line else {
        hasGap = true
        continue
      }
      if hasGap, line.isEmpty, kept.last?.isEmpty ?? true { continue }
      hasGap = false
      kept.append(line)
    }
    text = String(decoding: Array(kept.joined(separator: [0x0A])), as: UTF8.self)
  }

  /// Takes a comment out of the lines of its block.
  private static func cut(_ literal: [UInt8], from lines: inout [[UInt8]?], in range: ClosedRange<Int>) {
    let range = (range.lowerBound - 1)...(range.upperBound - 1)
    guard lines.indices.contains(range.upperBound) else { return }
    var comment = literal
    while comment.last == 0x0A { comment.removeLast() }
    // The lines of a comment in a quote or list have markers before them, which the literal lacks.
    let parts = comment.split(separator: 0x0A, omittingEmptySubsequences: false)
    for start in range where start + parts.count - 1 <= range.upperBound {
      let block = (0..<parts.count).map { lines[start + $0] ?? [] }
      guard zip(block, parts).allSatisfy({ line, part in position(of: part, in: line) != nil }) else { continue }
      for (offset, part) in parts.enumerated() {
        guard let line = lines[start + offset], let at = position(of: part, in: line) else { continue }
        let rest = Array(line[..<at] + line[(at + part.count)...])
        lines[start + offset] = rest.allSatisfy { $0 == 0x20 || $0 == UInt8(ascii: ">") } ? nil : rest
      }
      return
    }
  }

  private static func position(of part: ArraySlice<UInt8>, in line: [UInt8]) -> Int? {
    guard let first = part.first else { return 0 }
    guard line.count >= part.count else { return nil }
    return (0...(line.count - part.count)).first { start in
      line[start] == first && line[start..<(start + part.count)].elementsEqual(part)
    }
  }

  /// Footnotes that nothing refers to are not in the tree, so nothing has looked at them.
  private static func dropUnusedFootnotes(from lines: inout [[UInt8]?]) {
    var definitions: [(label: String, lines: Range<Int>)] = []
    var used: Set<String> = []
    var index = 0
    while index < lines.count {
      let line = lines[index] ?? []
      guard let label = footnoteLabel(line) else {
        if line.contains(UInt8(ascii: "^")) { used.formUnion(LinkDefinition.labels(in: line)) }
        index += 1
        continue
      }
      used.formUnion(LinkDefinition.labels(in: line.drop { $0 != UInt8(ascii: "]") }.dropFirst()))
      let start = index
      index += 1
      while index < lines.count, let next = lines[index], footnoteLabel(next) == nil {
        let isBehindBlank = lines[index - 1]?.isEmpty ?? true
        if isBehindBlank, let first = next.first, first != 0x20, first != 0x09 { break }
        if next.contains(UInt8(ascii: "^")) { used.formUnion(LinkDefinition.labels(in: next)) }
        index += 1
      }
      definitions.append((label, start..<index))
    }
    for definition in definitions where !used.contains(definition.label) {
      for line in definition.lines { lines[line] = nil }
    }
  }

  /// The label of a footnote's first line, with its `^`.
  private static func footnoteLabel(_ line: [UInt8]) -> String? {
    let text = line.drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ">") }
    guard text.starts(with: "[^".utf8), let close = text.firstIndex(of: UInt8(ascii: "]")), close + 1 < text.endIndex,
      text[close + 1] == UInt8(ascii: ":")
    else { return nil }
    return LinkDefinition.labels(in: text[...close]).first
  }

  /// Definitions of links that nothing names any more would still tell where a removed block linked to.
  private static func dropUnusedDefinitions(from lines: inout [[UInt8]?]) {
    var labels: [Int: String] = [:]
    var used: Set<String> = []
    for (index, line) in lines.enumerated() {
      guard let line else { continue }
      if let definition = LinkDefinition(line) {
        labels[index] = definition.label
      } else {
        used.formUnion(LinkDefinition.labels(in: line))
      }
    }
    for (index, label) in labels where !used.contains(label) { lines[index] = nil }
  }
}
