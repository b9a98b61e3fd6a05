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
  /// Records and tags held against each other, in the order of the releases.
  package let reconciliation: [Reconciliation]

  package init(of period: Site.Period, in ledger: Ledger) {
    self.period = period
    var members: [Member] = []
    var reconciliation: [Reconciliation] = []
    for shelf in LedgerFacts(ledger).shelves {
      for facts in shelf.releases where facts.release.status.hasShipped {
        let release = facts.release
        guard let at = facts.deployed else {
          reconciliation.append(Reconciliation(.undated, release))
          continue
        }
        let day = ledger.site.zone.local(of: at).date
        guard day >= period.from, day <= period.to else { continue }
        members.append(Member(release: release.id, at: at, day: day))
        reconciliation.append(Reconciliation(Reconciliation.state(of: release, shelf.product), release))
      }
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

/// Whether a release is known to both the records and the tags.
package struct Reconciliation: Hashable, Sendable {
  package enum State: String, CaseIterable, Sendable {
    /// A record, and a tag or commit that Git has.
    case matched
    /// A record of which Git shows nothing.
    case recordOnly = "record-only"
    /// A tag without a record.
    case tagOnly = "tag-only"
    /// A record of a product whose tags are not kept in a repository that Gazette knows.
    case noTags = "no-tags"
    /// It went out, and nobody says when, so it may belong to any period.
    case undated
  }

  package var state: State
  package var release: ReleaseID
  /// The commit, where Git knows it.
  package var commit: String?

  fileprivate init(_ state: State, _ release: Release) {
    (self.state, self.release, commit) = (state, release.id, release.commit)
  }

  fileprivate static func state(of release: Release, _ product: Product) -> State {
    if release.isDiscovered { return .tagOnly }
    guard product.sources.contains(where: { $0.tags != nil }) else { return .noTags }
    return release.commit == nil ? .recordOnly : .matched
  }
}
