extension Code {
  /// The codes of site.
  package static let site: [Code] = [
  ]
}
