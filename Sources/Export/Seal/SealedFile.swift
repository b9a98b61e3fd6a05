import Model

/// A file by its path and what its bytes hash to.
package struct SealedFile: Hashable, Sendable {
  package var path: String
  package var digest: Fingerprint

  package init(path: String, digest: Fingerprint) {
    (self.path, self.digest) = (path, digest)
  }

  package init(path: String, holding bytes: [UInt8]) {
    self.init(path: path, digest: Fingerprint(of: bytes))
  }

  /// What stands for it in the tree: its path, a zero byte, the 32 bytes of its digest.
  var leaf: [UInt8] { Array(path.utf8) + [0] + digest.bytes }
}

extension [SealedFile] {
  /// By the bytes of their paths, each once.
  package var inOrder: [SealedFile] { sorted { precedesInBytes($0.path, $1.path) } }

  /// - Precondition: They are in order.
  var root: Fingerprint { MerkleTree.root(of: map(\.leaf)) }

  /// - Precondition: They are in order.
  var document: JSON { .members(map { JSON.Member(name: $0.path, value: .text($0.digest.hex)) }) }

  /// - Returns: `nil` when something is no digest.
  init?(_ members: [String: String]) {
    var files: [SealedFile] = []
    for (path, hex) in members {
      guard let digest = Fingerprint(hex: hex) else { return nil }
      files.append(SealedFile(path: path, digest: digest))
    }
    self = files.inOrder
  }
}
