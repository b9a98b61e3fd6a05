import Governance
import Model
import Templates

/// Everything that is broken and not excused, line by line, for a site where the overview cannot list it.
struct OpenPage {
  let scope: PageScope
  let judgement: Judgement
  /// From 0.
  let part: Int

  private static let rowsPerPage = 500

  /// None where the overview lists all of it.
  static func parts(of judgement: Judgement) -> Int {
    let count = judgement.brokenCount
    return count > AuditPage.listed ? (count + rowsPerPage - 1) / rowsPerPage : 0
  }

  var page: Page {
    let all = scope.edition.open
    let parts = OpenPage.parts(of: judgement)
    let first = part * OpenPage.rowsPerPage
    var table = Table("Open", [.init("Release"), .init("Rule"), .init("Result"), .init("Why")])
    for outcome in all[first..<min(first + OpenPage.rowsPerPage, all.count)] {
      let rest = outcome.reasons.count - 1
      table.add([
        scope.cell(outcome.release), Cell(outcome.rule, link: scope.link(toRule: outcome.rule)),
        Cell(outcome.result.words, chip: outcome.result.rawValue).marked(
          outcome.isBeforeSince ? "due before the policy asked it" : outcome.severity.rawValue),
        Cell(outcome.reasons.first.map { Wording.plain($0.text) }, notes: rest > 0 ? ["and \(rest) more"] : []),
      ])
    }
    return scope.page(
      "register", title: "Open" + (parts > 1 ? ", page \(part + 1)" : ""), section: .audit,
      description: "Every outcome that failed or that nobody can verify, what blocks first.",
      trail: [(scope.edition.site.title, .home), ("Audit", .audit)],
      fields: [
        "kind": .text("open"), "heading": .text("Open"), "registers": .null,
        "lead": .text(
          "\(Wording.grouped(all.count)) outcomes that failed or that nobody can verify, and that no waiver excuses; "
            + "what blocks first, then the newest release first."),
        "byline": items(
          (0..<parts).map { number in
            Cell("page \(number + 1)", link: number == part ? .null : scope.link(to: .open(part: number))).value
          }),
        "sections": .list([
          RegisterSection("Outcomes", id: "g-open", isWide: true, [RegisterSection.Block(table: table)]).value
        ]),
      ])
  }
}
