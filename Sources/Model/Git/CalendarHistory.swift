/// What Git shows of how each thing on the calendar came to be what it is: for clients that want to know whether
/// something moved, and when that was said.
package struct CalendarHistory: Sendable {
  package enum Subject: Hashable, Sendable {
    case release(ReleaseID)
    /// By its id in calendar.yml.
    case window(String)
    case freeze(String)
    case train(String)
    /// By its name.
    case milestone(String)
    case line(ProductID, String)
  }

  /// What was published of it by one commit.
  package struct State: Hashable, Sendable {
    package var committed: Moment
    /// Whatever says when it is; equal texts for equal times.
    package var time: String
    package var status: Release.Status?
    /// What it is called.
    package var words: String
    package var audience: Audience?
    package var embargoUntil: Moment?

    package init(committed: Moment, time: String, status: Release.Status? = nil, words: String) {
      (self.committed, self.time, self.status, self.words) = (committed, time, status, words)
    }
  }

  /// When it was last revised, and how often its time or status was.
  package struct Revision: Hashable, Sendable {
    package var changes: Int
    package var modified: Moment

    package init(changes: Int, modified: Moment) {
      (self.changes, self.modified) = (changes, modified)
    }
  }

  /// Why nothing can be told; a checkout without commits has nothing to tell, and that is no obstacle.
  package var obstacle: HistoryObstacle?
  /// Oldest first.
  package var states: [Subject: [State]] = [:]

  package init() {}

  /// - Returns: `nil` for what stands in no commit.
  package func revision(of subject: Subject) -> Revision? {
    guard let states = states[subject], let first = states.first else { return nil }
    var revision = Revision(changes: 0, modified: first.committed)
    for (before, after) in zip(states, states.dropFirst()) {
      if before.time != after.time || before.status != after.status { revision.changes += 1 }
      if before.time != after.time || before.status != after.status || before.words != after.words {
        revision.modified = after.committed
      }
    }
    return revision
  }
}

extension CalendarHistory {
  /// What Git shows of how a release was planned.
  package struct Plan: Sendable {
    /// What was scheduled when it first left `planned`: a day or a moment, and the end of a span that was given.
    package var promised: (at: When, until: When?)?
    /// How often what was scheduled was put off or brought forward before it went out.
    package var moves = 0
    /// When it first was a candidate.
    package var candidate: Moment?
  }

  /// - Returns: `nil` for what stands in no commit, or only since it went out: nobody can tell what was planned.
  package func plan(of release: ReleaseID) -> Plan? {
    let states = (states[.release(release)] ?? []).prefix { $0.status?.hasShipped != true }
    guard let last = states.last else { return nil }
    var plan = Plan()
    let leaving = states.first { $0.status != .planned } ?? last
    plan.promised = leaving.scheduled
    let times = states.map(\.time).filter { $0 != "/" }
    plan.moves = zip(times, times.dropFirst()).count { $0 != $1 }
    plan.candidate = states.first { $0.status == .candidate }?.committed
    return plan
  }
}

extension CalendarHistory.State {
  /// As the record of a release that was not out said it.
  fileprivate var scheduled: (at: When, until: When?)? {
    let parts = time.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let at = parts.first.flatMap({ When($0) }) else { return nil }
    return (at, parts.count > 1 ? When(parts[1]) : nil)
  }

  /// Whether the public saw it in the time until the next state.
  ///
  /// - Parameters:
  ///   - showsRoadmap: Of its product, which is public.
  ///   - next: When the next state was published; `nil` for the last.
  /// - Returns: The state as the public saw it: after an embargo not before its end.
  func forPublic(showsRoadmap: Bool, until next: Moment?) -> CalendarHistory.State? {
    guard audience ?? .public == .public else { return nil }
    if let status, !status.hasShipped, !showsRoadmap { return nil }
    guard let embargoUntil, embargoUntil > committed else { return self }
    if let next, next <= embargoUntil { return nil }
    var seen = self
    seen.committed = embargoUntil
    return seen
  }
}

extension CalendarHistory {
  /// What the public saw of it.
  func forPublic(_ ledger: Ledger) -> CalendarHistory {
    var open = CalendarHistory()
    open.obstacle = obstacle
    open.states.reserveCapacity(states.count)
    var roadmaps: [ProductID: Bool] = [:]
    var internals: Set<ProductID> = []
    let shelves = ledger.shelves.span
    for place in shelves.indices {
      let id = shelves[place].product.id
      if shelves[place].product.audience == .public {
        roadmaps[id] = shelves[place].product.showsRoadmap
      } else {
        internals.insert(id)
      }
    }
    for (subject, states) in states {
      let product: ProductID? =
        switch subject {
        case .release(let release): release.product
        case .line(let product, _): product
        default: nil
        }
      if let product, internals.contains(product) { continue }
      let showsRoadmap = product.flatMap { roadmaps[$0] }
      let seen = states.indices.compactMap { index -> State? in
        let next = index + 1 < states.count ? states[index + 1].committed : nil
        if let showsRoadmap { return states[index].forPublic(showsRoadmap: showsRoadmap, until: next) }
        return states[index].audience ?? .public == .public ? states[index] : nil
      }
      if !seen.isEmpty { open.states[subject] = seen }
    }
    return open
  }
}
