import Diagnostics
import Model

/// Finds the commits that brought entries.
///
/// An entry came with the oldest state of an unbroken row on HEAD's first-parent history that has it. When that state
/// is a merge, the commit of the branch that wrote the entry brought it; one that only moves it between files of a
/// release does not count. What no commit of the branch wrote, the merge itself did.
struct OriginTracing: Sendable {
  let states: ContentStates
  /// The entries of each state of each file, by blob.
  let keys: [String: Set<EntryKey>]

  /// - Parameters:
  ///   - wanted: With the places at which they stand now.
  ///   - paths: The files in which they may have stood.
  /// - Returns: For each place where it came from, and the revision at which it was published.
  func origins(
    of wanted: [(key: EntryKey, place: SourceLocation)], in paths: [String]
  ) -> [(place: SourceLocation, origin: EntryOrigin, revision: Int?)] {
    var state = states.newest(of: paths)
    func has(_ key: EntryKey) -> Bool { state.values.contains { keys[$0]?.contains(key) ?? false } }
    var found: [(place: SourceLocation, origin: EntryOrigin, revision: Int?)] = []
    var open: [(key: EntryKey, place: SourceLocation)] = []
    for entry in wanted {
      if has(entry.key) { open.append(entry) } else { found.append((entry.place, .uncommitted, nil)) }
    }
    for step in states.steps(of: paths) {
      guard !open.isEmpty else { break }
      // Only what the step brought can have come with it.
      let brought = step.changes.reduce(into: Set<EntryKey>()) { $0.formUnion($1.after.flatMap { keys[$0] } ?? []) }
      for change in step.changes { state[change.path] = change.before }
      open.removeAll { entry in
        guard brought.contains(entry.key), !has(entry.key) else { return false }
        if let commit = states.commit(of: step.revision) {
          let origin = EntryOrigin.commit(self.commit(that: commit, brought: entry.key, in: paths))
          found.append((entry.place, origin, step.revision))
        }
        return true
      }
    }
    return found
  }

  private func commit(that published: Commit, brought key: EntryKey, in paths: [String]) -> EntryCommit {
    guard published.isMerge else { return EntryCommit(commit: published, merge: nil) }
    let branch = states.brought(by: published)
    func has(_ blob: String) -> Bool { keys[blob]?.contains(key) ?? false }
    var writers: Set<String> = []
    var movers: Set<String> = []
    for path in paths {
      for touch in states.branches.touches(of: path) where branch.contains(touch.commit) {
        if touch.before.contains(where: has) {
          movers.insert(touch.commit)
        } else if touch.after.map(has) ?? false {
          writers.insert(touch.commit)
        }
      }
    }
    // Of several the newest: who wrote it again after it was taken out answers for it.
    let newest = writers.subtracting(movers).compactMap { states.graph.position(of: $0) }.min()
    guard let newest else { return EntryCommit(commit: published, merge: nil) }
    return EntryCommit(commit: states.graph.commits[newest], merge: published)
  }
}
