/// What evidence says that it is about.
package struct EvidenceSubject: Hashable, Sendable {
  package var name: String?
  /// The commit of Git that was examined or built, in full.
  package var commit: String?
  /// What the artifact hashes to, sorted.
  package var digests: [ContentDigest]

  package init(name: String? = nil, commit: String? = nil, digests: [ContentDigest] = []) {
    (self.name, self.commit, self.digests) = (name, commit, digests.sorted())
  }
}
