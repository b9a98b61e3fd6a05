/// Whether a signature was made with a key that the site lists.
///
/// Certificate chains and transparency logs are never checked; ``words`` says so where one is there.
package enum SignatureResult: Hashable, Sendable {
  /// It was made with the key that gazette.yml lists under this id.
  case verified(key: String)
  /// It does not fit the content, or was made with none of the keys.
  case fails(reason: String)
  /// It was not verified.
  case unverified(Obstacle)

  /// Why nothing could be verified.
  package enum Obstacle: Hashable, Sendable {
    case unsigned
    /// The site lists no key that could be tried.
    case noKey
    /// It fits the certificate that the file itself carries, which the site does not list.
    case certificateNotListed
  }

  package var isVerified: Bool {
    if case .verified = self { true } else { false }
  }

  /// What a page says, in one sentence without a full stop.
  package var words: String {
    switch self {
    case .verified(let key): "verified with key \(key)"
    case .fails(let reason): "does not verify: \(reason)"
    case .unverified(.unsigned): "not verified: not signed"
    case .unverified(.noKey): "not verified: no key"
    case .unverified(.certificateNotListed):
      "not verified: no key; it fits the certificate in the file, whose chain and log entries are not checked"
    }
  }
}
