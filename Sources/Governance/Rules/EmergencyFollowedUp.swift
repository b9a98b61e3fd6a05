import Diagnostics
import Model

extension Rule {
  private static let within = Parameter<TimeSpan>.duration(
    "within", default: TimeSpan(days: 2), "How soon after it went out.")
  private static let roles = Parameter<[RoleCount]>.roles(
    "roles", default: [RoleCount(role: "release-manager", count: 1)], "How many people of which roles must approve.")

  static let emergencyFollowedUp = Rule(
    "emergency-followed-up",
    title: "an emergency release was approved soon after the fact",
    why:
      "In an emergency there is no time to ask; that somebody looks at it afterwards keeps it from becoming a habit.",
    appliesTo: "Releases with `procedure: emergency`. Who made it does not approve it, before the fact or after.",
    fix: "Ask the people who hold the roles to look at it, and record their approval with `at`.",
    due: .after { $0.subject.deployed?.advanced(by: $0[within], in: $0.zone) }, parameters: [within, roles],
    takesProof: true, asksForProof: [.origins, .commits],
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      procedure: emergency
      approvals:
        - {by: ana, role: release-manager, at: 2026-10-25T15:00Z, decision: approved}
      """, fault: "2026-10-25T15:00Z"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      procedure: emergency
      approvals:
        - {by: ana, role: release-manager, at: 2026-10-21T15:00Z, decision: approved}
      """)
  ) { release in
    guard release.release.procedure?.value == .emergency else { return .notApplicable("it was no emergency") }
    let eyes = FourEyes(
      of: release.release, release.product, in: release.facts, level: release.setting.provenBy)
    switch Ballot(of: release, but: eyes).verdict(
      on: release[roles], release, asked: release.setting.location(of: roles))
    {
    case .failed(let reasons): return .lacking(reasons)
    case let verdict: return verdict
    }
  }
}
