import Diagnostics
import Model

extension Rule {
  static let dependenciesReleased = Rule(
    "dependencies-released",
    title: "the releases that it depends on exist and were released before it",
    why: "A release that needs what is not out yet fails on the day it is deployed.",
    appliesTo: "Releases with `depends_on`.",
    fix: "Release the other product first, or correct `depends_on`.",
    due: .deployment,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      depends_on:
        - {product: auth, version: '>=3.1'}
      """,
      files: [RuleExample.File("releases/auth/3.0.0.yml", "status: released\nreleased: 2026-10-01T09:00Z\n")],
      fault: "auth"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      depends_on:
        - {product: auth, version: '>=3.1'}
      """, files: [RuleExample.File("releases/auth/3.1.0.yml", "status: released\nreleased: 2026-10-01T09:00Z\n")])
  ) { release in
    let needed = release.release.dependsOn
    guard !needed.isEmpty else { return .notApplicable("it depends on nothing") }
    var problems: [Reason] = []
    var met: [Reason] = []
    for dependency in needed {
      let noun = "`\(dependency.product.value)`" + (dependency.version.map { " \($0)" } ?? "")
      guard let found = release.provider(of: dependency, at: release.moment) else {
        problems.append(
          Reason(
            "\(release.name) needs \(noun), and no such release was out", at: dependency.product.location,
            help: "release it first, or correct `depends_on`"))
        continue
      }
      if release.leadsBack(from: found) {
        problems.append(
          Reason(
            "\(release.name) needs \(noun), which needs \(release.name) itself", at: dependency.product.location,
            notes: [Diagnostic.Note("`\(found.release.version.text)` is", at: found.release.location)],
            help: "let one of them work without the other"))
      } else {
        met.append(Reason("\(noun) is there: `\(found.release.version.text)`", at: dependency.product.location))
      }
    }
    return .failed(problems, otherwise: met)
  }
}

extension RuleCase {
  /// The highest release that fits and was out at a moment.
  fileprivate func provider(of dependency: ReleaseDependency, at moment: Moment) -> ReleaseFacts? {
    let range = dependency.version.map(VersionRange.init)
    return facts.shelf(of: ProductID(dependency.product.value))?.releases.first { candidate in
      candidate.release.status.hasShipped && candidate.deployed.map { $0 <= moment } ?? true
        && range?.contains(candidate.release.version) ?? true
    }
  }

  /// Whether what a release needs, and what that needs, leads to this release.
  ///
  /// What a release needs is what fitted when it went out itself, so that whatever was out before this one never needs
  /// it, and the walk ends there.
  fileprivate func leadsBack(from start: ReleaseFacts) -> Bool {
    guard subject.wentOut else { return false }
    var seen: Set<ReleaseID> = [start.release.id]
    var waiting = [start]
    while let next = waiting.popLast() {
      if next.release.id == subject.release.id { return true }
      let then = next.deployed ?? moment
      if let mine = subject.deployed, then < mine { continue }
      for found in next.release.dependsOn.compactMap({ provider(of: $0, at: then) })
      where seen.insert(found.release.id).inserted {
        waiting.append(found)
      }
    }
    return false
  }
}
