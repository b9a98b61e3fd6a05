import Diagnostics
import Model

extension Rule {
  private static let roles = Parameter<[RoleCount]>.roles(
    "roles", default: [RoleCount(role: "release-manager", count: 1)], "How many people of which roles must approve.")

  static let approvalsComplete = Rule(
    "approvals-complete",
    title: "distinct people in the required roles approved it before it went out",
    why: "A change that customers depend on is decided by those who answer for it, and not by one person alone.",
    appliesTo: "Every release; how many people of which roles is best set by risk.",
    fix: """
      Ask the people who hold the missing roles. Each approval needs `by`, `role`, `at` and `decision: approved`, and \
      must come before the first production stage.
      """,
    due: .deployment, parameters: [roles], takesProof: true, asksForProof: .origins,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      approvals:
        - {by: ben, role: release-manager, at: 2026-10-19T15:00Z, decision: approved}
      """, fault: "release-manager"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      approvals:
        - {by: ana, role: release-manager, at: 2026-10-19T15:00Z, decision: approved}
      """)
  ) { release in
    Ballot(of: release).verdict(on: release[roles], release, asked: release.setting.location(of: roles))
  }
}

/// The approvals of a release that count, each person once with their last word.
struct Ballot {
  struct Vote {
    var by: String
    var role: String
    var at: When
    var place: SourceLocation
    /// How far it is proven.
    var proof: String
  }

  /// Somebody who approved, with the roles that they held.
  private struct Candidate {
    var by: String
    var roles: [String]
    var at: When
    var place: SourceLocation
    var proof: String
    /// Why nobody can tell whether it is proven, and what would help.
    var obstacle: (reason: String, need: String)?
  }

  /// An approval that does not count, and why.
  struct Spoilt {
    var role: String?
    var reason: Reason
  }

  private var candidates: [Candidate] = []
  /// By the places of the approvals.
  private var proofs: [SourceLocation: Proof] = [:]
  private(set) var spoilt: [Spoilt] = []
  /// A rejection that stands, or a condition that nobody says is met.
  private(set) var objection: Reason?

  init(of release: RuleCase) {
    var last: [String: Approval] = [:]
    var people: [String] = []
    for approval in release.release.approvals {
      guard let at = approval.at else {
        // Of what is still open, what is in the record has happened.
        spoil(
          approval, "the approval by `\(approval.by.value)` does not say when", at: approval.location, help: "add `at`")
        continue
      }
      guard release.hasHappened(at.value) else {
        spoil(
          approval,
          "the approval by `\(approval.by.value)` came after it was due on "
            + release.zone.words(for: release.moment), at: at.location, help: "next time, ask earlier")
        continue
      }
      if approval.decision.value == .approved {
        let proof = release.proof(that: approval.by.value, wrote: approval.location, by: release.moment)
        proofs[approval.location] = proof
        // What is shown to be somebody else's is nobody's last word.
        if case .refuted(let words, let help) = proof {
          spoil(approval, "the approval by `\(approval.by.value)` \(words)", at: approval.by.location, help: help)
          continue
        }
      }
      let before = last.updateValue(approval, forKey: approval.by.value)
      if let before {
        // The last word counts; of two at the same time the later in the record.
        let isLater = before.at.map { $0.value.start(in: release.zone) <= at.value.start(in: release.zone) } ?? true
        if !isLater { last[approval.by.value] = before }
      } else {
        people.append(approval.by.value)
      }
    }
    for id in people {
      if let approval = last[id] { count(approval, release) }
    }
  }

  private mutating func count(_ approval: Approval, _ release: RuleCase) {
    let by = approval.by.value
    switch approval.decision.value {
    case .rejected:
      objection =
        objection
        ?? Reason(
          "`\(by)` rejected \(release.name), and did not approve it since", at: approval.decision.location,
          help: "mend what they object to, and ask again")
    case .conditional:
      objection =
        objection
        ?? Reason(
          "`\(by)` approved \(release.name) on a condition, and nobody says that it is met",
          at: approval.decision.location,
          help: "meet it, and let `\(by)` approve")
    case .withdrawn:
      spoil(
        approval, "`\(by)` withdrew the approval", at: approval.decision.location,
        help: "ask again, or ask somebody else")
    case .approved:
      guard let at = approval.at else { return }
      let held = (release.facts.person(by)?.roles ?? []).map(\.id).filter { role in
        release.facts.person(by).map { release.holds($0, role: role, at: at.value) } ?? false
      }
      if let role = approval.role, !held.contains(role.value) {
        let day = at.value.date(in: release.zone).words
        spoil(
          approval, "`\(by)` did not hold the role `\(role.value)` on \(day)", at: role.location,
          help: "ask somebody who does, or correct `roles` of `\(by)` in gazette.yml")
      } else {
        var candidate = Candidate(
          by: by, roles: approval.role.map { [$0.value] } ?? held, at: at.value, place: approval.by.location, proof: "")
        switch proofs[approval.location] {
        case .shown(let words): candidate.proof = words
        case .unknown(let reason, let need): candidate.obstacle = (reason, need)
        case .refuted, nil: return
        }
        candidates.append(candidate)
      }
    }
  }

  private mutating func spoil(_ approval: Approval, _ text: String, at place: SourceLocation, help: String) {
    spoilt.append(Spoilt(role: approval.role?.value, reason: Reason(text, at: place, help: help)))
  }

  /// Whether the roles are filled, each place by another person.
  func verdict(on wanted: [RoleCount], _ release: RuleCase, asked place: SourceLocation) -> Verdict {
    if let objection { return .failed([objection]) }
    let places = wanted.flatMap { Array(repeating: $0.role, count: $0.count) }
    let chosen = assignment(to: places)
    var problems: [Reason] = []
    for role in wanted {
      let count = chosen.count { $0.role == role.role }
      guard count < role.count else { continue }
      let near = spoilt.filter { $0.role == nil || $0.role == role.role }.map(\.reason)
      let missing = Reason(
        "\(release.name) has \(count) of \(role.count) approvals by `\(role.role)`", at: release.place,
        notes: [Diagnostic.Note("the policy asks for them", at: place)],
        help: "ask somebody who holds the role `\(role.role)` to approve")
      problems += near.isEmpty ? [missing] : near
    }
    guard problems.isEmpty else { return .failed(problems) }
    var sure = self
    sure.candidates.removeAll { $0.obstacle != nil }
    let proven = sure.assignment(to: places)
    if proven.count < places.count, let doubtful = candidates.first(where: { $0.obstacle != nil }),
      let obstacle = doubtful.obstacle
    {
      return .unverifiable(
        Reason(
          "nobody can tell who committed the approval by `\(doubtful.by)`, for \(obstacle.reason)", at: doubtful.place),
        need: obstacle.need)
    }
    return .passed(
      proven.map { vote in
        let when = vote.at.words(in: release.zone)
        return Reason("`\(vote.by)` approved as `\(vote.role)` on \(when), \(vote.proof)", at: vote.place)
      })
  }

  /// As many of the places as different people can fill, by augmenting paths.
  func assignment(to places: [String]) -> [Vote] {
    var holder = [Int?](repeating: nil, count: places.count)
    func fill(_ candidate: Int, _ tried: inout Set<Int>) -> Bool {
      for place in places.indices where candidates[candidate].roles.contains(places[place]) {
        guard tried.insert(place).inserted else { continue }
        if let other = holder[place], !fill(other, &tried) { continue }
        holder[place] = candidate
        return true
      }
      return false
    }
    for candidate in candidates.indices {
      var tried: Set<Int> = []
      _ = fill(candidate, &tried)
    }
    return places.indices.compactMap { place in
      holder[place].map { index in
        let candidate = candidates[index]
        return Vote(
          by: candidate.by, role: places[place], at: candidate.at, place: candidate.place, proof: candidate.proof)
      }
    }
  }
}
