import Foundation
import Testing

/// Repositories as people and pipelines have them.
@Suite("Repositories of all kinds") struct RepositoryStateTests {
  private let clone = "git -c protocol.file.allow=always clone -q"

  @Test("a bare repository is told, and nothing is written") func bare() throws {
    let repository = try SmallSite.repository()
    let outcome = try repository.shell("\(clone) --bare . bare && cd bare && exec \"$0\" build")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("error[G002]") && outcome.output.contains("git worktree add"))
    #expect(!repository.exists("bare/_site"))
  }

  @Test("a shallow clone is a warning that says how to mend it, from init too") func shallow() throws {
    let repository = try SmallSite.repository()
    try repository.commit("Again", tag: "v1.0.0")
    let check = try repository.shell("\(clone) --depth 1 \"file://$PWD\" shallow && cd shallow && exec \"$0\" check")
    #expect(check.status == 0)
    #expect(check.output.contains("warning[G004]") && check.output.contains("git fetch --unshallow --tags"))
    let start = try repository.shell("cd shallow && rm -r content && exec \"$0\" init")
    #expect(start.status == 0)
    #expect(start.output.contains("warning[G004]"), "\(start.output)")
  }

  @Test("audit pages are refused in a shallow clone, or say on each page what they lack") func shallowAudit() throws {
    let repository = try SmallSite.repository()
    try repository.commit("Again", tag: "v1.0.0")
    let build = "\"$0\" build --audience internal"
    let refused = try repository.shell("\(clone) --depth 1 \"file://$PWD\" shallow && cd shallow && exec \(build)")
    #expect(refused.status == 1 && refused.output.contains("error[G018]"), "\(refused.output)\(refused.errors)")
    #expect(!repository.exists("shallow/_site"))
    let allowed = try repository.shell("cd shallow && exec \(build) --allow-shallow")
    #expect(allowed.status == 0, "\(allowed.output)")
    let pages = repository.files(in: "shallow/_site").filter { $0.hasSuffix(".html") }
    for page in pages where !(repository.text("shallow/_site/" + page) ?? "").contains("http-equiv=\"refresh\"") {
      #expect(repository.text("shallow/_site/" + page)?.contains("the clone is shallow") == true, "\(page)")
    }
    #expect(try repository.shell("cd shallow && exec \"$0\" build --output public").status == 0)
    #expect(try repository.gazette("build", "--audience", "internal").status == 0)
    #expect(repository.text("_site/index.html")?.contains("whole history") == false)
  }

  @Test("without a commit there is a site and a warning") func noCommits() throws {
    let repository = try TemporaryRepository(files: ["content/gazette.yml": "title: Harbor\n"])
    let outcome = try repository.gazette("build")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("warning[G003]"))
  }

  @Test(
    "a detached HEAD, a linked work tree and a folder below the top are as good as any",
    arguments: ["git checkout -q --detach", "git worktree add -q tree && cd tree", "mkdir -p a/b && cd a/b"])
  func asGoodAsAny(preparation: String) throws {
    let repository = try SmallSite.repository()
    let outcome = try repository.shell("\(preparation) && \"$0\" build && test -f _site/products/gw/1.0.0/index.html")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(!outcome.output.contains("warning"))
  }

  @Test("a product's repository is a submodule or a bound name, and is missed when it is neither") func sources() throws
  {
    let repository = try SmallSite.repository()
    try repository.write(
      "name: S\nsource: {repository: ./sub, tags: 'v{version}', discover: true}\n", to: "content/products/s.yml")
    try repository.write(
      "name: O\nsource: {repository: other, tags: 'v{version}', discover: true}\n", to: "content/products/o.yml")
    let other = try TemporaryRepository(files: ["a": "a"])
    try other.commit("One", tag: "v3.0.0")
    try repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.path, "sub")
    try repository.commit("Add sources")

    let unbound = try repository.gazette("build")
    #expect(unbound.status == 0)
    #expect(
      unbound.output.contains("warning[G016]") && unbound.output.contains("content/products/o.yml:2:"),
      "\(unbound.output)")
    #expect(unbound.output.contains("--source other=DIR"))
    #expect(repository.exists("_site/products/s/3.0.0/index.html"))
    #expect(!repository.exists("_site/products/o/3.0.0"))

    let bound = try repository.gazette("build", "--source", "other=" + other.path)
    #expect(bound.status == 0)
    #expect(bound.output.contains("warning") == false, "\(bound.output)")
    #expect(repository.exists("_site/products/o/3.0.0/index.html"))
    for (name, bytes) in repository.contents(of: "_site") {
      #expect(!String(decoding: bytes, as: UTF8.self).contains(other.path), "\(name) holds the path of a source")
    }

    let elsewhere = try repository.shell("\(clone) . clone && cd clone && exec \"$0\" check")
    #expect(elsewhere.status == 1)
    #expect(elsewhere.output.contains("error[G006]") && elsewhere.output.contains("git submodule update --init"))
  }

  @Test("links of a changelog that only its repository can follow stop no build") func changelogLinks() throws {
    let repository = try TemporaryRepository(files: [
      "CHANGELOG.md": """
      # Changelog

      ## [1.0.0] - 2024-01-01

      - See [guide](docs/guide.md), [#5](../../issues/5), [top](#changelog), [old](CHANGELOG.md#nope), [x](#110), [r](README.md#foo)

      [1.0.0]: https://code.harbor.example/compare/v0.9.0...v1.0.0
      """,
      "content/posts.yml": "these: belong to something else", "templates/release.mustache": "{{#x}}",
      "site/style.css": "x",
    ])
    try repository.commit("One", tag: "v1.0.0")
    #expect(try repository.gazette("init").status == 0)
    #expect(repository.exists("gazette/gazette.yml"))
    try repository.commit("Start a site")
    let outcome = try repository.gazette("build", "--strict")
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(repository.text("_site/style.css") != "x")
  }

  @Test("a link to a heading that is not there is told where it is written") func missingHeading() throws {
    let repository = try SmallSite.repository()
    try repository.write("# Notes\n\n[a](1.0.0.md#nots) [b](1.0.0.md#notes)\n", to: SmallSite.notes)
    let outcome = try repository.gazette("check")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("warning[M007]") && outcome.output.contains("1.0.0.md:3:5"), "\(outcome.output)")
    #expect(outcome.output.contains("did you mean `#notes`?"))
  }
}
