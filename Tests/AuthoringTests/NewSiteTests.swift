import Authoring
import Diagnostics
import Foundation
import Model
import Testing

@Suite("Starting a site") struct NewSiteTests {
  private final class Repository {
    let root: String

    init(_ files: [String: String] = [:]) throws {
      root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
      try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
      for (path, text) in files {
        let url = URL(fileURLWithPath: root + "/" + path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
      }
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func text(_ path: String) -> String? {
      FileManager.default.contents(atPath: root + "/" + path).map { String(decoding: $0, as: UTF8.self) }
    }

    func start(_ tags: [String], content: String? = nil, remote: String? = nil) throws -> NewSite {
      let tags = tags.map {
        Tag(name: $0, commit: "a", isAnnotated: false, date: Moment(seconds: 1_700_000_000), subject: "")
      }
      return try NewSite(
        in: RepositoryView(root: root, tags: tags, remote: remote), content: content,
        candidates: ["content", "gazette"])
    }
  }

  @Test("a repository with tags and a changelog gets a site and a product") func plain() throws {
    let repository = try Repository(["Changes.md": "# Changes\n"])
    let site = try repository.start(["v1.0.0", "v1.1.0"], remote: "git@github.com:harbor/Gate_Way.git")
    #expect(site.written == ["content/gazette.yml", "content/products/gate-way.yml"])
    #expect(site.report.isEmpty)
    let product = try #require(repository.text("content/products/gate-way.yml"))
    #expect(product.contains("\nname: 'Gate_Way'\n") || product.contains("name: 'Gate_Way'"))
    #expect(product.contains("\nsource:\n  tags: 'v{version}'\n  discover: true\n  changelog: 'Changes.md'\n"))
    #expect(product.contains("\nversioning: semver\n"))
    let settings = try #require(repository.text("content/gazette.yml"))
    #expect(settings.contains("\ntitle: 'Gate_Way releases'\n"))
    #expect(settings.contains("- {match: '#(\\d+)', url: 'https://github.com/harbor/Gate_Way/issues/$1'}"))
  }

  @Test("a folder `content` of somebody else is left alone") func takenFolder() throws {
    let repository = try Repository(["content/posts/a.md": "x", "templates/base.html": "y", "site/index.html": "z"])
    let site = try repository.start(["1.0.0"])
    #expect(site.content == "gazette")
    #expect(site.written.first == "gazette/gazette.yml")
    #expect(repository.text("content/gazette.yml") == nil)
  }

  @Test("a second start is refused and changes nothing") func twice() throws {
    let repository = try Repository(["gazette/gazette.yml": "title: Mine\n"])
    let site = try repository.start(["1.0.0"])
    #expect(site.report.diagnostics.map(\.code) == ["S010"])
    #expect(site.written == [])
    #expect(repository.text("gazette/gazette.yml") == "title: Mine\n")
    #expect(repository.text("content/gazette.yml") == nil)
  }

  @Test("a product file that is there is not overwritten, and then nothing is written") func productThere() throws {
    let repository = try Repository(["notes/products/tool.yml": "name: Mine\n"])
    let site = try repository.start(["1.0.0"], content: "notes", remote: "https://code.example.com/a/tool")
    #expect(site.report.diagnostics.map(\.code) == ["S010"])
    #expect(repository.text("notes/gazette.yml") == nil)
    #expect(repository.text("notes/products/tool.yml") == "name: Mine\n")
  }

  @Test("several products get a file each, with their folder and changelog") func monorepo() throws {
    let repository = try Repository([
      "packages/auth/CHANGELOG.md": "# A\n", "CHANGELOG.md": "# All\n", "web/docs/HISTORY.md": "# W\n",
    ])
    let site = try repository.start(["auth@1.0.0", "auth@1.0.1", "auth@1.1.0", "web-v1", "web-v2", "web-v3"])
    #expect(site.draft.products.map(\.id) == ["auth", "web"])
    let auth = try #require(repository.text("content/products/auth.yml"))
    #expect(auth.contains("  path: 'packages/auth'\n  tags: 'auth@{version}'\n"))
    #expect(auth.contains("  changelog: 'packages/auth/CHANGELOG.md'\n"))
    let web = try #require(repository.text("content/products/web.yml"))
    #expect(web.contains("changelog: 'web/docs/HISTORY.md'"))
    #expect(web.contains("\nversioning: numeric\n"))
  }

  @Test("the changelog at the top is not that of one product among several") func sharedChangelog() throws {
    let repository = try Repository(["CHANGELOG.md": "# Tool\n", "packages/cli/CHANGELOG.md": "# C\n"])
    let names = ["grep-1.0.0", "grep-1.1.0", "grep-1.2.0", "@tool/cli@1.0.0", "@tool/cli@1.9.0", "@tool/cli@1.10.0"]
    let site = try repository.start(["9.0.0", "9.1.0"] + names)
    #expect(site.draft.products.map(\.changelog) == ["CHANGELOG.md", nil, "packages/cli/CHANGELOG.md"])
    #expect(site.draft.products.last?.name == "@tool/cli")
    let file = try #require(repository.text("content/products/tool-cli.yml"))
    #expect(file.contains("releases/tool-cli/1.10.0.yml"))
  }

  @Test("two ways to tag become two sources") func twoPrefixes() throws {
    let repository = try Repository()
    let site = try repository.start(["1.0.0", "1.1.0", "v2.0.0"])
    let product = try #require(repository.text(site.written[1]))
    #expect(product.contains("sources:\n  - id: main\n    tags: '{version}'\n    discover: true\n"))
    #expect(product.contains("  - id: tags-2\n    tags: 'v{version}'\n    discover: true\n"))
  }

  @Test("a repository without tags is started too, and told what to do") func noTags() throws {
    let repository = try Repository()
    let site = try repository.start([])
    #expect(site.written.count == 2)
    #expect(site.report.diagnostics.map(\.code) == ["S012"])
    #expect(site.report.hasErrors == false)
  }

  @Test("a tag that is no version is named") func badTag() throws {
    let repository = try Repository(["CHANGELOG.md": "x"])
    let site = try repository.start(["v1.0.0", "v1.0.1", "v1.x"])
    #expect(site.report.diagnostics.map(\.message) == ["1 tag like `v{version}` is no semver version: `v1.x`"])
  }

  @Test("a name that YAML could take for something else is quoted") func names() throws {
    let repository = try Repository()
    let site = try repository.start(["1.0.0"], remote: "https://code.example.com/a/~null-")
    #expect(site.written[1] == "content/products/null.yml")
    #expect(repository.text("content/products/null.yml")?.contains("name: '~null-'") == true)
  }
}
