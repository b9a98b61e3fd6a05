import Model

extension ProseWriter {
  mutating func writeInlines(of node: MarkdownNode) {
    for child in node.children { writeInline(child) }
  }

  mutating func writeInline(_ node: MarkdownNode) {
    switch node.kind {
    case .text: writeText(node.literal)
    case .softBreak:
      builder.markup("\n")
      builder.words(" ".utf8)
    case .lineBreak:
      builder.markup("<br />\n")
      builder.words(" ".utf8)
    case .code:
      builder.markup("<code>")
      builder.text(node.literal)
      builder.markup("</code>")
    case .emphasis: write("<em>", node, "</em>")
    case .strong: write("<strong>", node, "</strong>")
    case .strikethrough: write("<del>", node, "</del>")
    case .link: writeLink(node)
    case .image: writeImage(node)
    case .htmlInline: writeHTML(inline: node)
    case .footnoteReference: writeFootnoteReference(node)
    default: writeInlines(of: node)
    }
  }

  private mutating func write(_ start: StaticString, _ node: MarkdownNode, _ end: StaticString) {
    markKnownInlines(of: node)
    builder.markup(start)
    writeInlines(of: node)
    builder.markup(end)
  }

  /// Words, in which references become links.
  mutating func writeText(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard !isInLink, !references.isEmpty else { return builder.text(bytes) }
    var matches: [ReferencePattern.Match] = []
    for pattern in references { matches += pattern.matches(in: bytes) }
    if matches.isEmpty { return builder.text(bytes) }
    // The first in the text wins; of those that begin at one place, that of the pattern that is listed first.
    matches = matches.enumerated()
      .sorted { ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset) }
      .map(\.element)
    var written = 0
    for match in matches where match.range.lowerBound >= written {
      builder.text(bytes[written..<match.range.lowerBound])
      builder.markup("<a href=\"")
      builder.url(match.url.utf8)
      builder.markup("\">")
      builder.text(bytes[match.range])
      builder.markup("</a>")
      written = match.range.upperBound
    }
    builder.text(bytes[written...])
  }

  // MARK: Links and images

  private mutating func writeLink(_ node: MarkdownNode) {
    markKnownInlines(of: node)
    guard !isInLink else { return writeInlines(of: node) }
    switch resolver.resolution(of: node.url, outline: outline) {
    case .nowhere(let finding):
      if let finding { findings.append((node, finding)) }
      return writeInlines(of: node)
    case .web:
      builder.markup("<a href=\"")
      builder.url(node.url)
    case .heading(let anchor):
      builder.markup("<a href=\"#")
      builder.url(anchor.utf8)
    case .site(let destination, let fragment):
      builder.markup("<a href=\"")
      builder.address(destination, fragment: fragment)
    }
    builder.markup("\"")
    writeTitle(of: node)
    builder.markup(">")
    isInLink = true
    writeInlines(of: node)
    isInLink = false
    builder.markup("</a>")
  }

  private mutating func writeTitle(of node: MarkdownNode) {
    guard !node.title.isEmpty else { return }
    builder.markup(" title=\"")
    builder.attribute(node.title)
    builder.markup("\"")
  }

  private mutating func writeImage(_ node: MarkdownNode) {
    let words = plainWords(of: node)
    switch resolver.picture(at: node.url) {
    case .nowhere(let finding):
      findings.append((node, finding))
      builder.text(words)
    case .remote(let finding):
      findings.append((node, finding))
      if isInLink { return builder.text(words) }
      builder.markup("<a href=\"")
      builder.url(node.url)
      builder.markup("\">")
      if words.isEmpty { builder.text(node.url) } else { builder.text(words) }
      builder.markup("</a>")
    case .asset(let path, let address, let size):
      if !assets.contains(path) { assets.append(path) }
      builder.markup("<img src=\"")
      builder.address(.asset(address), fragment: nil)
      builder.markup("\" alt=\"")
      builder.attribute(words)
      builder.words(words)
      builder.markup("\"")
      writeTitle(of: node)
      if let size {
        builder.markup(" width=\"")
        builder.number(size.width)
        builder.markup("\" height=\"")
        builder.number(size.height)
        builder.markup("\"")
      }
      builder.markup(" loading=\"lazy\" />")
    }
  }

  // MARK: HTML

  /// Marks the tags among a node's children that stand in pairs, and those that need no other.
  mutating func markKnownInlines(of parent: MarkdownNode) {
    var open: [(name: String, node: MarkdownNode)] = []
    for node in parent.children where node.kind == .htmlInline {
      switch HTMLTag(node.literal) {
      case .comment, .lineBreak: knownHTML.insert(node)
      case .opening(let name, _) where HTMLTag.phrasing.contains(name): open.append((name, node))
      case .anchor: open.append(("a", node))
      case .closing(let name):
        guard let last = open.last, last.name == name else { continue }
        open.removeLast()
        // An anchor around words would lose its end, or they a meaning.
        if name == "a", last.node.next != node { continue }
        knownHTML.insert(last.node)
        knownHTML.insert(node)
      case .opening, nil: break
      }
    }
  }

  private mutating func writeHTML(inline node: MarkdownNode) {
    guard knownHTML.contains(node), let tag = HTMLTag(node.literal) else {
      shownHTML.append(node)
      return builder.text(node.literal)
    }
    switch tag {
    case .comment, .anchor, .closing("a"): break
    case .lineBreak:
      builder.markup("<br />")
      builder.words(" ".utf8)
    case .opening(let name, _):
      builder.markup("<")
      builder.attribute(name.utf8)
      builder.markup(">")
    case .closing(let name):
      builder.markup("</")
      builder.attribute(name.utf8)
      builder.markup(">")
    }
  }

  /// Marks the blocks of HTML among a node's children that open or close details in pairs, or do neither.
  mutating func markKnownBlocks(of container: MarkdownNode) {
    var open: [MarkdownNode] = []
    for node in container.children where node.kind == .htmlBlock && !removed.contains(node) {
      guard let block = HTMLBlock(node.literal) else { continue }
      switch block.balance {
      case (change: 0, lowest: 0): knownHTML.insert(node)
      case (change: 1, lowest: 0): open.append(node)
      case (change: -1, lowest: -1):
        guard let opening = open.popLast() else { continue }
        knownHTML.insert(opening)
        knownHTML.insert(node)
      default: break
      }
    }
  }

  mutating func writeHTML(_ node: MarkdownNode) {
    guard knownHTML.contains(node), let block = HTMLBlock(node.literal) else {
      shownHTML.append(node)
      builder.freshLine()
      builder.markup("<pre tabindex=\"0\"><code class=\"language-html\">")
      builder.text(node.literal)
      builder.markup("</code></pre>\n")
      return builder.endBlock()
    }
    for token in block.tokens {
      switch token {
      case .text(let text): builder.text(text)
      case .tag(.opening(let name, let isOpen)):
        builder.freshLine()
        builder.markup("<")
        builder.attribute(name.utf8)
        builder.markup(isOpen ? " open>" : ">")
      case .tag(.closing(let name)):
        if name == "details" { builder.freshLine() }
        builder.markup("</")
        builder.attribute(name.utf8)
        builder.markup(">\n")
        builder.endBlock()
      case .tag(.lineBreak): builder.markup("<br />")
      case .tag: break
      }
    }
    if !block.isEmpty { builder.freshLine() }
  }

  // MARK: One line

  mutating func write(_ line: PlainLine, of bytes: UnsafeBufferPointer<UInt8>) {
    for part in line.parts {
      switch part {
      case .words(let range): writeText(bytes.extracting(range))
      case .strong(let range):
        builder.markup("<strong>")
        writeText(bytes.extracting(range))
        builder.markup("</strong>")
      case .code(let range):
        builder.markup("<code>")
        builder.text(bytes.extracting(range))
        builder.markup("</code>")
      case .link(let words, let url):
        builder.markup("<a href=\"")
        builder.url(bytes.extracting(url))
        builder.markup("\">")
        builder.text(bytes.extracting(words))
        builder.markup("</a>")
      }
    }
  }

  /// Writes a text where a page has room for words only: blocks one behind the other, their markup as words.
  mutating func writeJoined(_ container: MarkdownNode) {
    var isFirst = true
    for node in container.children where !removed.contains(node) {
      if node.kind == .thematicBreak { continue }
      if !isFirst { builder.markup(node.kind == .tableCell ? " · " : "<br />\n") }
      isFirst = false
      switch node.kind {
      case .paragraph, .heading, .tableCell:
        markKnownInlines(of: node)
        writeInlines(of: node)
        builder.endBlock()
      case .codeBlock:
        builder.markup("<code>")
        builder.text(node.literal)
        builder.markup("</code>")
        builder.endBlock()
      case .htmlBlock:
        guard HTMLTag(node.literal.dropLast(node.literal.last == 0x0A ? 1 : 0)) != .comment else { continue }
        shownHTML.append(node)
        builder.text(node.literal)
        builder.endBlock()
      case .item:
        builder.text("• ".utf8)
        writeJoined(node)
      case .footnote: break
      default: writeJoined(node)
      }
    }
  }
}
