import Diagnostics
import Model

/// A product with its releases in ascending order and what each descends from; texts are not rendered yet.
struct ProductDraft: Sendable {
  let product: Product
  let drafts: [ReleaseDraft]
  /// For each draft, the positions of those it follows directly, by ancestry or else by `previous`.
  let parents: [[Int]]
  /// For each draft, the position of the final release before it: as stated, by ancestry, or by number.
  let previous: [Int?]
  /// For each draft that Git knows, where its commits stand in their graph.
  let commits: [Int?]
  /// For each draft with a commit, those that its commit descends from.
  private let ancestors: Lineage

  init(product: Product, drafts: [ReleaseDraft], facts: RepositoryFacts) {
    self.product = product
    self.drafts = drafts
    var commits = [Int?](repeating: nil, count: drafts.count)
    var byAncestry = [[Int]](repeating: [], count: drafts.count)
    for source in product.sources {
      guard let graph = facts.facts(of: source)?.graph else { continue }
      let positions = drafts.map { draft -> Int? in
        guard let commit = draft.commit, commit.source.id == source.id else { return nil }
        return graph.position(of: commit.id)
      }
      // Of two releases on one commit the later follows the earlier, so the latest come first.
      let known = positions.indices.reversed().filter { positions[$0] != nil }
      for (index, nearest) in zip(known, graph.nearestAncestors(among: known.compactMap { positions[$0] })) {
        commits[index] = positions[index]
        byAncestry[index] = nearest.map { known[$0] }
      }
    }
    self.commits = commits
    ancestors = Lineage(parents: byAncestry)
    let positions = Dictionary(
      drafts.enumerated().map { ($1.version.text, $0) }, uniquingKeysWith: { first, _ in first })
    let lines = drafts.map { draft in product.lines.first { $0.contains(draft.version.text) }?.id }
    let ancestors = ancestors
    let previous = drafts.indices.map { index -> Int? in
      if let stated = drafts[index].record?.previous?.value { return positions[stated] }
      let lower = (0..<index).lazy.reversed().filter { isFinal(drafts[$0], below: drafts[index]) }
      if commits[index] != nil,
        let known = lower.first(where: { commits[$0] != nil && ancestors.contains($0, in: index) })
      {
        return known
      }
      if commits[index] != nil, !byAncestry[index].isEmpty { return nil }
      return lower.first { lines[$0] == lines[index] } ?? lower.first
    }
    self.previous = previous
    parents = drafts.indices.map { index in
      byAncestry[index].isEmpty ? previous[index].map { [$0] } ?? [] : byAncestry[index]
    }
  }

  /// What the versions and their steps are called when nobody says it.
  func kind(of index: Int) -> Release.Kind {
    let version = drafts[index].version
    if version.isPreRelease { return .preRelease }
    let numbers = version.numbers
    switch version.scheme {
    case .semver, .pep440, .numeric:
      if numbers.dropFirst(2).contains(where: { $0 > 0 }) { return .patch }
      return numbers.count > 1 && numbers[1] > 0 || numbers.count == 1 ? .minor : .major
    case .calver: return numbers.dropFirst(2).contains { $0 > 0 } ? .patch : .minor
    case .dated: return numbers.count > 1 ? .patch : .minor
    }
  }
}

/// Whether a release can be what another follows: final, of lower precedence, and not given up before it came out.
private func isFinal(_ draft: ReleaseDraft, below other: ReleaseDraft) -> Bool {
  !draft.version.isPreRelease && draft.version.precedes(other.version) && draft.status != .cancelled
}
