import Diagnostics
import Model

/// Makes releases of drafts: joins record, tag, changelog section and commits, and sets the texts.
struct ReleaseAssembler: Sendable {
  let product: ProductDraft
  let facts: RepositoryFacts
  /// The sections of the product's changelog, by the text of their versions.
  let changelog: [String: ChangelogSection]
  let withdrawals: Withdrawals
  let zone: Zone

  func release(at index: Int, texts: inout Texts) -> Release {
    let source = product.drafts[index]
    let record = source.record
    var release = Release(
      product: product.product.id, version: source.version, status: source.status,
      kind: record?.kind?.value ?? product.kind(of: index), at: source.location)
    release.released = source.released
    release.audience = max(product.product.audience, record?.audience?.value ?? product.product.audience)
    release.line = product.product.lines.first { $0.contains(source.version.text) }?.id
    release.previous = product.previous[index].map { product.drafts[$0].version }
    release.commit = source.commit?.id
    release.committed = product.commits[index].flatMap { position in
      source.commit.flatMap { facts.facts(of: $0.source)?.graph.commits.committed(at: position) }
    }
    release.isDiscovered = record == nil
    if let section = changelog[source.version.text] { correct(&release, by: section) }
    if let record { fill(&release, from: record, texts: &texts) }
    addNotes(to: &release, at: index, texts: &texts)
    makeUnique(&release.changes)
    release.updated = lastChange(of: release, record: record)
    return release
  }

  /// What only the changelog says: the day of a release without a tag, and that one without a record was pulled.
  private func correct(_ release: inout Release, by section: ChangelogSection) {
    if release.released == nil, release.status.hasShipped, let date = section.date {
      release.released = Located(.day(date), at: section.title.location)
    }
    if section.isYanked, release.isDiscovered { release.status = .withdrawn }
  }

  private func fill(_ release: inout Release, from record: ReleaseRecord, texts: inout Texts) {
    release.title = record.title?.value
    release.summary = texts.block(record.summary)
    release.embargoUntil = record.embargoUntil
    release.changes = record.changes.map { Change($0, origin: .record, texts: &texts) }
    release.security = record.security.map { Vulnerability($0, texts: &texts) }
    release.knownIssues = record.knownIssues.map { KnownIssue($0, texts: &texts) }
    release.dependsOn = record.dependsOn
    release.upgrade = record.upgrade
    release.compatibility = record.compatibility
    release.artifacts = record.artifacts
    release.hotfixOf = record.hotfixOf
    release.procedure = record.procedure
    release.standardChange = record.standardChange?.value
    release.cause = record.cause
    release.isUnplanned = record.isUnplanned
    release.reason = record.reason
    release.securityImpact = record.securityImpact
    release.risk = record.risk
    release.riskFactors = record.riskFactors
    release.labels = record.labels
    release.owner = record.owner
    release.authors = record.authors
    release.scheduled = record.scheduled
    release.train = record.train ?? product.product.train
    release.commits = record.commits
    release.scopeFrozen = record.scopeFrozen
    release.build = record.build
    release.evidence = record.evidence
    release.acceptance = record.acceptance
    release.approvals = record.approvals
    release.environments = record.environments
    release.rollout = record.rollout
    release.rollback = record.rollback
    release.runbook = record.runbook
    release.communication = record.communication
    release.validation = record.validation
    release.review = record.review
    release.gates = record.gates
    release.amendments = record.amendments
    release.baseline = record.baseline
  }

  /// The notes: the file beside the record, else the changelog's section, else the changes, else the commits.
  private func addNotes(to release: inout Release, at index: Int, texts: inout Texts) {
    if let file = product.drafts[index].notes {
      let prose = texts.block(file)
      release.notes = Notes(prose: prose, origin: .file, at: file.location)
      addChanges(ChangeScan(file), to: &release, shownBy: prose, texts: &texts)
    } else if let section = changelog[release.version.text] {
      let scan = section.changes
      let prose = texts.block(section.body)
      release.notes = Notes(
        prose: prose, origin: .changelog, isAllChanges: scan.isAllChanges, at: section.body.location)
      addChanges(scan, to: &release, shownBy: scan.isAllChanges ? nil : prose, texts: &texts)
    } else if release.changes.isEmpty, release.status.hasShipped {
      release.changes = commitChanges(of: index, at: release.location, texts: &texts)
    }
  }

  /// - Parameter prose: The text that shows the changes already; `nil` where the page shows them one by one.
  private func addChanges(
    _ scan: ChangeScan, to release: inout Release, shownBy prose: Prose?, texts: inout Texts
  ) {
    for entry in scan.entries {
      let origin = prose.map { Change.Origin.prose(anchor: anchor(of: entry.heading, in: $0)) } ?? .notes
      var change = Change(
        id: entry.id, kind: entry.kind, text: texts.inline(entry.text), origin: origin, at: entry.text.location)
      change.component = entry.component
      change.references = ChangeScan.references(in: change.text)
      release.changes.append(change)
    }
  }

  private func anchor(of heading: Int, in prose: Prose) -> String? {
    let headings = prose.whole.headings
    return headings.indices.contains(heading) ? headings[heading].anchor : nil
  }

  /// Changes beyond this many commits are counted, not listed.
  private static let mostCommits = 300

  private func commitChanges(of index: Int, at location: SourceLocation, texts: inout Texts) -> [Change] {
    guard let tip = product.commits[index], let source = product.drafts[index].commit?.source,
      let graph = facts.facts(of: source)?.graph, !graph.isShallow
    else { return [] }
    let bases = product.parents[index].compactMap { product.commits[$0] }
    let commits = graph.commits(from: tip, without: bases).filter {
      !graph.commits.isMerge(at: $0) && facts.isPart($0, of: source)
    }
    var changes = commits.prefix(Self.mostCommits).map { position in
      let commit = graph.commits[position]
      let subject = ConventionalCommit.parse(commit.subject)
      var change = Change(
        id: "c-" + commit.id.prefix(12), kind: subject.kind, text: texts.plain(subject.text, at: location),
        origin: .commit, at: location)
      change.isNamed = true
      change.component = subject.scope
      return change
    }
    if commits.count > Self.mostCommits {
      let rest = texts.plain("and \(commits.count - Self.mostCommits) earlier commits", at: location)
      changes.append(Change(id: "earlier-commits", kind: nil, text: rest, origin: .commit, at: location))
    }
    return changes
  }

  /// When a reader last had a reason to look again: its release, the newest amendment of something public, or its
  /// withdrawal.
  private func lastChange(of release: Release, record: ReleaseRecord?) -> Moment? {
    let amendments = release.amendments.filter { amendment in
      amendment.fields.contains { Release.publicFields.contains($0.value) }
    }
    let moments = amendments.map(\.at.value) + [release.released?.value].compactMap { $0 }
    return (moments.map { $0.start(in: zone) } + [record.flatMap(withdrawals.moment)].compactMap { $0 }).max()
  }

  /// Ids are anchors, so the second of two equal ones gets a number.
  private func makeUnique(_ changes: inout [Change]) {
    var seen: [String: Int] = [:]
    for index in changes.indices {
      let count = seen[changes[index].id, default: 0] + 1
      seen[changes[index].id] = count
      if count > 1 { changes[index].id += "-\(count)" }
    }
  }
}
