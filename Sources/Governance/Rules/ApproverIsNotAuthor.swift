import Diagnostics
import Model

extension Rule {
  enum Committers: String, CaseIterable, Sendable { case ignore, count }

  private static let unknownAuthors = Parameter<FourEyes.UnknownAuthors>.choice(
    "unknown_authors", default: .fail,
    "What an author means whose address nobody in `people` has, where Git is asked: a failure, or a line in the list.")
  private static let committers = Parameter<Committers>.choice(
    "committers", default: .ignore, "Whether the committer of what somebody else authored is an author too.")

  static let approverIsNotAuthor = Rule(
    "approver-is-not-author",
    title: "nobody who made it approved it",
    why: "Four eyes see what two overlook, and no one person can bring a change to customers alone.",
    appliesTo: """
      Releases with approvals. With `proven_by: git` the authors and co-authors of its commits count too; commits that \
      touch only the content folder and merges that add nothing do not.
      """,
    fix: "Ask someone who made nothing in the release to approve it, after its last commit.",
    due: .deployment, parameters: [unknownAuthors, committers], takesProof: true, asksForProof: [.commits, .origins],
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      authors: [ana, ben]
      approvals:
        - {by: ben, role: security, at: 2026-10-19T15:00Z, decision: approved}
      """, fault: "ben, role"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      authors: [ben]
      approvals:
        - {by: ana, role: release-manager, at: 2026-10-19T15:00Z, decision: approved}
      """)
  ) { release in
    let approvals = release.release.approvals.filter { approval in
      approval.decision.value == .approved && approval.at.map { release.hasHappened($0.value) } ?? true
    }
    guard !approvals.isEmpty else { return .notApplicable("nobody approved it") }
    let authors = release.release.authors
    let problems = approvals.compactMap { approval -> Reason? in
      guard let author = authors.first(where: { $0.value == approval.by.value }) else { return nil }
      return Reason(
        "\(release.name) is approved by one of its authors, `\(author.value)`", at: approval.by.location,
        label: "also listed in `authors`", notes: [Diagnostic.Note("authors are declared", at: author.location)],
        help: "ask someone outside `authors` to approve")
    }
    guard problems.isEmpty else { return .failed(problems) }
    guard release.setting.provenBy == .record else {
      return fourEyes(
        of: approvals, release, unknown: release[unknownAuthors], countsCommitters: release[committers] == .count)
    }
    guard !authors.isEmpty else {
      return .unverifiable(
        Reason("nobody says who made \(release.name)", at: release.place), need: "list its `authors`")
    }
    return .passed(
      approvals.map {
        Reason("`\($0.by.value)` is none of its authors, as stated in the record", at: $0.by.location)
      })
  }

  private static func fourEyes(
    of approvals: [Approval], _ release: RuleCase, unknown: FourEyes.UnknownAuthors, countsCommitters: Bool
  ) -> Verdict {
    let eyes = FourEyes(
      of: release.release, release.product, in: release.facts, level: release.setting.provenBy,
      countsCommitters: countsCommitters)
    if let obstacle = eyes.obstacle { return .unverifiable(obstacle.reason, need: obstacle.need) }
    let changes = eyes.changes
    var problems = approvals.compactMap { objection(to: $0, eyes, release) }
    if unknown == .fail { problems += eyes.unknown(at: release.place) }
    if release.setting.provenBy == .signedGit { problems += changes.compactMap { unsigned($0, release) } }
    guard problems.isEmpty else { return .failed(problems) }
    let list =
      eyes.strangers.isEmpty ? "" : "; " + eyes.strangers.joined(separator: ", ") + " cannot be told"
    let words =
      release.setting.provenBy == .signedGit
      ? "as the signatures of its \(changes.count) commits prove"
      : "as its \(changes.count) commits state; Git does not authenticate that"
    return .passed(
      approvals.map { Reason("`\($0.by.value)` is none of its authors, \(words)\(list)", at: $0.by.location) })
  }

  private static func unsigned(_ change: ReleasedChange, _ release: RuleCase) -> Reason? {
    if case .good(_, let person?) = change.signature, person == release.facts.identities.person(change.commit.author) {
      return nil
    }
    return Reason(
      "who made commit `\(CommitMark(change.commit).name)` is not proven by a signature of its author",
      at: release.place,
      help: "sign commits, with a key that `allowed_signers` lists")
  }

  private static func objection(to approval: Approval, _ eyes: FourEyes, _ release: RuleCase) -> Reason? {
    let by = approval.by.value
    if let authorship = eyes.authorship(of: by) {
      return Reason(
        "\(release.name) is approved by `\(by)`, who \(authorship.words)", at: approval.by.location,
        help: "ask someone who made nothing in it to approve")
    }
    guard let last = eyes.last else { return nil }
    func early(_ how: String, at place: SourceLocation) -> Reason {
      Reason(
        "`\(by)` \(how) before its last commit, `\(CommitMark(last).name)` of "
          + release.zone.words(for: last.committed), at: place, help: "ask again after the last commit")
    }
    guard let at = approval.at else {
      return Reason(
        "the approval by `\(by)` does not say when, so it may be older than the last commit of \(release.name)",
        at: approval.location, help: "add `at`")
    }
    if at.value.end(in: release.zone) < last.committed { return early("approved \(release.name)", at: at.location) }
    // An entry that was committed before was written before, whatever day it names.
    if case .commit(let origin)? = release.ledger.git.origins[approval.location],
      (origin.merge ?? origin.commit).committed < last.committed
    {
      return early("committed the approval of \(release.name)", at: at.location)
    }
    return nil
  }
}
