import Diagnostics
import Model

extension Rule {
  static let releaseRecorded = Rule(
    "release-recorded",
    title: "every tag that matches has a record",
    why: "An auditor asks first whether the list is complete: a release without a record was held to nothing.",
    appliesTo: """
      Every release. Tags that are no release here are named with the highest version of their product. Deployment \
      events are not compared yet.
      """,
    fix: "Write a record for the tag, or narrow `tags` of the product so that it does not match.",
    due: .everAfter, asks: .commits,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      """, circumstances: "there is a tag `gateway-v2.3.2` and no record of it"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      """, circumstances: "each tag that matches has a record")
  ) { release in
    if let obstacle = release.ledger.git.obstacle {
      return .unverifiable(
        Reason("nobody can tell whether all tags are here, for \(obstacle.words)", at: release.place),
        need: obstacle.cure)
    }
    if release.release.isDiscovered {
      return .failed(
        "a tag names \(release.name), and there is no record of it", at: release.place,
        help: "write `releases/\(release.product.id)/\(release.release.version.text).yml`")
    }
    let missing = release.subject.position == 0 ? release.ledger.git.tagsWithoutRecord[release.product.id] ?? [] : []
    return .failed(
      missing.map { tag in
        Reason(
          "the tag `\(tag.name)` of \(release.zone.words(for: tag.date)) has no record", at: release.product.location,
          help: "write a record of it, or narrow `tags`")
      }, otherwise: [Reason("it has a record", at: release.place)])
  }
}
