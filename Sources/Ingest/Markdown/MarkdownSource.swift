package import Diagnostics

/// Markdown as it stands in a file, or in a part of one.
package struct MarkdownSource: Hashable, Sendable {
  /// Valid UTF-8, line ends as `\n`, no byte order mark, no front matter.
  package var text: String
  /// Where its first line stands; relative links are relative to this file.
  package var location: SourceLocation

  package init(_ text: String, at location: SourceLocation) {
    (self.text, self.location) = (text, location)
  }
}
