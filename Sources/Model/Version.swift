/// How a product's versions are written and ordered.
package enum VersionScheme: String, CaseIterable, Sendable {
  /// `2.10.0-rc.1+build` - Source: Semantic Versioning 2.0.0 §2, §9–11.
  case semver
  /// `2026.04.1`, `26.4`: numbers that begin with a year, then perhaps `-rc1`. - Source: calver.org.
  case calver
  /// `2026-11-02`, `20261102`, perhaps `.2` for the second of a day.
  case dated
  /// `1!2.0rc1.post2.dev3+local` - Source: PEP 440.
  case pep440
  /// Any count of numbers with dots: `42`, `1.10`.
  case numeric
}

/// A version as written, and its order among others of its scheme.
///
/// Comparison is by precedence, then by the bytes of the text, so that the order is total.
package struct Version: Hashable, Comparable, Sendable {
  package let text: String
  package let scheme: VersionScheme
  private let precedence: Precedence

  /// - Returns: `nil` when the text is not a version of the scheme.
  package init?(_ text: some StringProtocol, scheme: VersionScheme) {
    let text = String(text)
    guard text.utf8.count <= 128, let precedence = Precedence(text, scheme: scheme) else { return nil }
    self.text = text
    self.scheme = scheme
    self.precedence = precedence
  }

  /// Whether it comes before a final version of the same numbers, such as an alpha or a release candidate.
  package var isPreRelease: Bool { precedence.stage < Precedence.final }

  /// The numbers, such as `[2, 10, 0]`.
  package var numbers: [UInt64] { precedence.numbers }

  /// Whether neither has precedence over the other, as with `1.0` and `1.0.0` or different build metadata.
  package func hasSamePrecedence(as other: Version) -> Bool { precedence == other.precedence }

  /// Whether the other has higher precedence.
  package func precedes(_ other: Version) -> Bool { precedence < other.precedence }

  package static func == (a: Version, b: Version) -> Bool { a.text == b.text && a.scheme == b.scheme }

  package func hash(into hasher: inout Hasher) { hasher.combine(text) }

  package static func < (a: Version, b: Version) -> Bool {
    a.precedence == b.precedence ? precedesInBytes(a.text, b.text) : a.precedence < b.precedence
  }
}
