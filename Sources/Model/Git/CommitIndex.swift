/// Finds the position of a commit by its id, in eight bytes a commit.
package struct CommitIndex: Sendable {
  /// Positions, each in the slot of its id or in the next free one after it; -1 where there is none.
  private var slots: [Int32]

  /// - Parameter commits: Where ids repeat, the first counts.
  package init(of commits: [Commit]) {
    var size = 16
    while size < commits.count * 2 { size *= 2 }
    slots = Array(repeating: -1, count: size)
    for (position, commit) in commits.enumerated() {
      let slot = slot(of: commit.id, in: commits)
      if slots[slot] < 0 { slots[slot] = Int32(position) }
    }
  }

  /// - Parameter commits: Those that the index was made of.
  package func position(of id: String, in commits: [Commit]) -> Int? {
    let position = slots[slot(of: id, in: commits)]
    return position < 0 ? nil : Int(position)
  }

  /// The slot that holds the id, or the free one where it belongs.
  private func slot(of id: String, in commits: [Commit]) -> Int {
    var slot = id.hashValue & (slots.count - 1)
    while slots[slot] >= 0, commits[Int(slots[slot])].id != id { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }
}
