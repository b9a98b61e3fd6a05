/// When each commit of a source reached production first.
package struct CommitArrivals: Sendable {
  /// A commit and the deployment that brought it.
  package struct Arrival: Hashable, Sendable {
    package var committed: Moment
    /// The position of the first deployment that holds it, among those that were asked about.
    package var deployment: Int
    /// Whether its author and committer differ, in person or time: after a squash or a rebase the time before is hidden.
    package var isRewritten: Bool

    package init(committed: Moment, deployment: Int, isRewritten: Bool) {
      (self.committed, self.deployment, self.isRewritten) = (committed, deployment, isRewritten)
    }
  }

  /// What a commit is for these figures.
  package enum Role: Sendable { case counted, merge, bot, elsewhere }

  package var source: String
  package var arrivals: [Arrival] = []
  package var merges = 0
  package var bots = 0
  /// Commits that the first known deployment brought: nobody knows which earlier one had them already.
  package var beforeFirst = 0
  /// Commits dated after the end of the deployment that brought them: some clock was wrong.
  package var skewed = 0
  /// Commits that no deployment holds yet.
  package var waiting = 0
  /// How many deployments are of a commit that is known.
  package var located = 0

  /// - Parameters:
  ///   - deployments: Where each stands in the graph and when it ended, the earliest end first; those whose commit is
  ///     not known have no position.
  ///   - role: What the commit at each position is.
  /// - Complexity: O(commits): each commit is visited for the first deployment that has it, and never again.
  package init(
    source: String, in graph: CommitGraph, of deployments: [(position: Int?, ended: Moment)], role: (Int) -> Role
  ) {
    self.source = source
    let holders = graph.firstHolders(of: deployments.map(\.position))
    located = deployments.count { $0.position != nil }
    let first = deployments.firstIndex { $0.position != nil }
    for (position, holder) in holders.enumerated() {
      switch role(position) {
      case .elsewhere: continue
      case .merge: merges += holder >= 0 ? 1 : 0
      case .bot: bots += holder >= 0 ? 1 : 0
      case .counted:
        let holder = Int(holder)
        if holder < 0 {
          waiting += 1
        } else if holder == first {
          beforeFirst += 1
        } else {
          let committed = graph.commits.committed(at: position)
          if committed > deployments[holder].ended {
            skewed += 1
          } else {
            let isRewritten = graph.commits.isRewritten(at: position)
            arrivals.append(Arrival(committed: committed, deployment: holder, isRewritten: isRewritten))
          }
        }
      }
    }
  }
}
