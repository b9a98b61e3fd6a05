import Foundation
import Testing

/// What a hostile or a careless hand can write, and what the command answers: where, what, and no site.
@Suite("Bad input") struct BadInputTests {
  /// What is written, and what the report must say.
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var file: String
    var text: String
    /// Such as `error[C010]` and the place.
    var says: [String]
    var testDescription: String { name }

    init(_ name: String, _ file: String, _ text: String, _ says: String...) {
      (self.name, self.file, self.text, self.says) = (name, file, text, says)
    }
  }

  private static let record = SmallSite.record
  private static let notes = SmallSite.notes
  private static func released(_ more: String) -> String { "status: released\nreleased: 2024-01-01\n\(more)\n" }

  static let cases = [
    Case("broken YAML", record, "status: [released\nfoo: {\n", "error[C001]", "1.0.0.yml:2:4"),
    Case("a tab", record, "status:\n\treleased\n", "error[C001]", "1.0.0.yml:2:1", "spaces, not with tabs"),
    Case("an unknown key", record, "statsu: released\n", "error[C002]", "1.0.0.yml:1:1", "did you mean `status`?"),
    Case(
      "a key like no other", record, released("zzzzzzzzzz: 1"), "error[C002]", "1.0.0.yml:3:1", "use one of `status`"),
    Case("a key twice", record, released("status: planned"), "error[C003]", "1.0.0.yml:1:1", "1.0.0.yml:3:1"),
    Case("a day that is none", record, "status: released\nreleased: 2023-02-29\n", "error[C010]", "1.0.0.yml:2:11"),
    Case(
      "an hour that is none", record, "status: released\nreleased: 2023-02-28T25:00Z\n", "error[C010]", "1.0.0.yml:2:11"
    ),
    Case("a moment without offset", record, "status: released\nreleased: 2023-02-28T09:00\n", "error[C010]", "add `Z`"),
    Case("nesting in YAML", record, "a: " + String(repeating: "[", count: 100_000), "error[C001]", "nested too deep"),
    Case("an anchor", record, "status: &a released\n", "error[C006]", "1.0.0.yml:1:9"),
    Case("two documents", record, released("---\nstatus: planned"), "error[C007]", "1.0.0.yml:3:1"),
    Case("a list for a mapping", record, "- a\n", "error[C005]", "1.0.0.yml:1:1"),
    Case("no version", "content/releases/gw/1.0.yml", released(""), "error[C014]", "gw/1.0.yml:1:1", "versioning"),
    Case("another scheme's version", "content/releases/gw/v1.0.0.yml", released(""), "error[C014]", "v1.0.0.yml:1:1"),
    Case(
      "an id with slashes", record, released("changes: [{id: ../x, kind: fix, text: x}]"), "error[C013]", "yml:3:16"),
    Case(
      "an id with dots", record, released("changes: [{id: a.b, kind: fix, text: x}]"), "error[C013]", "such as `a-b`"),
    Case("an id that looks alike", record, released("changes: [{id: а, kind: fix, text: x}]"), "error[C013]", "U+0430"),
    Case("a product that looks alike", "content/products/gа.yml", "name: x\n", "error[C013]", "U+0430"),
    Case("a product in capitals", "content/products/GW.yml", "name: x\n", "error[C013]", "such as `gw`"),
    Case(
      "an unknown product", "content/releases/gv/1.0.0.yml", "status: planned\n", "error[C026]", "did you mean `gw`?"),
    Case(
      "a path out of the checkout", record, released("upgrade: {guide: ../../etc/passwd}"), "error[C015]", "yml:3:18"),
    Case(
      "an absolute path", record, released("evidence: [{id: a, kind: tests, path: /etc/passwd}]"), "error[C015]",
      "yml:3:39"),
    Case("a link out of the checkout", notes, "[x](../../../../etc/passwd)\n", "error[M003]", "1.0.0.md:1:5"),
    Case("an image out of the checkout", notes, "![x](../../../../x.png)\n", "error[M003]", "1.0.0.md:1:6"),
    Case("deep quotes", notes, String(repeating: ">", count: 100_000) + " x", "error[M008]", "1.0.0.md:1:1"),
    Case(
      "a script as address", "content/gazette.yml", "title: x\nurl: javascript:alert(1)\n", "error[C017]", "yml:2:6"),
    Case("an empty site", "content/gazette.yml", "", "error[C004]", "gazette.yml:1:1"),
    Case(
      "parts without a record", "content/releases/gw/9.0.0.d/a.yml", "title: x\n", "error[C024]", "write `9.0.0.yml`"),
    Case(
      "a scalar in a part too", "content/releases/gw/1.0.0.d/a.yml", "status: planned\n", "error[C021]",
      "1.0.0.yml:1:1", "a.yml:1:1"),
    Case("a fragment without front matter", "content/changes/gw/x.md", "x\n", "error[C008]", "x.md:1:1"),
    Case(
      "a fragment without an end", "content/changes/gw/x.md", "---\nkind: fix\nx\n", "error[C008]",
      "close it with a line `---`"),
    Case("a fragment of no kind", "content/changes/gw/x.md", "---\nkind: fixx\n---\nx\n", "error[C012]", "x.md:2:7"),
    Case(
      "a former id that is taken", "content/products/n.yml", "name: N\nformerly: [gw]\n", "error[C031]", "n.yml:2:12"),
  ]

  @Test("each is told with its place, and leaves the site as it was", arguments: cases)
  func told(one: Case) throws {
    let repository = try SmallSite.repository()
    try repository.write(one.text, to: one.file)
    let outcome = try repository.gazette("build")
    #expect(outcome.status == 1)
    #expect(outcome.errors == "")
    for words in one.says { #expect(outcome.output.contains(words), "\(outcome.output)") }
    #expect(!repository.exists("_site"))
  }

  @Test("an error leaves the old site as it was, byte for byte") func oldSite() throws {
    let repository = try SmallSite.repository()
    #expect(try repository.gazette("build").status == 0)
    let before = repository.contents(of: "_site")
    try repository.write("status: released\nreleased: 2024-13-01\ntitle: New\n", to: SmallSite.record)
    #expect(try repository.gazette("build").status == 1)
    #expect(repository.contents(of: "_site") == before)
    #expect(before.count > 10)
  }

  @Test(
    "text that is not UTF-8 is told with its place",
    arguments: [
      (SmallSite.notes, Array("caf".utf8) + [0xE9], "1.0.0.md:1:4", "ISO 8859-1"),
      (SmallSite.record, [0xFF, 0xFE, 0x73, 0, 0x74, 0], "1.0.0.yml:1:1", "UTF-16"),
      (SmallSite.record, Array("status: a".utf8) + [0], "1.0.0.yml:1:10", "binary"),
    ])
  func encodings(file: String, bytes: [UInt8], place: String, guess: String) throws {
    let repository = try SmallSite.repository()
    try repository.write(bytes, to: file)
    let outcome = try repository.gazette("build")
    #expect(outcome.status == 1)
    for words in ["error[G015]", place, guess] { #expect(outcome.output.contains(words), "\(outcome.output)") }
    #expect(!repository.exists("_site"))
  }

  @Test("two files for one release in different case are told at both") func differentCase() throws {
    let repository = try SmallSite.repository()
    for name in ["2.0.0-RC1", "2.0.0-rc1"] {
      try repository.write("status: planned\n", to: "content/releases/gw/\(name).yml")
    }
    try #require(repository.files(in: "content/releases/gw").count == 4, "this file system knows no case")
    let outcome = try repository.gazette("build")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("2.0.0-RC1.yml:1:1") && outcome.output.contains("2.0.0-rc1.yml:1:1"))
    #expect(outcome.output.contains("error[C022]"))
  }

  @Test("files that are not read because of their endings are named") func endings() throws {
    let repository = try SmallSite.repository()
    for name in ["2.0.0.YML", "2.1.0.yaml"] {
      try repository.write("status: planned\n", to: "content/releases/gw/\(name)")
    }
    let outcome = try repository.gazette("check", "--strict")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("rename it to `2.0.0.yml`"))
    #expect(outcome.output.contains("rename it to `2.1.0.yml`"))
    let plan = try repository.gazette("build", "--plan", "--strict")
    #expect(plan.status == 1)
    #expect(plan.errors.contains("rename it to `2.0.0.yml`"))
  }

  @Test(
    "a symbolic link out of the checkout is refused, and nothing of its target is shown",
    arguments: ["releases/gw/1.1.0.yml", "releases/gw/1.0.0.d", "releases/gw/1.0.0.d/a.yml", "pages/x.md", "pages/x"])
  func linkOut(place: String) throws {
    let repository = try SmallSite.repository()
    let other = try TemporaryRepository(files: ["secret.md": "kind: HUSH\n"], isGit: false)
    let isFolder = place.hasSuffix(".d") || place.hasSuffix("/x")
    try repository.link("content/" + place, to: other.path + (isFolder ? "" : "/secret.md"))
    let outcome = try repository.gazette("build")
    #expect(outcome.status == 1)
    #expect(
      outcome.output.contains("error[G008]") && outcome.output.contains("content/\(place):1:1"), "\(outcome.output)")
    #expect(!outcome.output.contains("HUSH"))
    #expect(!repository.exists("_site"))
  }

  @Test("a named pipe is refused and keeps nobody waiting") func pipe() throws {
    let repository = try SmallSite.repository()
    let outcome = try repository.shell("mkdir content/pages; mkfifo content/pages/a.md; timeout 60 \"$0\" build")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("error[G013]: `content/pages/a.md` is not a regular file"))
  }

  @Test("a Markdown file of 100 MB is refused") func hugeFile() throws {
    let repository = try SmallSite.repository()
    let file = try #require(FileHandle(forWritingAtPath: repository.path + "/" + SmallSite.notes))
    try file.truncate(atOffset: 100 << 20)
    try file.close()
    let outcome = try repository.gazette("build")
    #expect(outcome.status == 1)
    #expect(
      outcome.output.contains("error[G014]") && outcome.output.contains("the limit is 16777216"),
      "\(outcome.output.prefix(2000))")
    #expect(!repository.exists("_site"))
  }

  @Test("100,000 open brackets are text") func brackets() throws {
    let repository = try SmallSite.repository()
    try repository.write(String(repeating: "[", count: 100_000), to: SmallSite.notes)
    #expect(try repository.gazette("build").status == 0)
  }

  // MARK: Templates and files of the user

  @Test(
    "a template is told at the user's file",
    arguments: [
      ("release", "a {{ nope }}", "error[T001]", "tpl/release.mustache:1:6"),
      ("release", "{{#changes}} x", "error[T005]", "tpl/release.mustache:1:1"),
      ("release", "{{/changes}}", "error[T006]", "tpl/release.mustache:1:1"),
      ("release", "{{> partials/change}}{{> nothere}}", "error[T009]", "tpl/release.mustache:1:26"),
      ("partials/layout", "{{> partials/layout}}", "error[T010]", "tpl/partials/layout.mustache:1:5"),
      ("relaese", "x", "[T014]", "did you mean `release`?"),
    ])
  func templates(name: String, text: String, code: String, words: String) throws {
    let repository = try SmallSite.repository()
    try repository.write("title: Harbor\ntheme: {templates: tpl}\n", to: "content/gazette.yml")
    try repository.write(text, to: "tpl/\(name).mustache")
    try repository.commit("Draw it ourselves")
    let outcome = try repository.gazette("build", "--strict")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains(code) && outcome.output.contains(words), "\(outcome.output)")
    #expect(!repository.exists("_site"))
  }

  @Test("a file of the theme replaces the built-in one") func themeFile() throws {
    let repository = try SmallSite.repository()
    try repository.write("title: Harbor\ntheme: {files: own}\n", to: "content/gazette.yml")
    try repository.write("/* ours */\n", to: "own/style.css")
    #expect(try repository.gazette("build").status == 0)
    #expect(repository.text("_site/style.css") == "/* ours */\n")
  }

  @Test("a theme that cannot be is told") func badTheme() throws {
    let repository = try SmallSite.repository()
    try repository.write("title: Harbor\ntheme: {files: own, templates: nope}\n", to: "content/gazette.yml")
    try repository.write("x", to: "own/.gazette-manifest")
    try repository.link("own/style.css", to: "/etc/hostname")
    let outcome = try repository.gazette("build")
    #expect(outcome.status == 1)
    #expect(outcome.errors == "")
    for words in ["error[G008]", "own/style.css:1:1", "error[S006]", "own/.gazette-manifest:1:1", "gazette.yml:2:32"] {
      #expect(outcome.output.contains(words), "\(outcome.output)")
    }
    #expect(!repository.exists("_site"))
  }
}
