import Model

extension ProseWriter {
  /// Writes a text of plain blocks.
  /// - Returns: Its headings.
  mutating func write(_ blocks: PlainBlocks, of bytes: UnsafeBufferPointer<UInt8>) -> [RichText.Heading] {
    guard case .block(let base, let prefix) = form else { return [] }
    var outline = Outline(prefix: prefix)
    var headings: [RichText.Heading] = []
    for (index, line) in blocks.lines.enumerated() {
      let next = index + 1 < blocks.lines.count ? blocks.lines[index + 1] : nil
      switch line {
      case .heading(let level, let text):
        let words = plainWords(of: text, in: bytes)
        let entry = outline.add(words, level: level)
        headings.append(RichText.Heading(level: entry.depth + 1, text: words, anchor: entry.anchor))
        writeHeading(entry, base: base) { $0.write(text, of: bytes) }
      case .item(let text):
        builder.freshLine()
        if index == 0 || !blocks.lines[index - 1].isItem { builder.markup("<ul>\n") }
        builder.markup("<li>")
        write(text, of: bytes)
        builder.endBlock()
        builder.markup("</li>\n")
        if next?.isItem != true { builder.markup("</ul>\n") }
      case .paragraph(let text):
        builder.freshLine()
        builder.markup("<p>")
        write(text, of: bytes)
        endLine(before: next)
      case .more(let text):
        write(text, of: bytes)
        endLine(before: next)
      case .code(let language, let lines):
        writeCode(bytes.extracting(lines), language: bytes.extracting(language))
      }
    }
    return headings
  }

  private mutating func write(_ text: PlainBlocks.PlainText, of bytes: UnsafeBufferPointer<UInt8>) {
    write(text.line, of: bytes.extracting(text.range))
  }

  private mutating func endLine(before next: PlainBlocks.Line?) {
    if case .more = next {
      builder.markup("\n")
      builder.words(" ".utf8)
    } else {
      builder.markup("</p>\n")
      builder.endBlock()
    }
  }

  private func plainWords(of text: PlainBlocks.PlainText, in bytes: UnsafeBufferPointer<UInt8>) -> String {
    var words: [UInt8] = []
    for part in text.line.parts {
      switch part {
      case .words(let range), .strong(let range), .code(let range), .link(let range, _):
        words.append(contentsOf: bytes.extracting(text.range).extracting(range))
      }
    }
    return String(decoding: words, as: UTF8.self)
  }
}

extension PlainBlocks.Line {
  fileprivate var isItem: Bool {
    if case .item = self { true } else { false }
  }
}
