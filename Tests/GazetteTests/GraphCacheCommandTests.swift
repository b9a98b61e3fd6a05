import Foundation
import Testing

/// What the next run need not ask Git for, by the command.
@Suite("The cache of the commit graph, by the command") struct GraphCacheCommandTests {
  private static let cache = ".git/gazette/graph"

  /// With so many commits that their graph is worth keeping.
  private func repository() throws -> TemporaryRepository {
    let repository = try SmallSite.repository()
    try repository.write(
      "name: Gateway\nversioning: semver\nsources: [{id: main, tags: 'v{version}'}]\n", to: "content/products/gw.yml")
    try repository.write(
      "title: Harbor\nenvironments: [{id: production, production: true}]\n", to: "content/gazette.yml")
    try repository.write("_*/\n", to: ".gitignore")
    try repository.commit("Read tags", tag: "v1.0.0")
    let commits = (0..<20_000).map {
      "commit refs/heads/code\ncommitter A <a@x.example> \(1_600_000_000 + $0) +0000\ndata 4\nfix\n\n"
    }
    try repository.write(commits.joined(), to: ".git/stream")
    #expect(try repository.shell("git fast-import --quiet < .git/stream").status == 0)
    return repository
  }

  @Test("it is kept where an answer may come from it, and not where somebody relies on the answer")
  func kept() throws {
    let repository = try repository()
    for relied in [
      ["gate", "gw", "1.0.0"], ["export", "csv", "outcomes"], ["build", "--gated", "--output", "_gated"],
    ] {
      let outcome = try GazetteProcess.run(relied, in: repository.path)
      #expect(outcome.status != 2, "\(relied): \(outcome.errors)")
      #expect(!repository.exists(Self.cache), "\(relied)")
    }
    let cold = try repository.gazette("metrics", "--format", "json")
    let bytes = try #require(FileManager.default.contents(atPath: repository.path + "/" + Self.cache))
    #expect(cold.status == 0 && bytes.count > 20_000 * 40)
    let warm = try repository.gazette("metrics", "--format", "json")
    #expect(warm.output == cold.output)
    try repository.remove(Self.cache)
    #expect(try repository.gazette("build").status == 0)
    #expect(FileManager.default.contents(atPath: repository.path + "/" + Self.cache) == bytes)
  }
}
