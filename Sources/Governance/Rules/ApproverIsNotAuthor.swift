import Diagnostics
import Model

extension Rule {
  static let approverIsNotAuthor = Rule(
    "approver-is-not-author",
    title: "nobody who made it approved it",
    why: "Four eyes see what two overlook, and no one person can bring a change to customers alone.",
    appliesTo: "Releases with approvals.",
    fix: "Ask someone outside `authors` to approve.",
    due: .deployment, takesProof: true,
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
    guard !authors.isEmpty else {
      return .unverifiable(
        Reason("nobody says who made \(release.name)", at: release.place), need: "list its `authors`")
    }
    guard release.setting.provenBy == .record else {
      return .unverifiable(
        Reason("what Git knows of the authors is not read yet", at: release.place),
        need: "use `proven_by: record` until then")
    }
    return .passed(
      approvals.map {
        Reason("`\($0.by.value)` is none of its authors, as stated in the record", at: $0.by.location)
      })
  }
}
