import Model

/// HEAD's first-parent line, to tell which state of the content a commit found when it was made.
struct FirstParents: Sendable {
  private let states: ContentStates
  /// The positions in the graph of the commits on the line.
  private let line: Set<Int>
  /// Of the revisions of the content, newest first: ascending.
  private let revisions: [Int]

  /// - Parameter head: The full id of HEAD's commit.
  init(of states: ContentStates, head: String?) {
    self.states = states
    var line: Set<Int> = []
    var position = head.flatMap { states.graph.position(of: $0) }
    while let current = position, line.insert(current).inserted {
      position = states.graph.commits.parents(at: current).first
    }
    self.line = line
    revisions = states.history.revisions.map { states.graph.position(of: $0.id) ?? .max }
  }

  /// The revision before which the content was what the line had before it got the commit; −1 for the newest state.
  func revision(of change: ReleasedChange) -> Int { revision(ofCommit: change.commit.id, mergedBy: change.merge?.id) }

  /// - Parameter merge: The merge that brought it to the line, where that is known.
  func revision(ofCommit id: String, mergedBy merge: String? = nil) -> Int {
    let ids = [id, merge].compactMap { $0 }
    if let position = ids.compactMap({ states.graph.position(of: $0) }).first(where: line.contains) {
      return revisions.lastIndex { $0 <= position } ?? -1
    }
    // A commit of a branch beside the line found what the line had where the branch began.
    var position = states.graph.position(of: id)
    while let current = position, !line.contains(current) { position = states.graph.commits.parents(at: current).first }
    guard let position else { return revisions.count - 1 }
    return revisions.lastIndex { $0 < position } ?? -1
  }

  /// The same for a commit of another repository, by its time.
  func revision(by moment: Moment) -> Int { states.published.lastIndex { $0 >= moment } ?? -1 }
}
