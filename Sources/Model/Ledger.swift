/// Everything read from one checkout: sorted, indexed, cross-referenced.
package struct Ledger: Sendable {
  /// A product with its releases.
  package struct Shelf: Sendable {
    package var product: Product
    /// Highest version first; equal precedence by moment, then by the bytes of the version.
    package var releases: [Release]
    /// Over the positions in ``releases``.
    package var lineage: Lineage

    package init(product: Product, releases: [Release], lineage: Lineage) {
      (self.product, self.releases, self.lineage) = (product, releases, lineage)
    }
  }

  package var site: Site
  /// The moment for which the site is true.
  package var asOf: Moment
  /// What is under embargo later than this is held back: the as-of, but never later than the clock.
  package var embargoesHeldAt: Moment
  /// Whose facts these are.
  package var audience = Audience.internal
  /// By the ids of the products.
  package var shelves: [Shelf] = []
  package var fragments: [Fragment] = []
  package var incidents: [Incident] = []
  package var delivery = DeliveryHistory()
  package var exercises: [Exercise] = []
  package var flags: [Flag] = []
  package var calendar = CalendarEntries()
  /// How what is on the calendar came to be what it is; only where somebody asked.
  package var calendarHistory = CalendarHistory()
  package var endsOfLife: [EndOfLife] = []
  /// What tools of delivery told, by time.
  package var events: [ToldEvent] = []
  /// By order, then title.
  package var pages: [GuidePage] = []
  package var assets: [Asset] = []
  /// What the evidence of the releases says; empty for the public, who get files only where a page offers them.
  package var evidence = EvidenceShelf()
  /// What the public may know of what its releases are made of; empty in the full ledger, see ``supply(of:)``.
  package var supplies: [ReleaseID: ReleaseSupply] = [:]
  /// Where the references of changes lead, by their text, as far as somebody says so.
  package var referenceLinks: [String: String] = [:]
  /// The texts of the records; never for the public.
  package var recordFiles: RecordFiles?
  package var policy = Policy()
  /// What Git shows beyond the records, as far as the policy asks for it.
  package var git = GitTestimony()
  /// The commit of the checkout, in full; `nil` before the first commit.
  package var head: String?
  /// Why the site may lack what only history tells, where it was made all the same.
  package var missingHistory: HistoryObstacle?
  /// The content that differs from ``head``, as paths, by bytes.
  package var uncommitted: [String] = []
  /// The paths of all files of the content, by bytes.
  package var contentFiles: [String] = []
  /// The SHA-256 of the files that the records were read from, by path.
  package var digests: [String: [UInt8]] = [:]

  package init(site: Site, asOf: Moment) {
    (self.site, self.asOf, self.embargoesHeldAt) = (site, asOf, asOf)
  }

  package func shelf(of product: ProductID) -> Shelf? {
    var (low, high) = (0, shelves.count)
    while low < high {
      let middle = (low + high) / 2
      if shelves[middle].product.id < product { low = middle + 1 } else { high = middle }
    }
    return low < shelves.count && shelves[low].product.id == product ? shelves[low] : nil
  }

  package func team(_ id: String) -> Team? { site.teams.first { $0.id == id } }
}

extension Ledger.Shelf {
  /// The highest final version that is out and not withdrawn, on the newest active line.
  package func latest(at moment: Moment, in zone: Zone) -> Release? {
    let candidates = releases.filter { $0.status.isCurrent && !$0.version.isPreRelease }
    let active = Set(product.lines.filter { $0.phase(at: moment, in: zone) == .active }.map(\.id))
    return candidates.first { $0.line.map(active.contains) ?? false } ?? candidates.first
  }

  /// What the changes of its releases refer to, such as `#412`.
  package var references: Set<String> {
    var references: Set<String> = []
    let releases = releases.span
    for place in releases.indices {
      let changes = releases[place].changes.span
      for change in changes.indices { references.formUnion(changes[change].references) }
    }
    return references
  }

  package func release(_ version: String) -> Release? { releases.first { $0.version.text == version } }

  package func position(of version: String) -> Int? { releases.firstIndex { $0.version.text == version } }
}
