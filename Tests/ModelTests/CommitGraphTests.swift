import Model
import TestSupport
import Testing

@Suite("The commit graph")
struct CommitGraphTests {
  @Test("a range on a line holds the commits after the base")
  func line() {
    let graph = history([[1], [2], [3], []])
    #expect(graph.commits(from: 0, without: [2]) == [0, 1])
    #expect(graph.commits(from: 0, without: []) == [0, 1, 2, 3])
    #expect(graph.commits(from: 2, without: [0]) == [])
    #expect(graph.commits(from: 2, without: [2]) == [])
  }

  @Test("a base that is no ancestor takes out what both have")
  func sideways() {
    // 0 and 1 are tips on 2.
    let graph = history([[2], [2], [3], []])
    #expect(graph.commits(from: 0, without: [1]) == [0])
    #expect(graph.commits(from: 1, without: [0]) == [1])
  }

  @Test("criss-cross merges are counted once and taken out on both sides")
  func crissCross() {
    // 0 merges 2 and 3; 1 merges 3 and 2; 2 and 3 stand on 4.
    let graph = history([[2, 3], [3, 2], [4], [4], []])
    #expect(graph.commits(from: 0, without: [1]) == [0])
    #expect(graph.commits(from: 0, without: [3]) == [0, 2])
    #expect(graph.commits(from: 1, without: [2, 0]) == [1])
  }

  @Test("ranges, ancestry and nearest ancestors agree with closures on random histories", arguments: 0..<60)
  func random(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...200, using: &generator)
    let parents = (0..<count).map { position -> [Int] in
      guard position + 1 < count else { return [] }
      let width = [0, 1, 1, 1, 1, 2, 2, 3].randomElement(using: &generator) ?? 1
      return (0..<width).map { _ in
        min(count - 1, position + 1 + Int.random(in: 0...(seed % 2 == 0 ? 5 : 100), using: &generator))
      }
    }
    let graph = history(parents)
    var closures = [Set<Int>](repeating: [], count: count)
    for position in stride(from: count - 1, through: 0, by: -1) {
      closures[position] = parents[position].reduce([position]) { $0.union(closures[$1]) }
    }
    for _ in 0..<40 {
      let tip = Int.random(in: 0..<count, using: &generator)
      let bases = (0..<Int.random(in: 0...3, using: &generator)).map { _ in Int.random(in: 0..<count, using: &generator)
      }
      let expected = bases.reduce(closures[tip]) { $0.subtracting(closures[$1]) }
      #expect(graph.commits(from: tip, without: bases) == expected.sorted())
    }
    let selected = (0..<Int.random(in: 1...30, using: &generator)).map { _ in
      Int.random(in: 0..<count, using: &generator)
    }
    let lineage = Lineage(parents: graph.nearestAncestors(among: selected))
    for (a, ancestor) in selected.enumerated() {
      for (d, descendant) in selected.enumerated() where ancestor != descendant || a >= d {
        #expect(lineage.contains(a, in: d) == closures[descendant].contains(ancestor))
      }
    }
  }

  @Test("of several at one commit the first contains the others")
  func oneCommit() {
    let graph = history([[1], [2], []])
    let nearest = graph.nearestAncestors(among: [1, 0, 1, 2])
    #expect(nearest == [[2], [0], [3], []])
    #expect(graph.nearestAncestors(among: []) == [])
  }

  @Test("a commit is found by its full id")
  func position() {
    let graph = history([[1], []])
    #expect(graph.position(of: "1") == 1)
    #expect(graph.position(of: "2") == nil)
  }

  private func history(_ parents: [[Int]]) -> CommitGraph {
    let somebody = Commit.Identity(name: "Ana", email: "ana@harbor.example")
    let time = Moment(seconds: 0)
    return CommitGraph(
      commits: parents.enumerated().map { position, parents in
        Commit(
          id: String(position), parents: parents, author: somebody, committer: somebody, authored: time,
          committed: time, subject: "", trailers: [])
      }, isShallow: false)
  }
}
