import Model

extension VersionScheme {
  /// The strictest scheme of which most of the texts are versions.
  ///
  /// - Parameter candidates: The strictest first. Any pair of numbers could be a year and a month, so that dates are
  ///   only looked for where somebody asks for them.
  static func fitting(
    _ texts: some Sequence<String>, among candidates: [VersionScheme] = [.semver, .numeric, .pep440]
  ) -> VersionScheme {
    let texts = Array(texts)
    var best = (scheme: VersionScheme.semver, count: -1)
    for scheme in candidates {
      let count = texts.count { Version($0, scheme: scheme) != nil }
      if count > best.count { best = (scheme, count) }
    }
    return best.scheme
  }
}

/// The id of a product for a name; `nil` when no letters of it may stand in an id.
func productID(for name: some StringProtocol) -> String? {
  let id = fileName(like: String(name))
  return isIdentifier(id) ? id : nil
}
