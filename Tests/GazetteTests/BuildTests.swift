import Foundation
import Testing

@Suite("Building a site") struct BuildTests {
  /// A repository with tags and a changelog, as many have.
  private func tagged() throws -> TemporaryRepository {
    let repository = try TemporaryRepository(files: [
      "CHANGELOG.md":
        "# Changelog\n\n## [1.1.0] - 2024-01-02\n\n### Added\n\n- Search\n\n## [1.0.0] - 2024-01-01\n\n- First\n",
      "templates/page.html": "not Gazette's", "site/index.html": "not Gazette's",
    ])
    try repository.commit("First", tag: "v1.0.0")
    try repository.commit("Search", tag: "v1.1.0")
    return repository
  }

  private func started() throws -> TemporaryRepository {
    let repository = try tagged()
    #expect(try repository.gazette("init").status == 0)
    try repository.commit("Start a site")
    return repository
  }

  @Test("init and build make a site out of tags, and say where it is") func initAndBuild() throws {
    let repository = try started()
    let build = try repository.gazette("build")
    #expect(build.status == 0, "\(build.output)\(build.errors)")
    #expect(build.errors == "")
    #expect(build.output.contains("_site/ has 2 releases"))
    let files = repository.files(in: "_site")
    #expect(files.contains("index.html"))
    #expect(files.filter { $0.hasPrefix("products/") && $0.hasSuffix("/1.1.0/index.html") }.count == 1)
    #expect(repository.text("templates/page.html") == "not Gazette's")
    #expect(repository.text("site/index.html") == "not Gazette's")
    let check = try repository.gazette("check")
    #expect(check.status == 0)
    #expect(check.output == "Nothing is wrong with 2 releases of 1 product.\n")
  }

  @Test("a second build says that nothing changed") func secondBuild() throws {
    let repository = try started()
    _ = try repository.gazette("build")
    let build = try repository.gazette("build")
    #expect(build.status == 0)
    #expect(build.output.contains("nothing changed"))
  }

  @Test("zone, locale, jobs and folder do not show in the site") func deterministic() throws {
    let repository = try started()
    _ = try repository.gazette("build", "--audience", "all", "--output", "a", "--jobs", "1", environment: ["TZ": "UTC"])
    _ = try repository.gazette(
      "build", "--audience", "all", "--output", "b/c d", "--jobs", "33",
      environment: ["TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"])
    let names = repository.files(in: "a")
    #expect(names.count > 20)
    #expect(names == repository.files(in: "b/c d"))
    for name in names { #expect(repository.text("a/" + name) == repository.text("b/c d/" + name), "\(name)") }
  }

  @Test("errors of content leave the old site as it was") func errorsKeepTheSite() throws {
    let repository = try started()
    _ = try repository.gazette("build")
    let before = repository.files(in: "_site")
    let page = repository.text("_site/index.html")
    try repository.write("title: x\nbogus: [\n", to: "content/gazette.yml")
    let build = try repository.gazette("build")
    #expect(build.status == 1)
    #expect(build.output.contains("error[C"))
    #expect(build.output.contains("--> content/gazette.yml:"))
    #expect(repository.files(in: "_site") == before)
    #expect(repository.text("_site/index.html") == page)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: repository.path).contains { $0.contains("gazette-") } == false
    )
  }

  @Test("a template of the user's with an unknown name is an error at its place") func brokenTemplate() throws {
    let repository = try started()
    let settings = try #require(repository.text("content/gazette.yml"))
    try repository.write(settings + "theme: {templates: theme}\n", to: "content/gazette.yml")
    try repository.write("<!DOCTYPE html>\n<p>{{nonsense}}</p>\n", to: "theme/home.mustache")
    let build = try repository.gazette("build")
    #expect(build.status == 1)
    #expect(build.output.contains("--> theme/home.mustache:2:"))
    #expect(repository.files(in: "_site").isEmpty)
  }

  @Test(
    "an output that would do harm is refused with its code, and nothing is written",
    arguments: [(".", "S002"), ("..", "S002"), ("content/site", "S003"), ("CHANGELOG.md", "S001"), ("site", "S004")])
  func refusedOutput(output: String, code: String) throws {
    let repository = try started()
    let before = repository.files(in: ".").filter { !$0.hasPrefix(".git/") }
    let build = try repository.gazette("build", "--output", output)
    #expect(build.status == 1)
    #expect(build.output.contains("error[\(code)]"), "\(build.output)")
    #expect(repository.files(in: ".").filter { !$0.hasPrefix(".git/") } == before)
  }

  @Test("a report for programs is JSON on standard output, and words go elsewhere") func jsonReport() throws {
    let repository = try started()
    let build = try repository.gazette("build", "--report", "json", "--report", "text=findings.txt")
    #expect(build.output.hasPrefix("{\n  \"diagnostics\": []"))
    #expect(build.errors.contains("_site/ has 2 releases"))
    #expect(repository.text("findings.txt") == "")
    #expect(try repository.gazette("build", "--quiet").output == "")
  }

  @Test("--strict makes warnings errors, and then nothing is written") func strict() throws {
    let repository = try tagged()
    #expect(try repository.gazette("init").status == 0)
    let lax = try repository.gazette("check")
    #expect(lax.status == 0)
    #expect(lax.output.contains("warning["))
    let strict = try repository.gazette("build", "--strict")
    #expect(strict.status == 1)
    #expect(strict.output.contains("error["))
    #expect(repository.files(in: "_site").isEmpty)
  }

  @Test("the internal site's pages are gone when the public one takes its place") func audienceChanges() throws {
    let repository = try started()
    _ = try repository.gazette("build", "--audience", "all", "--output", "out")
    #expect(repository.text("out/internal/index.html") != nil)
    _ = try repository.gazette("build", "--output", "out")
    #expect(repository.text("out/internal/index.html") == nil)
    #expect(repository.text("out/index.html") != nil)
    #expect(repository.files(in: "out").contains { $0.hasPrefix("internal") } == false)
  }

  @Test("notes and diff say what is between two versions") func notesAndDiff() throws {
    let repository = try started()
    let product = try #require(
      try FileManager.default.contentsOfDirectory(atPath: repository.path + "/content/products").first?.dropLast(4))
    let notes = try repository.gazette("notes", String(product), "1.0.0..1.1.0")
    #expect(notes.status == 0)
    #expect(notes.output.contains("## Features\n\n- Search (1.1.0)\n"), "\(notes.output)")
    let html = try repository.gazette("notes", String(product), "1.0.0..1.1.0", "--format", "html")
    #expect(html.output.contains("<li>Search (1.1.0)</li>"))
    let diff = try repository.gazette("diff", String(product), "1.0.0", "1.1.0")
    #expect(diff.output.contains("\n+ feature       Search (1.1.0)\n"))
    let unknown = try repository.gazette("diff", String(product), "1.0.0", "1.1.1")
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("there is no release `1.1.1`"))
  }

  @Test("a process killed at any moment leaves a site that is whole after the next run") func killed() throws {
    let repository = try started()
    let reference = try repository.gazette("build", "--output", "old")
    #expect(reference.status == 0)
    try repository.write(
      "# Changelog\n\n## [1.1.0]\n\n### Added\n\n- Quicker search\n\n## [1.0.0]\n\n- One\n", to: "CHANGELOG.md")
    try repository.commit("Say it better", tag: "v1.2.0")
    #expect(try repository.gazette("build", "--output", "new").status == 0)
    let (old, new) = (texts(in: "old", of: repository), texts(in: "new", of: repository))
    #expect(old != new)
    for attempt in 0..<12 {
      try? FileManager.default.removeItem(atPath: repository.path + "/site2")
      try FileManager.default.copyItem(atPath: repository.path + "/old", toPath: repository.path + "/site2")
      // Early, and then closer and closer around the end, where files are moved.
      let delay = [0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.13, 0.16, 0.2, 0.25][attempt]
      _ = try GazetteProcess.run(
        [
          "-c", "\"$0\" build --output site2 >/dev/null 2>&1 & sleep \(delay); kill -9 $! 2>/dev/null; wait",
          GazetteProcess.program,
        ],
        in: repository.path, program: "/bin/bash")
      let next = try repository.gazette("build", "--output", "site2")
      #expect(next.status == 0, "\(next.output)\(next.errors)")
      #expect(texts(in: "site2", of: repository) == new)
      let names = try FileManager.default.contentsOfDirectory(atPath: repository.path)
      #expect(!names.contains { $0.hasPrefix(".site2.") }, "after \(delay) s")
    }
  }

  private func texts(in folder: String, of repository: TemporaryRepository) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: repository.files(in: folder).map { ($0, repository.text(folder + "/" + $0) ?? "") })
  }
}
