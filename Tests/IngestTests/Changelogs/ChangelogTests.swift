import Diagnostics
import Ingest
import Model
import TestSupport
import Testing

@Suite("Changelogs")
struct ChangelogTests {
  private func read(
    _ text: String, scheme: VersionScheme = .semver
  ) -> (sections: [ChangelogSection], report: Report) {
    var report = Report()
    let source = MarkdownSource(text, at: SourceLocation(file: "CHANGELOG.md"))
    return (Changelog.read(source, scheme: scheme, into: &report), report)
  }

  @Test(
    "the heading of a section is read in every common style",
    arguments: [
      ("## [1.2.3] - 2026-01-02", "1.2.3", "2026-01-02"),
      ("## [1.2.3](https://x.example) (2026-01-02)", "1.2.3", "2026-01-02"),
      ("## 1.2.3", "1.2.3", ""), ("# v1.10.3", "1.10.3", ""),
      ("## 2022-05-03, Version 18.1.0 (Current), @x", "18.1.0", "2022-05-03"),
      ("# 20.1.0 \"name\" (2026-01-02)", "20.1.0", "2026-01-02"), ("Version 1.2.3\n-------------", "1.2.3", ""),
      ("1.2.3 / 2026-01-02\n===", "1.2.3", "2026-01-02"),
      ("## <small>[1.2.3](x) (2026-01-02)</small>", "1.2.3", "2026-01-02"),
      ("### 1.2.3-rc.1+b5 (May 3, 2026)", "1.2.3-rc.1+b5", "2026-05-03"),
      ("## Release 1.2.3 - 3rd March 2026 ##", "1.2.3", "2026-03-03"),
      ("## [1.2.3][x] – 2026/01/02", "1.2.3", "2026-01-02"), ("## Gateway 1.2.3", "1.2.3", ""),
      ("## **1.2.3**", "1.2.3", ""),
      ("## 1.2.3 (2026-01-02 - 2026-02-03)", "1.2.3", "2026-02-03"), ("## `1.2.3`", "1.2.3", ""),
    ])
  func headings(heading: String, version: String, date: String) {
    let (sections, report) = read("# Changelog\n\n\(heading)\n\n- a\n")
    #expect(sections.count == 1)
    #expect(sections.first?.version?.value == version)
    #expect(sections.first?.date?.iso ?? "" == date)
    #expect(sections.first?.body.text == "- a\n")
    #expect(report.isEmpty)
  }

  @Test(
    "what only mentions a version begins no section",
    arguments: [
      "### Changelog since v1.10.12", "### Downloads for v1.10.13", "### Migrating from 1.0.0", "### OpenSSL 3.0.3",
      "### Breaking changes in 1.0.0", "### 2026-01-02 (Xcode 10.2.0)", "#### llhttp updated to 6.0.10",
      "```\n## 1.0.0\n```", "<!--\n## 1.0.0\n-->", "    ## 1.0.0", "~~~ x\n```\n## 1.0.0\n~~~",
    ])
  func otherHeadings(heading: String) {
    let (sections, _) = read("## 1.2.3\n\na\n\n\(heading)\n\nb\n")
    #expect(sections.map { $0.version?.value } == ["1.2.3"])
    #expect(sections.first?.body.text.hasSuffix("\n\nb\n") == true)
  }

  @Test(
    "the scheme decides what is a version",
    arguments: [
      (VersionScheme.dated, "## 2026-01-02", "2026-01-02"), (.calver, "## 2026.04.1", "2026.04.1"),
      (.numeric, "## 42 - 2026-01-02", "42"),
      (.pep440, "## 2.0rc1 (2026-01-02)", "2.0rc1"),
    ])
  func schemes(scheme: VersionScheme, heading: String, version: String) {
    #expect(read(heading + "\n\na\n", scheme: scheme).sections.map { $0.version?.value } == [version])
  }

  @Test("a heading that looks like a version and is none, and one that is there twice, are reported")
  func findings() {
    let text = MarkedText("# 1️⃣1.2\n\na\n\n# 1.2.3\n\nb\n\n# 3️⃣1.2.3\n\nc\n")
    let (sections, report) = read(text.text)
    #expect(report.diagnostics.map(\.code) == ["M012", "M011"])
    #expect(report.diagnostics.map { $0.location?.line } == [1, 9])
    #expect(sections.map(\.body.text) == ["b\n", "c\n"])
  }

  @Test("pulled and unreleased sections are known")
  func marks() {
    let (sections, _) = read("## [Unreleased]\n\n- a\n\n## [1.1.0] - 2026-01-02 [YANKED]\n\n- b\n\n## 1.0.0\n")
    #expect(sections.map { $0.version?.value } == [nil, "1.1.0", "1.0.0"])
    #expect(sections.map(\.isYanked) == [false, true, false])
    #expect(sections[1].title.value == "[1.1.0] - 2026-01-02 [YANKED]")
    #expect(sections[1].version?.location == SourceLocation(file: "CHANGELOG.md", line: 5, column: 5, length: 5))
  }

  @Test("a section has the link definitions that it uses, and no others")
  func definitions() {
    let (sections, _) = read(
      """
      ## [1.1.0]

      See [Guide] and [this][x  Y].

      ## [1.0.0]

      - a

      [1.1.0]: https://x.example/1.1.0
      [1.0.0]: https://x.example/1.0.0
      [guide]: https://x.example/guide
      [X y]: https://x.example/xy

      """)
    #expect(
      sections[0].body.text == """
        See [Guide] and [this][x  Y].

        [guide]: https://x.example/guide
        [X y]: https://x.example/xy

        """)
    #expect(sections[1].body.text == "- a\n")
    #expect(sections[0].body.location.line == 3)
  }

  @Test("a heading above the sections ends the last of them")
  func end() {
    let (sections, _) = read("# Log\n\n## 1.0.0\n\n- a\n\n### Fixed\n\n- b\n\n# Licence\n\nc\n")
    #expect(sections.map(\.body.text) == ["- a\n\n### Fixed\n\n- b\n"])
  }

  @Test("changes have kinds, components, references and ids")
  func changes() {
    let scan = ChangeScan(
      MarkdownSource(
        """
        ### Added

        - **search:** Answers in *half* the time ([#12](https://x.example/12))
          with more detail

          - nested
        - **Breaking:** `/v1/find` is gone, see #13 and CVE-2026-1234

        ### 🐛 Bug Fixes

        * **api**: Fix the fix
        * Fix the fix

        ### Patch Changes

        1. feat(ui)!: New look
        2. chore: tidy
        3. Words

        ### Security

        - CVE-2026-9: overflow
        """, at: SourceLocation(file: "n.md", line: 10)))
    #expect(
      scan.entries.map { $0.kind?.rawValue ?? "-" }
        == ["feature", "breaking", "fix", "fix", "breaking", "-", "-", "security"])
    #expect(scan.entries.map { $0.component ?? "-" } == ["search", "-", "api", "-", "ui", "-", "-", "-"])
    #expect(
      scan.entries[0].text.text
        == "Answers in *half* the time ([#12](https://x.example/12))\nwith more detail\n\n- nested")
    #expect(scan.entries[0].text.location == SourceLocation(file: "n.md", line: 12, column: 3))
    let references = scan.entries.prefix(2).map { entry in
      ChangeScan.references(in: Prose(RichText(markdown: entry.text.text, pieces: [], plainText: "")))
    }
    #expect(references == [["#12"], ["#13", "CVE-2026-1234"]])
    #expect(
      scan.entries.map(\.id) == [
        "answers-in-half-the-time-12", "v1-find-is-gone-see-13-and-cve-2026-1234", "fix-the-fix", "fix-the-fix-2",
        "new-look", "tidy", "words", "cve-2026-9-overflow",
      ])
    #expect(scan.entries.map(\.heading) == [0, 0, 1, 1, 2, 2, 2, 3])
    #expect(!scan.isAllChanges)
  }

  @Test("what only a comment or an internal quote names is no reference, nor in an id")
  func internalReferences() {
    let item = "- Search is fast, #12 <!-- #9922 secret -->\n  > [!INTERNAL]\n  > Found by Zorro, #4711\n"
    let entries = ChangeScan.entries(in: MarkdownSource("### Fixed\n\n" + item, at: SourceLocation(file: "n.md")))
    #expect(entries.map(\.id) == ["search-is-fast-12"])
    let text = MarkdownFixture(entries[0].text.text, as: .inline).rendered.prose
    #expect(ChangeScan.references(in: text) == ["#12"])
  }

  @Test("thanks that stand before the words go, and the pull request stands behind them")
  func thanks() {
    func text(_ item: String) -> String? {
      ChangeScan.entries(in: MarkdownSource("### Fixed\n\n" + item, at: SourceLocation(file: "n.md"))).first?.text.text
    }
    #expect(
      text("- [#12](https://x/12) [`3f2a`](https://x/c) Thanks [@ben](https://x/b)! - Answers fast\n\n  More.\n")
        == "Answers fast ([#12](https://x/12))\n\nMore.")
    #expect(text("- Thanks [@ana](https://x/a), [@ben](https://x/b)! - New\n") == "New")
    #expect(text("- [#12](https://x/12) Thanks to caching! - it is fast\n") == "it is fast ([#12](https://x/12))")
    #expect(text("- Be thankful! - it says\n") == "Be thankful! - it says")
    #expect(text("- [#12] is Thanks to Ben! - gone\n") == "[#12] is Thanks to Ben! - gone")
  }

  @Test("a long fence takes time in proportion to its lines")
  func longFence() {
    let text = "### Fixed\n\n- a\n\n```\n" + String(repeating: "a\n", count: 40_000) + "```\n"
    let time = ContinuousClock().measure {
      #expect(!ChangeScan(MarkdownSource(text, at: SourceLocation(file: "n.md"))).isAllChanges)
    }
    #expect(time < .seconds(5))
  }

  @Test(
    "notes are all changes when nothing else would be lost",
    arguments: [
      ("### Added\n\n- a\n\n### Fixed\n\n- b\n  more\n\n  ```\n  # c\n  ```\n", true),
      ("Words.\n\n### Added\n\n- a\n", false),
      ("### Added\n\n- a\n\nWords.\n", false), ("### Added\n\n- a\n\n### Notes\n\n- b\n", false),
      ("### Added\n\nWords.\n", false),
      ("### Other\n\n- a\n", false), ("### Added\n\n- a\nlazy\n\n<!-- b -->\n", true),
      ("### Added\n\n```\na\n```\n\n- b\n", false),
      ("- a\n", false), ("", false), ("### Added\n\n#### API\n\n- a\n", false),
      ("### Added\n\n- a\n\n[b]: https://x.example\n", true),
    ])
  func isAllChanges(text: String, expected: Bool) {
    #expect(ChangeScan(MarkdownSource(text, at: SourceLocation(file: "n.md"))).isAllChanges == expected)
  }

  @Test("the headings of changes are those of the rendered text")
  func headingNumbers() {
    let text = "# A\n\n- x\n\n  # Nested\n\n> # Quoted\n\n```\n# Code\n```\n\nB\n---\n\n### Fixed\n\n- y\n"
    let headings = MarkdownFixture(text).rendered.prose.whole.headings
    let entry = ChangeScan(MarkdownSource(text, at: SourceLocation(file: "n.md"))).entries.first
    #expect(headings.map(\.text) == ["A", "B", "Fixed"])
    #expect(entry?.heading == 2)
  }

  @Test(
    "subjects of commits say kind, scope and break",
    arguments: [
      ("feat: a", Change.Kind.feature, nil, "a"), ("fix(api): b", .fix, "api", "b"), ("perf!: c", .breaking, nil, "c"),
      ("refactor(x)!: d", .breaking, "x", "d"), ("chore(deps): bump e", .dependency, "deps", "bump e"),
      ("docs: f", .documentation, nil, "f"),
      ("chore: g", nil, nil, "g"), ("Add h: i", nil, nil, "Add h: i"), ("Note: j", nil, nil, "Note: j"),
      ("fix:k", nil, nil, "fix:k"),
      ("FIX: l", .fix, nil, "l"), ("revert: m", nil, nil, "m"), ("", nil, nil, ""), ("feat(: n", nil, nil, "feat(: n"),
    ] as [(String, Change.Kind?, String?, String)])
  func commits(subject: String, kind: Change.Kind?, scope: String?, text: String) {
    let commit = ConventionalCommit.parse(subject)
    #expect(commit.kind == kind && commit.scope == scope && commit.text == text)
    #expect(commit.isBreaking == (kind == .breaking))
  }
}
