extension Code {
  /// The codes of git.
  package static let git: [Code] = [
  ]
}
