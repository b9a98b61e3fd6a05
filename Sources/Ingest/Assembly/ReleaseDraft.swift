import Diagnostics
import Model

/// A release on its way from record and tag to ``Release``: its version is known, its texts are not rendered.
struct ReleaseDraft: Sendable {
  var version: Version
  /// `nil` for a release that only a tag tells of.
  var record: ReleaseRecord?
  /// The text of the file beside the record.
  var notes: MarkdownSource?
  /// The tag that names it, with the source that it is of.
  var tag: (source: SourceRepository, tag: Tag)?
  /// The full id of its commit, and the source that it is of.
  var commit: (source: SourceRepository, id: String)?
  var location: SourceLocation

  /// When it came out: as recorded, else as tagged once it is out.
  var released: Located<When>? {
    if let stated = record?.released { return stated }
    guard status.hasShipped, let tag = tag?.tag else { return nil }
    return Located(.moment(tag.date), at: location)
  }

  var status: Release.Status { record?.status.value ?? .released }

  /// Ascending order: precedence, then moment with undated ones first, then bytes.
  static func isBefore(_ a: ReleaseDraft, _ b: ReleaseDraft, zone: Zone) -> Bool {
    guard a.version.hasSamePrecedence(as: b.version) else { return a.version.precedes(b.version) }
    let (x, y) = (a.moment(in: zone), b.moment(in: zone))
    return x == y ? a.version < b.version : x < y
  }

  private func moment(in zone: Zone) -> Moment {
    released?.value.start(in: zone) ?? Moment(seconds: .min)
  }
}

/// Joins a product's records with the tags of its sources.
struct DraftReader {
  let product: Product
  let facts: RepositoryFacts
  let zone: Zone
  let asOf: Moment

  /// The drafts in ascending order.
  /// - Parameter orphans: Notes without a record, each of which must belong to a tag.
  func drafts(
    from records: [ReleaseRecord], orphans: [OrphanNotes], into report: inout Report
  ) -> [ReleaseDraft] {
    var drafts: [String: ReleaseDraft] = [:]
    for record in records {
      // One that is none was reported when it was read.
      guard let version = Version(record.version, scheme: product.versioning) else { continue }
      drafts[record.version] = ReleaseDraft(
        version: version, record: record, notes: record.notes, location: record.location)
    }
    for source in product.sources {
      join(source, to: &drafts, into: &report)
    }
    for orphan in orphans {
      if drafts[orphan.version] == nil {
        report.error(
          .notesWithoutRecord, "there are notes of `\(orphan.version)` and neither a record nor a tag",
          at: orphan.notes.location, help: "write `\(orphan.version).yml` beside them, or rename them")
      } else {
        drafts[orphan.version]?.notes = orphan.notes
      }
    }
    // Places are sorted and not drafts, which are costly to move.
    let all = Array(drafts.values)
    let ascending = all.indices.sorted { ReleaseDraft.isBefore(all[$0], all[$1], zone: zone) }.map { all[$0] }
    checkCase(of: ascending, into: &report)
    return ascending
  }

  /// Two versions that differ only in case would share a folder on some machines. Those of files were reported when
  /// they were read.
  private func checkCase(of drafts: [ReleaseDraft], into report: inout Report) {
    var seen: [String: Int] = [:]
    for place in drafts.indices {
      let other = seen.updateValue(place, forKey: drafts[place].version.text.lowercased())
      guard let other, drafts[other].record == nil || drafts[place].record == nil else { continue }
      let (first, second) = (drafts[other], drafts[place])
      report.error(
        .sameRelease, "the versions `\(first.version.text)` and `\(second.version.text)` differ only in case",
        at: second.location, notes: [Diagnostic.Note("the other comes from here", at: first.location)],
        help: "rename one, or narrow `tags` so that only one matches")
    }
  }

  private func join(_ source: SourceRepository, to drafts: inout [String: ReleaseDraft], into report: inout Report) {
    guard let known = facts.facts(of: source) else { return }
    var unparsed: [String] = []
    var later: [String] = []
    for tag in known.tags {
      guard let text = source.tags?.version(in: tag.name) else { continue }
      let key = String(text)
      if drafts[key] == nil, source.discoversTags {
        guard let version = Version(text, scheme: product.versioning) else {
          unparsed.append(tag.name)
          continue
        }
        if isLater(tag, in: known) {
          later.append(tag.name)
          continue
        }
        drafts[key] = ReleaseDraft(version: version, location: source.location)
      }
      guard drafts[key] != nil, drafts[key]?.tag == nil else { continue }
      drafts[key]?.tag = (source, tag)
      drafts[key]?.commit = (source, tag.commit)
      if source.discoversTags, !isLater(tag, in: known),
        let stale = StaleStatus.problem(drafts[key]?.record, taggedAs: tag.name)
      {
        report.add(stale)
      }
    }
    if !unparsed.isEmpty { report.add(unparsedTags(unparsed, of: source)) }
    if !later.isEmpty { report.add(laterTags(later, of: source)) }
    for (key, draft) in drafts {
      guard let stated = draft.record?.commits.first(where: { isMeant($0, source) }) else { continue }
      if let tag = tag(stated, of: known, isOut: draft.status.hasShipped, into: &report) {
        drafts[key]?.tag = (source, tag)
        drafts[key]?.commit = (source, tag.commit)
      }
      if let commit = commit(stated, of: known, into: &report) {
        drafts[key]?.commit = (source, known.graph.commits.id(at: commit))
      }
    }
  }

  /// Whether it came after the as-of. A tagger is minutes later than the commit, which may be what that is taken from.
  private func isLater(_ tag: Tag, in known: RepositoryFacts.Facts) -> Bool {
    known.graph.position(of: tag.commit).map { known.graph.commits.committed(at: $0) > asOf } ?? false
  }

  /// The tag that a record names. Before a release is out it need not exist.
  private func tag(
    _ stated: ReleasedCommit, of known: RepositoryFacts.Facts, isOut: Bool, into report: inout Report
  ) -> Tag? {
    guard let name = stated.tag else { return nil }
    if let tag = known.tag(named: name.value) { return tag }
    guard isOut, !known.graph.isShallow else { return nil }
    report.error(
      .unknownReference, "there is no tag `\(name.value)`", at: name.location,
      help: nearest(to: name.value, among: known.tags.map(\.name)).map { "did you mean `\($0)`?" }
        ?? "correct it, or fetch the tags with `git fetch --tags`")
    return nil
  }

  private func commit(_ stated: ReleasedCommit, of known: RepositoryFacts.Facts, into report: inout Report) -> Int? {
    guard let id = stated.commit else { return nil }
    if let position = known.graph.position(of: id.value) { return position }
    let matching = known.graph.commits.positions(ofPrefix: id.value)
    if matching.count == 1 { return matching[0] }
    guard !known.graph.isShallow else { return nil }
    report.error(
      .unknownReference,
      matching.isEmpty ? "there is no commit `\(id.value)`" : "several commits begin with `\(id.value)`",
      at: id.location, help: "give the whole id of the commit that was released")
    return nil
  }

  private func isMeant(_ stated: ReleasedCommit, _ source: SourceRepository) -> Bool {
    stated.source.map { $0.value == source.id } ?? (product.sources.first?.id == source.id)
  }

  private func unparsedTags(_ names: [String], of source: SourceRepository) -> Diagnostic {
    .warning(
      .tagDoesNotParse,
      "\(names.count == 1 ? "a tag matches" : "\(names.count) tags match") `tags` of `\(product.id)` but hold no "
        + "version of the scheme `\(product.versioning.rawValue)`: \(list(of: names))",
      at: source.location,
      help: "narrow `tags`, choose another `versioning`, or leave these tags out of the site as they are now")
  }

  private func laterTags(_ names: [String], of source: SourceRepository) -> Diagnostic {
    .warning(
      .tagAfterAsOf,
      "\(names.count == 1 ? "a tag" : "\(names.count) tags") of `\(product.id)` came after the as-of "
        + "\(asOf.iso): \(list(of: names))",
      at: source.location, help: "give a later as-of if the site shall have them")
  }

  private func list(of names: [String]) -> String {
    names.prefix(5).map { "`\($0)`" }.joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }
}
