import Authoring
import Diagnostics
import Ingest
import Model
import Testing

@Suite("A baseline that is written")
struct BaselineTextTests {
  private let code = Code("C901", "a code", why: "because", fix: "mend it")

  private var report: Report {
    var report = Report()
    report.warning(code, "it's `x`: #1", at: SourceLocation(file: "content/b.yml", line: 4))
    report.error(code, "twice", at: SourceLocation(file: "content/a.yml", line: 9))
    report.error(code, "twice", at: SourceLocation(file: "content/a.yml", line: 2))
    report.error(code, "nowhere")
    report.add(.info(code, "by the way"))
    return report
  }

  private func read(_ text: String) -> (baseline: Baseline?, report: Report) {
    var report = Report()
    let baseline = Baseline(Array(text.utf8), path: "baseline.yml", into: &report)
    return (baseline, report)
  }

  @Test("wants a reason and a day for each, and then accepts all of it") func round() throws {
    let text = baselineText(accepting: report, keeping: nil)
    let (baseline, refusal) = read(text)
    #expect(baseline == nil)
    #expect(refusal.diagnostics.count == 6, "three entries lack two keys each")
    let filled = text.replacing("reason:\n", with: "reason: 'known, it''s fine'\n").replacing(
      "expires:\n", with: "expires: 2026-12-31\n")
    let read = try #require(read(filled).baseline)
    let judged = (moment: try #require(Moment("2026-06-01T00:00Z")), zone: Zone.utc)
    let accepted = read.accepting(report, judgedAt: judged, isWhole: true)
    #expect(accepted.diagnostics.allSatisfy { $0.severity == .info || $0.acceptance != nil })
    #expect(!accepted.diagnostics.contains { $0.code == "C071" })

    #expect(baselineText(accepting: report, keeping: read) == filled, "what is known keeps its reason and its day")
  }

  @Test("is the same whatever the order of what was found") func order() {
    var other = Report()
    for diagnostic in report.diagnostics.reversed() { other.add(diagnostic) }
    #expect(baselineText(accepting: other, keeping: nil) == baselineText(accepting: report, keeping: nil))
  }
}
