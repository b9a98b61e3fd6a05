import Model

/// What of a text the public must not see: `> [!INTERNAL]` quotes, and the blocks that name something under embargo.
///
/// The smallest block goes: a list item, a row, a paragraph, a heading with all that is under it; then what is left
/// empty by that.
struct Redaction {
  private(set) var removed: Set<MarkdownNode> = []
  /// Lines of the text that the removed blocks stand on, 1-based.
  private(set) var lines: [ClosedRange<Int>] = []
  /// Comments, which no reader sees but which the Markdown would show.
  private(set) var comments: [(lines: ClosedRange<Int>, literal: [UInt8])] = []
  /// Blocks that say `[!INTERNAL]` elsewhere than at the beginning of a quote.
  private(set) var misplaced: [MarkdownNode] = []

  private let embargo: NameMatcher

  init(of document: MarkdownNode, embargo: NameMatcher) {
    self.embargo = embargo
    _ = visit(document)
    if !removed.isEmpty { removeFootnotes(of: document) }
    collectLines(document)
  }

  var isEmpty: Bool { removed.isEmpty && comments.isEmpty }

  /// - Returns: Whether the container itself must go.
  private mutating func visit(_ container: MarkdownNode) -> Bool {
    var isNamed = false
    var hasHeadings = false
    let kind = container.kind
    let before = removed.count
    for node in container.children {
      switch node.kind {
      case .blockQuote where node.alert == .internal: removed.insert(node)
      case .blockQuote, .list, .item, .footnote, .table, .tableRow:
        if visit(node) { removed.insert(node) }
      case .htmlBlock:
        noteComment(node.literal, of: node)
        if containsMarker(node.literal) {
          misplaced.append(node)
          removed.insert(node)
        }
        if embargo.isNamed(in: node.literal) { removed.insert(node) }
      case .paragraph, .tableCell, .heading:
        if node.kind == .heading { hasHeadings = true }
        noteComments(in: node, of: node)
        if containsMarker(node) {
          misplaced.append(node)
          removed.insert(node)
        }
        if !embargo.isEmpty, embargo.isNamed(in: allBytes(of: node)) {
          removed.insert(node)
          isNamed = isNamed || node.kind != .heading || kind == .item
        }
      case .codeBlock:
        if embargo.isNamed(in: node.literal) || embargo.isNamed(in: node.fenceInfo) {
          removed.insert(node)
          isNamed = true
        }
      default: break
      }
    }
    guard removed.count > before else { return false }
    switch kind {
    case .item, .tableRow: if isNamed { return true }
    case .blockQuote: if misplaced.contains(where: { $0.parent == container }) { return true }
    case .table: if let header = container.firstChild, removed.contains(header) { return true }
    default: break
    }
    if hasHeadings { removeSections(of: container) }
    return kind != .document && container.children.allSatisfy { removed.contains($0) }
  }

  /// Removes what is under a removed heading, and headings under which nothing is left.
  private mutating func removeSections(of container: MarkdownNode) {
    let nodes = Array(container.children)
    let levels = nodes.map { $0.kind == .heading ? $0.headingLevel : Int.max }
    // The end of the section of each heading: the next that is as high, found from behind with a stack.
    var open: [(level: Int, index: Int)] = []
    for index in nodes.indices.reversed() {
      guard levels[index] < .max else { continue }
      while let last = open.last, last.level > levels[index] { open.removeLast() }
      let end = open.last?.index ?? nodes.count
      open.append((levels[index], index))
      let section = (index + 1)..<end
      if removed.contains(nodes[index]) {
        for inner in section { removed.insert(nodes[inner]) }
      } else {
        if !section.isEmpty, section.allSatisfy({ removed.contains(nodes[$0]) }) { removed.insert(nodes[index]) }
      }
    }
  }

  /// Removes the footnotes that only removed blocks refer to.
  private mutating func removeFootnotes(of document: MarkdownNode) {
    let footnotes = document.children.filter { $0.kind == .footnote }
    guard !footnotes.isEmpty else { return }
    var used: Set<Int> = []
    var next: [MarkdownNode] = document.children.filter { $0.kind != .footnote }
    // A footnote that is kept may itself refer to others.
    while let node = next.popLast() {
      if removed.contains(node) { continue }
      if node.kind == .footnoteReference, let number = Int(String(decoding: node.literal, as: UTF8.self)),
        footnotes.indices.contains(number - 1), used.insert(number - 1).inserted
      {
        next.append(footnotes[number - 1])
      }
      next.append(contentsOf: node.children)
    }
    for (index, footnote) in footnotes.enumerated() where !used.contains(index) { removed.insert(footnote) }
  }

  private mutating func collectLines(_ container: MarkdownNode) {
    guard !removed.isEmpty else { return }
    for node in container.children {
      if removed.contains(node) {
        if let range = node.lines { lines.append(range) }
      } else {
        switch node.kind {
        case .blockQuote, .list, .item, .footnote, .table: collectLines(node)
        default: break
        }
      }
    }
  }

  private mutating func noteComment(_ literal: UnsafeBufferPointer<UInt8>, of block: MarkdownNode) {
    guard literal.starts(with: "<!--".utf8), let lines = block.lines else { return }
    comments.append((lines, Array(literal)))
  }

  private mutating func noteComments(in node: MarkdownNode, of block: MarkdownNode) {
    for child in node.children {
      if child.kind == .htmlInline { noteComment(child.literal, of: block) } else { noteComments(in: child, of: block) }
    }
  }

  /// Whether a line of the block begins with the marker.
  private func containsMarker(_ block: MarkdownNode) -> Bool {
    var isAtLineStart = true
    for node in block.children {
      if isAtLineStart, node.kind == .text, startsWithInternalMarker(node.literal) { return true }
      isAtLineStart = node.kind == .softBreak || node.kind == .lineBreak
    }
    return false
  }

  /// Whether a line of raw HTML is or begins with the marker, perhaps behind `>`.
  private func containsMarker(_ literal: UnsafeBufferPointer<UInt8>) -> Bool {
    guard literal.contains(UInt8(ascii: "[")) else { return false }
    return literal.split(separator: 0x0A).contains { line in
      startsWithInternalMarker(line.drop { $0 == UInt8(ascii: ">") || $0 == 0x20 || $0 == 0x09 })
    }
  }

  /// Words, addresses and titles: whatever a reader of the page's source could find.
  private func allBytes(of node: MarkdownNode) -> [UInt8] {
    var bytes: [UInt8] = []
    func visit(_ node: MarkdownNode) {
      switch node.kind {
      case .softBreak, .lineBreak: bytes.append(0x20)
      case .text, .code, .htmlInline: bytes.append(contentsOf: node.literal)
      default: for child in node.children { visit(child) }
      }
    }
    func visitAddresses(_ node: MarkdownNode) {
      if node.kind == .link || node.kind == .image {
        bytes.append(0x0A)
        bytes.append(contentsOf: node.url)
        bytes.append(0x0A)
        bytes.append(contentsOf: node.title)
      }
      for child in node.children { visitAddresses(child) }
    }
    visit(node)
    visitAddresses(node)
    return bytes
  }
}
