import Model
import TestSupport
import Testing

@Suite("The lineage of releases")
struct LineageTests {
  @Test("a release contains itself, its parents and theirs, and nothing beside it")
  func tree() {
    // 0 follows 1, which follows 3; 2 follows 3 on another line.
    let lineage = Lineage(parents: [[1], [3], [3], []])
    #expect(lineage.contains(0, in: 0))
    #expect(lineage.contains(3, in: 0))
    #expect(lineage.contains(3, in: 2))
    #expect(!lineage.contains(2, in: 0))
    #expect(!lineage.contains(0, in: 3))
  }

  @Test("an empty product has an empty lineage")
  func empty() {
    #expect(Lineage(parents: []) == Lineage(parents: []))
  }

  @Test("a cycle ends, and each release in it contains itself")
  func cycle() {
    let lineage = Lineage(parents: [[1], [2], [0], [1]])
    for release in 0..<4 { #expect(lineage.contains(release, in: release)) }
    #expect(lineage.contains(1, in: 3))
    let selfish = Lineage(parents: [[0]])
    #expect(selfish.contains(0, in: 0))
  }

  @Test("ten thousand releases in a row do not overflow the stack")
  func long() {
    let count = 10_000
    let lineage = Lineage(parents: (0..<count).map { $0 + 1 < count ? [$0 + 1] : [] })
    #expect(lineage.contains(count - 1, in: 0))
    #expect(!lineage.contains(0, in: count - 1))
  }

  @Test("it is the transitive closure on random graphs", arguments: 0..<30)
  func random(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...150, using: &generator)
    // Positions in any order: the parent of a release may stand before or after it.
    let order = Array(0..<count).shuffled(using: &generator)
    var parents = [[Int]](repeating: [], count: count)
    for index in 1..<max(count, 2) where index < count {
      for _ in 0..<Int.random(in: 0...3, using: &generator) {
        parents[order[index]].append(order[Int.random(in: 0..<index, using: &generator)])
      }
    }
    var closures = [Set<Int>](repeating: [], count: count)
    for release in order { closures[release] = parents[release].reduce([release]) { $0.union(closures[$1]) } }
    let lineage = Lineage(parents: parents)
    for ancestor in 0..<count {
      for descendant in 0..<count {
        #expect(lineage.contains(ancestor, in: descendant) == closures[descendant].contains(ancestor))
      }
    }
  }
}
