extension Code {
  /// The codes of evidence.
  package static let evidence: [Code] = [
  ]
}
