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
      var change = PolicyChange(
        commit, parts: states.makers(of: commit, touching: paths), paths: paths, published: states.published[revision])
      if paths.contains(where: { $0.hasPrefix(content + "/policy/") }) { change.roles = roles(before: revision) }
      return (change, revision)
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

  /// The roles that the policy named for approving its changes before a revision; `nil` when it did not ask.
  private func roles(before revision: Int) -> [String]? {
    let files = states.paths.filter { $0.hasPrefix(content + "/policy/") && $0.hasSuffix(".yml") }
    for path in files {
      guard let blob = states.blob(of: path, before: revision),
        let rule = states.node(blob, path: path)?["rules"]?["policy-approved"]
      else { continue }
      guard let roles = rule["roles"], case .list(let names) = roles.content else { return [] }
      return names.compactMap(\.text)
    }
    return nil
  }
}

extension YAMLNode {
  fileprivate subscript(key: String) -> YAMLNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }
}
