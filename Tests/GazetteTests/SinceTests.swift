import Foundation
import Testing

@Suite("Comparing with another commit") struct SinceTests {
  private static let site = """
    title: Harbor
    people:
      ana: {name: Ana, roles: [{id: release-manager}]}
      ben: {name: Ben}
    """

  /// Two releases, one of which fails a rule of severity error.
  private func repository() throws -> TemporaryRepository {
    let repository = try TemporaryRepository(files: [
      "content/gazette.yml": Self.site + "\n", "content/products/gw.yml": "name: Gateway\n",
      SmallSite.record: "status: released\nreleased: 2023-12-03\n",
      "content/releases/gw/1.1.0.yml": """
      status: released
      released: 2023-12-20
      risk: low
      approvals: [{by: ana, role: release-manager, at: 2023-12-19, decision: approved}]

      """,
      "content/policy/p.yml": "rules: {risk-classified: {}}\n",
    ])
    try repository.commit("Release", tag: "then")
    return repository
  }

  private struct Found: Decodable {
    struct Note: Decodable { var text: String }
    struct Row: Decodable {
      var severity, code, message: String
      var file: String?
      var notes: [Note]?
    }
    var diagnostics: [Row]

    var lines: [String] { diagnostics.map { "\($0.severity) \($0.code): \($0.message)" } }
  }

  private func since(_ revision: String, in repository: TemporaryRepository) throws -> (Found, Int32) {
    let outcome = try repository.gazette("check", "--since", revision, "--report", "json")
    return (try JSONDecoder().decode(Found.self, from: Data(outcome.output.utf8)), outcome.status)
  }

  @Test("what is as it was is not told, and no error") func nothing() throws {
    let repository = try repository()
    #expect(try repository.gazette("check").status == 1)
    let outcome = try repository.gazette("check", "--since", "then")
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("1 finding as there, 0 gone"))
  }

  @Test("lines that move and time that passes move nothing") func lines() throws {
    let repository = try repository()
    try repository.write("# One more line\nstatus: released\nreleased: 2023-12-03\n", to: SmallSite.record)
    try repository.commit("Later")
    #expect(try since("then", in: repository).0.lines == [])
  }

  @Test("a new error is told alone, and is an error") func newError() throws {
    let repository = try repository()
    try repository.write("status: released\nreleased: 2023-12-20\n", to: "content/releases/gw/1.1.0.yml")
    let (found, status) = try since("then", in: repository)
    #expect(status == 1)
    #expect(found.diagnostics.filter { $0.severity == "error" }.map(\.file) == ["content/releases/gw/1.1.0.yml"])
    #expect(!found.lines.contains { $0.contains("1.0.0") })
  }

  @Test("a changed policy tells what it moved elsewhere: asked anew, no longer asked, another severity")
  func policy() throws {
    let repository = try repository()
    try repository.write(
      "rules: {risk-classified: {severity: warning}, approvals-complete: {roles: {release-manager: 1}}}\n",
      to: "content/policy/p.yml")
    let (found, status) = try since("then", in: repository)
    #expect(status == 1)
    #expect(found.lines.contains { $0.hasPrefix("warning risk-classified: ") }, "\(found.lines)")
    #expect(found.lines.contains { $0.hasPrefix("error approvals-complete: ") })
    #expect(
      found.lines.contains("info approvals-complete: `gw 1.1.0` went from `not asked` to `passed`"), "\(found.lines)")

    try repository.write("rules: {}\n", to: "content/policy/p.yml")
    let (fewer, none) = try since("then", in: repository)
    #expect(none == 0)
    #expect(fewer.lines.contains { $0.contains("no longer there") || $0.contains("to `not asked`") }, "\(fewer.lines)")
  }

  @Test("a changed person tells the releases that they had approved") func person() throws {
    let repository = try repository()
    try repository.write("rules: {approvals-complete: {roles: {release-manager: 1}}}\n", to: "content/policy/p.yml")
    try repository.commit("Policy", tag: "now")
    try repository.write(
      Self.site.replacingOccurrences(of: "ana: {name: Ana, roles: [{id: release-manager}]}", with: "ana: {name: Ana}")
        + "\n",
      to: "content/gazette.yml")
    let (found, status) = try since("now", in: repository)
    #expect(status == 1)
    #expect(
      found.diagnostics.contains { $0.file == "content/releases/gw/1.1.0.yml" && $0.severity == "error" },
      "\(found.lines)")
  }

  @Test("a waiver tells that a failure is excused now") func waiver() throws {
    let repository = try repository()
    try FileManager.default.createDirectory(
      atPath: repository.path + "/content/waivers", withIntermediateDirectories: true)
    try repository.write(
      """
      {rule: risk-classified, product: gw, versions: '<1.1', reason: before we asked, requested_by: ana, approved_by: ben,
       approved_at: 2023-12-01, expires: 2024-12-01}

      """, to: "content/waivers/old.yml")
    let (found, status) = try since("then", in: repository)
    #expect(status == 0)
    #expect(found.lines.contains("info risk-classified: `gw 1.0.0` went from `failed` to `waived`"), "\(found.lines)")
  }

  @Test("several releases that move alike are one line with a note for each") func several() throws {
    let repository = try repository()
    for version in ["1.2.0", "1.3.0"] {
      try repository.write(
        "status: released\nreleased: 2023-12-21\nrisk: low\n", to: "content/releases/gw/\(version).yml")
    }
    try repository.commit("More", tag: "more")
    try repository.write("rules: {risk-classified: {}, version-increases: {}}\n", to: "content/policy/p.yml")
    let (found, _) = try since("more", in: repository)
    let row = try #require(found.diagnostics.first { $0.message.contains("releases went from") })
    #expect(row.message.hasSuffix("from `not asked` to `passed`"))
    #expect((row.notes ?? []).count > 1)
  }

  @Test("new releases and releases that are gone are told") func releases() throws {
    let repository = try repository()
    try repository.remove(SmallSite.record)
    try repository.write("status: released\nreleased: 2023-12-21\nrisk: low\n", to: "content/releases/gw/1.2.0.yml")
    let (found, status) = try since("then", in: repository)
    #expect(status == 0)
    #expect(found.lines.contains("info C072: the release `gw 1.2.0` is new: 1 passed"), "\(found.lines)")
    #expect(found.lines.contains("info C073: the release `gw 1.0.0` is no longer there"))
  }

  @Test("a tag of a commit that came since tells what it moved; one of before or of another branch does not")
  func tags() throws {
    let repository = try repository()
    try repository.write(
      "name: Gateway\nsource: {tags: 'v{version}', discover: false}\n", to: "content/products/gw.yml")
    try repository.write(
      "rules: {tag-matches: {severity: warning}, release-recorded: {}}\n", to: "content/policy/p.yml")
    try repository.commit("Ask for tags", tag: "v1.0.0")
    try repository.git("checkout", "--quiet", "-b", "side")
    try repository.commit("Aside", tag: "v0.9.0")
    try repository.git("checkout", "--quiet", "main")
    try repository.git("branch", "base")
    #expect(try since("base", in: repository).0.lines == [])
    let was = try repository.gazette("check")
    #expect(was.output.contains("there is no tag `v1.1.0`"), "\(was.output)")

    try repository.commit("Work")
    try repository.git("tag", "v1.1.0")
    let (found, status) = try since("base", in: repository)
    #expect(status == 0)
    #expect(found.lines.count == 1 && found.lines[0].contains("tag-matches"), "\(found.lines)")
    #expect(found.lines[0].contains("`gw 1.1.0` went from `failed` to `passed`"), "\(found.lines)")
    // A tag without a record is an error that the branch has brought.
    try repository.commit("More", tag: "v1.2.0")
    let (more, failed) = try since("base", in: repository)
    #expect(failed == 1)
    #expect(more.lines.contains { $0.hasPrefix("error release-recorded: ") && $0.contains("v1.2.0") }, "\(more.lines)")
    #expect(!more.lines.contains { $0.contains("v0.9.0") || $0.contains("1.0.0`") }, "\(more.lines)")
  }

  @Test("a commit that cannot be judged is said to be, and its findings are compared all the same") func brokenBase()
    throws
  {
    let repository = try repository()
    try repository.write("status: relased\n", to: SmallSite.record)
    try repository.commit("Broken", tag: "broken")
    try repository.write("status: released\nreleased: 2023-12-03\n", to: SmallSite.record)
    try repository.commit("Mended")
    let (found, status) = try since("broken", in: repository)
    #expect(status == 1)
    #expect(found.diagnostics.map(\.code).sorted() == ["C074", "risk-classified"], "\(found.lines)")
  }

  @Test("a commit that is not there is status 2, for check and build", arguments: ["nonsense", "HEAD~9", "--strict"])
  func unknown(revision: String) throws {
    let repository = try repository()
    for arguments in [["check", "--since=\(revision)"], ["build", "--at=\(revision)"]] {
      let outcome = try GazetteProcess.run(arguments, in: repository.path)
      #expect(outcome.status == 2 && outcome.output == "", "\(outcome)")
      #expect(outcome.errors.contains("\(revision): there is no such commit here"), "\(outcome.errors)")
    }
    #expect(!repository.exists("_site"))
  }

  @Test("the work tree, the index and the branch stay as they are") func leavesNothing() throws {
    let repository = try repository()
    try repository.write("rules: {}\n", to: "content/policy/p.yml")
    let before = try repository.shell("git status --porcelain; git rev-parse HEAD; git worktree list; ls -a .").output
    _ = try repository.gazette("check", "--since", "then")
    _ = try repository.gazette(
      "build", "--at", "then", "--output", "../\(URL(fileURLWithPath: repository.path).lastPathComponent).site")
    defer { try? FileManager.default.removeItem(atPath: repository.path + ".site") }
    let after = try repository.shell("git status --porcelain; git rev-parse HEAD; git worktree list; ls -a .").output
    #expect(before == after)
  }
}

@Suite("Building another commit") struct BuildAtTests {
  @Test("the bytes are those of a clean clone of that commit, whatever stands in the work tree") func alike() throws {
    let repository = try TemporaryRepository(files: [
      "content/gazette.yml":
        "title: Harbor\ntheme: {templates: look/templates, files: look/files}\nas_of: 2024-02-01T00:00Z\n",
      "content/products/gw.yml":
        "name: Gateway\nsource: {tags: 'v{version}', changelog: CHANGELOG.md, discover: true}\n",
      SmallSite.record:
        "status: released\nreleased: 2023-12-03\nevidence: [{id: unit, kind: document, path: proofs/unit.txt}]\n",
      SmallSite.notes: "- A thing\n", "CHANGELOG.md": "# Changes\n\n## 0.9.0\n\n- Before\n", "proofs/unit.txt": "one\n",
      "look/files/extra.css": "a {}\n", "content/policy/p.yml": "rules: {risk-classified: {}}\n",
    ])
    try repository.commit("First", tag: "v0.9.0")
    try repository.git("tag", "then")
    let clone = repository.path + ".clone"
    defer { try? FileManager.default.removeItem(atPath: clone) }

    try repository.write("title: Other\n", to: "content/gazette.yml")
    try repository.write("# Changes\n\n## 0.9.0\n\n- Afterwards\n", to: "CHANGELOG.md")
    try repository.write("two\n", to: "proofs/unit.txt")
    try repository.write("b {}\n", to: "look/files/extra.css")
    try repository.write("c {}\n", to: "look/files/more.css")
    try repository.remove(SmallSite.notes)
    try repository.commit("Second")
    try repository.write("status: planned\n", to: "content/releases/gw/2.0.0.yml")
    try repository.write("- Untracked\n", to: "content/releases/gw/1.0.0.md")

    try repository.git("clone", "--quiet", repository.path, clone)
    try repository.git("-C", clone, "checkout", "--quiet", "then")
    let wanted = try GazetteProcess.run(["build", "--audience", "all", "--output", "site"], in: clone)
    let found = try repository.gazette("build", "--audience", "all", "--at", "then", "--output", "site")
    #expect(wanted.status == found.status && found.status == 1, "\(found.output) \(found.errors)")
    let site = repository.contents(of: "site")
    var expected: [String: Data] = [:]
    let names = FileManager.default.enumerator(atPath: clone + "/site")?.allObjects.compactMap { $0 as? String } ?? []
    for name in names where site[name] != nil || !name.hasSuffix("/") {
      if let data = FileManager.default.contents(atPath: "\(clone)/site/\(name)") { expected[name] = data }
    }
    #expect(site.count > 30 && Set(site.keys) == Set(expected.keys))
    for (name, data) in site where expected[name] != data { Issue.record("\(name) differs") }
    let notes = try #require(repository.text("site/public/products/gw/0.9.0/index.html"))
    #expect(notes.contains("Before") && !notes.contains("Afterwards"))
  }

  @Test("it can be signed and gated, for the commit holds all of it") func signed() throws {
    let repository = try SmallSite.repository()
    try repository.write("status: relased\n", to: SmallSite.record)
    #expect(try repository.gazette("build", "--gated").status == 1)
    let outcome = try repository.gazette("build", "--gated", "--at", "HEAD")
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(!outcome.output.contains("differs from the commit"))
  }
}
