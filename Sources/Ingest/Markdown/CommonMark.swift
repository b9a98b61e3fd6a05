// The one file that knows cmark.
import CCmarkGFM
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A Markdown text as cmark's tree, freed with its owner.
struct CommonMarkTree: ~Copyable {
  private let document: OpaquePointer

  /// What the syntax extensions keep for the whole process while a text is parsed (the table of special characters)
  /// is written by each parse, so feeding and finishing are done by one thread at a time. Trees are independent.
  static let parsing = Mutex(())

  private static let extensionsAreRegistered: Void = cmark_gfm_core_extensions_ensure_registered()

  /// - Returns: `nil` when memory is short.
  init?(parsing text: String, footnotes: Bool) {
    CommonMarkTree.extensionsAreRegistered
    let options = CMARK_OPT_DEFAULT | (footnotes ? CMARK_OPT_FOOTNOTES : 0)
    guard let parser = cmark_parser_new(options) else { return nil }
    defer { cmark_parser_free(parser) }
    for name in ["table", "strikethrough", "autolink", "tasklist"] {
      if let syntax = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, syntax) }
    }
    var text = text
    let root = text.withUTF8 { bytes in
      CommonMarkTree.parsing.withLock { _ -> UInt? in
        bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
        return cmark_parser_finish(parser).map { UInt(bitPattern: $0) }
      }
    }
    guard let document = root.flatMap({ OpaquePointer(bitPattern: $0) }) else { return nil }
    self.document = document
  }

  deinit { cmark_node_free(document) }

  /// The document, for as long as the tree lives.
  var root: MarkdownNode { MarkdownNode(document) }
}

/// A node of a ``CommonMarkTree``; valid only while the tree lives.
struct MarkdownNode: Hashable {
  enum Kind: Hashable {
    case document, blockQuote, list, item, codeBlock, htmlBlock, paragraph, heading, thematicBreak, footnote
    case table, tableRow, tableCell
    case text, softBreak, lineBreak, code, htmlInline, emphasis, strong, strikethrough, link, image, footnoteReference
    case other
  }

  enum Alignment { case none, left, center, right }

  private let node: OpaquePointer

  fileprivate init(_ node: OpaquePointer) { self.node = node }

  var kind: Kind {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_TEXT: .text
    case CMARK_NODE_PARAGRAPH: .paragraph
    case CMARK_NODE_SOFTBREAK: .softBreak
    case CMARK_NODE_LINEBREAK: .lineBreak
    case CMARK_NODE_CODE: .code
    case CMARK_NODE_HTML_INLINE: .htmlInline
    case CMARK_NODE_EMPH: .emphasis
    case CMARK_NODE_STRONG: .strong
    case CMARK_NODE_LINK: .link
    case CMARK_NODE_IMAGE: .image
    case CMARK_NODE_FOOTNOTE_REFERENCE: .footnoteReference
    case CMARK_NODE_DOCUMENT: .document
    case CMARK_NODE_BLOCK_QUOTE: .blockQuote
    case CMARK_NODE_LIST: .list
    case CMARK_NODE_ITEM: .item
    case CMARK_NODE_CODE_BLOCK: .codeBlock
    case CMARK_NODE_HTML_BLOCK: .htmlBlock
    case CMARK_NODE_HEADING: .heading
    case CMARK_NODE_THEMATIC_BREAK: .thematicBreak
    case CMARK_NODE_FOOTNOTE_DEFINITION: .footnote
    default: extensionKind
    }
  }

  /// The extensions number their nodes when they are registered; their names are fixed.
  private var extensionKind: Kind {
    switch typeName {
    case "table": .table
    case "table_row", "table_header": .tableRow
    case "table_cell": .tableCell
    case "strikethrough": .strikethrough
    default: .other
    }
  }

  private var typeName: String { cmark_node_get_type_string(node).map { String(cString: $0) } ?? "" }

  var firstChild: MarkdownNode? { cmark_node_first_child(node).map { MarkdownNode($0) } }
  var next: MarkdownNode? { cmark_node_next(node).map { MarkdownNode($0) } }
  var parent: MarkdownNode? { cmark_node_parent(node).map { MarkdownNode($0) } }

  struct Children: Sequence, IteratorProtocol {
    fileprivate var coming: MarkdownNode?

    mutating func next() -> MarkdownNode? {
      defer { coming = coming?.next }
      return coming
    }
  }

  var children: Children { Children(coming: firstChild) }

  /// What a text, code, HTML or footnote node holds.
  var literal: UnsafeBufferPointer<UInt8> { bytes(cmark_node_get_literal(node)) }
  var url: UnsafeBufferPointer<UInt8> { bytes(cmark_node_get_url(node)) }
  var title: UnsafeBufferPointer<UInt8> { bytes(cmark_node_get_title(node)) }
  var fenceInfo: UnsafeBufferPointer<UInt8> { bytes(cmark_node_get_fence_info(node)) }

  private func bytes(_ text: UnsafePointer<CChar>?) -> UnsafeBufferPointer<UInt8> {
    guard let text else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeRawBufferPointer(start: text, count: strlen(text)).assumingMemoryBound(to: UInt8.self)
  }

  var headingLevel: Int { Int(cmark_node_get_heading_level(node)) }

  /// Of a list.
  var isOrdered: Bool { cmark_node_get_list_type(node) == CMARK_ORDERED_LIST }
  var isTight: Bool { cmark_node_get_list_tight(node) != 0 }
  var start: Int { Int(cmark_node_get_list_start(node)) }

  /// Of an item: whether its task is done; `nil` when it is no task.
  var isDone: Bool? {
    typeName == "tasklist" ? cmark_gfm_extensions_get_tasklist_item_checked(node) : nil
  }

  /// Of a table row.
  var isHeaderRow: Bool { cmark_gfm_extensions_get_table_row_is_header(node) != 0 }

  /// Of a table, one for each column.
  var alignments: [Alignment] {
    guard let letters = cmark_gfm_extensions_get_table_alignments(node) else { return [] }
    return (0..<Int(cmark_gfm_extensions_get_table_columns(node))).map {
      switch letters[$0] {
      case UInt8(ascii: "l"): .left
      case UInt8(ascii: "c"): .center
      case UInt8(ascii: "r"): .right
      default: .none
      }
    }
  }

  /// 1-based; 0 where cmark does not know.
  var startLine: Int { Int(cmark_node_get_start_line(node)) }
  var startColumn: Int { Int(cmark_node_get_start_column(node)) }

  /// The lines that a block stands on; `nil` where cmark does not know.
  ///
  /// Some blocks end for cmark before the first column of a line that is not theirs, and blocks of HTML end on their
  /// first line.
  var lines: ClosedRange<Int>? {
    guard startLine > 0 else { return nil }
    if kind == .htmlBlock {
      return startLine...(startLine + max(0, literal.count { $0 == UInt8(ascii: "\n") } - 1))
    }
    let end = Int(cmark_node_get_end_line(node)) - (cmark_node_get_end_column(node) == 0 ? 1 : 0)
    return startLine...max(startLine, end)
  }

  /// How many nodes lie between this one and the deepest below it, without recursion; at most a little over `limit`.
  func depth(atMost limit: Int) -> Int {
    var deepest = 0
    var depth = 0
    var node = self
    while deepest <= limit {
      if let child = node.firstChild {
        node = child
        depth += 1
        deepest = max(deepest, depth)
        continue
      }
      while depth > 0, node.next == nil, let parent = node.parent {
        node = parent
        depth -= 1
      }
      guard depth > 0, let next = node.next else { break }
      node = next
    }
    return deepest
  }
}
