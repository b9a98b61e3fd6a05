/// The text of a file, or of the part of one that begins on a line.
package struct TextFile: Hashable, Sendable {
  /// Relative to the checkout.
  package var path: String
  package var text: String
  /// The line of the file on which the text begins.
  package var firstLine: Int

  package init(path: String, text: String, firstLine: Int = 1) {
    (self.path, self.text, self.firstLine) = (path, text, firstLine)
  }

  /// The last step of its path.
  package var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}
