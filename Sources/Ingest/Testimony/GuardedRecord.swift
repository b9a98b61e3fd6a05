import Diagnostics
import Model

/// What of a published record may not change in silence: everything but what ``free`` names, and what only adds to it
/// something that came later.
struct GuardedRecord {
  let published: Moment
  let zone: Zone
  /// The record, where to point when something is gone.
  let place: SourceLocation

  /// What judges nothing and is read by people only. A pin reaches no further forward than the first released state.
  static let free: Set<String> = ["title", "summary", "owner", "baseline"]
  /// What is filled in as a release goes on its way, key by key.
  private static let growing: Set<String> = ["rollout", "validation", "review"]
  /// Lists whose entries have no time of their own, and that only ever tell more.
  private static let additive: Set<String> = ["amendments", "known_issues"]
  /// The keys of times, of which one that came later makes an entry one that rewrites nothing.
  private static let times: Set<String> = ["at", "started", "finished", "done", "taken", "executed", "observed_until"]

  func differences(from old: [YAMLNode.Entry], to new: [YAMLNode.Entry]) -> [RecordDifference] {
    var keys: [String] = []
    for entry in old + new where !GuardedRecord.free.contains(entry.key) && !keys.contains(entry.key) {
      keys.append(entry.key)
    }
    return keys.flatMap { key -> [RecordDifference] in
      let (before, after) = (old.first { $0.key == key }?.value, new.first { $0.key == key }?.value)
      guard before?.canonical != after?.canonical else { return [] }
      if key == "status", movesForward(before?.text, after?.text) { return [] }
      if case .list(let old) = before?.content ?? .list([]), case .list(let new) = after?.content ?? .list([]) {
        return differences(of: key, from: old, to: new)
      }
      if GuardedRecord.growing.contains(key), let after, onlyGrew(before, after) { return [] }
      if key == "rollback", let before, let after, onlyGrew(before, after), before.keys.isSuperset(of: after.keys) {
        return []
      }
      let kind: RecordDifference.Kind = before == nil ? .added : after == nil ? .removed : .changed
      return [RecordDifference(field: key, entry: nil, kind: kind, at: after?.location ?? place)]
    }
  }

  private func differences(of key: String, from old: [YAMLNode], to new: [YAMLNode]) -> [RecordDifference] {
    var open = elements(old, notAmong: new)
    var found: [RecordDifference] = []
    for element in elements(new, notAmong: old) {
      if let same = open.firstIndex(where: { $0.name == element.name }) {
        open.remove(at: same)
        found.append(RecordDifference(field: key, entry: element.name, kind: .changed, at: element.location))
      } else if !GuardedRecord.additive.contains(key), !isLater(element) {
        found.append(RecordDifference(field: key, entry: element.name, kind: .added, at: element.location))
      }
    }
    return found + open.map { RecordDifference(field: key, entry: $0.name, kind: .removed, at: place) }
  }

  /// The elements that others lack, each counted as often as it stands there.
  private func elements(_ elements: [YAMLNode], notAmong others: [YAMLNode]) -> [YAMLNode] {
    var counts: [String: Int] = [:]
    for other in others { counts[other.canonical, default: 0] += 1 }
    return elements.filter { element in
      guard let count = counts[element.canonical], count > 0 else { return true }
      counts[element.canonical] = count - 1
      return false
    }
  }

  /// Whether a value only got more that came later: keys that were not there, elements at the end.
  private func onlyGrew(_ old: YAMLNode?, _ new: YAMLNode) -> Bool {
    guard let old, !old.isNull else { return tellsNothingEarlier(new) }
    if old.canonical == new.canonical { return true }
    switch (old.content, new.content) {
    case (.mapping(let before), .mapping(let after)):
      let isWhole = before.allSatisfy { entry in
        entry.value.isNull || after.first { $0.key == entry.key }.map { onlyGrew(entry.value, $0.value) } ?? false
      }
      return isWhole
        && after.allSatisfy { entry in
          before.contains { $0.key == entry.key && !$0.value.isNull } || tellsNothingEarlier(entry)
        }
    case (.list(let before), .list(let after)):
      return after.count >= before.count && zip(before, after).allSatisfy { onlyGrew($0, $1) }
        && after.dropFirst(before.count).allSatisfy { tellsNothingEarlier($0) }
    default: return false
    }
  }

  /// Whether what is added names no time before publication as its own.
  private func tellsNothingEarlier(_ node: YAMLNode) -> Bool {
    switch node.content {
    case .scalar: true
    case .list(let elements): elements.allSatisfy { tellsNothingEarlier($0) }
    case .mapping(let entries): entries.allSatisfy { tellsNothingEarlier($0) }
    }
  }

  private func tellsNothingEarlier(_ entry: YAMLNode.Entry) -> Bool {
    GuardedRecord.times.contains(entry.key) ? isLater(entry) : tellsNothingEarlier(entry.value)
  }

  /// Whether an entry tells of something that came after publication, so that adding it rewrites nothing.
  private func isLater(_ node: YAMLNode) -> Bool {
    guard case .mapping(let entries) = node.content else { return false }
    let times = entries.filter { GuardedRecord.times.contains($0.key) && !$0.value.isNull }
    return !times.isEmpty && times.allSatisfy { isLater($0) }
  }

  private func isLater(_ entry: YAMLNode.Entry) -> Bool {
    moment(entry.value).map { $0 > published } ?? entry.value.isNull
  }

  private func moment(_ node: YAMLNode) -> Moment? { node.text.flatMap { When($0) }?.end(in: zone) }

  /// Whether a status is a later one on the way: released, then rolled back or withdrawn.
  private func movesForward(_ old: String?, _ new: String?) -> Bool {
    let way: [Release.Status] = [.planned, .candidate, .approved, .rollingOut, .released, .rolledBack, .withdrawn]
    guard let old = way.firstIndex(where: { $0.rawValue == old }),
      let new = way.firstIndex(where: { $0.rawValue == new })
    else { return false }
    return old < new
  }
}

extension YAMLNode {
  /// The keys of a mapping but `executed`, which tells of what was done with it.
  fileprivate var keys: Set<String> {
    guard case .mapping(let entries) = content else { return [] }
    return Set(entries.map(\.key)).subtracting(["executed"])
  }

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
  var name: String? {
    guard case .mapping(let entries) = content else { return text }
    for key in ["id", "by", "name", "criterion", "text", "tag", "commit"] {
      if let text = entries.first(where: { $0.key == key })?.value.text { return text }
    }
    return nil
  }
}
