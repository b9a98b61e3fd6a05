import Crypto
import Diagnostics
import Model

/// Compares published records with the first state in which they were published.
struct RecordComparison: Sendable {
  let states: ContentStates
  /// What the states of the files say, by blob.
  let entries: [String: [YAMLNode.Entry]]
  let zone: Zone

  /// - Parameter paths: The record, its notes and its parts, also those that are gone.
  func baseline(of record: ReleaseRecord, paths: [String]) -> RecordBaseline {
    var baseline = RecordBaseline()
    let steps = states.steps(of: paths)
    let now = states.newest(of: paths)
    var state = now
    // The states since publication, newest first, each with the step that made it.
    var since: [(state: [String: String], step: ContentStates.Step)] = []
    var published: Int?
    var pinned: Int?
    for step in steps {
      since.append((state, step))
      if isReleased(state) { published = since.count - 1 }
      if isPinned(state, by: record) { pinned = since.count - 1 }
      for change in step.changes { state[change.path] = change.before }
    }
    baseline.isPinMissing = record.baseline != nil && pinned == nil
    if let published, let pinned, pinned < published { baseline.isPinLate = true }
    // A pin may only reach further back, or it would legalise what was changed in silence.
    guard let first = [published, pinned].compactMap({ $0 }).max() else { return baseline }
    let revision = states.history.revisions[since[first].step.revision]
    baseline.published = CommitMark(id: revision.id, author: revision.author, committed: revision.committed)
    guard since[first].state != now else { return baseline }
    let guarded = GuardedRecord(published: revision.committed, zone: zone, place: record.location)
    baseline.differences = guarded.differences(from: fields(of: since[first].state), to: fields(of: now))
    let notes = paths.filter { $0.hasSuffix(".md") }
    if notes.contains(where: { since[first].state[$0] != now[$0] }) {
      let path = notes.first { now[$0] != nil }
      baseline.differences.append(
        RecordDifference(
          field: "notes", entry: nil, kind: .changed, at: path.map { SourceLocation(file: $0) } ?? record.location))
    }
    trace(&baseline.differences, since: Array(since[..<first]), before: since[first].state, record, paths: paths)
    return baseline
  }

  /// Whether a state of files was ever published, as one that is gone may have been.
  func wasReleased(paths: [String]) -> Bool {
    var state = states.newest(of: paths)
    for step in states.steps(of: paths) {
      if isReleased(state) { return true }
      for change in step.changes { state[change.path] = change.before }
    }
    return false
  }

  /// Says of each difference who made its last change, and which amendments came with it or later.
  private func trace(
    _ differences: inout [RecordDifference], since: [(state: [String: String], step: ContentStates.Step)],
    before first: [String: String], _ record: ReleaseRecord, paths: [String]
  ) {
    guard !differences.isEmpty else { return }
    let values = since.map { fields(of: $0.state) } + [fields(of: first)]
    for index in differences.indices {
      let difference = differences[index]
      let isNotes = difference.field == "notes"
      let last = since.indices.first { position in
        if isNotes { return since[position].step.changes.contains { $0.path.hasSuffix(".md") } }
        return values[position].text(of: difference) != values[position + 1].text(of: difference)
      }
      guard let last else { continue }
      let step = since[last].step
      let older = last + 1 < since.count ? since[last + 1].state : first
      let known = amendments(in: older, at: record.location)
      differences[index].amendments = record.amendments.filter { amendment in
        amendment.fields.contains { $0.value == difference.field } && !known.contains(EntryKey(amendment))
      }.map(\.location)
      differences[index].changed = states.published[step.revision]
      if let commit = states.commit(of: step.revision) {
        differences[index].authors = states.makers(of: commit, touching: step.changes.map(\.path)).flatMap(\.authors)
      }
    }
  }

  private func amendments(in state: [String: String], at place: SourceLocation) -> Set<EntryKey> {
    Set(state.values.flatMap { EntryKey.keys(inRelease: entries[$0] ?? [], at: place) })
  }

  private func isReleased(_ state: [String: String]) -> Bool {
    fields(of: state).contains { $0.key == "status" && $0.value.text == Release.Status.released.rawValue }
  }

  private func isPinned(_ state: [String: String], by record: ReleaseRecord) -> Bool {
    guard let pin = record.baseline else { return false }
    let wanted = pin.value.split(separator: ":").last.map(String.init)?.lowercased()
    return state.contains { path, blob in
      guard path == record.location.file, let bytes = states.blobs[blob] else { return false }
      return hexadecimal(SHA256.hash(data: bytes)) == wanted
    }
  }

  /// The entries of the record and its parts; lists are joined.
  private func fields(of state: [String: String]) -> [YAMLNode.Entry] {
    var joined: [YAMLNode.Entry] = []
    for (path, blob) in state.sorted(by: { precedesInBytes($0.key, $1.key) })
    where path.hasSuffix(".yml") {
      for entry in entries[blob] ?? [] where !entry.value.isNull {
        if let index = joined.firstIndex(where: { $0.key == entry.key }),
          case .list(let known) = joined[index].value.content, case .list(let more) = entry.value.content
        {
          joined[index].value.content = .list(known + more)
        } else {
          joined.append(entry)
        }
      }
    }
    return joined
  }
}

extension [YAMLNode.Entry] {
  /// What a state says where two states differ: the entries of that name, or the whole field.
  fileprivate func text(of difference: RecordDifference) -> String? {
    guard let value = first(where: { $0.key == difference.field })?.value else { return nil }
    guard let name = difference.entry, case .list(let elements) = value.content else { return value.canonical }
    return elements.filter { $0.name == name }.map(\.canonical).sorted().joined(separator: ",")
  }
}
