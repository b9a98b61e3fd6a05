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

  /// The Markdown as written, line ends as `\n`.
  package var markdown: String
  package var pieces: [Piece]
  /// The words without markup, blocks parted by `\n`, for search, descriptions and the leak check.
  package var plainText: String
  package var headings: [Heading]

  package init(markdown: String, pieces: [Piece], plainText: String, headings: [Heading] = []) {
    self.markdown = markdown
    self.pieces = pieces
    self.plainText = plainText
    self.headings = headings
  }

  package var isEmpty: Bool { pieces.isEmpty }
}
