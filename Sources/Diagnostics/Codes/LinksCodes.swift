extension Code {
  /// The codes of links.
  package static let links: [Code] = [
  ]
}
