/// One digest that stands for a list of entries.
///
/// - Source: RFC 6962 §2.1.
package enum MerkleTree {
  /// The Merkle Tree Hash of the entries, in their order.
  package static func root(of entries: [[UInt8]]) -> Fingerprint {
    guard !entries.isEmpty else { return Fingerprint(of: [UInt8]()) }
    return root(of: entries.map { Fingerprint(of: .joined(0, $0)) }[...])
  }

  /// A tree's left part is the largest perfect one that is smaller than the whole.
  private static func root(of leaves: ArraySlice<Fingerprint>) -> Fingerprint {
    if leaves.count == 1, let only = leaves.first { return only }
    var size = 1
    while size * 2 < leaves.count { size *= 2 }
    let middle = leaves.startIndex + size
    let (left, right) = (root(of: leaves[..<middle]), root(of: leaves[middle...]))
    return Fingerprint(of: .joined(1, left.bytes, right.bytes))
  }
}
