import Diagnostics
import Model

/// Finds the changes of what releases are held to.
struct PolicyChangeReading: Sendable {
  let states: ContentStates
  /// The content folder.
  let content: String
  /// The lists of keys that gazette.yml names.
  let keys: Set<String>

  private var site: String { content + "/gazette.yml" }

  /// Newest first.
  func changes() -> [(change: PolicyChange, revision: Int)] {
    var touched: [Int: [String]] = [:]
    for path in states.paths where isGoverning(path) {
      for touch in states.history.touches(of: path) {
        if path == site, !isGoverning(before: touch.before, after: touch.after) { continue }
        touched[touch.revision, default: []].append(path)
      }
    }
    return touched.keys.sorted().compactMap { revision in
      guard let commit = states.commit(of: revision), let paths = touched[revision] else { return nil }
      return (PolicyChange(commit, parts: parts(of: commit, touching: paths), paths: paths), revision)
    }
  }

  private func isGoverning(_ path: String) -> Bool {
    path == site || path == content + "/calendar.yml" || keys.contains(path)
      || path.hasPrefix(content + "/policy/") || path.hasPrefix(content + "/waivers/")
  }

  /// Of gazette.yml only who people are, and what they sign with.
  private func isGoverning(before: String?, after: String?) -> Bool {
    func governing(_ blob: String?) -> [String] {
      guard let blob, case .mapping(let entries)? = states.node(blob, path: site)?.content else { return [] }
      return entries.filter { ["people", "bots", "signing", "environments"].contains($0.key) }.map {
        $0.key + $0.value.canonical
      }
      .sorted()
    }
    return governing(before) != governing(after)
  }

  private func parts(of commit: Commit, touching paths: [String]) -> [Commit] {
    let branch = states.brought(by: commit)
    guard !branch.isEmpty else { return [commit] }
    var ids: Set<String> = []
    for path in paths {
      // The merge itself is among them where it wrote something.
      for touch in states.branches.touches(of: path) where branch.contains(touch.commit) || touch.commit == commit.id {
        ids.insert(touch.commit)
      }
    }
    return ids.compactMap { states.graph.position(of: $0) }.sorted().map { states.graph.commits[$0] }
  }
}
