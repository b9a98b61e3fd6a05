import Diagnostics
import Model
import Templates
import Testing
import Theme

@testable import Publishing

@Suite("Notes between two releases") struct MergedNotesTests {
  private func prose(_ text: String) -> Prose {
    Prose(RichText(markdown: text, pieces: [.html("<p>\(text)</p>")], plainText: text))
  }

  private func templates() -> TemplateLibrary {
    var report = Report()
    let sources = BuiltInTheme.templates.compactMap { file in
      TemplateName(path: file.path).map { ($0.text, TemplateSource(file: file.path, bytes: file.bytes)) }
    }
    return TemplateLibrary(sources: Dictionary(uniqueKeysWithValues: sources), into: &report)
  }

  private let place = Diagnostics.SourceLocation(file: "x.yml", line: 1)

  /// 2.1.0 ─ 2.0.0 ─ 1.8.0; 1.9.0 ─ 1.8.0.
  private func ledger() throws -> Ledger {
    var gateway = Product(id: ProductID("gateway"), name: "Gateway", at: place)
    gateway.formerly = ["api"]
    let releases = try ["2.1.0", "2.0.0", "1.9.0", "1.8.0"].map { text in
      var release = Release(
        product: gateway.id, version: try #require(Version(text, scheme: .semver)), status: .released, kind: .minor,
        at: place)
      switch text {
      case "2.1.0":
        var fixed = Vulnerability(id: "CVE-2026-1", at: place)
        fixed.severity = .high
        fixed.summary = prose("Tokens were written to logs.")
        release.security = [fixed]
        release.summary = prose("Search is fast.")
        release.notes = Notes(prose: prose("A long story.\n\n- And a list"), origin: .file, at: place)
        release.changes = [
          Change(id: "list", kind: .fix, text: prose("And a list"), origin: .prose(anchor: nil), at: place)
        ]
      case "2.0.0":
        var gone = Change(id: "gone", kind: .breaking, text: prose("The call is gone"), origin: .record, at: place)
        gone.impact = prose("Old clients stop.")
        release.changes = [gone]
      case "1.9.0":
        release.security = [Vulnerability(id: "CVE-2026-2", at: place)]
      default: break
      }
      return release
    }
    var ledger = Ledger(site: Site(title: "Harbor"), asOf: try #require(Moment("2026-11-02T09:00Z")))
    ledger.shelves = [
      Ledger.Shelf(product: gateway, releases: releases, lineage: Lineage(parents: [[1], [3], [3], []]))
    ]
    return ledger
  }

  @Test("vulnerabilities, texts, impacts and breaking changes without an action are all there") func markdown() throws {
    let notes = try ledger().upgradeNotes(product: "api", from: "1.9.0", to: "2.1.0")
    var report = Report()
    let text = MergedNotes(notes, address: nil).text(as: .markdown, with: templates(), into: &report)
    #expect(
      text == """
        # Gateway 1.9.0 to 2.1.0

        > [!WARNING]
        > 2.1.0 lacks fixes that 1.9.0 has:
        >
        > - **CVE-2026-2** (1.9.0)

        ## What to do

        - The call is gone (2.0.0)

          Old clients stop.

        ## Security

        - **CVE-2026-1**, high: Tokens were written to logs. (2.1.0)

        ## 2.1.0

        Search is fast.

        A long story.

        - And a list

        """)
    let html = MergedNotes(notes, address: nil).text(as: .html, with: templates(), into: &report)
    #expect(html.contains("<li><strong>CVE-2026-1</strong> <p>Tokens were written to logs.</p> (2.1.0)</li>"))
    #expect(html.contains("<p>A long story."))
    #expect(html.contains("(2.0.0)<br><p>Old clients stop.</p></li>"))
    #expect(report.diagnostics.isEmpty)
  }

  @Test("diff names fixed vulnerabilities, and those whose fix is lost") func diff() throws {
    let notes = try ledger().upgradeNotes(product: "gateway", from: "1.9.0", to: "2.1.0")
    #expect(
      notes.text == """
        Gateway 1.9.0 to 2.1.0: 2 releases, 2.0.0, 2.1.0
        - security      CVE-2026-2 (1.9.0)
        + security      CVE-2026-1: Tokens were written to logs. (2.1.0)
        + breaking      The call is gone (2.0.0)
        + fix           And a list (2.1.0)

        """)
    #expect(notes.json.contains(#""lacked_fixes":[{"aliases":[],"id":"CVE-2026-2""#))
  }

  @Test("an unknown name is said with what there is instead") func unknown() throws {
    let ledger = try ledger()
    let product = #expect(throws: UnknownName.self) { try ledger.upgradeNotes(product: "x", from: "1", to: "2") }
    #expect(product?.known == ["gateway"])
    let version = #expect(throws: UnknownName.self) {
      try ledger.upgradeNotes(product: "gateway", from: "1.8.0", to: "3.0.0")
    }
    #expect(version?.name == "3.0.0")
  }
}
