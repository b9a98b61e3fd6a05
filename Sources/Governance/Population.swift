import Diagnostics
package import Model

/// What went out in a period: what an auditor draws a sample from, and how far it is complete.
package struct Population: Sendable {
  /// A release that went out in the period.
  package struct Member: Hashable, Sendable {
    package var release: ReleaseID
    /// When it first went to production, or was released.
    package var at: Moment
    /// The day of that in the site's time zone.
    package var day: CivilDate
  }

  package let period: Site.Period
  /// The first that went out first; then by id.
  package let members: [Member]
  /// Records, tags and events held against each other: releases in their order, then tags, then events that no record
  /// has.
  package let reconciliation: [Reconciliation]

  package init(of period: Site.Period, in facts: LedgerFacts) {
    self.period = period
    let ledger = facts.ledger
    let zone = ledger.site.zone
    let deliveries = facts.deliveries
    func isInside(_ moment: Moment) -> Bool {
      let day = zone.local(of: moment).date
      return day >= period.from && day <= period.to
    }
    var members: [Member] = []
    var reconciliation: [Reconciliation] = []
    for shelf in facts.shelves {
      for release in shelf.releases.map(\.release) {
        let known = Reconciliation(of: release, shelf.product, deliveries)
        guard release.status.hasShipped else {
          // Only what tools told says that it went out.
          if let event = deliveries.first(of: release.id), isInside(event.event.at) { reconciliation.append(known) }
          continue
        }
        guard let at = shelf.release(release.version.text)?.deployed else {
          reconciliation.append(known)
          continue
        }
        guard isInside(at) else { continue }
        members.append(Member(release: release.id, at: at, day: zone.local(of: at).date))
        reconciliation.append(known)
      }
    }
    for shelf in facts.shelves {
      let tags = ledger.git.tagsWithoutRecord[shelf.product.id] ?? []
      for tag in tags where isInside(tag.date) {
        reconciliation.append(Reconciliation(ofTag: tag, shelf.product))
      }
    }
    for (told, product) in deliveries.unrecorded where isInside(told.event.at) {
      reconciliation.append(Reconciliation(ofEvent: told, product: product))
    }
    self.members = members.sorted { $0.at == $1.at ? $0.release < $1.release : $0.at < $1.at }
    self.reconciliation = reconciliation
  }

  /// Draws releases for a closer look.
  ///
  /// Whoever knows the seed draws the same: the releases with the lowest ranks are taken. As the seed is the auditor's,
  /// nobody could know beforehand which these would be.
  /// - Parameters:
  ///   - count: How many; all when there are no more.
  ///   - rank: A number of a release that depends on the seed, such as SHA-256 of both.
  /// - Returns: In the order of their ranks.
  package func sample(_ count: Int, rank: (ReleaseID) -> [UInt8]) -> [Member] {
    members.map { (rank: rank($0.release), member: $0) }
      .sorted {
        $0.rank == $1.rank ? $0.member.release < $1.member.release : $0.rank.lexicographicallyPrecedes($1.rank)
      }
      .prefix(count).map(\.member)
  }
}

/// Where something that went out is known: in the records, in the tags, in what tools of delivery told.
package struct Reconciliation: Hashable, Sendable {
  /// Whether one of the three knows it.
  package enum Trace: Hashable, Sendable {
    /// With what shows it: a path, a tag, a place.
    case found(String)
    case missing
    /// Nothing of the kind is kept for the product, so that nothing can be missed.
    case notKept
  }

  package enum State: String, CaseIterable, Sendable {
    /// All that are kept know it.
    case matched
    /// Some of them do not.
    case unmatched
    /// It went out, and nobody says when, so that it may belong to any period.
    case undated
  }

  /// `nil` for an event of something that is no product here.
  package let product: ProductID?
  /// The version, the tag, or the subject of the event.
  package let name: String
  /// `nil` for what is no release here.
  package let release: ReleaseID?
  package let record: Trace
  package let tag: Trace
  package let event: Trace
  package let state: State
  /// The commit, where Git knows it.
  package let commit: String?
  /// The commit that the record states, where Git knows it not.
  package let unknownCommit: String?

  fileprivate init(of release: Release, _ product: Product, _ deliveries: Deliveries) {
    (self.product, name, self.release, commit) = (product.id, release.version.text, release.id, release.commit)
    unknownCommit = release.commit == nil ? release.commits.lazy.compactMap(\.commit?.value).first : nil
    // A record of what is still to come does not say that it went out.
    record = release.isDiscovered || !release.status.hasShipped ? .missing : .found(release.location.file)
    let named = release.commits.lazy.compactMap(\.tag?.value).first
    if release.isDiscovered {
      tag = .found(named ?? release.version.text)
    } else if product.sources.contains(where: { $0.tags != nil }) {
      tag = release.commit.map { .found(named ?? String($0.prefix(10))) } ?? .missing
    } else {
      tag = .notKept
    }
    if let told = deliveries.first(of: release.id) {
      event = .found("\(told.location.file):\(told.location.line)")
    } else {
      event = deliveries.areKept(for: product.id) ? .missing : .notKept
    }
    let isUndated = release.status.hasShipped && !deliveries.hasMoment(release.id)
    state = isUndated ? .undated : [record, tag, event].contains(.missing) ? .unmatched : .matched
  }

  fileprivate init(ofTag tag: Tag, _ product: Product) {
    (self.product, name, release, commit, unknownCommit) = (product.id, tag.name, nil, tag.commit, nil)
    (record, self.tag, event, state) = (.missing, .found(tag.name), .notKept, .unmatched)
  }

  fileprivate init(ofEvent told: ToldEvent, product: ProductID?) {
    (self.product, name, release) = (product, told.event.artifact ?? told.event.subject, nil)
    (commit, unknownCommit) = (nil, nil)
    (record, tag, state) = (.missing, .notKept, .unmatched)
    event = .found("\(told.location.file):\(told.location.line)")
  }
}
