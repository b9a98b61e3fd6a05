/// The commits of one repository, children before their parents, and how they descend from each other.
package struct CommitGraph: Sendable {
  package let commits: CommitTable
  /// Whether commits are missing because the clone is shallow.
  package let isShallow: Bool
  private let index: CommitIndex

  package init(_ commits: CommitTable, isShallow: Bool) {
    self.commits = commits
    self.isShallow = isShallow
    index = CommitIndex(of: commits.columns)
  }

  /// - Parameter commits: In topological order: a commit's parents stand after it.
  package init(commits: [Commit], isShallow: Bool) {
    self.init(CommitTable(commits), isShallow: isShallow)
  }

  /// The position of the commit with this full id.
  package func position(of id: String) -> Int? { index.position(of: id.utf8, in: commits.columns) }

  private func parents(of position: Int) -> ArraySlice<Int32> { commits.columns.parents(of: position) }

  /// The commits that `tip` has and none of `bases` has, in the graph's order: what `git rev-list tip ^bases` lists.
  ///
  /// Bases need not be ancestors of the tip.
  /// - Complexity: O(commits that the tip and the bases have, down to where no more are wanted).
  package func commits(from tip: Int, without bases: [Int]) -> [Int] {
    // Parents stand after their children, so one walk in order meets every mark before the commit it is for, and may
    // stop when nothing wanted is left ahead.
    let start = bases.reduce(tip, min)
    var reached = PositionSet(from: start)
    var excluded = PositionSet(from: start)
    var wanted = 0
    var result: [Int] = []
    var marked = PositionSet(from: start)
    for base in bases {
      excluded.insert(base)
      marked.insert(base)
    }
    reached.insert(tip)
    marked.insert(tip)
    if !excluded.contains(tip) { wanted = 1 }
    var position = start
    while wanted > 0, let next = marked.next(from: position) {
      position = next + 1
      let isExcluded = excluded.contains(next)
      if !isExcluded {
        result.append(next)
        wanted -= 1
      }
      for parent in parents(of: next) {
        let parent = Int(parent)
        marked.insert(parent)
        if isExcluded {
          if excluded.insert(parent), reached.contains(parent) { wanted -= 1 }
        } else if reached.insert(parent), !excluded.contains(parent) {
          wanted += 1
        }
      }
    }
    return result
  }

  /// For each of some commits, which of the others it descends from with none of them between on some path: the
  /// parents that ``Lineage`` takes, from one walk over the graph.
  ///
  /// - Parameter selected: Positions. Where several are one commit, each follows those after it in the list.
  /// - Returns: For each of `selected`, indices into `selected`, ascending.
  /// - Complexity: O(commits), as long as few of the selected lie side by side.
  package func nearestAncestors(among selected: [Int]) -> [[Int]] {
    guard let oldest = selected.max(), let newest = selected.min() else { return [] }
    var indices: [Int: [Int]] = [:]
    for (index, position) in selected.enumerated() { indices[position, default: []].append(index) }
    var result = [[Int]](repeating: [], count: selected.count)
    // What a commit shows its children: itself if it is selected, else the nearest below it. A line of commits shares
    // one list.
    var shown = [[Int]](repeating: [], count: oldest - newest + 1)
    for position in stride(from: oldest, through: newest, by: -1) {
      var below: [Int] = []
      for parent in parents(of: position) where parent <= oldest {
        let next = shown[Int(parent) - newest]
        if below.isEmpty { below = next } else if next != below { below = merged(below, next) }
      }
      if let here = indices[position] {
        for (offset, index) in here.enumerated() {
          result[index] = offset + 1 < here.count ? [here[offset + 1]] : below
        }
        below = [here[0]]
      }
      shown[position - newest] = below
    }
    return result
  }

  /// For each commit, the first of some tips that has it, as an index into `tips`; -1 where none has.
  ///
  /// - Parameter tips: Positions in the order in which they count; those without one hold nothing.
  /// - Complexity: O(commits): what an earlier tip has is not walked again.
  package func firstHolders(of tips: [Int?]) -> [Int32] {
    var holders = [Int32](repeating: -1, count: commits.count)
    var pending: [Int32] = []
    for (index, tip) in tips.enumerated() {
      guard let tip, holders[tip] < 0 else { continue }
      holders[tip] = Int32(index)
      pending.append(Int32(tip))
      while let position = pending.popLast() {
        for parent in parents(of: Int(position)) where holders[Int(parent)] < 0 {
          holders[Int(parent)] = Int32(index)
          pending.append(parent)
        }
      }
    }
    return holders
  }

  /// Two ascending lists as one, each element once.
  private func merged(_ a: [Int], _ b: [Int]) -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(a.count + b.count)
    var (i, j) = (0, 0)
    while i < a.count, j < b.count {
      result.append(min(a[i], b[j]))
      let (x, y) = (a[i], b[j])
      if x <= y { i += 1 }
      if y <= x { j += 1 }
    }
    return result + a[i...] + b[j...]
  }
}
