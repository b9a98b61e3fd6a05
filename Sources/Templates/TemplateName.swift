/// What a template is called by pages and by other templates: its path in `templates/` without `.mustache`.
package struct TemplateName: Hashable, Comparable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  /// The name of the template in a file, `release` for `release.mustache`; `nil` for a file that is none.
  ///
  /// - Parameter path: From the templates folder, with `/` between folders.
  package init?(path: String) {
    guard path.hasSuffix(".mustache") else { return nil }
    self.init(String(path.dropLast(".mustache".count)))
  }

  package init(stringLiteral text: String) {
    self.init(text)
  }

  package var description: String { text }

  package static func < (a: TemplateName, b: TemplateName) -> Bool { a.text < b.text }
}
