extension Code {
  /// The codes of content.
  package static let content: [Code] = [
  ]
}
