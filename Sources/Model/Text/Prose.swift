/// Markdown that was read, made safe and rendered once, for every page, feed and index that shows it.
package struct Prose: Hashable, Sendable {
  /// The text for readers of the internal site.
  package var whole: RichText
  /// The text for the public: without `> [!INTERNAL]` quotes and what is under embargo. `nil` when it is the same.
  package var open: RichText?

  package init(_ whole: RichText, open: RichText? = nil) {
    self.whole = whole
    self.open = open
  }

  /// The text that the public may read, and nothing else.
  package var forPublic: Prose { Prose(open ?? whole) }
}

/// One rendering of a text.
package struct RichText: Hashable, Sendable {
  package enum Piece: Hashable, Sendable {
    /// Safe HTML.
    case html(String)
    /// The address of something in the site, to be written as an attribute's value, with the fragment after `#`.
    case address(Destination, fragment: String?)
  }

  /// A part of the Markdown; what belongs to a link into the site is told apart, so that the link can be led to where
  /// its page is, or taken out.
  package enum MarkdownPiece: Hashable, Sendable {
    case text(String)
    /// What goes with the link: its brackets and title, or all of its definition but the address.
    case mark(String, of: Destination)
    case address(Destination, fragment: String?)
    /// A backslash that nobody wrote, before HTML that is shown as text.
    case escape
  }

  /// A heading of the text.
  package struct Heading: Hashable, Sendable {
    /// 1 is the highest in the text, whatever level it has on a page.
    package var level: Int
    package var text: String
    package var anchor: String

    package init(level: Int, text: String, anchor: String) {
      self.level = level
      self.text = text
      self.anchor = anchor
    }
  }

  /// One for all who hold the text: the ledger, that of the public, and the pages.
  private final class Storage: Sendable {
    let markdown: String
    /// Empty where the Markdown has no link into the site, and nothing to escape.
    let linkedMarkdown: [MarkdownPiece]
    let pieces: [Piece]
    let plainText: String
    let headings: [Heading]

    init(
      markdown: String, linkedMarkdown: [MarkdownPiece], pieces: [Piece], plainText: String, headings: [Heading]
    ) {
      (self.markdown, self.linkedMarkdown, self.pieces) = (markdown, linkedMarkdown, pieces)
      (self.plainText, self.headings) = (plainText, headings)
    }
  }

  private let storage: Storage

  package init(markdown: String, pieces: [Piece], plainText: String, headings: [Heading] = []) {
    storage = Storage(
      markdown: markdown, linkedMarkdown: [], pieces: pieces, plainText: plainText, headings: headings)
  }

  package init(markdown: [MarkdownPiece], pieces: [Piece], plainText: String, headings: [Heading] = []) {
    var words = ""
    var isAsWritten = true
    for piece in markdown { if case .text(let text) = piece { words += text } else { isAsWritten = false } }
    storage = Storage(
      markdown: words, linkedMarkdown: isAsWritten ? [] : markdown, pieces: pieces, plainText: plainText,
      headings: headings)
  }

  /// The Markdown as written, line ends as `\n`, with the words of links to files in their place.
  package var markdown: String { storage.markdown }
  /// The same with its links into the site.
  package var linkedMarkdown: [MarkdownPiece] {
    storage.linkedMarkdown.isEmpty ? [.text(storage.markdown)] : storage.linkedMarkdown
  }
  package var pieces: [Piece] { storage.pieces }
  /// The words without markup, blocks parted by `\n`, for search, descriptions and the leak check.
  package var plainText: String { storage.plainText }
  package var headings: [Heading] { storage.headings }

  package var isEmpty: Bool { pieces.isEmpty }

  package static func == (a: RichText, b: RichText) -> Bool {
    a.storage === b.storage
      || a.markdown == b.markdown && a.storage.linkedMarkdown == b.storage.linkedMarkdown && a.pieces == b.pieces
        && a.plainText == b.plainText && a.headings == b.headings
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(markdown) }
}
