import Model
import Testing

@Suite("Which tip holds a commit first")
struct CommitHolderTests {
  /// Newest first; each with the positions of its parents.
  private func graph(_ parents: [[Int]]) -> CommitGraph {
    let who = Commit.Identity(name: "Ana", email: "ana@harbor.example")
    return CommitGraph(
      commits: parents.enumerated().map { index, parents in
        Commit(
          id: "c\(index)", parents: parents, author: who, committer: who,
          authored: Moment(seconds: 1000 - index), committed: Moment(seconds: 1000 - index), subject: "", trailers: [])
      }, isShallow: false)
  }

  @Test("each commit belongs to the first tip in the list that has it, through merges too")
  func holders() {
    // 0 merges 1 and 2, both of which follow 3; 4 is the root.
    let graph = graph([[1, 2], [3], [3], [4], []])
    #expect(graph.firstHolders(of: [3, 0]) == [1, 1, 1, 0, 0])
    #expect(graph.firstHolders(of: [2, nil, 0]) == [2, 2, 0, 0, 0])
    #expect(graph.firstHolders(of: []) == [-1, -1, -1, -1, -1])
    #expect(graph.firstHolders(of: [3]) == [-1, -1, -1, 0, 0])
  }
}
