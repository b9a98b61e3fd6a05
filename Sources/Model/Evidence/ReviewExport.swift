/// Reviews of changes, as the place where they happened exported them.
package struct ReviewExport: Hashable, Sendable {
  package var changes: [ReviewedChange] = []

  package init(_ changes: [ReviewedChange]) {
    self.changes = changes
  }

  /// The change that brought a commit, or `nil`. After a squash that is the commit that was merged.
  package func change(of commit: String) -> ReviewedChange? {
    changes.first { $0.head == commit || $0.merged.contains(commit) || $0.commits.contains(commit) }
  }
}

/// A pull request, a merge request, or one commit with its reviews.
package struct ReviewedChange: Hashable, Sendable {
  /// Such as `#12`, `!4`, or the commit where the export knows nothing else.
  package var id: String
  package var title: String?
  package var url: String?
  package var authors: [ReviewPerson] = []
  /// The commits on its branch.
  package var commits: [String] = []
  /// The last commit on its branch.
  package var head: String?
  /// What stands on the main branch since: the merge commit and the squashed one.
  package var merged: [String] = []
  package var lastPush: Moment?
  package var mergedAt: Moment?
  package var mergedBy: ReviewPerson?
  package var reviews: [ChangeReview] = []

  package init(id: String) {
    self.id = id
  }

  /// The approvals that count: of the last state, by people who did not write it, and not taken back since.
  ///
  /// An export that says neither the commit of a review nor when the last push was gives none: nobody can tell what was
  /// looked at.
  package var standingApprovals: [ChangeReview] { approvals(standingAt: nil) }

  /// Those that stood at a moment, whatever was said later.
  package func approvals(standingAt moment: Moment?) -> [ChangeReview] {
    var last: [String: Int] = [:]
    let inOrder = inOrder.filter { review in
      guard let at = review.at, let moment else { return true }
      return at <= moment
    }
    for (place, review) in inOrder.enumerated() where review.decision != .commented { last[review.by.key] = place }
    return inOrder.enumerated().compactMap { place, review in
      guard review.decision == .approved, last[review.by.key] == place, !review.by.isBot, isOfLastState(review),
        !authors.contains(where: { $0.isSame(as: review.by) })
      else { return nil }
      return review
    }
  }

  /// Whether a review looked at what was merged.
  package func isOfLastState(_ review: ChangeReview) -> Bool {
    if let commit = review.commit, let head { return commit == head }
    if let at = review.at, let lastPush { return at >= lastPush }
    return false
  }

  /// By time. Of reviews without one, approvals are taken for the first and all others for the last.
  private var inOrder: [ChangeReview] {
    let times = reviews.map { $0.at?.seconds ?? ($0.decision == .approved ? Int.min : Int.max) }
    return reviews.indices.sorted { (times[$0], $0) < (times[$1], $1) }.map { reviews[$0] }
  }
}

package struct ChangeReview: Hashable, Sendable {
  package enum Decision: Hashable, Sendable { case approved, changesRequested, commented, dismissed }

  package var by: ReviewPerson
  package var decision: Decision
  package var at: Moment?
  /// What was looked at.
  package var commit: String?

  package init(by person: ReviewPerson, decision: Decision, at moment: Moment? = nil, commit: String? = nil) {
    (by, self.decision, at, self.commit) = (person, decision, moment, commit)
  }
}

/// Somebody, as a review export names them.
package struct ReviewPerson: Hashable, Sendable {
  package var login: String?
  package var email: String?
  package var name: String?
  package var isBot = false

  package init(login: String? = nil, email: String? = nil, name: String? = nil, isBot: Bool = false) {
    (self.login, self.email, self.name) = (login, email, name)
    self.isBot = isBot || login?.hasSuffix("[bot]") == true
  }

  /// How a page calls them.
  package var displayName: String { name ?? login ?? email ?? "somebody" }

  package func isSame(as other: ReviewPerson) -> Bool {
    if let login, let theirs = other.login { return login.lowercased() == theirs.lowercased() }
    if let email, let theirs = other.email { return email.lowercased() == theirs.lowercased() }
    return false
  }

  fileprivate var key: String { (login ?? email ?? name ?? "").lowercased() }
}
