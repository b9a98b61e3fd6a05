import Diagnostics

/// What the public may know: the allow-list, field by field.
///
/// Everything is built anew from what is named here, so a field that somebody adds to the model is internal until it is
/// listed. The most private of product, release and entry wins; what is under embargo is as if it did not exist; a
/// reference to something internal disappears. A class, for every release asks it and none should copy it.
final class PublicFields: Sendable {
  let asOf: Moment
  /// An embargo that ends later than this holds; in a preview the clock, which is before the as-of.
  let embargoesHeldAt: Moment
  let zone: Zone
  let embargo: Embargo
  let products: Set<ProductID>
  /// The releases that are public, by product, as positions on the shelf.
  let releases: [ProductID: [Int]]
  let versions: [ProductID: Set<String>]
  let guides: Set<String>
  let incidents: Set<String>
  let people: Set<String>
  let publish: Site.Publish
  /// What became of the files that records name.
  private let readings: EvidenceShelf

  /// All that a public shelf depends on besides the shelf itself, as long as it has no evidence.
  struct Key: Hashable {
    fileprivate var moments: [Moment]
    fileprivate var zone: Zone
    fileprivate var embargoed: [String]
    fileprivate var embargoedChanges: Set<String>
    fileprivate var products: Set<ProductID>
    fileprivate var versions: [ProductID: Set<String>]
    fileprivate var pages: [Set<String>]
    fileprivate var publish: Site.Publish
  }

  var key: Key {
    Key(
      moments: [asOf, embargoesHeldAt], zone: zone, embargoed: embargo.names, embargoedChanges: embargo.changes,
      products: products, versions: versions, pages: [guides, incidents, people], publish: publish)
  }

  init(of ledger: Ledger) {
    asOf = ledger.asOf
    embargoesHeldAt = ledger.embargoesHeldAt
    zone = ledger.site.zone
    publish = ledger.site.publish
    readings = ledger.evidence
    let embargo = Embargo(ledger, at: ledger.embargoesHeldAt)
    self.embargo = embargo
    var products = Set<ProductID>()
    var releases: [ProductID: [Int]] = [:]
    var versions: [ProductID: Set<String>] = [:]
    for shelf in ledger.shelves where shelf.product.audience == .public {
      let product = shelf.product
      let all = shelf.releases.span
      var kept: [Int] = []
      var texts: Set<String> = []
      for place in all.indices
      where mayBeKnown(all[place], of: product, at: ledger.embargoesHeldAt)
        && !embargo.isNamed(in: all[place].version.text)
      {
        kept.append(place)
        texts.insert(all[place].version.text)
      }
      products.insert(product.id)
      (releases[product.id], versions[product.id]) = (kept, texts)
    }
    (self.products, self.releases, self.versions) = (products, releases, versions)
    guides = Set(
      ledger.pages.lazy.filter { page in
        page.audience == .public && !embargo.isNamed(in: [page.id, page.title]) && !embargo.isNamed(in: page.body)
          && (page.products.isEmpty || page.products.contains { products.contains(ProductID($0.value)) })
      }.map(\.id))
    incidents =
      publish.incidents == .none
      ? []
      : Set(
        ledger.incidents.lazy.filter { incident in
          incident.audience == .public && !embargo.isNamed(in: [incident.id, incident.title])
            && (incident.products.isEmpty || incident.products.contains { products.contains(ProductID($0.value)) })
        }.map(\.id))
    people = Set(ledger.site.people.lazy.filter(\.isPublic).map(\.id))
  }

  func site(_ site: Site) -> Site {
    var open = Site(title: site.title)
    open.url = site.url
    open.language = site.language
    open.zone = site.zone
    open.theme = site.theme
    open.publish = site.publish
    open.people = site.people.compactMap(person)
    if site.publish.metrics != .none { open.metrics = site.metrics }
    return open
  }

  private func person(_ person: Person) -> Person? {
    person.isPublic ? Person(id: person.id, name: person.name, at: person.location) : nil
  }

  func shelf(_ shelf: Ledger.Shelf) -> Ledger.Shelf? {
    guard let kept = releases[shelf.product.id] else { return nil }
    return Ledger.Shelf(
      product: product(shelf.product, lines: Set(kept.compactMap { shelf.releases[$0].line })),
      releases: kept.map { release(shelf.releases[$0], on: shelf) },
      lineage: kept.count == shelf.releases.count ? shelf.lineage : shelf.lineage.restricted(to: kept))
  }

  /// - Parameter lines: Those of its public releases.
  private func product(_ product: Product, lines: Set<String>) -> Product {
    var open = Product(id: product.id, name: product.name, at: product.location)
    open.summary = prose(product.summary)
    open.kind = product.kind
    open.showsRoadmap = product.showsRoadmap
    open.formerly = product.formerly
    open.versioning = product.versioning
    open.lines = product.lines.filter { line in
      product.showsRoadmap || line.phase(at: asOf, in: zone) != .upcoming || lines.contains(line.id)
    }
    open.dependsOn = product.dependsOn.filter { products.contains(ProductID($0.value)) }
    open.supportPolicy = product.supportPolicy.flatMap { guides.contains($0.value) ? $0 : nil }
    open.upgradeStops = product.upgradeStops.filter { versions[product.id]?.contains($0.value) ?? false }
    return open
  }

  private func release(_ release: Release, on shelf: Ledger.Shelf) -> Release {
    var open = Release(
      product: release.product, version: release.version, status: release.status, kind: release.kind,
      at: release.location)
    open.released = release.released
    open.title = text(release.title)
    open.summary = prose(release.summary)
    open.scheduled = release.scheduled.map { schedule($0) }
    open.line = release.line
    open.notes = release.notes.flatMap { notes($0) }
    open.changes = release.changes.compactMap { change($0) }
    open.security = release.security.compactMap { vulnerability($0) }
    open.knownIssues = release.knownIssues.compactMap { knownIssue($0, of: release.product) }
    open.dependsOn = release.dependsOn.filter { products.contains(ProductID($0.product.value)) }
    open.upgrade = upgrade(release.upgrade)
    open.compatibility = release.compatibility.filter { !embargo.isNamed(in: [$0.name, $0.versions]) }
    open.artifacts = release.artifacts.compactMap { artifact($0) }
    open.evidence = publish.evidence == .none ? [] : release.evidence.compactMap { evidence($0, of: release.id) }
    open.previous = previous(of: release, on: shelf)
    open.hotfixOf = release.hotfixOf.flatMap { isPublic($0.value, of: release.product) ? $0 : nil }
    open.amendments = release.amendments.compactMap { amendment($0) }
    open.updated = release.updated
    return open
  }

  /// That something public was amended, and when; neither by whom nor why.
  private func amendment(_ amendment: Amendment) -> Amendment? {
    let shown = publish.evidence == .none ? Release.publicFields : Release.publicFields.union(["evidence"])
    var open = Amendment(at: amendment.at, location: amendment.location)
    open.fields = amendment.fields.filter { shown.contains($0.value) }
    return open.fields.isEmpty ? nil : open
  }

  private func schedule(_ schedule: Schedule) -> Schedule {
    var open = Schedule(at: schedule.at)
    open.until = schedule.until
    return open
  }

  private func notes(_ notes: Notes) -> Notes? {
    prose(notes.prose).map {
      Notes(prose: $0, origin: notes.origin, isAllChanges: notes.isAllChanges, at: notes.location)
    }
  }

  private func change(_ change: Change) -> Change? {
    guard change.audience == .public, !isUnderEmbargo(change.embargoUntil), change.kind != .internal,
      !embargo.changes.contains(change.identity), !embargo.changes.contains(change.id),
      !embargo.isNamed(in: change.references + [change.id, change.backportOf ?? "", change.component ?? ""]),
      let text = prose(change.text)
    else { return nil }
    var open = Change(id: change.id, kind: change.kind, text: text, origin: change.origin, at: change.location)
    open.isNamed = change.isNamed
    open.component = change.component
    open.references = change.references
    open.action = prose(change.action)
    open.impact = prose(change.impact)
    open.backportOf = change.backportOf
    return open
  }

  private func vulnerability(_ vulnerability: Vulnerability) -> Vulnerability? {
    guard vulnerability.audience == .public, !isUnderEmbargo(vulnerability.embargoUntil),
      !embargo.isNamed(in: vulnerability.aliases + [vulnerability.id])
    else { return nil }
    var open = Vulnerability(id: vulnerability.id, at: vulnerability.location)
    open.aliases = vulnerability.aliases
    open.severity = vulnerability.severity
    open.score = vulnerability.score
    open.summary = prose(vulnerability.summary)
    open.isFixed = vulnerability.isFixed
    open.disclosed = vulnerability.disclosed
    return open
  }

  private func knownIssue(_ issue: KnownIssue, of product: ProductID) -> KnownIssue? {
    guard issue.audience == .public, !embargo.isNamed(in: issue.id), let text = prose(issue.text) else { return nil }
    var open = KnownIssue(id: issue.id, text: text, at: issue.location)
    open.workaround = prose(issue.workaround)
    open.fixedIn = issue.fixedIn.flatMap { isPublic($0.value, of: product) ? $0 : nil }
    open.at = issue.at
    return open
  }

  private func upgrade(_ upgrade: Upgrade) -> Upgrade {
    var open = Upgrade()
    open.guide = upgrade.guide.flatMap { guides.contains($0.value) ? $0 : nil }
    open.from = text(upgrade.from)
    open.downgrade = upgrade.downgrade
    return open
  }

  private func artifact(_ artifact: Artifact) -> Artifact? {
    guard artifact.audience == .public,
      !embargo.isNamed(in: [artifact.name, artifact.url ?? "", artifact.purl ?? ""])
    else { return nil }
    var open = Artifact(name: artifact.name, at: artifact.location)
    open.url = artifact.url
    open.digest = artifact.digest
    open.size = artifact.size
    open.purl = artifact.purl
    return open
  }

  /// Its file only where it was read and is what the record says, with what was found out about it.
  private func evidence(_ entry: EvidenceEntry, of release: ReleaseID) -> EvidenceEntry? {
    guard entry.audience == .public, !embargo.isNamed(in: [entry.id.value, entry.statement ?? ""]) else { return nil }
    var open = EvidenceEntry(id: entry.id, at: entry.location)
    open.audience = .public
    open.kind = entry.kind
    open.layer = entry.layer
    open.format = entry.format
    open.at = entry.at
    open.sha256 = entry.sha256
    open.statement = entry.statement
    guard publish.evidence == .full else { return open }
    open.url = entry.url
    open.size = entry.size
    if let file = readings[release, entry.id.value]?.file, file.lies(at: entry.path?.value), file.isPinned(by: entry) {
      open.path = entry.path
      open.sha256 = entry.sha256 ?? Located(file.sha256, at: entry.location)
      open.size = file.size
    }
    return open
  }

  /// The nearest release before it that is public too.
  private func previous(of release: Release, on shelf: Ledger.Shelf) -> Version? {
    var candidate = release.previous
    for _ in shelf.releases.indices {
      guard let version = candidate else { return nil }
      if isPublic(version.text, of: release.product) { return version }
      candidate = shelf.release(version.text)?.previous
    }
    return nil
  }

  func page(_ page: GuidePage) -> GuidePage? {
    guard guides.contains(page.id), let body = prose(page.body) else { return nil }
    var open = GuidePage(id: page.id, title: page.title, body: body, at: page.location)
    open.summary = text(page.summary)
    open.products = page.products.filter { products.contains(ProductID($0.value)) }
    open.order = page.order
    open.reviewed = page.reviewed
    open.owner = page.owner.flatMap { people.contains($0.value) ? $0 : nil }
    open.formerly = page.formerly
    return open
  }

  /// Nothing unless the site publishes figures; then deployments of public releases that are over, without what Git
  /// tells, and in full what was measured.
  func delivery(_ history: DeliveryHistory) -> DeliveryHistory {
    var open = DeliveryHistory()
    guard publish.metrics != .none else { return open }
    for part in history.parts where products.contains(part.product) {
      var openPart = DeliveryHistory.Part(part.product)
      openPart.isRecorded = part.isRecorded
      openPart.deployments = part.deployments.filter {
        $0.ended != nil && isPublic($0.release.version, of: part.product)
      }
      openPart.rollBacks = part.rollBacks.filter { back in
        back.version.map { isPublic($0, of: part.product) } ?? true
      }.map { RollBack(of: $0.product, in: $0.environment, at: $0.at, to: nil) }
      if publish.metrics == .full { openPart.series = part.series.filter { !embargo.isNamed(in: $0.metric) } }
      open.parts.append(openPart)
    }
    return open
  }

  func incident(_ incident: Incident) -> Incident? {
    guard incidents.contains(incident.id) else { return nil }
    var open = Incident(id: incident.id, title: incident.title, at: incident.location)
    open.audience = .public
    open.products = incident.products.filter { products.contains(ProductID($0.value)) }
    open.severity = incident.severity
    open.began = incident.began
    open.resolved = incident.resolved
    open.customerImpact = text(incident.customerImpact)
    if publish.incidents == .full {
      open.detected = incident.detected
      open.postmortem = prose(incident.postmortem)
      if case .release(let product, let version)? = incident.causedBy,
        isPublic(version.value, of: ProductID(product.value))
      {
        open.causedBy = incident.causedBy
      }
      // What figures are reckoned by, so that they are those of the internal site; no public page names it.
      if publish.metrics != .none {
        open.environments = incident.environments
        open.recoveredBy = incident.recoveredBy.map(recovery)
      }
    }
    return open
  }

  private func recovery(_ recovery: Incident.Recovery) -> Incident.Recovery {
    var open = Incident.Recovery()
    open.how = recovery.how
    guard let product = recovery.product, products.contains(ProductID(product.value)) else { return open }
    open.product = product
    open.version = recovery.version.flatMap { isPublic($0.value, of: ProductID(product.value)) ? $0 : nil }
    return open
  }
}

/// Whether a release may be known at all: not marked otherwise, not under embargo, and not a plan that the product
/// keeps to itself.
private func mayBeKnown(_ release: Release, of product: Product, at moment: Moment) -> Bool {
  guard release.audience == .public, release.embargoUntil.map({ $0 <= moment }) ?? true else { return false }
  switch release.status {
  case .rollingOut, .released, .rolledBack, .withdrawn: return true
  case .planned, .candidate, .approved, .cancelled: return product.showsRoadmap
  }
}
