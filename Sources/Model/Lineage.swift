/// Which releases of a product are contained in which: by ancestry of their commits, or by `previous` where Git does
/// not know them.
package struct Lineage: Hashable, Sendable {
  private let words: Int
  private var bits: [UInt64]

  /// - Parameter parents: For each release, the positions of the releases it follows directly. What is contained in
  ///   a parent is contained in its child. Cycles are cut where they close.
  package init(parents: [[Int]]) {
    words = (parents.count + 63) / 64
    bits = Array(repeating: 0, count: words * parents.count)
    var state = [UInt8](repeating: 0, count: parents.count)
    for start in parents.indices where state[start] == 0 {
      var stack = [(release: start, next: 0)]
      state[start] = 1
      while let (release, next) = stack.last {
        if next < parents[release].count {
          stack[stack.count - 1].next += 1
          let parent = parents[release][next]
          if state[parent] == 0 {
            state[parent] = 1
            stack.append((parent, 0))
          }
        } else {
          stack.removeLast()
          state[release] = 2
          bits[release * words + release / 64] |= 1 << UInt64(release % 64)
          for parent in parents[release] where state[parent] == 2 {
            for word in 0..<words { bits[release * words + word] |= bits[parent * words + word] }
          }
        }
      }
    }
  }

  /// Whether the release at `descendant` is or contains the one at `ancestor`.
  package func contains(_ ancestor: Int, in descendant: Int) -> Bool {
    bits[descendant * words + ancestor / 64] & (1 << UInt64(ancestor % 64)) != 0
  }

  /// The same over fewer releases: the one at `kept[i]` stands at `i`. What lay between two of them still joins them.
  /// - Complexity: O(releases kept × releases).
  package func restricted(to kept: [Int]) -> Lineage {
    var smaller = Lineage(words: (kept.count + 63) / 64, count: kept.count)
    var newPositions = [Int](repeating: -1, count: words == 0 ? 0 : bits.count / words)
    for (new, old) in kept.enumerated() { newPositions[old] = new }
    for (new, old) in kept.enumerated() {
      for word in 0..<words {
        var rest = bits[old * words + word]
        while rest != 0 {
          let ancestor = newPositions[word * 64 + rest.trailingZeroBitCount]
          rest &= rest - 1
          if ancestor >= 0 { smaller.bits[new * smaller.words + ancestor / 64] |= 1 << UInt64(ancestor % 64) }
        }
      }
    }
    return smaller
  }

  private init(words: Int, count: Int) {
    self.words = words
    bits = Array(repeating: 0, count: words * count)
  }
}
