import Diagnostics
import Model

extension Rule {
  private static let roles = Parameter<[Located<String>]>.ids(
    "roles", default: ["compliance"], "The roles of which an approver of a change must hold one.")

  static let policyApproved = Rule(
    "policy-approved",
    title: "each change of what releases are held to was approved by somebody who answers for it",
    why: "Whoever may quietly change the rules, the roles or the signers can let any release pass.",
    appliesTo: """
      Releases that went out: changes of policy, waivers, calendar, people, environments and signers since the release \
      before it, up to when it went out; those since the newest release are named with it.
      """,
    fix: """
      Let somebody in the role merge the change, or be named in an `Approved-by:` trailer of the merge, who made none \
      of it. With `proven_by: signed-git` they sign the merge.
      """,
    due: .everAfter, parameters: [roles], takesProof: true, asks: .policyChanges,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      """, circumstances: "Ben changed `policy/releases.yml` by himself"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      """, circumstances: "Ben changed `policy/releases.yml`, and Dana, in the role `compliance`, merged it")
  ) { release in
    if let obstacle = release.ledger.git.obstacle {
      return obstacle.verdict(nobodyCanTell: "who changed the policy", at: release.place)
    }
    // What changed after the newest release judges the others already, and is not left to the next.
    let isSpokesman = release.shelf.spokesman?.release.id == release.release.id
    let end = isSpokesman ? nil : release.subject.deployed ?? release.ledger.asOf
    let start = release.predecessor?.deployed
    let changes = release.ledger.git.policyChanges.filter { change in
      end.map { change.published <= $0 } ?? true && start.map { $0 < change.published } ?? true
    }
    guard !changes.isEmpty else {
      let since = release.release.previous.map { " since `\($0.text)`" } ?? ""
      return .passed("nobody changed what it is held to\(since)", at: release.place)
    }
    let wanted = Set(release[roles].map(\.value))
    var problems: [Reason] = []
    var approved: [Reason] = []
    for change in changes {
      let mark = CommitMark(change.commit)
      let files =
        change.paths.prefix(3).map { "`\($0)`" }.joined(separator: ", ") + (change.paths.count > 3 ? " and others" : "")
      // A change of the policy is held to the roles of the policy before it.
      let named = change.roles.map { $0.isEmpty ? wanted : Set($0) } ?? wanted
      switch release.approval(of: change, by: named) {
      case .shown(let words):
        approved.append(Reason("the change of \(files) was approved: \(words)", at: release.place))
      case .unknown(let reason, let need):
        return .unverifiable(
          Reason("nobody can tell who approved commit `\(mark.name)`, for \(reason)", at: release.place), need: need)
      case .refuted(let words, let help):
        problems.append(
          Reason(
            "commit `\(mark.name)` of \(release.zone.words(for: mark.committed)) changed \(files), and \(words)",
            at: SourceLocation(file: change.paths.first ?? release.place.file), help: help, since: change.published))
      }
    }
    return .failed(problems, otherwise: approved)
  }
}

extension RuleCase {
  /// Whether somebody in one of the roles approved a change of which they made nothing.
  fileprivate func approval(of change: PolicyChange, by roles: Set<String>) -> Proof {
    let people = facts.identities
    let authors = change.parts.flatMap(\.authors)
    let makers = Set(authors.compactMap { people.person($0) })
    if let stranger = authors.first(where: { people.person($0) == nil }) {
      let address = stranger.email.isEmpty ? stranger.name : stranger.email
      return .refuted(
        "nobody can tell who made it, for nobody in `people` has `\(address)`",
        help: "add it to the `emails` of whoever it is, or map it in `.mailmap`")
    }
    func mayApprove(_ identity: Commit.Identity) -> String? {
      people.person(identity).flatMap { isApprover($0, roles, makers, at: change.commit.committed) ? $0 : nil }
    }
    let commit = "`\(CommitMark(change.commit).name)`"
    let help = "let somebody in the role \(roles.sorted().map { "`\($0)`" }.joined(separator: " or ")) approve it"
    if setting.provenBy == .signedGit {
      switch change.signature {
      case .good(_, let person?) where isApprover(person, roles, makers, at: change.commit.committed):
        return .shown("proven by the signature of `\(person)` under \(commit)")
      case .unverifiable(let reason, let need): return .unknown(reason, need: need)
      default: return .refuted("nobody else in the role signed it", help: help)
      }
    }
    guard change.commit.isMerge else { return .refuted("nobody else merged it", help: help) }
    if !change.parts.contains(where: { $0.id == change.commit.id }), let person = mayApprove(change.commit.author) {
      return .shown("`\(person)` is the author of the merge \(commit); Git does not authenticate that")
    }
    for trailer in change.commit.trailers where trailer.isApproval {
      if let person = mayApprove(trailer.identity) {
        return .shown("the merge \(commit) has `\(trailer.key)` by `\(person)`; Git does not authenticate that")
      }
    }
    return .refuted("nobody else in the role approved it", help: help)
  }

  private func isApprover(_ person: String, _ roles: Set<String>, _ makers: Set<String>, at moment: Moment) -> Bool {
    guard !makers.contains(person), let person = facts.person(person) else { return false }
    return roles.contains { holds(person, role: $0, at: .moment(moment)) }
  }
}
