import Diagnostics
import Model

extension Rule {
  private static let guide = Parameter<Bool>.flag(
    "guide", default: false, "Whether a release that breaks something needs an upgrade guide too.")

  static let breakingExplained = Rule(
    "breaking-explained",
    title: "each breaking change and removal says what to do",
    why: """
      Whoever upgrades must learn from the notes what will stop working and what to do about it, not from an outage.
      """,
    appliesTo: "Releases with a change of the kind `breaking` or `removal`.",
    fix: """
      Give each such change an `action` in the record. Where the notes are Markdown, name a page in `upgrade.guide` that \
      says it.
      """,
    due: .candidate, parameters: [guide],
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      changes:
        - id: find-gone
          kind: breaking
          text: '`/v1/find` is gone'
      """, fault: "id: find-gone"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      changes:
        - id: find-gone
          kind: breaking
          text: '`/v1/find` is gone'
          action: Call `/v2/search`
      """)
  ) { release in
    let breaking = release.release.changes.filter { $0.kind == .breaking || $0.kind == .removal }
    guard !breaking.isEmpty else { return .notApplicable("it breaks and removes nothing") }
    let hasGuide = release.release.upgrade.guide != nil
    var problems = breaking.filter { $0.action == nil && !($0.isProse && hasGuide) }.map { change in
      Reason(
        "the \(change.kind == .removal ? "removal" : "breaking change") `\(change.id)` does not say what to do",
        at: change.location,
        help: change.isProse ? "say it on a page and name that as `upgrade.guide`" : "add an `action`")
    }
    if release[guide], !hasGuide {
      problems.append(
        Reason(
          "\(release.name) breaks something and has no upgrade guide", at: release.place,
          notes: [Diagnostic.Note("the policy asks for one", at: release.setting.location(of: guide))],
          help: "write a page and name it as `upgrade.guide`"))
    }
    return .failed(
      problems,
      otherwise: breaking.map {
        Reason("`\($0.id)` says what to do", at: $0.location)
      })
  }
}

extension Change {
  /// Whether it stands in Markdown, where it has no fields of its own.
  fileprivate var isProse: Bool {
    switch origin {
    case .record, .fragment: false
    case .notes, .prose, .commit: true
    }
  }
}
