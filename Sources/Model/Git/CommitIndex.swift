/// Finds the position of a commit by its id, in eight bytes a commit.
package struct CommitIndex: Sendable {
  /// Positions, each in the slot of its id or in the next free one after it; -1 where there is none.
  private var slots: [Int32]

  /// - Parameter columns: Where ids repeat, the first counts.
  package init(of columns: CommitColumns) {
    var size = 16
    while size < columns.count * 2 { size *= 2 }
    slots = Array(repeating: -1, count: size)
    let width = columns.idWidth
    columns.ids.withUnsafeBytes { ids in
      for position in 0..<columns.count {
        let slot = slot(of: UnsafeRawBufferPointer(rebasing: ids[position * width..<(position + 1) * width]), in: ids)
        if slots[slot] < 0 { slots[slot] = Int32(position) }
      }
    }
  }

  /// - Parameters:
  ///   - id: A full id, as text.
  ///   - columns: Those that the index was made of.
  package func position(of id: some Collection<UInt8>, in columns: CommitColumns) -> Int? {
    guard id.count <= columns.idWidth else { return nil }
    return withUnsafeTemporaryAllocation(byteCount: columns.idWidth, alignment: 8) { padded in
      padded.initializeMemory(as: UInt8.self, repeating: 0)
      padded.copyBytes(from: id)
      let position = columns.ids.withUnsafeBytes { slots[slot(of: UnsafeRawBufferPointer(padded), in: $0)] }
      return position < 0 ? nil : Int(position)
    }
  }

  /// The slot that holds the id, or the free one where it belongs.
  private func slot(of id: UnsafeRawBufferPointer, in ids: UnsafeRawBufferPointer) -> Int {
    // Ids are hashes already, and whoever makes some that meet in one slot makes his own history slow.
    var hash: UInt64 = 0
    for offset in stride(from: 0, to: id.count, by: 8) {
      hash = (hash ^ id.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 32
    }
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let start = Int(slots[slot]) * id.count
      if ids[start..<start + id.count].elementsEqual(id) { break }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }
}
