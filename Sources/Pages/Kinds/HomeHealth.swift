import Diagnostics
import Governance
import Model
import Templates

/// How everything stands, for those who may know: what is open, what is overdue, what went wrong.
struct HomeHealth {
  let scope: PageScope

  private var edition: Edition { scope.edition }

  /// Findings, incidents and promises also where all is well; the rest only where it is not.
  var rows: [Value] { (findings + operations).map(value) }

  private struct Row {
    var text: String
    var isOpen: Bool
    var route: Route
    var linkText: String
  }

  private func value(_ row: Row) -> Value {
    [
      "text": .text(row.text), "open": .flag(row.isOpen), "link": scope.link(to: row.route),
      "link_text": .text(row.linkText),
    ]
  }

  private var findings: [Row] {
    guard let judgement = edition.judgement else { return [] }
    let open = edition.open.count { !$0.isBeforeSince }
    let none =
      open == 0
      ? "No rule is broken"
      : "No finding of severity error is open; \(Wording.countGrouped(open, "other one is", "others are"))"
    return [
      row(
        judgement.openCount, "finding of severity error is open", "findings of severity error are open", none, .audit,
        "What the rules say")
    ]
  }

  private var operations: [Row] {
    guard edition.hasOperations else { return [] }
    let incidents = edition.incidents.count { $0.resolved == nil }
    let overdue = edition.promises.count { edition.isOverdue($0.action) }
    let flags = edition.ledger.flags.count { edition.isPastExpiry($0) }
    let needs = edition.currentNeeds.count(where: \.isMissing)
    let rows = [
      row(
        incidents, "incident is not resolved", "incidents are not resolved", "Every incident is resolved", .incidents,
        "All incidents"),
      row(overdue, "action is overdue", "actions are overdue", "No action is overdue", .reviews, "All open actions"),
    ]
    let worries = [
      row(flags, "flag is past its expiry", "flags are past their expiry", "", .flags, "All flags"),
      row(
        needs, "need of a release is not met", "needs of releases are not met", "", .dependencies, "All dependencies"),
    ]
    return rows + worries.filter(\.isOpen)
      + [
        Row(text: "By the stages that are recorded:", isOpen: false, route: .environments, linkText: "what runs where")
      ]
  }

  private func row(
    _ count: Int, _ one: String, _ many: String, _ none: String, _ route: Route, _ linkText: String
  ) -> Row {
    Row(
      text: (count == 0 ? none : Wording.countGrouped(count, one, many)) + ".", isOpen: count > 0, route: route,
      linkText: linkText)
  }
}
