import Diagnostics
package import Model

/// What must not change unseen about a release that customers got.
///
/// Later seals are held against it, so it has the digests of what the record said and not the words.
package struct SealedRelease: Hashable, Sendable {
  package struct Amendment: Hashable, Sendable {
    package var digest: String
    /// The keys of the record that it says were changed.
    package var fields: [String]
  }

  /// Such as `gateway/2.4.0`.
  package var id: String
  package var status: String
  /// The digests of the entries of each key of the record, sorted; of a list, one for each.
  package var fields: [String: [String]]
  /// Those that this audience may know of: the public has of each its day and the fields that are public.
  package var amendments: [Amendment] = []

  /// Those of a ledger, made in parallel.
  package static func all(in facts: Ledger, slices: Int) async -> [SealedRelease] {
    let shelves = facts.shelves
    let parts = await inSlices(of: shelves.count, slices: slices) { range in
      // By their places: a release is costly to copy.
      range.flatMap { shelf in
        shelves[shelf].releases.indices.compactMap { SealedRelease(shelves[shelf].releases[$0]) }
      }
    }
    return parts.flatMap { $0 }
  }

  /// - Returns: `nil` for a release that is still to come, or never did.
  package init?(_ release: Release) {
    guard release.status.hasShipped else { return nil }
    id = "\(release.product.text)/\(release.version.text)"
    status = release.status.rawValue
    fields = [:]
    for (key, entries) in SealedRelease.entries(of: release) where !entries.isEmpty {
      fields[key] = entries.map(SealedRelease.digest).sorted()
    }
    amendments = release.amendments.map { amendment in
      let words: [JSON] = [
        .text(amendment.at.value.iso), JSON(amendment.by?.value), JSON(amendment.reason),
        .list(amendment.fields.map { .text($0.value) }),
      ]
      return Amendment(digest: SealedRelease.digest(words), fields: amendment.fields.map(\.value))
    }
  }

  /// 128 bits, for there are many, and a second text for one takes 2¹²⁸ tries.
  private static func digest(_ words: [JSON]) -> String {
    hexadecimal(Fingerprint(of: JSON.list(words).bytes).bytes.prefix(16))
  }

  /// The entries that need an amendment to be changed or taken away, by their key in the record.
  ///
  /// Text counts as it was written, for what it is rendered to changes with the program.
  private static func entries(of release: Release) -> [(key: String, entries: [[JSON]])] {
    let changes = release.changes.indices.filter { index in
      release.changes[index].origin == .record || release.changes[index].origin == .commit
    }
    return [
      ("released", release.released.map { [[.text($0.value.iso)]] } ?? []),
      ("scheduled", release.scheduled.map { [[.text($0.at.value.iso)]] } ?? []),
      ("scope_frozen", release.scopeFrozen.map { [[.text($0.value.iso)]] } ?? []),
      ("commit", release.commit.map { [[.text($0)]] } ?? []),
      ("notes", release.notes.map { [[.text($0.prose.whole.markdown)]] } ?? []),
      ("changes", changes.map { words(release.changes[$0]) }),
      ("security", release.security.map(words)),
      ("artifacts", release.artifacts.map(words)),
      ("evidence", release.evidence.map(words)),
      ("approvals", release.approvals.map(words)),
    ]
  }

  private static func words(_ change: Change) -> [JSON] {
    [
      .text(change.id), JSON(change.kind?.rawValue), .text(change.text.whole.markdown), JSON(change.component),
      JSON(change.action?.whole.markdown), JSON(change.impact?.whole.markdown),
    ]
  }

  private static func words(_ vulnerability: Vulnerability) -> [JSON] {
    [
      .text(vulnerability.id), .list(vulnerability.aliases.map(JSON.text)), JSON(vulnerability.severity?.rawValue),
      JSON(vulnerability.score.map { "\($0)" }), JSON(vulnerability.summary?.whole.markdown),
      .flag(vulnerability.isFixed),
    ]
  }

  private static func words(_ artifact: Artifact) -> [JSON] {
    [
      .text(artifact.name), JSON(artifact.url), JSON(artifact.digest), JSON(artifact.size.map(String.init)),
      JSON(artifact.purl),
    ]
  }

  private static func words(_ entry: EvidenceEntry) -> [JSON] {
    [
      .text(entry.id.value), JSON(entry.kind?.value), JSON(entry.path?.value ?? entry.url), JSON(entry.sha256?.value),
      JSON(entry.commit?.value), JSON(entry.at?.value.iso), JSON(entry.statement), JSON(entry.by?.value),
    ]
  }

  private static func words(_ approval: Approval) -> [JSON] {
    [
      .text(approval.by.value), JSON(approval.role?.value), .text(approval.decision.value.rawValue),
      JSON(approval.at?.value.iso), JSON(approval.conditions), JSON(approval.onBehalfOf?.value),
    ]
  }
}

extension SealedRelease {
  var document: JSON {
    var members: [String: JSON] = [
      "status": .text(status), "fields": .object(fields.mapValues { .list($0.map(JSON.text)) }),
    ]
    if !amendments.isEmpty {
      members["amendments"] = .list(
        amendments.map { .object(["digest": .text($0.digest), "fields": .list($0.fields.map(JSON.text))]) })
    }
    return .object(members)
  }

  init(id: String, status: String, fields: [String: [String]], amendments: [Amendment]) {
    (self.id, self.status, self.fields, self.amendments) = (id, status, fields, amendments)
  }
}
