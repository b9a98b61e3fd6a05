/// What a template is called by pages and by other templates: its path in `templates/` without `.mustache`.
package struct TemplateName: Hashable, Comparable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  package init(stringLiteral text: String) {
    self.init(text)
  }

  package var description: String { text }

  package static func < (a: TemplateName, b: TemplateName) -> Bool { a.text < b.text }
}
