import Model

/// What a site was made from: files with their digests, and where the refs of its repositories lead.
package struct SealedInputs: Hashable, Sendable {
  /// Relative to the checkout, in order; a file of the evidence store after `store:`.
  package var files: [SealedFile]
  /// Commits in full by the name of the ref, such as `refs/tags/v1.0`; of another repository, after its name and a
  /// colon.
  package var refs: [String: String]

  package init(files: [SealedFile], refs: [String: String]) {
    (self.files, self.refs) = (files.inOrder, refs)
  }

  /// One digest of all of it.
  private var root: Fingerprint {
    let refs = refs.sorted { precedesInBytes($0.key, $1.key) }
    return MerkleTree.root(of: files.map(\.leaf) + refs.map { Array("\($0.key)\u{0}\($0.value)".utf8) })
  }

  /// What the public seal says of the inputs: nothing that can be read, and yet nothing else fits it later.
  ///
  /// The salt is drawn from the inputs themselves, for equal inputs shall give equal bytes on every machine, and a salt
  /// from outside would have to be kept somewhere. What that is worth: whoever knows public facts only cannot compute
  /// it, and no single file can be guessed by itself, for the salt depends on every byte of every input and every ref.
  /// A guess can be tried only by somebody who has all inputs but the guessed one; in a checkout with any text that
  /// outsiders do not have that is nobody, and in one that is public as a whole there is nothing to hide. The internal
  /// seal holds the salt, so that an auditor can hold the two seals against each other.
  package var commitment: (salt: Fingerprint, digest: Fingerprint) {
    let root = root
    let salt = Fingerprint(of: Array("gazette seal salt 1\u{0}".utf8) + root.bytes)
    return (salt, Fingerprint(of: Array("gazette seal inputs 1\u{0}".utf8) + salt.bytes + root.bytes))
  }
}
