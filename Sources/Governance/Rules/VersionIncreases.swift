import Diagnostics
import Model

extension Rule {
  private static let featureIsMinor = Parameter<Bool>.flag(
    "feature_is_minor", default: false, "Whether a feature needs a minor version at least.")

  static let versionIncreases = Rule(
    "version-increases",
    title: "the version is higher than the one before, and its step fits its changes",
    why: """
      People and their tools decide by the number alone whether to upgrade; a breaking change in a minor version breaks \
      them without a warning.
      """,
    appliesTo: """
      Every release. The step is only judged for `versioning: semver` from 1.0.0 on, where the number promises \
      something.
      """,
    fix: "Give the release a higher version, a major one if it breaks something; or correct `previous`.",
    due: .planned, parameters: [featureIsMinor],
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      changes:
        - id: find-gone
          kind: breaking
          text: '`/v1/find` is gone'
          action: Call `/v2/search`
      """, fault: "id: find-gone"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      changes:
        - {id: search-fast, kind: feature, text: Search is faster}
      """)
  ) { release in
    let version = release.release.version
    guard let previous = release.release.previous else { return .passed("it is the first of its line") }
    guard previous.precedes(version) else {
      return .failed(
        "\(release.name) is not higher than `\(previous.text)`, which it follows", at: release.place,
        help: "give it a higher version, or correct `previous`")
    }
    // By default `previous` is lower by construction, so what Git says of the others is asked as well.
    let shelf = release.shelf
    if let higher = shelf.releases.first(where: { other in
      other.position != release.subject.position && version.precedes(other.release.version)
        && other.release.commit != release.release.commit
        && shelf.lineage.contains(other.position, in: release.subject.position)
    }) {
      return .failed(
        "\(release.name) is not higher than `\(higher.release.version.text)`, which it contains", at: release.place,
        help: "give it a higher version, or correct its `commit`")
    }
    let passed = Verdict.passed("it is higher than `\(previous.text)`, and its step fits its changes")
    guard version.scheme == .semver, let major = version.numbers.first, major > 0, previous.numbers.first == major
    else {
      return passed
    }
    // What only insiders see breaks no customer of a public product.
    let audience = release.release.audience
    let breaking = release.release.changes.filter { $0.kind == .breaking && $0.audience <= audience }
    var problems = breaking.map { change in
      Reason(
        "`\(change.id)` breaks what worked in `\(previous.text)`, and \(release.name) is no major version",
        at: change.location, help: "release it as \(major + 1).0.0, or keep what worked")
    }
    if release[featureIsMinor], version.numbers.dropFirst().first == previous.numbers.dropFirst().first {
      problems += release.release.changes.filter { $0.kind == .feature }.map { change in
        Reason(
          "`\(change.id)` is a feature, and \(release.name) is only a patch", at: change.location,
          help: "release it as a minor version")
      }
    }
    return problems.isEmpty ? passed : .failed(problems)
  }
}
