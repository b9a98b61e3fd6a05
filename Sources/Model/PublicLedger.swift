extension Ledger {
  /// The facts that an audience may have. For the public a new ledger is built out of what ``PublicFields`` lists, so
  /// that whatever nobody listed is not there.
  package func facts(for audience: Audience) -> Ledger {
    guard audience == .public else { return self }
    let fields = PublicFields(of: self)
    let shelves = shelves.compactMap(fields.shelf)
    return publicLedger(fields, shelves: shelves, references: shelves.map(\.references))
  }

  /// The same, made in parallel.
  package func facts(for audience: Audience, slices: Int) async -> Ledger {
    var memory = PublicShelves()
    return await facts(for: audience, slices: slices, remembering: &memory) { _ in nil }
  }

  /// The same, making anew only the shelves that are not those of the last time.
  /// - Parameters:
  ///   - memory: Of the last time.
  ///   - making: A number for a shelf that is the same whenever the shelf is; `nil` where nobody knows.
  package func facts(
    for audience: Audience, slices: Int, remembering memory: inout PublicShelves,
    makings making: (ProductID) -> Int?
  ) async -> Ledger {
    guard audience == .public else { return self }
    let fields = PublicFields(of: self)
    memory.begin(with: fields)
    let makings = shelves.map { shelf in
      shelf.hasEvidence ? nil : making(shelf.product.id)
    }
    let known = zip(shelves, makings).map { memory.entry(of: $0.product.id, making: $1) }
    let entries = await inSlices(of: shelves.count, slices: slices) { [shelves] range in
      range.map { known[$0] ?? PublicShelves.Entry(making: makings[$0], shelf: fields.shelf(shelves[$0])) }
    }.flatMap { $0 }
    memory.keep(zip(shelves, entries).map { ($0.product.id, $1) })
    return publicLedger(fields, shelves: entries.compactMap(\.shelf), references: entries.map(\.references))
  }

  /// - Parameter references: What the changes of the shelves refer to.
  private func publicLedger(_ fields: PublicFields, shelves: [Shelf], references: [Set<String>]) -> Ledger {
    var ledger = Ledger(site: fields.site(site), asOf: asOf)
    ledger.embargoesHeldAt = embargoesHeldAt
    ledger.audience = .public
    ledger.missingHistory = missingHistory
    ledger.shelves = shelves
    ledger.supplies = fields.supplies(of: shelves, in: evidence)
    ledger.incidents = incidents.compactMap(fields.incident)
    ledger.delivery = fields.delivery(delivery)
    ledger.calendar = fields.calendar(calendar)
    ledger.calendarHistory = calendarHistory.forPublic(self)
    ledger.pages = pages.compactMap(fields.page)
    if !referenceLinks.isEmpty {
      let hidden = site.privateMatter.links
      for reference in references.joined() {
        guard let link = referenceLinks[reference], !hidden.contains(where: { link.hasPrefix($0) }) else { continue }
        ledger.referenceLinks[reference] = link
      }
    }
    if !assets.isEmpty {
      let shown = ledger.shownAssets
      ledger.assets = assets.filter { $0.audience == .public && shown.contains($0.address) }
    }
    return ledger
  }

  /// The addresses of the files that some text of this ledger shows.
  private var shownAssets: Set<String> {
    var addresses = Set<String>()
    forEachProse { prose in
      for case .asset(let address) in prose.whole.destinations { addresses.insert(address) }
    }
    return addresses
  }

  /// Every Markdown text of the ledger that a page may show.
  package func forEachProse(_ body: (Prose) -> Void) {
    for shelf in shelves {
      if let summary = shelf.product.summary { body(summary) }
      for place in shelf.releases.indices { forEachProse(of: shelf.releases[place], body) }
    }
    for fragment in fragments {
      body(fragment.change.text)
      if let action = fragment.change.action { body(action) }
      if let impact = fragment.change.impact { body(impact) }
    }
    for incident in incidents { if let postmortem = incident.postmortem { body(postmortem) } }
    for page in pages { body(page.body) }
  }

  private func forEachProse(of release: Release, _ body: (Prose) -> Void) {
    if let summary = release.summary { body(summary) }
    if let notes = release.notes { body(notes.prose) }
    for place in release.changes.indices {
      body(release.changes[place].text)
      if let action = release.changes[place].action { body(action) }
      if let impact = release.changes[place].impact { body(impact) }
    }
    for vulnerability in release.security { if let summary = vulnerability.summary { body(summary) } }
    for issue in release.knownIssues {
      body(issue.text)
      if let workaround = issue.workaround { body(workaround) }
    }
  }
}

extension Ledger.Shelf {
  fileprivate var hasEvidence: Bool {
    let releases = releases.span
    for place in releases.indices where !releases[place].evidence.isEmpty { return true }
    return false
  }
}
