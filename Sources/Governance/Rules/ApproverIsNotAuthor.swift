import Diagnostics
import Model

extension Rule {
  enum UnknownAuthors: String, CaseIterable, Sendable { case fail, list }
  enum Committers: String, CaseIterable, Sendable { case ignore, count }

  private static let unknownAuthors = Parameter<UnknownAuthors>.choice(
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
    due: .deployment, parameters: [unknownAuthors, committers], takesProof: true, asksForProof: .commits,
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
    of approvals: [Approval], _ release: RuleCase, unknown: UnknownAuthors, countsCommitters: Bool
  ) -> Verdict {
    let changes: [ReleasedChange]
    switch release.changesInGit {
    case .known(let known): changes = known.filter(\.countsAsAuthorship)
    case .unknown(let reason): return .unverifiable(reason, need: reason.help ?? "fetch the whole history")
    }
    var authorship = Authorship()
    for change in changes { authorship.add(change, countsCommitter: countsCommitters, release) }
    var problems = approvals.compactMap { authorship.objection(to: $0, release) }
    if unknown == .fail { problems += authorship.unknown(in: release) }
    if release.setting.provenBy == .signedGit { problems += changes.compactMap { unsigned($0, release) } }
    guard problems.isEmpty else { return .failed(problems) }
    let list =
      authorship.strangers.isEmpty ? "" : "; " + authorship.strangers.joined(separator: ", ") + " cannot be told"
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
}

/// Who made what in a release.
private struct Authorship {
  /// A commit of each person, by their ids.
  private var commits: [String: Commit] = [:]
  /// The identities that nobody in `people` has, in the order of the commits.
  private(set) var strangers: [String] = []
  private var last: Commit?

  mutating func add(_ change: ReleasedChange, countsCommitter: Bool, _ release: RuleCase) {
    let people = release.facts.identities
    for author in change.commit.authors + (countsCommitter ? [change.commit.committer] : []) {
      guard !people.isBot(author.email) else { continue }
      if let person = people.person(author) {
        if commits[person] == nil { commits[person] = change.commit }
      } else {
        let name = "`\(author.email.isEmpty ? author.name : author.email)`"
        if !strangers.contains(name) { strangers.append(name) }
      }
    }
    if last.map({ $0.committed < change.commit.committed }) ?? true { last = change.commit }
  }

  func objection(to approval: Approval, _ release: RuleCase) -> Reason? {
    let by = approval.by.value
    if let commit = commits[by] {
      let isAuthor = release.facts.identities.person(commit.author) == by
      return Reason(
        "\(release.name) is approved by `\(by)`, \(isAuthor ? "the author" : "a co-author or committer") of commit "
          + "`\(CommitMark(commit).name)` in it", at: approval.by.location,
        help: "ask someone who made nothing in it to approve")
    }
    guard let last, let at = approval.at, at.value.end(in: release.zone) < last.committed else { return nil }
    return Reason(
      "`\(by)` approved \(release.name) before its last commit, `\(CommitMark(last).name)` of "
        + release.zone.words(for: last.committed), at: at.location, help: "ask again after the last commit")
  }

  func unknown(in release: RuleCase) -> [Reason] {
    strangers.map { name in
      Reason(
        "nobody in `people` has \(name), which is the address of an author of \(release.name)", at: release.place,
        help: "add it to the `emails` of whoever it is, or map it in `.mailmap`")
    }
  }
}
