package import Model

/// Ranks releases for a sample by a seed.
package struct SampleRank: Sendable {
  private let seed: String

  package init(seed: String) {
    self.seed = seed
  }

  /// SHA-256 of the seed, a zero byte, and the release as `product/version`.
  package func rank(_ release: ReleaseID) -> [UInt8] {
    Fingerprint(of: "\(seed)\u{0}\(release.product.text)/\(release.version)").bytes
  }
}
