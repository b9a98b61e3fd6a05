import Diagnostics
import Model

extension Rule {
  static let releaseRecorded = Rule(
    "release-recorded",
    title: "every tag that matches has a record",
    why: "An auditor asks first whether the list is complete: a release without a record was held to nothing.",
    appliesTo: """
      Every release. Tags that are no release here are named with the highest version of their product that went out. \
      Deployment events and published artifacts are not compared yet.
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
    let isSpokesman = release.shelf.spokesman?.release.id == release.release.id
    let missing = isSpokesman ? release.ledger.git.tagsWithoutRecord[release.product.id] ?? [] : []
    guard missing.isEmpty else { return .failed(missing.map { $0.withoutRecord(of: release.product, in: release.zone) }) }
    if let obstacle = release.ledger.git.tagObstacles[release.product.id] {
      return .unverifiable(
        Reason("nobody can tell whether all tags are here, for \(obstacle.words)", at: release.product.location),
        need: obstacle.cure)
    }
    return .passed(
      isSpokesman
        ? "it has a record, and so has each tag; events of deployments and published artifacts were not compared"
        : "it has a record", at: release.place)
  }
}

extension Tag {
  /// What is wrong with it.
  func withoutRecord(of product: Product, in zone: Zone) -> Reason {
    Reason(
      "the tag `\(name)` of \(zone.words(for: date)) has no record", at: product.location,
      help: "write a record of it, or narrow `tags`", since: date)
  }
}
