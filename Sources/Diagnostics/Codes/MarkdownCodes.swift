extension Code {
  /// The codes of markdown.
  package static let markdown: [Code] = [
  ]
}
