import Foundation
import Testing

/// What a second build need not read again, by the command.
@Suite("The cache of evidence, by the command") struct EvidenceCacheCommandTests {
  private static let cache = "._site.gazette-cache/evidence"

  private func repository() throws -> TemporaryRepository {
    let repository = try SmallSite.repository()
    try repository.write(
      "status: released\nreleased: 2024-01-01\nevidence: [{id: unit, kind: tests, path: content/evidence/unit.xml}]\n",
      to: SmallSite.record)
    try repository.write(
      #"<testsuite><testcase classname="c" name="works" time="1.5"/></testsuite>"#, to: "content/evidence/unit.xml")
    try repository.write("_site/\n", to: ".gitignore")
    try repository.commit("Test it")
    return repository
  }

  @Test("a cache that is there, absent or broken gives the same site, and Git does not see it") func same() throws {
    let repository = try repository()
    #expect(try repository.gazette("build", "--audience", "internal").status == 0)
    let cold = repository.contents(of: "_site")
    let cache = try #require(FileManager.default.contents(atPath: repository.path + "/" + Self.cache))
    let page = try #require(cold["products/gw/1.0.0/evidence/unit/index.html"])
    #expect(String(decoding: page, as: UTF8.self).contains("works"))
    let status = try GazetteProcess.run(["git", "status", "--porcelain"], in: repository.path, program: "/usr/bin/env")
    #expect(status.output == "", "\(status.output)")
    for broken in [cache, Data(), Data("x".utf8), cache.prefix(cache.count / 2), cache + Data([0])] {
      try repository.write(Array(broken), to: Self.cache)
      try repository.remove("_site")
      #expect(try repository.gazette("build", "--audience", "internal").status == 0)
      #expect(repository.contents(of: "_site") == cold)
      #expect(FileManager.default.contents(atPath: repository.path + "/" + Self.cache) == cache)
    }
  }

  @Test("nothing is kept by what must read everything") func unused() throws {
    let repository = try repository()
    #expect(try repository.gazette("build", "--gated").status == 0)
    #expect(try repository.gazette("check").status == 0)
    #expect(try repository.gazette("export", "csv", "evidence").status == 0)
    #expect(!repository.exists(Self.cache))
  }
}
