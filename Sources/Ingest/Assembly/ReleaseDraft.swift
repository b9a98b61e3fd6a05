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

  /// Ascending order: precedence, then moment, then bytes.
  static func isBefore(_ a: ReleaseDraft, _ b: ReleaseDraft, zone: Zone) -> Bool {
    guard a.version.hasSamePrecedence(as: b.version) else { return a.version.precedes(b.version) }
    let (x, y) = (a.released?.value.start(in: zone), b.released?.value.start(in: zone))
    if let x, let y, x != y { return x < y }
    return a.version < b.version
  }
}

/// Joins a product's records with the tags of its sources.
struct DraftReader {
  let product: Product
  let facts: RepositoryFacts
  let zone: Zone

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
    return drafts.values.sorted { ReleaseDraft.isBefore($0, $1, zone: zone) }
  }

  private func join(_ source: SourceRepository, to drafts: inout [String: ReleaseDraft], into report: inout Report) {
    guard let known = facts.facts(of: source) else { return }
    var unparsed: [String] = []
    for tag in known.tags {
      guard let text = source.tags?.version(in: tag.name) else { continue }
      let key = String(text)
      if drafts[key] == nil, source.discoversTags {
        guard let version = Version(text, scheme: product.versioning) else {
          unparsed.append(tag.name)
          continue
        }
        drafts[key] = ReleaseDraft(version: version, location: source.location)
      }
      guard drafts[key] != nil, drafts[key]?.tag == nil else { continue }
      drafts[key]?.tag = (source, tag)
      drafts[key]?.commit = (source, tag.commit)
    }
    if !unparsed.isEmpty {
      report.add(unparsedTags(unparsed, of: source))
    }
    for (key, draft) in drafts {
      guard let stated = draft.record?.commits.first(where: { isMeant($0, source) }) else { continue }
      if let name = stated.tag?.value, let tag = known.tag(named: name) {
        drafts[key]?.tag = (source, tag)
        drafts[key]?.commit = (source, tag.commit)
      }
      if let id = stated.commit?.value, known.graph.position(of: id) != nil {
        drafts[key]?.commit = (source, id)
      }
    }
  }

  private func isMeant(_ stated: ReleasedCommit, _ source: SourceRepository) -> Bool {
    stated.source.map { $0.value == source.id } ?? (product.sources.first?.id == source.id)
  }

  private func unparsedTags(_ names: [String], of source: SourceRepository) -> Diagnostic {
    let shown = names.prefix(5).map { "`\($0)`" }.joined(separator: ", ")
    let rest = names.count > 5 ? " and \(names.count - 5) more" : ""
    return .warning(
      .tagDoesNotParse,
      "\(names.count == 1 ? "a tag matches" : "\(names.count) tags match") `tags` of `\(product.id)` but hold no "
        + "version of the scheme `\(product.versioning.rawValue)`: \(shown)\(rest)",
      at: source.location,
      help: "narrow `tags`, choose another `versioning`, or leave these tags out of the site as they are now")
  }
}
