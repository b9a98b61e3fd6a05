import Diagnostics
import Model

extension Rule {
  private static let trailers = Parameter<Bool>.flag(
    "trailers", default: true, "Whether `Reviewed-by:` and `Approved-by:` in a commit or its merge count.")
  private static let allow = Parameter<[Located<String>]>.texts(
    "allow", "Subjects of commits that need no review, with `*` for anything, such as `chore(deps):*`.")

  private static let unknownAuthors = Parameter<FourEyes.UnknownAuthors>.choice(
    "unknown_authors", default: .fail,
    "What a reviewer or an author means whom nobody in `people` is: no review, or somebody else where addresses differ."
  )

  static let changesReviewed = Rule(
    "changes-reviewed",
    title: "each commit was reviewed by someone other than its author",
    why: "What only its author has looked at carries the mistakes that one person overlooks, and any that one intends.",
    appliesTo: """
      Releases whose commit Git knows. Merges that add nothing and commits that touch only the content folder are left \
      alone. A review export in the evidence counts, and so do trailers, which Git does not authenticate. Reviewers are \
      known by `emails` and `logins` in `people`.
      """,
    fix: """
      Add an export of the reviews to `evidence`, or have reviewers named in `Reviewed-by:` trailers of the commits or \
      of the merges that bring them.
      """,
    due: .candidate, parameters: [trailers, allow, unknownAuthors], asks: [.commits, .evidenceDates],
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      """, circumstances: "one of its commits has no `Reviewed-by:`, and no export knows a review of it"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      """, circumstances: "the merge that brought its commits has the trailer `Reviewed-by: Ana <ana@harbor.example>`")
  ) { release in
    let allowed = release[allow].map { Wildcard($0.value) }
    let changes: [ReleasedChange]
    switch release.changesInGit {
    case .known(let known):
      changes = known.filter { change in
        change.countsAsAuthorship && !allowed.contains { $0.matches(change.commit.subject) }
      }
    case .unknown(let reason, let need): return .unverifiable(reason, need: need)
    }
    let exports = release.reviewExports
    let lenient = release[unknownAuthors] == .list
    var (byExport, byTrailer) = (0, 0)
    var open: [ReleasedChange] = []
    for change in changes {
      if exports.contains(where: { release.shows(review: change, $0, lenient: lenient) }) {
        byExport += 1
      } else if release[trailers], release.hasReviewTrailer(change, lenient: lenient) {
        byTrailer += 1
      } else {
        open.append(change)
      }
    }
    guard let first = open.first else { return .passed(words(byExport, byTrailer), at: release.place) }
    let rest = open.count > 1 ? " and of \(open.count - 1) more" : ""
    return .failed(
      "nothing shows a review of commit `\(CommitMark(first.commit).name)` by someone else than its author\(rest)",
      at: release.place,
      notes: open.dropFirst().prefix(9).map { Diagnostic.Note("nor of `\(CommitMark($0.commit).name)`", at: nil) },
      help: "add the export of its review to `evidence`, or have it reviewed")
  }

  private static func words(_ byExport: Int, _ byTrailer: Int) -> String {
    let parts = [
      byExport > 0 ? "\(byExport) commits were reviewed, as an export shows" : nil,
      byTrailer > 0 ? "\(byTrailer) commits were reviewed, as trailers state; Git does not authenticate them" : nil,
    ].compactMap { $0 }
    return parts.isEmpty ? "it brings no commits that need a review" : parts.joined(separator: "; ")
  }
}

/// An export of reviews by the commits that they are of.
private struct IndexedReviews {
  let made: Moment?
  private let export: ReviewExport
  private var positions: [String: [Int]] = [:]

  init(_ export: ReviewExport, made: Moment?) {
    (self.export, self.made) = (export, made)
    for (position, change) in export.changes.enumerated() {
      for commit in Set([change.head].compactMap { $0 } + change.merged + change.commits) {
        positions[commit, default: []].append(position)
      }
    }
  }

  /// Every change that has the commit, as stacked requests do.
  func changes(of commit: String) -> [ReviewedChange] { (positions[commit] ?? []).map { export.changes[$0] } }
}

extension RuleCase {
  /// With when each was made.
  fileprivate var reviewExports: [IndexedReviews] {
    release.evidence.compactMap { entry in
      guard let file = reading(of: entry)?.file, case .reviews(let export) = file.payload else { return nil }
      return IndexedReviews(export, made: made(entry, file))
    }
  }

  /// Whether the export has a review of the commit that stood at the moment, by none of those who are its authors.
  fileprivate func shows(review change: ReleasedChange, _ export: IndexedReviews, lenient: Bool) -> Bool {
    export.changes(of: change.commit.id).contains { reviewed in
      reviewed.approvals(standingAt: moment).contains { review in
        guard (review.at ?? export.made).map({ $0 <= moment }) ?? isOpen else { return false }
        let person = facts.identities.person(of: review.by)
        return isSomebodyElse(
          person, lenient ? review.by.email ?? review.by.login : nil, than: change.commit,
          and: reviewed.authors.map { facts.identities.person(of: $0) })
      }
    }
  }

  fileprivate func hasReviewTrailer(_ change: ReleasedChange, lenient: Bool) -> Bool {
    let trailers = change.commit.trailers + (change.merge?.trailers ?? [])
    return trailers.contains { trailer in
      let identity = trailer.identity
      guard trailer.isApproval, !identity.email.isEmpty, !facts.identities.isBot(identity.email) else { return false }
      return isSomebodyElse(facts.identities.person(identity), lenient ? identity.email : nil, than: change.commit)
    }
  }

  /// Whether a reviewer is known to be none of the authors; nobody can tell it of a stranger.
  ///
  /// - Parameters:
  ///   - reviewer: The id of the person.
  ///   - address: What they are called otherwise, where strangers count.
  ///   - others: The authors as the export knows them.
  private func isSomebodyElse(
    _ reviewer: String?, _ address: String?, than commit: Commit, and others: [String?] = []
  ) -> Bool {
    let people = facts.identities
    let authors = commit.authors.map { (person: people.person($0), address: $0.email.lowercased()) }
    if let reviewer {
      return !others.contains(reviewer)
        && authors.allSatisfy { author in author.person.map { $0 != reviewer } ?? (address != nil) }
    }
    guard let address = address?.lowercased(), !people.isBot(address) else { return false }
    return !authors.contains { $0.address == address }
  }
}
