import Model
import TestSupport
import Testing

@testable import Ingest

@Suite("Release ancestry")
struct ReleaseAncestryTests {
  @Test("names the newest releases below each one, as walking every commit does")
  func agreesWithWalking() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<200 {
      let graph = randomGraph(commits: Int.random(in: 1...40, using: &random), using: &random)
      let releases = (0..<Int.random(in: 0...8, using: &random)).map { _ -> Int? in
        Bool.random(using: &random) ? Int.random(in: graph.commits.indices, using: &random) : nil
      }
      let parents = ReleaseAncestry(of: releases, in: graph).parents
      let lineage = Lineage(parents: parents)
      for (descendant, at) in releases.enumerated() {
        for (ancestor, other) in releases.enumerated() where ancestor != descendant {
          guard let at, let other else {
            #expect(!parents[descendant].contains(ancestor))
            continue
          }
          let isBelow = at == other ? ancestor < descendant : graph.isAncestor(other, of: at)
          #expect(lineage.contains(ancestor, in: descendant) == isBelow)
        }
        let newest = parents[descendant]
        for a in newest {
          for b in newest where a != b { #expect(!lineage.contains(a, in: b), "only the newest are parents") }
        }
      }
    }
  }

  /// Children before parents; each commit but the last has one to three parents after it.
  private func randomGraph(commits count: Int, using random: inout SeededGenerator) -> CommitGraph {
    let nobody = Commit.Identity(name: "N", email: "n@example.com")
    let moment = Moment(seconds: 0)
    let commits = (0..<count).map { position in
      let below = position + 1..<count
      let wanted = Int.random(in: 0...3, using: &random)
      let parents = below.isEmpty ? [] : Set((0..<wanted).map { _ in Int.random(in: below.prefix(6).indices, using: &random) }).sorted()
      return Commit(
        id: String(position), parents: parents, author: nobody, committer: nobody, authored: moment, committed: moment,
        subject: "", trailers: [])
    }
    return CommitGraph(commits: commits, isShallow: false)
  }
}
