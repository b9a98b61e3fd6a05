import Diagnostics
import Model

/// Finds the changes that joined a release after its scope was frozen.
struct ScopeTracing: Sendable {
  let states: ContentStates
  /// What the states of the files say, by blob.
  let entries: [String: [YAMLNode.Entry]]
  let content: String
  let zone: Zone

  /// A change by the names that it may have had: its id, its words.
  private struct Entry {
    var names: [String]

    func isAmong(_ known: Set<String>) -> Bool { names.contains(where: known.contains) }
  }

  /// - Parameter paths: The record, its notes and its parts, also those that are gone.
  func scope(of record: ReleaseRecord, frozen: Moment, paths: [String]) -> ScopeHistory {
    var scope = ScopeHistory()
    var state = states.newest(of: paths)
    var open = changes(in: state)
    let committed = names(of: open)
    // What only the work tree has joined now.
    for change in record.changes
    where !Entry(names: [change.id?.value, change.text.value].compactMap { $0 }).isAmong(committed) {
      scope.late.append(
        ScopeHistory.Late(name: change.id?.value ?? change.text.value, commit: nil, location: change.location))
    }
    var lastLate: [String: String]?
    for step in states.steps(of: paths) {
      let revision = states.history.revisions[step.revision]
      // A commit with an early clock on top of later ones was published later all the same.
      guard states.published[step.revision] > frozen else { break }
      for change in step.changes { state[change.path] = change.before }
      let before = names(of: changes(in: state))
      let mark = CommitMark(id: revision.id, author: revision.author, committed: revision.committed)
      let late = open.filter { !$0.isAmong(before) }
      if !late.isEmpty, lastLate == nil { lastLate = state }
      for joined in late {
        scope.late.append(
          ScopeHistory.Late(name: joined.names[0], commit: mark, location: location(of: joined, in: record)))
      }
      open.removeAll { !$0.isAmong(before) }
    }
    let known = (lastLate ?? [:]).values.reduce(into: Set<EntryKey>()) { known, blob in
      known.formUnion(EntryKey.keys(inRelease: entries[blob] ?? [], at: record.location))
    }
    scope.amendments = record.amendments.filter { amendment in
      amendment.at.value.end(in: zone) > frozen && !known.contains(EntryKey(amendment))
    }.map(\.location)
    // A record that was not there yet takes what waited for it.
    if state[record.location.file] == nil {
      let waiting = fragments(of: record.product, at: frozen)
      scope.late.removeAll { waiting.contains($0.name) }
    }
    return scope
  }

  private func location(of entry: Entry, in record: ReleaseRecord) -> SourceLocation {
    let change = record.changes.first { change in
      entry.names.contains(change.id?.value ?? "") || entry.names.contains(change.text.value)
    }
    return change?.location ?? record.location
  }

  private func names(of changes: [Entry]) -> Set<String> { Set(changes.flatMap(\.names)) }

  /// The changes that a state of the files lists, in records, parts and notes.
  private func changes(in state: [String: String]) -> [Entry] {
    state.sorted { precedesInBytes($0.key, $1.key) }.flatMap { path, blob in
      path.hasSuffix(".md") ? changes(inNotes: blob, path: path) : changes(inRecord: blob)
    }
  }

  private func changes(inRecord blob: String) -> [Entry] {
    guard let value = entries[blob]?.first(where: { $0.key == "changes" })?.value, case .list(let list) = value.content
    else { return [] }
    return list.compactMap { element in
      guard case .mapping(let fields) = element.content else { return nil }
      let names = ["id", "text"].compactMap { key in fields.first { $0.key == key }?.value.text }
      return names.isEmpty ? nil : Entry(names: names)
    }
  }

  private func changes(inNotes blob: String, path: String) -> [Entry] {
    guard let bytes = states.blobs[blob] else { return [] }
    let source = MarkdownSource(String(decoding: bytes, as: UTF8.self), at: SourceLocation(file: path))
    return ChangeScan.entries(in: source).map { Entry(names: [$0.id]) }
  }

  /// The names of the fragments that waited at a moment.
  private func fragments(of product: ProductID, at moment: Moment) -> Set<String> {
    let folder = content + "/changes/\(product.text)/"
    return Set(
      states.paths.filter { $0.hasPrefix(folder) && $0.hasSuffix(".md") }.compactMap { path in
        let touches = states.history.touches(of: path)
        let last = touches.first { states.published[$0.revision] <= moment }
        guard last?.after != nil else { return nil }
        return path.split(separator: "/").last.map { String($0.dropLast(".md".count)) }
      })
  }
}
