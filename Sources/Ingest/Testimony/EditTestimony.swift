import Diagnostics
import Model

/// What the history of the content says of files that were edited or are gone.
extension TestimonyReading {
  func readEvidenceEdits(_ states: ContentStates, into testimony: inout GitTestimony) {
    for path in Set(records.releases.flatMap(\.evidence).compactMap { $0.path?.value }) {
      let touches = states.history.touches(of: path)
      guard let newest = touches.first, let oldest = touches.last else { continue }
      func mark(_ touch: ContentHistory.Touch) -> CommitMark {
        let revision = states.history.revisions[touch.revision]
        return CommitMark(id: revision.id, author: revision.author, committed: revision.committed)
      }
      testimony.evidence[path] = EvidenceHistory(
        oldest: mark(oldest), newest: mark(newest), wasEdited: touches.count > 1)
    }
  }

  /// The releases of which no record is left.
  func gone(from states: ContentStates) -> [(product: String, version: String, paths: [String])] {
    let known = Set(records.releases.map { "\($0.product.text)/\($0.version)" })
    return states.everyRelease.filter { release in
      !known.contains("\(release.product)/\(release.version)")
        && release.paths.contains { $0.hasSuffix("/\(release.version).yml") }
    }
  }

  func readVanished(_ states: ContentStates, into testimony: inout GitTestimony) {
    for release in gone(from: states) {
      let comparison = RecordComparison(
        states: states, entries: states.entries(of: release.paths), zone: records.site.zone)
      guard comparison.wasReleased(paths: release.paths),
        let path = release.paths.last(where: { $0.hasSuffix("/\(release.version).yml") })
      else { continue }
      let touch = states.history.touches(of: path).first { $0.after == nil }
      let removed = touch.map { states.history.revisions[$0.revision] }.map {
        CommitMark(id: $0.id, author: $0.author, committed: $0.committed)
      }
      testimony.vanished[ProductID(release.product), default: []].append(
        VanishedRecord(version: release.version, path: path, removed: removed))
    }
  }
}
