import Model

/// For each release of a product, the releases that its commit descends from directly.
///
/// One walk over the commits, parents first, carries for each commit the set of newest releases below it. Sets are
/// shared: a commit with one parent has its parent's set, so the cost is a union for each merge.
/// - Complexity: O(commits + merges × releases on parallel lines).
struct ReleaseAncestry {
  /// Positions of releases, by the position of the release that follows them.
  private(set) var parents: [[Int]]

  /// - Parameter commits: The graph's position of each release's commit, or `nil` where Git does not know it; releases
  ///   in ascending order, so that of two on one commit the later follows the earlier.
  init(of commits: [Int?], in graph: CommitGraph) {
    parents = Array(repeating: [], count: commits.count)
    var releasesAt: [Int: [Int]] = [:]
    for (release, commit) in commits.enumerated() {
      if let commit { releasesAt[commit, default: []].append(release) }
    }
    guard let newest = releasesAt.keys.min() else { return }

    var sets = SharedSets()
    var contained = Array(repeating: Set<Int>(), count: commits.count)
    var setOfCommit = [Int32](repeating: SharedSets.empty, count: graph.commits.count)
    for position in (newest..<graph.commits.count).reversed() {
      var set = SharedSets.empty
      for parent in graph.commits[position].parents {
        set = sets.union(set, setOfCommit[parent], withoutThoseIn: contained)
      }
      for release in releasesAt[position] ?? [] {
        parents[release] = sets[set]
        contained[release] = parents[release].reduce(into: []) { $0.formUnion(contained[$1]); $0.insert($1) }
        set = sets.set(of: [release])
      }
      setOfCommit[position] = set
    }
  }
}

/// Small sets of releases, each kept once and named by a number.
private struct SharedSets {
  static let empty: Int32 = 0
  private var members: [[Int]] = [[]]
  private var names: [[Int]: Int32] = [[]: 0]
  private var unions: [UInt64: Int32] = [:]

  subscript(_ name: Int32) -> [Int] { members[Int(name)] }

  mutating func set(of releases: [Int]) -> Int32 {
    if let name = names[releases] { return name }
    let name = Int32(members.count)
    members.append(releases)
    names[releases] = name
    return name
  }

  /// The union without releases that others of it contain.
  mutating func union(_ a: Int32, _ b: Int32, withoutThoseIn contained: [Set<Int>]) -> Int32 {
    if a == b || b == SharedSets.empty { return a }
    if a == SharedSets.empty { return b }
    let key = UInt64(UInt32(bitPattern: min(a, b))) << 32 | UInt64(UInt32(bitPattern: max(a, b)))
    if let known = unions[key] { return known }
    let all = Set(self[a]).union(self[b])
    let newest = all.filter { release in !all.contains { $0 != release && contained[$0].contains(release) } }
    let name = set(of: newest.sorted())
    unions[key] = name
    return name
  }
}
