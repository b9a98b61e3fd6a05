import Diagnostics
import Model

extension Rule {
  static let releaseRecorded = Rule(
    "release-recorded",
    title: "every tag that matches, deployment to production and published artifact has a record",
    why: "An auditor asks first whether the list is complete: a release without a record was held to nothing.",
    appliesTo: """
      Every release. Tags, deployments to production and published artifacts of no release that went out are named with \
      the highest version of their product that did. The latter two are known from `events/`.
      """,
    fix: """
      Write a record of what went out. Where a tag is none of a release, narrow `tags` of the product so that it does \
      not match.
      """,
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
    let git = release.ledger.git
    let (product, zone) = (release.product, release.zone)
    if release.release.isDiscovered, git.obstacle == nil {
      return .failed(
        "a tag names \(release.name), and there is no record of it", at: release.place,
        help: "write `releases/\(product.id)/\(release.release.version.text).yml`")
    }
    let isSpokesman = release.shelf.spokesman?.release.id == release.release.id
    let told = isSpokesman ? release.shelf.unrecordedDeliveries(in: release.facts) : []
    let tags = isSpokesman && git.obstacle == nil ? git.tagsWithoutRecord[product.id] ?? [] : []
    let missing = tags.map { $0.withoutRecord(of: product, in: zone) } + told.map { $0.withoutRecord(in: zone) }
    guard missing.isEmpty else { return .failed(missing) }
    if let obstacle = git.obstacle {
      return obstacle.verdict(nobodyCanTell: "whether all tags are here", at: release.place)
    }
    if let obstacle = git.tagObstacles[product.id] {
      return obstacle.verdict(nobodyCanTell: "whether all tags are here", at: product.location)
    }
    let events =
      release.facts.deliveries.areKept(for: product.id)
      ? ", each deployment and each artifact that a tool told of" : "; no tool told of deployments or artifacts"
    return .passed(isSpokesman ? "it has a record, and so has each tag" + events : "it has a record", at: release.place)
  }
}

extension ShelfFacts {
  /// What tools told of that no release that went out is.
  func unrecordedDeliveries(in facts: LedgerFacts) -> [ToldEvent] {
    let (deliveries, asOf) = (facts.deliveries, facts.ledger.asOf)
    let early = releases.filter { !$0.wentOut }.compactMap { deliveries.first(of: $0.release.id) }
      .filter { $0.event.at <= asOf }
    return deliveries.unrecorded(of: product.id, by: asOf) + early
  }
}

extension ToldEvent {
  /// What is wrong with it.
  func withoutRecord(in zone: Zone) -> Reason {
    let what = event.artifact ?? event.subject
    let how = event.environment.map { "deployed to `\($0)`" } ?? "published"
    return Reason(
      "`\(what)` was \(how) on \(zone.words(for: event.at)), and no record says that it went out", at: location,
      help: "write a record of it, or let the record name what it was", since: event.at)
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
