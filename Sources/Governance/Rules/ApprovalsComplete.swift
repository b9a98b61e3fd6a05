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
    objection: { Ballot(of: $0).objection },
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

/// The approvals of a release that count, each person once in each role with their last word.
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

  /// - Parameter eyes: Who made it, where authors' approvals do not count.
  init(of release: RuleCase, but eyes: FourEyes? = nil) {
    var said: [Saying] = []
    for approval in release.release.approvals {
      guard approval.decision.value == .approved else {
        // An objection without a day is the last word, for nobody knows what came after it.
        if approval.at.map({ release.hasHappened($0.value) }) ?? true {
          said.append(Saying(approval: approval, moment: approval.at?.value.start(in: release.zone)))
        }
        continue
      }
      guard let at = approval.at else {
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
      let proof = release.proof(that: approval.by.value, wrote: approval.location, by: release.moment)
      proofs[approval.location] = proof
      // What is shown to be somebody else's is nobody's last word.
      if case .refuted(let words, let help) = proof {
        spoil(approval, "the approval by `\(approval.by.value)` \(words)", at: approval.by.location, help: help)
        continue
      }
      if let objection = eyes?.objection(to: approval.by.value, at: approval.by.location) {
        spoilt.append(Spoilt(role: approval.role?.value, reason: objection))
        continue
      }
      said.append(Saying(approval: approval, moment: at.value.start(in: release.zone)))
    }
    for (position, saying) in said.enumerated() {
      let isOverruled = said.enumerated().contains { later in
        later.offset != position && later.element.overrules(saying, isBelow: later.offset > position)
      }
      if !isOverruled { count(saying.approval, release) }
    }
  }

  /// What somebody said, which their next word in the same role replaces.
  private struct Saying {
    var approval: Approval
    /// `nil` for an objection without a day.
    var moment: Moment?

    /// Of two at the same time the one that stands below in the record counts. A word without a role is meant for all,
    /// where it says otherwise.
    func overrules(_ other: Saying, isBelow: Bool) -> Bool {
      guard approval.by.value == other.approval.by.value else { return false }
      let (mine, theirs) = (approval.role?.value, other.approval.role?.value)
      let differs = (approval.decision.value == .approved) != (other.approval.decision.value == .approved)
      guard mine == theirs || (differs && (mine == nil || theirs == nil)) else { return false }
      switch (moment, other.moment) {
      case (let mine?, let theirs?): return mine == theirs ? isBelow : mine > theirs
      case (nil, nil): return isBelow
      case (let mine, _): return mine == nil
      }
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
      guard (approval.conditions ?? "").isEmpty else {
        objection =
          objection
          ?? Reason(
            "`\(by)` approved \(release.name) on a condition, and nobody says that it is met",
            at: approval.decision.location, help: "meet it, and let `\(by)` approve without `conditions`")
        return
      }
      let held = release.facts.person(by)?.roles(on: at.value.date(in: release.zone)) ?? []
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
    var people: [String] = []
    for candidate in candidates where !people.contains(candidate.by) { people.append(candidate.by) }
    var holder = [Int?](repeating: nil, count: places.count)
    func approval(of person: Int, in role: String) -> Candidate? {
      candidates.first { $0.by == people[person] && $0.roles.contains(role) }
    }
    func fill(_ person: Int, _ tried: inout Set<Int>) -> Bool {
      for place in places.indices where approval(of: person, in: places[place]) != nil {
        guard tried.insert(place).inserted else { continue }
        if let other = holder[place], !fill(other, &tried) { continue }
        holder[place] = person
        return true
      }
      return false
    }
    for person in people.indices {
      var tried: Set<Int> = []
      _ = fill(person, &tried)
    }
    return places.indices.compactMap { place in
      holder[place].flatMap { approval(of: $0, in: places[place]) }.map { candidate in
        return Vote(
          by: candidate.by, role: places[place], at: candidate.at, place: candidate.place, proof: candidate.proof)
      }
    }
  }
}
