import Diagnostics
import Model

/// The states of the content along HEAD's first-parent history, and what branches did in between.
struct ContentStates: Sendable {
  let history: ContentHistory
  let branches: BranchTouches
  let graph: CommitGraph
  /// Every path that ever stood in the content folder, by bytes.
  let paths: [String]
  private(set) var blobs: [String: [UInt8]] = [:]
  /// What files of YAML said, by path and blob, where several questions need it.
  private(set) var nodes: [String: [String: YAMLNode]] = [:]
  /// The paths that the releases ever had, by product, as it is called today, and version.
  private let releasePaths: [String: [String]]
  /// When each revision was published: no earlier than what was published before it, whatever its own clock said.
  let published: [Moment]

  init(
    history: ContentHistory, branches: BranchTouches, graph: CommitGraph, content: String, products: [Product]
  ) {
    (self.history, self.branches, self.graph) = (history, branches, graph)
    self.paths = history.paths
    var names: [String: String] = [:]
    for product in products {
      for name in product.formerly { names[name] = product.id.text }
    }
    var paths: [String: [String]] = [:]
    let folder = content + "/releases/"
    for path in self.paths where path.hasPrefix(folder) {
      let steps = path.dropFirst(folder.count).split(separator: "/")
      guard steps.count == 2 || steps.count == 3, let dot = steps[1].utf8.lastIndex(of: UInt8(ascii: ".")) else {
        continue
      }
      let product = names[String(steps[0])] ?? String(steps[0])
      paths[product + "/" + steps[1][..<dot], default: []].append(path)
    }
    releasePaths = paths
    var published = history.revisions.map(\.committed)
    for index in published.indices.dropLast().reversed() {
      published[index] = max(published[index], published[index + 1])
    }
    self.published = published
  }

  /// The record, its notes and its parts, also those that are gone.
  func paths(of release: ReleaseRecord) -> [String] { releasePaths[release.product.text + "/" + release.version] ?? [] }

  /// Every release that ever had files, by product and version.
  var everyRelease: [(product: String, version: String, paths: [String])] {
    releasePaths.sorted { precedesInBytes($0.key, $1.key) }.compactMap { key, paths in
      let parts = key.split(separator: "/", maxSplits: 1)
      return parts.count == 2 ? (String(parts[0]), String(parts[1]), paths) : nil
    }
  }

  /// The ids of every state of the files.
  func blobIDs(of paths: [String]) -> Set<String> {
    var ids: Set<String> = []
    for path in paths {
      for touch in history.touches(of: path) { ids.formUnion([touch.before, touch.after].compactMap { $0 }) }
      for touch in branches.touches(of: path) { ids.formUnion(touch.before + [touch.after].compactMap { $0 }) }
    }
    return ids
  }

  mutating func take(_ blobs: [String: [UInt8]]) { self.blobs.merge(blobs, uniquingKeysWith: { first, _ in first }) }

  /// Reads every state of the files of YAML, but for large ones, in parallel.
  mutating func readNodes(slices: Int) async {
    let paths = Set(paths).union(branches.paths).filter { $0.hasSuffix(".yml") }.sorted()
    let parts = await inSlices(of: paths.count, slices: slices) { [self] range in
      paths[range].map { path in
        var nodes: [String: YAMLNode] = [:]
        for blob in blobIDs(of: [path]) where blobs[blob].map({ $0.count <= ContentStates.largestFile }) ?? false {
          nodes[blob] = node(blob, path: path)
        }
        return (path, nodes)
      }
    }
    nodes = Dictionary(uniqueKeysWithValues: parts.joined())
  }

  /// What is larger is told of without its fields.
  static let largestFile = 1 << 20

  /// The blob that a path had before a revision; `nil` when it had none.
  func blob(of path: String, before revision: Int) -> String? {
    history.touches(of: path).first { $0.revision > revision }?.after
  }

  /// One step of the first-parent history of some files.
  struct Step {
    var revision: Int
    /// The blobs by path, before and after it.
    var changes: [(path: String, before: String?, after: String?)]
  }

  /// Newest first.
  func steps(of paths: [String]) -> [Step] {
    var touches = paths.flatMap { path in history.touches(of: path).map { (path: path, touch: $0) } }
    touches.sort { $0.touch.revision < $1.touch.revision }
    var steps: [Step] = []
    for (path, touch) in touches {
      if steps.last?.revision != touch.revision { steps.append(Step(revision: touch.revision, changes: [])) }
      steps[steps.count - 1].changes.append((path, touch.before, touch.after))
    }
    return steps
  }

  /// The blobs that the files have in HEAD, by path.
  func newest(of paths: [String]) -> [String: String] {
    var state: [String: String] = [:]
    for path in paths { state[path] = history.touches(of: path).first?.after }
    return state
  }

  /// The commit of a revision.
  func commit(of revision: Int) -> Commit? {
    graph.position(of: history.revisions[revision].id).map { graph.commits[$0] }
  }

  /// Those who made what a revision changed: the commit itself, or the commits of the branch that it merged.
  func makers(of commit: Commit, touching paths: [String]) -> [Commit] {
    let branch = brought(by: commit)
    guard !branch.isEmpty else { return [commit] }
    var ids: Set<String> = []
    for path in paths {
      // The merge itself is among them where it wrote something.
      for touch in branches.touches(of: path) where branch.contains(touch.commit) || touch.commit == commit.id {
        ids.insert(touch.commit)
      }
    }
    return ids.compactMap { graph.position(of: $0) }.sorted().map { graph.commits[$0] }
  }

  /// The full ids of the commits that a merge on the first-parent history brought; empty for what is no merge.
  func brought(by merge: Commit) -> Set<String> {
    guard merge.isMerge, let position = graph.position(of: merge.id) else { return [] }
    let others = graph.commits(from: position, without: [merge.parents[0]]).filter { $0 != position }
    return Set(others.map { graph.commits.id(at: $0) })
  }
}
