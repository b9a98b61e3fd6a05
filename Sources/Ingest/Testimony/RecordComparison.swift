import Crypto
import Diagnostics
import Model

/// Compares published records with the first state in which they were published.
struct RecordComparison: Sendable {
  let states: ContentStates
  /// What the states of the files say, by blob.
  let entries: [String: [YAMLNode.Entry]]
  let zone: Zone

  /// The keys whose entries may not change in silence once a record is published.
  static let guarded = [
    "type", "risk", "authors", "scheduled", "released", "commit", "tag", "commits", "previous", "scope_frozen",
    "changes",
    "security", "known_issues", "evidence", "acceptance", "approvals", "artifacts",
  ]

  /// - Parameter paths: The record, its notes and its parts, also those that are gone.
  func baseline(of record: ReleaseRecord, paths: [String]) -> RecordBaseline {
    var baseline = RecordBaseline()
    let steps = states.steps(of: paths)
    let now = states.newest(of: paths)
    var state = now
    var published: (state: [String: String], revision: Int)?
    // Back from the newest, so that the last one that fits is the first state that was published.
    for step in steps {
      if isBaseline(state, of: record) { published = (state, step.revision) }
      for change in step.changes { state[change.path] = change.before }
    }
    guard let published else {
      baseline.isPinMissing = record.baseline != nil
      return baseline
    }
    let revision = states.history.revisions[published.revision]
    baseline.published = CommitMark(id: revision.id, author: revision.author, committed: revision.committed)
    guard published.state != now else { return baseline }
    baseline.differences = differences(
      from: fields(of: published.state), to: fields(of: now), since: revision.committed, record: record)
    let notes = paths.filter { $0.hasSuffix(".md") }
    if notes.contains(where: { published.state[$0] != now[$0] }) {
      let path = notes.first { now[$0] != nil }
      baseline.differences.append(
        RecordDifference(
          field: "notes", entry: nil, kind: .changed, at: path.map { SourceLocation(file: $0) } ?? record.location))
    }
    return baseline
  }

  private func isBaseline(_ state: [String: String], of record: ReleaseRecord) -> Bool {
    guard let pin = record.baseline else {
      return fields(of: state).contains { $0.key == "status" && $0.value.text == Release.Status.released.rawValue }
    }
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

  private func differences(
    from old: [YAMLNode.Entry], to new: [YAMLNode.Entry], since published: Moment, record: ReleaseRecord
  ) -> [RecordDifference] {
    RecordComparison.guarded.flatMap { key -> [RecordDifference] in
      let (before, after) = (old.first { $0.key == key }?.value, new.first { $0.key == key }?.value)
      guard before?.canonical != after?.canonical else { return [] }
      if case .list(let old) = before?.content ?? .list([]), case .list(let new) = after?.content ?? .list([]) {
        return differences(of: key, from: old, to: new, since: published, record: record)
      }
      let kind: RecordDifference.Kind = before == nil ? .added : after == nil ? .removed : .changed
      return [RecordDifference(field: key, entry: nil, kind: kind, at: after?.location ?? record.location)]
    }
  }

  private func differences(
    of key: String, from old: [YAMLNode], to new: [YAMLNode], since published: Moment, record: ReleaseRecord
  ) -> [RecordDifference] {
    var gone = old
    var come: [YAMLNode] = []
    for element in new {
      if let same = gone.firstIndex(where: { $0.canonical == element.canonical }) {
        gone.remove(at: same)
      } else {
        come.append(element)
      }
    }
    var found: [RecordDifference] = []
    for element in come {
      if let same = gone.firstIndex(where: { $0.name == element.name }) {
        gone.remove(at: same)
        found.append(RecordDifference(field: key, entry: element.name, kind: .changed, at: element.location))
      } else if !isLater(element, than: published) {
        found.append(RecordDifference(field: key, entry: element.name, kind: .added, at: element.location))
      }
    }
    found += gone.map { RecordDifference(field: key, entry: $0.name, kind: .removed, at: record.location) }
    return found
  }

  /// Whether an entry tells of something that came after publication, so that adding it rewrites nothing.
  private func isLater(_ entry: YAMLNode, than published: Moment) -> Bool {
    guard case .mapping(let entries) = entry.content,
      let at = entries.first(where: { $0.key == "at" })?.value.text.flatMap({ When($0) })
    else { return false }
    return at.end(in: zone) > published
  }
}

extension YAMLNode {
  /// The same text for the same value, however it is laid out.
  var canonical: String {
    switch content {
    case .scalar(let text, _): isNull ? "~" : "\(text.utf8.count):\(text)"
    case .list(let elements): "[" + elements.map(\.canonical).joined(separator: ",") + "]"
    case .mapping(let entries):
      "{"
        + entries.filter { !$0.value.isNull }.map { "\($0.key)=\($0.value.canonical)" }.sorted().joined(separator: ",")
        + "}"
    }
  }

  /// What an entry is called, by the first key that names it.
  fileprivate var name: String? {
    guard case .mapping(let entries) = content else { return text }
    for key in ["id", "by", "name", "criterion", "text", "tag", "commit"] {
      if let text = entries.first(where: { $0.key == key })?.value.text { return text }
    }
    return nil
  }
}
