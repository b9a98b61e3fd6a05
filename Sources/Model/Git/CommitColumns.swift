/// What Git says of commits, one list for each thing that it says: a million of them is a dozen lists, and not millions
/// of small objects.
///
/// Positions are those of commits in all lists. Lists of several elements a commit come with one of where those of each
/// begin, which has one element more than there are commits.
package struct CommitColumns: Sendable {
  /// How many bytes each id has; a multiple of eight.
  package let idWidth: Int
  /// As text; those that are shorter end in NUL.
  package var ids: [UInt8] = []
  package var parents: [Int32] = []
  package var parentStarts: [Int32] = [0]
  package var identities: [Commit.Identity] = []
  /// Positions in ``identities``.
  package var authors: [Int32] = []
  package var committers: [Int32] = []
  /// Seconds since 1970.
  package var authored: [Int] = []
  package var committed: [Int] = []
  /// UTF-8.
  package var subjects: [UInt8] = []
  package var subjectStarts: [Int] = [0]
  package var texts: [String] = []
  /// Positions in ``texts``: a key, its value, the next key.
  package var trailers: [Int32] = []
  package var trailerStarts: [Int32] = [0]

  package var count: Int { authors.count }

  /// - Parameter longest: How many bytes the longest id has.
  package init(idsOfUpTo longest: Int) { idWidth = (max(1, longest) + 7) / 8 * 8 }

  func parents(of position: Int) -> ArraySlice<Int32> {
    parents[Int(parentStarts[position])..<Int(parentStarts[position + 1])]
  }

  func id(at position: Int) -> ArraySlice<UInt8> { ids[position * idWidth..<(position + 1) * idWidth] }

  /// - Parameter id: No longer than ``idWidth``.
  package mutating func append(id: some Collection<UInt8>) {
    ids.append(contentsOf: id)
    ids.append(contentsOf: repeatElement(0, count: (authors.count + 1) * idWidth - ids.count))
  }

  // MARK: Order

  /// The order in which the commits stand in a graph: children before their parents, a branch as long as it goes, the
  /// newest tip first. It follows from the commits alone, however they were read.
  ///
  /// - Parameter tips: What does not lead from them is left out; `nil` leaves out nothing.
  /// - Source: git-log(1), `--topo-order`, which leaves the order of tips of one time open.
  package func order(from tips: [Int]? = nil) -> [Int32] {
    var isReached = [Bool](repeating: tips == nil, count: count)
    var pending: [Int32] = []
    for tip in tips ?? [] where !isReached[tip] {
      isReached[tip] = true
      pending.append(Int32(tip))
      while let position = pending.popLast() {
        for parent in parents(of: Int(position)) where !isReached[Int(parent)] {
          isReached[Int(parent)] = true
          pending.append(parent)
        }
      }
    }
    var children = [Int32](repeating: 0, count: count)
    for position in 0..<count where isReached[position] {
      for parent in parents(of: position) { children[Int(parent)] += 1 }
    }
    let first = (0..<count).filter { isReached[$0] && children[$0] == 0 }.sorted { a, b in
      committed[a] != committed[b] ? committed[a] > committed[b] : id(at: a).lexicographicallyPrecedes(id(at: b))
    }
    pending = first.reversed().map(Int32.init)
    var order: [Int32] = []
    order.reserveCapacity(count)
    while let position = pending.popLast() {
      order.append(position)
      for parent in parents(of: Int(position)) {
        children[Int(parent)] -= 1
        if children[Int(parent)] == 0 { pending.append(parent) }
      }
    }
    return order
  }

  /// The commits at some positions, in that order; the parents of each are among them.
  package func ordered(by order: [Int32]) -> CommitColumns {
    if order.count == count, order.indices.allSatisfy({ order[$0] == $0 }) { return self }
    var positions = [Int32](repeating: 0, count: count)
    for (position, old) in order.enumerated() { positions[Int(old)] = Int32(position) }
    var result = CommitColumns(idsOfUpTo: idWidth)
    (result.identities, result.texts) = (identities, texts)
    result.ids.reserveCapacity(order.count * idWidth)
    result.subjects.reserveCapacity(subjects.count)
    result.parents.reserveCapacity(parents.count)
    for old in order {
      let old = Int(old)
      result.ids += id(at: old)
      for parent in parents(of: old) { result.parents.append(positions[Int(parent)]) }
      result.parentStarts.append(Int32(result.parents.count))
      result.subjects += subjects[subjectStarts[old]..<subjectStarts[old + 1]]
      result.subjectStarts.append(result.subjects.count)
      result.trailers += trailers[Int(trailerStarts[old])..<Int(trailerStarts[old + 1])]
      result.trailerStarts.append(Int32(result.trailers.count))
    }
    result.authors = order.map { authors[Int($0)] }
    result.committers = order.map { committers[Int($0)] }
    result.authored = order.map { authored[Int($0)] }
    result.committed = order.map { committed[Int($0)] }
    return result
  }

  // MARK: Soundness

  /// Whether the lists go together, and parents stand after their children.
  var isSound: Bool {
    ids.count == count * idWidth && committers.count == count && authored.count == count && committed.count == count
      && areStarts(parentStarts, of: parents.count) && areStarts(subjectStarts, of: subjects.count)
      && areStarts(trailerStarts, of: trailers.count) && trailerStarts.allSatisfy { $0.isMultiple(of: 2) }
      && authors.allSatisfy { identities.indices.contains(Int($0)) }
      && committers.allSatisfy { identities.indices.contains(Int($0)) }
      && trailers.allSatisfy { texts.indices.contains(Int($0)) }
      && (0..<count).allSatisfy { position in
        parents(of: position).allSatisfy { $0 > position && $0 < count }
      }
  }

  private func areStarts(_ starts: [some FixedWidthInteger], of total: Int) -> Bool {
    starts.count == count + 1 && starts[0] == 0 && Int(starts[count]) == total
      && zip(starts, starts.dropFirst()).allSatisfy { $0 <= $1 }
  }
}
