/// The commits of one repository, children before their parents, and how they descend from each other.
package struct CommitGraph: Sendable {
  package let commits: [Commit]
  /// Whether commits are missing because the clone is shallow.
  package let isShallow: Bool
  private let positions: [String: Int]

  /// - Parameter commits: In topological order: a commit's parents stand after it.
  package init(commits: [Commit], isShallow: Bool) {
    self.commits = commits
    self.isShallow = isShallow
    positions = Dictionary(commits.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The position of the commit with this full id.
  package func position(of id: String) -> Int? { positions[id] }

  /// The commits that `tip` has and none of `bases` has, newest first: what `git log tip ^bases` lists.
  /// - Complexity: O(commits between the tip and the oldest base).
  package func commits(from tip: Int, without bases: [Int]) -> [Int] {
    var isReached = Set<Int>([tip])
    var isExcluded = Set<Int>(bases)
    var result: [Int] = []
    // Parents stand after their children, so one walk in order meets every mark before the commit it is for. The
    // walk may stop when nothing wanted is left ahead.
    var wanted = isExcluded.contains(tip) ? 0 : 1
    var position = min(tip, bases.min() ?? tip)
    while wanted > 0, position < commits.count {
      defer { position += 1 }
      let isOut = isExcluded.contains(position)
      guard isOut || isReached.contains(position) else { continue }
      if !isOut {
        result.append(position)
        wanted -= 1
      }
      for parent in commits[position].parents {
        if isOut {
          if isReached.contains(parent), !isExcluded.contains(parent) { wanted -= 1 }
          isExcluded.insert(parent)
        } else if isReached.insert(parent).inserted, !isExcluded.contains(parent) {
          wanted += 1
        }
      }
    }
    return result
  }

  /// Whether `ancestor` is `descendant` or among what it descends from.
  package func isAncestor(_ ancestor: Int, of descendant: Int) -> Bool {
    guard ancestor >= descendant else { return false }
    var reached = Set<Int>([descendant])
    for position in descendant...ancestor where reached.contains(position) {
      if position == ancestor { return true }
      reached.formUnion(commits[position].parents)
    }
    return false
  }
}
