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
    let pieces: [Piece]
    let plainText: String
    let headings: [Heading]

    init(markdown: String, pieces: [Piece], plainText: String, headings: [Heading]) {
      (self.markdown, self.pieces, self.plainText, self.headings) = (markdown, pieces, plainText, headings)
    }
  }

  private let storage: Storage

  package init(markdown: String, pieces: [Piece], plainText: String, headings: [Heading] = []) {
    storage = Storage(markdown: markdown, pieces: pieces, plainText: plainText, headings: headings)
  }

  /// The Markdown as written, line ends as `\n`.
  package var markdown: String { storage.markdown }
  package var pieces: [Piece] { storage.pieces }
  /// The words without markup, blocks parted by `\n`, for search, descriptions and the leak check.
  package var plainText: String { storage.plainText }
  package var headings: [Heading] { storage.headings }

  package var isEmpty: Bool { pieces.isEmpty }

  package static func == (a: RichText, b: RichText) -> Bool {
    a.storage === b.storage
      || a.markdown == b.markdown && a.pieces == b.pieces && a.plainText == b.plainText && a.headings == b.headings
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(markdown) }
}
