import Model

/// Writes one rendering of a text.
///
/// The HTML is what cmark would write, but for what pages need: anchors and levels of headings, alerts, scrolling
/// tables, references; and but for raw HTML, of which only what ``HTMLTag`` knows becomes markup.
struct ProseWriter {
  let form: MarkdownReader.Form
  let outline: Outline
  /// Blocks that this rendering leaves out.
  let removed: Set<MarkdownNode>
  let resolver: LinkResolver
  let references: [ReferencePattern]

  var builder: RichTextBuilder
  /// The files that images show, by their paths in the checkout.
  var assets: [String] = []
  var findings: [(node: MarkdownNode, finding: LinkResolver.Finding)] = []
  /// HTML that is shown as text.
  var shownHTML: [MarkdownNode] = []
  /// HTML that becomes markup, or that no reader needs.
  var knownHTML: Set<MarkdownNode> = []
  /// Inside a link or an image no other link begins.
  var isInLink = false
  private var isInTightList = false
  private var footnotes = Footnotes()

  init(
    form: MarkdownReader.Form, outline: Outline, removed: Set<MarkdownNode>, resolver: LinkResolver,
    references: [ReferencePattern], capacity: Int
  ) {
    (self.form, self.outline, self.removed, self.resolver) = (form, outline, removed, resolver)
    self.references = references
    builder = RichTextBuilder(capacity: capacity)
  }

  mutating func write(_ document: MarkdownNode) {
    switch form {
    case .inline: writeJoined(document)
    case .block:
      footnotes.definitions = document.children.filter { $0.kind == .footnote }
      writeBlocks(of: document)
      writeFootnotes()
    }
  }

  // MARK: Blocks

  private mutating func writeBlocks(of container: MarkdownNode, after first: MarkdownNode? = nil) {
    markKnownBlocks(of: container)
    var node = first.map(\.next) ?? container.firstChild
    while let current = node {
      if !removed.contains(current) { writeBlock(current) }
      node = current.next
    }
  }

  private mutating func writeBlock(_ node: MarkdownNode) {
    switch node.kind {
    case .paragraph: writeParagraph(node)
    case .heading: writeHeading(node)
    case .list: writeList(node)
    case .blockQuote: writeQuote(node)
    case .codeBlock: writeCode(node)
    case .table: writeTable(node)
    case .thematicBreak:
      builder.freshLine()
      builder.markup("<hr />\n")
    case .htmlBlock: writeHTML(node)
    case .footnote: break
    default: writeBlocks(of: node)
    }
  }

  private mutating func writeParagraph(_ node: MarkdownNode) {
    markKnownInlines(of: node)
    guard hasWords(node) else { return }
    if isInTightList {
      writeInlines(of: node)
    } else {
      builder.freshLine()
      builder.markup("<p>")
      writeInlines(of: node)
      builder.markup("</p>\n")
    }
    builder.endBlock()
  }

  /// Whether a paragraph shows anything but HTML that no reader needs.
  private func hasWords(_ paragraph: MarkdownNode) -> Bool {
    paragraph.children.contains { node in
      switch node.kind {
      case .softBreak, .lineBreak: false
      case .htmlInline:
        switch knownHTML.contains(node) ? HTMLTag(node.literal) : nil {
        case .comment, .anchor, .closing("a"): false
        default: true
        }
      default: true
      }
    }
  }

  private mutating func writeHeading(_ node: MarkdownNode) {
    guard case .block(let base, _) = form, let entry = outline.entries[node] else { return writeParagraph(node) }
    markKnownInlines(of: node)
    writeHeading(entry, base: base) { $0.writeInlines(of: node) }
  }

  mutating func writeHeading(_ entry: Outline.Entry, base: Int, words: (inout Self) -> Void) {
    let level = min(6, base + entry.depth)
    builder.freshLine()
    builder.markup("<h")
    builder.number(level)
    builder.markup(" id=\"")
    builder.attribute(entry.anchor.utf8)
    builder.markup("\">")
    words(&self)
    builder.markup("</h")
    builder.number(level)
    builder.markup(">\n")
    builder.endBlock()
  }

  private mutating func writeList(_ node: MarkdownNode) {
    let outer = isInTightList
    isInTightList = node.isTight
    defer { isInTightList = outer }
    builder.freshLine()
    if node.isOrdered {
      builder.markup(node.start == 1 ? "<ol" : "<ol start=\"")
      if node.start != 1 {
        builder.number(node.start)
        builder.markup("\"")
      }
      builder.markup(">\n")
    } else {
      builder.markup("<ul>\n")
    }
    for item in node.children where !removed.contains(item) {
      builder.freshLine()
      if let isDone = item.isDone {
        builder.markup("<li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"")
        builder.markup(isDone ? "done\" checked> " : "open\"> ")
      } else {
        builder.markup("<li>")
      }
      writeBlocks(of: item)
      builder.markup("</li>\n")
      builder.endBlock()
    }
    builder.markup(node.isOrdered ? "</ol>\n" : "</ul>\n")
  }

  private mutating func writeQuote(_ node: MarkdownNode) {
    let outer = isInTightList
    isInTightList = false
    defer { isInTightList = outer }
    builder.freshLine()
    guard let alert = node.alert, let paragraph = node.firstChild else {
      builder.markup("<blockquote>\n")
      writeBlocks(of: node)
      builder.freshLine()
      builder.markup("</blockquote>\n")
      return
    }
    builder.markup("<div class=\"alert alert-")
    builder.attribute(alert.rawValue.utf8)
    builder.markup("\">\n<p class=\"alert-title\">")
    builder.text(alert.rawValue.prefix(1).uppercased().utf8)
    builder.text(alert.rawValue.dropFirst().utf8)
    builder.markup("</p>\n")
    builder.endBlock()
    writeRest(of: paragraph, behind: alert)
    writeBlocks(of: node, after: paragraph)
    builder.freshLine()
    builder.markup("</div>\n")
  }

  /// What an alert's first paragraph says behind the marker.
  private mutating func writeRest(of paragraph: MarkdownNode, behind alert: Alert) {
    guard let marker = paragraph.firstChild, !removed.contains(paragraph) else { return }
    let rest = marker.literal.dropFirst(alert.rawValue.utf8.count + 3).drop { $0 == 0x20 }
    var node = marker.next
    if rest.isEmpty, node?.kind == .softBreak || node?.kind == .lineBreak { node = node?.next }
    guard node != nil || !rest.isEmpty else { return }
    markKnownInlines(of: paragraph)
    builder.markup("<p>")
    writeText(UnsafeBufferPointer(rebasing: rest))
    while let current = node {
      writeInline(current)
      node = current.next
    }
    builder.markup("</p>\n")
    builder.endBlock()
  }

  private mutating func writeCode(_ node: MarkdownNode) {
    let language = node.fenceInfo.prefix { $0 != 0x20 && $0 != 0x09 }
    writeCode(node.literal, language: UnsafeBufferPointer(rebasing: language))
  }

  mutating func writeCode(_ lines: UnsafeBufferPointer<UInt8>, language: UnsafeBufferPointer<UInt8>) {
    builder.freshLine()
    builder.markup("<pre tabindex=\"0\"><code")
    if !language.isEmpty {
      builder.markup(" class=\"language-")
      builder.attribute(language)
      builder.markup("\"")
    }
    builder.markup(">")
    builder.text(lines)
    builder.markup("</code></pre>\n")
    builder.endBlock()
  }

  private mutating func writeTable(_ node: MarkdownNode) {
    let alignments = node.alignments
    var isInBody = false
    builder.freshLine()
    builder.markup("<div class=\"scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\">\n<table>\n")
    for row in node.children where !removed.contains(row) {
      let isHeader = row.isHeaderRow
      if isHeader {
        builder.markup("<thead>\n")
      } else if !isInBody {
        builder.markup("<tbody>\n")
        isInBody = true
      }
      builder.markup("<tr>\n")
      for (column, cell) in row.children.enumerated() {
        let alignment = column < alignments.count ? alignments[column] : .none
        builder.markup(isHeader ? "<th" : "<td")
        if alignment == .right { builder.markup(" class=\"right\"") }
        if alignment == .center { builder.markup(" class=\"center\"") }
        builder.markup(">")
        markKnownInlines(of: cell)
        if !removed.contains(cell) { writeInlines(of: cell) }
        builder.words(" ".utf8)
        builder.markup(isHeader ? "</th>\n" : "</td>\n")
      }
      builder.markup(isHeader ? "</tr>\n</thead>\n" : "</tr>\n")
      builder.endBlock()
    }
    builder.markup(isInBody ? "</tbody>\n</table>\n</div>\n" : "</table>\n</div>\n")
  }

  // MARK: Footnotes

  mutating func writeFootnoteReference(_ node: MarkdownNode) {
    guard case .block(_, let prefix) = form,
      let ordinal = Int(String(decoding: node.literal, as: UTF8.self)),
      footnotes.definitions.indices.contains(ordinal - 1), !removed.contains(footnotes.definitions[ordinal - 1])
    else { return }
    let (number, use) = footnotes.use(of: ordinal - 1)
    builder.markup("<sup class=\"footnote-ref\"><a href=\"#")
    writeFootnoteID("fn-", prefix, number)
    builder.markup("\" id=\"")
    writeFootnoteID("fnref-", prefix, number, use)
    builder.markup("\">")
    builder.number(number)
    builder.markup("</a></sup>")
  }

  private mutating func writeFootnoteID(_ kind: StaticString, _ prefix: String, _ number: Int, _ use: Int = 1) {
    builder.attribute(prefix.utf8)
    builder.markup(kind)
    builder.number(number)
    if use > 1 {
      builder.markup("-")
      builder.number(use)
    }
  }

  private mutating func writeFootnotes() {
    guard case .block(_, let prefix) = form, !footnotes.order.isEmpty else { return }
    builder.freshLine()
    builder.markup("<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n")
    // A footnote may itself name another for the first time.
    var index = 0
    while index < footnotes.order.count {
      let number = index + 1
      builder.markup("<li id=\"")
      writeFootnoteID("fn-", prefix, number)
      builder.markup("\">\n")
      writeBlocks(of: footnotes.definitions[footnotes.order[index]])
      builder.markup("<p class=\"footnote-back\">")
      for use in 1...max(1, footnotes.uses[index]) {
        builder.markup(use == 1 ? "<a href=\"#" : " <a href=\"#")
        writeFootnoteID("fnref-", prefix, number, use)
        builder.markup("\" aria-label=\"Back to the text\">↩</a>")
      }
      builder.markup("</p>\n</li>\n")
      index += 1
    }
    builder.markup("</ol>\n</section>\n")
  }
}

/// The footnotes of a text, numbered in the order of their first references.
private struct Footnotes {
  var definitions: [MarkdownNode] = []
  /// Positions in ``definitions``.
  private(set) var order: [Int] = []
  /// How often each of ``order`` is referred to.
  private(set) var uses: [Int] = []

  mutating func use(of definition: Int) -> (number: Int, use: Int) {
    let index = order.firstIndex(of: definition) ?? order.count
    if index == order.count {
      order.append(definition)
      uses.append(0)
    }
    uses[index] += 1
    return (index + 1, uses[index])
  }
}
