import Foundation
import Testing

@Suite("gazette release") struct ReleaseCommandTests {
  private static let fragments = [
    "content/changes/gw/fast.md":
      "---\nkind: feature\ncomponent: search\nrefs: ['#412', 'a: b']\n---\nSearch is fast.\n\nReally: \"fast\".\n",
    "content/changes/gw/gone.md": "---\nkind: breaking\naction: 'Call `/v2`: now'\nimpact: '410'\n---\n`/v1` is gone\n",
    "content/changes/gw/cve.md":
      "---\n# shared\nkind: security\nproducts: [gw, auth]\nembargo_until: 2999-01-01T00:00Z\n---\nCVE-2026-1: tokens\n",
    "content/changes/auth/shared.md": "---\nid: shared-id\nkind: fix\nproducts:\n  - auth\n  - gw\n---\nBoth work\n",
    "content/changes/auth/own.md": "---\nkind: fix\n---\nOnly auth\n",
  ]

  private func repository(record: String? = nil) throws -> TemporaryRepository {
    let repository = try DaySite.repository(record: record)
    for (path, text) in Self.fragments { try repository.write(text, to: path) }
    try repository.commit("Changes")
    return repository
  }

  @Test("the waiting changes go into the record, and stay for whom else they are") func cut() throws {
    let repository = try repository()
    let before = repository.contents(of: "content")
    let dry = try repository.gazette(["release", "gw", "1.0.0", "--dry-run"], as: "ana")
    #expect(dry.status == 0 && dry.output.hasPrefix("Would write\n  content/releases/gw/1.0.0.yml\n"), "\(dry.output)")
    #expect(repository.contents(of: "content") == before)
    let outcome = try repository.gazette(["release", "gw", "1.0.0", "--title", "Fast: yes"], as: "ana")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    // What is under embargo is not told.
    #expect(!outcome.output.contains("tokens") && outcome.output.contains("cve: under embargo until 2999-01-01"))
    #expect(
      repository.text("content/releases/gw/1.0.0.yml") == """
        status: candidate
        title: 'Fast: yes'
        owner: ana
        changes:
          - id: gone
            kind: breaking
            text: '`/v1` is gone'
            action: 'Call `/v2`: now'
            impact: '410'
          - id: cve
            kind: security
            text: 'CVE-2026-1: tokens'
            embargo_until: 2999-01-01T00:00:00Z
          - id: fast
            kind: feature
            text: |-
              Search is fast.

              Really: "fast".
            component: search
            refs: ['#412', 'a: b']
          - id: shared-id
            kind: fix
            text: Both work

        """)
    #expect(repository.files(in: "content/changes") == ["auth/cve.md", "auth/shared.md", "auth/own.md"])
    #expect(
      repository.text("content/changes/auth/cve.md")
        == "---\n# shared\nkind: security\nembargo_until: 2999-01-01T00:00Z\n---\nCVE-2026-1: tokens\n")
    #expect(repository.text("content/changes/auth/shared.md") == "---\nid: shared-id\nkind: fix\n---\nBoth work\n")
    try repository.commit("Release")
    let checked = try repository.gazette("check")
    #expect(checked.status == 0, "\(checked.output)")
    // Nothing of what is under embargo is public.
    #expect(try repository.gazette("build").status == 0)
    #expect(try repository.shell("grep -rlE 'CVE-2026-1|tokens' _site").output == "")
    let auth = try repository.gazette(["release", "auth", "1.0.0"], as: "ana")
    #expect(auth.status == 0, "\(auth.output)\(auth.errors)")
    #expect(repository.files(in: "content/changes").isEmpty)
    #expect(try repository.gazette("check").status == 0)
  }

  @Test("a record that is there is not written over; one that has not shipped can be joined") func existing() throws {
    let repository = try repository(record: "status: planned\ntitle: Soon\n")
    let refused = try repository.gazette(["release", "gw", "1.0.0"], as: "ana")
    #expect(refused.status == 2 && refused.errors.contains("has a record already and is planned"), "\(refused.errors)")
    #expect(refused.errors.contains("--join"))
    let joined = try repository.gazette(["release", "gw", "1.0.0", "--join"], as: "ana")
    #expect(joined.status == 0, "\(joined.output)\(joined.errors)")
    #expect(repository.text("content/releases/gw/1.0.0.yml") == "status: planned\ntitle: Soon\n")
    #expect(repository.parts(of: "gw/1.0.0").count == 1)
    #expect(try repository.gazette("check").status == 0)
    let empty = try repository.gazette(["release", "gw", "1.0.0", "--join"], as: "ana")
    #expect(empty.status == 2 && empty.errors.contains("no changes wait"), "\(empty.errors)")
    try repository.write("status: released\nreleased: 2024-01-01\n", to: "content/releases/gw/1.0.0.yml")
    let shipped = try repository.gazette(["release", "gw", "1.0.0", "--join"], as: "ana")
    #expect(shipped.status == 2 && shipped.errors.contains("is released already"), "\(shipped.errors)")
  }

  @Test("a version that is out by its tag becomes no candidate unless somebody says so") func tagged() throws {
    let repository = try repository()
    try repository.write(
      "name: Gateway\nsource: {id: main, tags: 'gw-{version}', discover: true}\n", to: "content/products/gw.yml")
    try repository.commit("Tags are releases", tag: "gw-1.0.0")
    let before = repository.contents(of: "content")
    for arguments in [[], ["--dry-run"]] {
      let refused = try repository.gazette(["release", "gw", "1.0.0"] + arguments, as: "ana")
      #expect(refused.status == 2 && refused.errors.contains("is out already, by its tag `gw-1.0.0`"))
      #expect(refused.errors.contains("add `--status released`"), "\(refused.errors)")
    }
    #expect(repository.contents(of: "content") == before)
    let wrong = try repository.gazette(["release", "gw", "gw-1.1.0"], as: "ana")
    #expect(wrong.errors.contains("did you mean `1.1.0`?"), "\(wrong.errors)")
    let hotfix = try repository.gazette(["release", "gw", "1.0.1", "--hotfix-of", "1.0.0", "--dry-run"], as: "ana")
    #expect(hotfix.status == 0, "\(hotfix.errors)")
    let released = try repository.gazette(["release", "gw", "1.0.0", "--status", "released"], as: "ana")
    #expect(released.status == 0, "\(released.output)\(released.errors)")
    // The tag says when.
    let record = try #require(repository.text("content/releases/gw/1.0.0.yml"))
    #expect(record.hasPrefix("status: released\nowner: ana\nchanges:"), "\(record)")
    try repository.commit("Release")
    let checked = try repository.gazette("check")
    #expect(checked.status == 0 && !checked.output.contains("C045"), "\(checked.output)")
    try repository.write("status: candidate\n", to: "content/releases/gw/1.0.0.yml")
    try repository.commit("Take it back")
    let candidate = try repository.gazette("check")
    #expect(candidate.status == 0 && candidate.output.contains("warning[C045]"), "\(candidate.output)")
    let again = try repository.gazette(["release", "gw", "1.0.0", "--status", "released"], as: "ana")
    #expect(again.status == 2 && again.errors.contains("write `status: released`"), "\(again.errors)")
  }

  @Test("what is released now is to be committed before the site knows it") func releasedNow() throws {
    let repository = try repository()
    let outcome = try repository.gazette(["release", "gw", "1.0.0", "--status", "released"], as: "ana")
    #expect(outcome.status == 0 && outcome.output.contains("until then it is dated later than"), "\(outcome.output)")
  }

  private static let refusals: [(arguments: [String], words: String)] = [
    (["gww", "1.0.0"], "did you mean `gw`?"), (["gw", "one"], "is not a semver version"),
    (["gw", "1.0.0-RC.1"], "differs only in case"), (["gw", "1.0.0", "--owner", "anna"], "did you mean `ana`?"),
    (["gw", "1.0.0", "--incident", "inc-1"], "there is no incident"), (["gw", "../../x"], "is not a semver version"),
    (["gw", "v1.2.0"], "did you mean `1.2.0`?"), (["gw", "99999999999999999999999.0.0"], "a number that is too large"),
    (["gw", "1.0.0", "--hotfix-of", "0.9.9"], "`gw` has no release 0.9.9"),
  ]

  @Test("what makes no sense is refused, and everything is as it was") func refusals() throws {
    let repository = try repository()
    try repository.write("status: released\nreleased: 2024-01-01\n", to: "content/releases/gw/1.0.0-rc.1.yml")
    let before = repository.contents(of: "content")
    for (arguments, words) in Self.refusals {
      let outcome = try repository.gazette(["release"] + arguments, as: "ana")
      #expect(outcome.status == 2 && outcome.errors.contains(words), "\(outcome.output)\(outcome.errors)")
    }
    #expect(repository.contents(of: "content") == before)
  }

  @Test("a change that cannot be moved keeps all of them where they are") func halfDone() throws {
    // Two changes with one id, another file where one would go, one that cannot be read, one in the way of the record.
    let spoiled: [(path: String, text: String, words: String)] = [
      ("content/changes/auth/fast.md", "---\nkind: fix\nproducts: [gw]\n---\nAnother\n", "fast"),
      ("content/changes/auth/cve.md", "---\nkind: fix\n---\nAnother\n", "waits for `auth` too"),
      ("content/changes/gw/bad.md", "---\nkind: fixx\n---\nBad\n", "did you mean `fix`?"),
      ("content/changes/gw/flow.md", "---\n{kind: fix, products: [gw, auth]}\n---\nFlow\n", "on a line of its own"),
      ("content/releases/gw", "in the way", "content/releases/gw/1.0.0.yml"),
    ]
    for (path, text, words) in spoiled {
      let repository = try repository()
      try repository.write(text, to: path)
      let before = repository.contents(of: "content")
      let outcome = try repository.gazette(["release", "gw", "1.0.0"], as: "ana")
      #expect(
        outcome.status != 0 && (outcome.output + outcome.errors).contains(words),
        "\(path): \(outcome.output)\(outcome.errors)")
      #expect(repository.contents(of: "content") == before, "\(path)")
    }
  }

  /// As little as is a picture for pages.
  private static let picture = "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='2'/>\n"

  private func illustrated() throws -> TemporaryRepository {
    let repository = try DaySite.repository(record: nil)
    try repository.write(
      """
      ---
      kind: feature
      action: 'See [the table](numbers/a%20b.csv)'
      ---
      Search is fast.

      ![Half the time](before-after.svg "Measured") and ![the same][again], as [told](../../pages/speed.md#why).

      [again]: <./before-after.svg>

      """, to: "content/changes/gw/fast.md")
    try repository.write(
      "---\nkind: fix\nproducts: [gw, auth]\n---\n![Both](both.svg)\n", to: "content/changes/auth/shared.md")
    for path in ["gw/before-after.svg", "auth/both.svg"] {
      try repository.write(Self.picture, to: "content/changes/" + path)
    }
    try repository.write("a,b\n", to: "content/changes/gw/numbers/a b.csv")
    try repository.write("---\ntitle: Speed\naudience: public\n---\n## Why\n\nSo.\n", to: "content/pages/speed.md")
    try repository.commit("Changes")
    return repository
  }

  @Test("pictures and files beside a change go with it, and the notes show them") func pictures() throws {
    let repository = try illustrated()
    let before = repository.contents(of: "content")
    let dry = try repository.gazette(["release", "gw", "1.0.0", "--dry-run"], as: "ana")
    #expect(
      dry.output.contains(
        """
        Would move
          content/changes/gw/before-after.svg to content/releases/gw/1.0.0.d/before-after.svg
          content/changes/gw/numbers/a b.csv to content/releases/gw/1.0.0.d/numbers/a b.csv
        Would copy
          content/changes/auth/both.svg to content/releases/gw/1.0.0.d/auth/both.svg
        Would keep for others
          content/changes/auth/shared.md, for auth

        """), "\(dry.output)\(dry.errors)")
    #expect(repository.contents(of: "content") == before)

    let cut = try repository.gazette(
      ["release", "gw", "1.0.0", "--status", "released", "--at", "2024-01-02"], as: "ana")
    #expect(cut.status == 0, "\(cut.output)\(cut.errors)")
    #expect(repository.files(in: "content/changes") == ["auth/both.svg", "auth/shared.md"])
    let record = try #require(repository.text("content/releases/gw/1.0.0.yml"))
    for link in [
      "![Half the time](1.0.0.d/before-after.svg \"Measured\")", "[again]: <1.0.0.d/before-after.svg>",
      "[the table](1.0.0.d/numbers/a%20b.csv)", "[told](../../pages/speed.md#why)", "![Both](1.0.0.d/auth/both.svg)",
    ] { #expect(record.contains(link), "\(link) \(record)") }
    try repository.commit("Release")
    let built = try repository.gazette("build", "--strict", "--report", "json")
    #expect(
      !built.output.contains("1.0.0.d/before-after.svg` ") && !built.output.contains("both.svg"), "\(built.output)")
    #expect(try repository.gazette("build").status == 0)
    let page = try #require(repository.text("_site/products/gw/1.0.0/index.html"))
    let asset = "assets/releases/gw/1.0.0.d/before-after.svg"
    #expect(page.contains(asset) && page.contains("assets/releases/gw/1.0.0.d/auth/both.svg"), "\(page)")
    #expect(repository.text("_site/" + asset) == Self.picture)

    let auth = try repository.gazette(["release", "auth", "1.0.0"], as: "ana")
    #expect(auth.status == 0, "\(auth.output)\(auth.errors)")
    #expect(repository.files(in: "content/changes").isEmpty)
    #expect(repository.text("content/releases/auth/1.0.0.d/both.svg") == Self.picture)
  }

  @Test("pictures of a change that waits on elsewhere, and of one that joins a record, are shown there too")
  func picturesElsewhere() throws {
    let repository = try illustrated()
    try repository.write(
      "---\nkind: fix\nproducts: [auth]\n---\n![Mine](mine.svg)\n", to: "content/changes/gw/mine.md")
    try repository.write(Self.picture, to: "content/changes/gw/mine.svg")
    try repository.write("status: planned\n", to: "content/releases/gw/1.0.0.yml")
    let joined = try repository.gazette(["release", "gw", "1.0.0", "--join"], as: "ana")
    #expect(joined.status == 0, "\(joined.output)\(joined.errors)")
    let part = try #require(repository.parts(of: "gw/1.0.0").first { $0.hasSuffix(".yml") })
    let text = try #require(repository.text("content/releases/gw/1.0.0.d/" + part))
    for link in ["](before-after.svg \"", "](auth/both.svg)", "](mine.svg)", "](../../../pages/speed.md#why)"] {
      #expect(text.contains(link), "\(link) \(text)")
    }
    #expect(repository.text("content/changes/auth/mine.svg") == Self.picture)
    #expect(!repository.exists("content/changes/gw/mine.svg"))
    #expect(try repository.gazette("check").status == 0)
  }

  @Test("a picture that would take the place of another keeps everything where it is") func pictureInTheWay() throws {
    let repository = try illustrated()
    try repository.write("another\n", to: "content/releases/gw/1.0.0.d/before-after.svg")
    let before = repository.contents(of: "content")
    let outcome = try repository.gazette(["release", "gw", "1.0.0"], as: "ana")
    #expect(outcome.status == 2 && outcome.errors.contains("is another file"), "\(outcome.output)\(outcome.errors)")
    try repository.remove("content/releases/gw/1.0.0.d/before-after.svg")
    try repository.write("---\nkind: fix\n---\n![It](before\\-after.svg)\n", to: "content/changes/gw/odd.md")
    let odd = try repository.gazette(["release", "gw", "1.0.0"], as: "ana")
    #expect(odd.status == 2 && odd.errors.contains("content/changes/gw/odd.md cannot be changed"), "\(odd.errors)")
    try repository.remove("content/changes/gw/odd.md")
    try repository.write("another\n", to: "content/releases/gw/1.0.0.d/before-after.svg")
    #expect(repository.contents(of: "content") == before)
  }
}
