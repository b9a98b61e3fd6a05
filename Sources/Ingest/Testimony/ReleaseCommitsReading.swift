import Diagnostics
import Model

/// Works out which commits each release brings, from graphs in memory.
struct ReleaseCommitsReading: Sendable {
  let facts: RepositoryFacts
  let content: String
  /// What history cannot tell, and whose commits write what, by repository.
  private var repositories: [SourceRepository.Repository: Authorship] = [:]

  /// What must be known of a repository beyond its graph.
  private struct Authorship: Sendable {
    var obstacle: HistoryObstacle?
    /// The commits that touch something outside the content folder; `nil` when all do.
    var outside: Set<String>?
    var mergesWithOwnLines: Set<String> = []
    var branches: [Branch] = []
  }

  /// A branch and where it ends.
  private struct Branch: Sendable {
    var name: String
    var tip: String
  }

  /// Asks Git three questions for each repository that a product comes from.
  init(
    _ products: [Product], facts: RepositoryFacts, content: String
  ) async throws(FileError) {
    (self.facts, self.content) = (facts, content)
    for source in products.flatMap(\.sources) where repositories[source.repository] == nil {
      guard let known = facts.facts(of: source) else { continue }
      var authorship = Authorship(obstacle: try await known.repository.historyObstacle())
      if authorship.obstacle == nil {
        var paths = [":(top)"]
        if source.repository == .checkout {
          paths.append(":(top,exclude,literal)\(content)")
          authorship.outside = try await known.repository.commitsTouching(path: ".", exclude: [content])
        }
        authorship.mergesWithOwnLines = try await known.repository.mergesWithOwnLines(paths)
        authorship.branches = try await ReleaseCommitsReading.branches(of: known.repository)
      }
      repositories[source.repository] = authorship
    }
  }

  func commits(of product: ProductDraft) -> [ReleaseID: [SourceCommits]] {
    var all: [ReleaseID: [SourceCommits]] = [:]
    for source in product.product.sources {
      let positions = product.drafts.map { position(of: $0, in: source, of: product.product) }
      let onBranch = branchPositions(of: source)
      for (index, draft) in product.drafts.enumerated() {
        var commits = self.commits(of: draft, in: source, of: product.product)
        if let tip = positions[index], commits.obstacle == nil {
          commits.isOnBranch = onBranch.map { $0.contains(tip) }
          if let previous = product.previous[index] {
            commits.changes = positions[previous].map { changes(to: tip, after: [$0], of: source) }
            commits.isBehindPrevious = positions[previous].map { isBehind(tip, $0, in: source) } ?? false
          } else {
            commits.changes = changes(to: tip, after: [], of: source)
          }
        }
        all[ReleaseID(product: product.product.id, version: draft.version.text), default: []].append(commits)
      }
    }
    return all
  }

  private func stated(_ draft: ReleaseDraft, in source: SourceRepository, of product: Product) -> ReleasedCommit? {
    draft.record?.commits.first { $0.source.map { $0.value == source.id } ?? (product.sources.first?.id == source.id) }
  }

  private func tagName(_ draft: ReleaseDraft, in source: SourceRepository, of product: Product) -> String? {
    stated(draft, in: source, of: product)?.tag?.value ?? source.tags?.tag(of: draft.version.text)
  }

  /// Where the release stands in the graph: at the commit that its record states, else at its tag.
  private func position(of draft: ReleaseDraft, in source: SourceRepository, of product: Product) -> Int? {
    guard let known = facts.facts(of: source) else { return nil }
    if let id = stated(draft, in: source, of: product)?.commit?.value {
      if let position = known.graph.position(of: id) { return position }
      // An abbreviation was resolved, or refused, when the draft was made.
      guard let full = draft.commit, full.source.id == source.id, full.id.hasPrefix(id) else { return nil }
      return known.graph.position(of: full.id)
    }
    return tagName(draft, in: source, of: product).flatMap { known.tag(named: $0) }.flatMap {
      known.graph.position(of: $0.commit)
    }
  }

  private func commits(of draft: ReleaseDraft, in source: SourceRepository, of product: Product) -> SourceCommits {
    var commits = SourceCommits(source)
    commits.stated = stated(draft, in: source, of: product)?.commit
    commits.tagName = tagName(draft, in: source, of: product)
    guard let known = facts.facts(of: source) else {
      commits.obstacle = .unbound(source.repository.name)
      return commits
    }
    commits.obstacle = repositories[source.repository]?.obstacle
    commits.tag = commits.tagName.flatMap { known.tag(named: $0) }
    if let stated = commits.stated, let position = position(of: draft, in: source, of: product) {
      commits.stated = Located(known.graph.commits.id(at: position), at: stated.location)
      commits.isKnown = true
    }
    return commits
  }

  /// Whether a commit stands before another, so that nothing is between them that way round.
  private func isBehind(_ tip: Int, _ base: Int, in source: SourceRepository) -> Bool {
    tip != base && facts.facts(of: source)?.graph.commits(from: tip, without: [base]).isEmpty == true
  }

  /// Why nobody can tell which tags a product has.
  func tagObstacle(of product: Product) -> HistoryObstacle? {
    for source in product.sources where source.tags != nil {
      guard facts.facts(of: source) != nil else { return .unbound(source.repository.name) }
      if let obstacle = repositories[source.repository]?.obstacle { return obstacle }
    }
    return nil
  }

  private func changes(to tip: Int, after bases: [Int], of source: SourceRepository) -> [ReleasedChange] {
    guard let known = facts.facts(of: source) else { return [] }
    let authorship = repositories[source.repository]
    let positions = known.graph.commits(from: tip, without: bases)
    let merges = merges(from: tip, within: Set(positions), of: known.graph)
    return positions.compactMap { position in
      guard facts.isPart(position, of: source) else { return nil }
      let commit = known.graph.commits[position]
      var change = ReleasedChange(
        commit, addsNothing: commit.isMerge && authorship?.mergesWithOwnLines.contains(commit.id) == false,
        isContentOnly: authorship?.outside.map { !$0.contains(commit.id) } ?? false)
      change.merge = merges[position].map { known.graph.commits[$0] }
      return change
    }
  }

  /// The merge on the first-parent line down from the tip that brought each commit beside that line.
  private func merges(from tip: Int, within range: Set<Int>, of graph: CommitGraph) -> [Int: Int] {
    var merges: [Int: Int] = [:]
    var position: Int? = tip
    while let current = position, range.contains(current) {
      let parents = graph.commits.parents(at: current)
      if parents.count > 1 {
        for brought in graph.commits(from: current, without: [parents[0]]) where brought != current {
          merges[brought] = current
        }
      }
      position = parents.first
    }
    return merges
  }

  // MARK: Branches

  /// The commits of the branches that a product names; `nil` when it names none, or none of them is here.
  private func branchPositions(of source: SourceRepository) -> Set<Int>? {
    guard !source.branches.isEmpty, let known = facts.facts(of: source),
      let branches = repositories[source.repository]?.branches
    else { return nil }
    let patterns = source.branches.map(Wildcard.init)
    let tips = branches.filter { branch in patterns.contains { $0.matches(branch.name) } }.compactMap {
      known.graph.position(of: $0.tip)
    }
    guard !tips.isEmpty else { return nil }
    return Set(tips.flatMap { known.graph.commits(from: $0, without: []) })
  }

  private static func branches(of repository: GitRepository) async throws(FileError) -> [Branch] {
    let output = try await repository.output([
      "for-each-ref", "--format=%(objectname) %(refname)", "refs/heads", "refs/remotes",
    ])
    return repairedText(output).split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      let steps = parts[1].split(separator: "/")
      let name = steps.dropFirst(steps[1] == "heads" ? 2 : 3).joined(separator: "/")
      return Branch(name: name, tip: String(parts[0]))
    }
  }
}

extension SourceRepository.Repository {
  /// As people call it.
  fileprivate var name: String {
    switch self {
    case .checkout: "."
    case .submodule(let path): path
    case .named(let name): name
    }
  }
}
