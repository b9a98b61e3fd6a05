extension Code {
  /// The codes of templates.
  package static let templates: [Code] = [
  ]
}
