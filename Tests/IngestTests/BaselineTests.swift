import Diagnostics
import Model
import Testing

@testable import Ingest

@Suite("A baseline")
struct BaselineTests {
  private let code = Code("C901", "a code", why: "because", fix: "mend it")
  private let now = (moment: Moment("2026-06-30T22:30Z") ?? Moment(seconds: 0), zone: Zone.utc)

  private func finding(_ message: String, line: Int = 1, file: String? = "content/a.yml") -> Diagnostic {
    .error(code, message, at: file.map { SourceLocation(file: $0, line: line) })
  }

  private func read(_ text: String) -> (baseline: Baseline?, report: Report) {
    var report = Report()
    let baseline = Baseline(Array(text.utf8), path: "baseline.yml", into: &report)
    return (baseline, report)
  }

  private func accepting(_ text: String, _ findings: [Diagnostic]) throws -> Report {
    let (baseline, report) = read(text)
    #expect(report.isEmpty)
    var found = Report()
    found.add(findings)
    return try #require(baseline).accepting(found, judgedAt: now, isWhole: true)
  }

  private let entry = """
    - code: C901
      file: content/a.yml
      message: 'it is `x`: wrong'
      reason: the new farm runs in June
      expires: 2026-06-30

    """

  @Test("accepts a finding on whatever line it stands, to the end of its last day") func accepts() throws {
    let report = try accepting(entry, [finding("it is `x`: wrong", line: 77)])
    #expect(!report.hasErrors)
    #expect(report.diagnostics.map(\.acceptance?.text) == ["the new farm runs in June (until 2026-06-30)"])
    #expect(report.count(of: .error) == 1, "it is told all the same")
  }

  @Test("accepts neither another code, file or message, nor one more of the same")
  func others() throws {
    for other in [
      finding("it is `y`: wrong"), finding("it is `x`: wrong", file: "content/b.yml"),
      finding("it is `x`: wrong", file: nil),
    ] {
      let report = try accepting(entry, [other])
      #expect(report.hasErrors)
      #expect(report.diagnostics.map(\.code).contains("C071"), "the entry is idle")
    }
    let twice = [finding("it is `x`: wrong", line: 1), finding("it is `x`: wrong", line: 2)]
    #expect(try accepting(entry, twice).diagnostics.count { $0.acceptance == nil } == 1)
    #expect(try !accepting(entry + "  count: 2\n", twice).hasErrors)
  }

  @Test("says which entries have expired, and they no longer count") func expired() throws {
    let report = try accepting(entry.replacing("06-30", with: "06-29"), [finding("it is `x`: wrong")])
    #expect(report.hasErrors)
    let said = try #require(report.diagnostics.first { $0.code == "C070" })
    #expect(said.message == "the entry for `C901` expired on 2026-06-29 and no longer counts")
    #expect(said.location == SourceLocation(file: "baseline.yml", line: 1, column: 3, length: 4))
  }

  @Test(
    "is refused as a whole when something in it is wrong",
    arguments: [
      ("- {code: C901, message: m, reason: r}", "C006"),
      ("- {code: C901, message: m, reason: , expires: 2026-06-30}", "lacks `reason`"),
      ("- {code: C901, message: m, reason: ' ', expires: 2026-06-30}", "reason"),
      ("- {code: C901, message: m, reason: r, expires: 2026-06-31}", "expires"),
      ("- {code: C901, mesage: m, reason: r, expires: 2026-06-30}", "did you mean `message`?"),
      ("code: C901", "a list"), ("[", "YAML"), ("\u{0}", "UTF-8"),
    ])
  func refused(text: String, words: String) {
    let (baseline, report) = read(text)
    #expect(baseline == nil && report.hasErrors)
    let said = report.diagnostics.map { "\($0.code) \($0.message) \($0.help ?? "")" }.joined()
    #expect(said.contains(words) || words == "C006", "\(said)")
  }

  @Test("may be empty", arguments: ["", "# nothing yet\n", "[]\n"]) func empty(text: String) {
    #expect(read(text).baseline?.entries.isEmpty == true)
  }

  @Test("that is not UTF-8 is said to be") func notUTF8() {
    var report = Report()
    #expect(Baseline([0x2D, 0x20, 0xFF, 0xFE], path: "b.yml", into: &report) == nil)
    #expect(report.diagnostics.map(\.code) == ["G015"])
  }
}
