/// Markup that is known to be safe: no script, no open element, nothing that came unescaped from an author.
///
/// Only a few places may vouch for that (Markdown in safe mode, charts); everything else is text.
package struct SafeHTML: Hashable, Sendable {
  package let markup: String

  /// Vouches for the markup; nothing is checked here.
  package init(trusted markup: String) {
    self.markup = markup
  }
}
