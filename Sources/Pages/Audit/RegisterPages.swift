import Diagnostics
import Governance
import Model
import Templates

/// The register of waivers: who accepted what, until when, and what each excused.
struct WaiverPage {
  let scope: PageScope
  let judgement: Judgement
  /// From 0.
  let part: Int

  static let waiversPerPage = 100
  /// How many releases are named that a waiver excused, and how many reasons why it does not count.
  private static let listed = 50

  static func parts(of edition: Edition) -> Int {
    max(1, (edition.ledger.policy.waivers.count + waiversPerPage - 1) / waiversPerPage)
  }

  private var zone: Zone { scope.edition.zone }
  private var asOf: Moment { scope.edition.ledger.asOf }

  var page: Page {
    let waivers = scope.edition.ledger.policy.waivers
    let parts = WaiverPage.parts(of: scope.edition)
    let first = part * WaiverPage.waiversPerPage
    let shown = first..<min(first + WaiverPage.waiversPerPage, waivers.count)
    // What does not count first, for it looks like an excuse and is none.
    let states = waivers.map(state)
    let order = shown.filter { states[$0] == .void } + shown.filter { states[$0] != .void }
    let entries = order.map { value(waivers[$0], states[$0]) }
    let elsewhere = waivers.indices.filter { states[$0] == .void && !shown.contains($0) }
    let (inForce, void) = (states.count { $0 == .inForce }, states.count { $0 == .void })
    return scope.page(
      "waivers", title: "Waivers" + (parts > 1 ? ", page \(part + 1)" : ""), section: .audit,
      description: "Accepted exceptions from rules, with their expiry.",
      trail: [(scope.edition.site.title, .home), ("Audit", .audit)],
      fields: [
        "waivers": items(entries),
        "lead": .text(
          "\(Wording.countGrouped(waivers.count, "waiver", "waivers")), \(inForce) in force"
            + (void > 0 ? ", \(void) that \(void == 1 ? "does" : "do") not count." : ".")),
        "terms": conditions, "pages": scope.pages(parts, current: part) { .waivers(part: $0) },
        "elsewhere": items(
          shortened(
            elsewhere.map { place in Cell(waivers[place].id.value, link: scope.link(toWaiver: waivers[place].id.value))
            }
          ).map(\.value)),
      ])
  }

  private enum State: String {
    case void = "does-not-count"
    case coming
    case inForce = "in-force"
    case expired

    var words: String {
      switch self {
      case .void: "Does not count"
      case .coming: "Not in force yet"
      case .inForce: "In force"
      case .expired: "Expired"
      }
    }
  }

  private func state(of waiver: Waiver) -> State {
    let id = waiver.id.value
    if !judgement.objections(to: id).isEmpty, judgement.outcomes(excusedBy: id).isEmpty { return .void }
    if asOf < waiver.begins(in: zone) { return .coming }
    return asOf < waiver.ends(in: zone) ? .inForce : .expired
  }

  private func value(_ waiver: Waiver, _ state: State) -> Value {
    let facts = scope.edition.product(named: waiver.product.value)
    let isAsked = judgement.rules.contains { $0.id == waiver.rule.value }
    var terms = Terms()
    let objections = judgement.objections(to: waiver.id.value)
    if !objections.isEmpty {
      terms.add(
        "Does not count",
        shortened(
          objections.map { objection in
            Cell(Wording.plain(objection.message), notes: [objection.location?.words].compactMap { $0 })
          }))
    }
    terms.add("Rule", Cell(waiver.rule.value, link: isAsked ? scope.link(toRule: waiver.rule.value) : .null))
    terms.add("Product", facts?.product.name ?? waiver.product.value)
    terms.add("Versions", waiver.versions?.text ?? "all")
    terms.add("Why", waiver.reason)
    terms.add("Instead", waiver.compensating ?? "nothing is stated")
    terms.add("Asked for by", scope.cell(waiver.requestedBy))
    terms.add("Approved by", scope.cell(waiver.approvedBy).marked(waiver.role?.value))
    terms.add("How far proven", scope.standing(of: waiver.approvedBy.value, at: waiver.location))
    terms.add("Approved", scope.cell(waiver.approvedAt))
    terms.add("From", scope.cell(waiver.from ?? waiver.approvedAt))
    terms.add("Expires", scope.cell(waiver.expires).marked("includes its day"))
    terms.add("Uses", waiver.mostUses.map { "at most \($0)" } ?? "not limited")
    terms.addKnown("Reference", waiver.reference)
    let excused = judgement.outcomes(excusedBy: waiver.id.value).map(\.release)
    terms.add(
      "Excused",
      excused.isEmpty
        ? [Cell("nothing so far", style: "none")]
        : shortened(
          excused.map { release in
            var cell = scope.cell(release)
            cell.link = scope.link(to: .dossier(release), fragment: "rule-" + waiver.rule.value)
            return cell
          }, link: scope.link(toRule: waiver.rule.value)))
    return [
      "id": .text("waiver-" + pageID(waiver.id.value)), "name": .text(waiver.id.value),
      "state": Wording.choice(state.rawValue, state.words), "terms": terms.value,
    ]
  }

  /// As many as a page can name, and how many there are besides.
  private func shortened(_ cells: [Cell], link: Value = .null) -> [Cell] {
    let rest = cells.count - WaiverPage.listed
    guard rest > 0 else { return cells }
    return cells.prefix(WaiverPage.listed) + [Cell("and \(Wording.grouped(rest)) more", link: link)]
  }

  /// What the policy asks of a waiver.
  private var conditions: Value {
    let terms = judgement.book.waiverTerms
    var parts: [String] = []
    if !terms.roles.isEmpty { parts.append("be approved by \(terms.roles.map(\.value).joined(separator: " or "))") }
    if let days = terms.mostDays { parts.append("last at most \(days.value) days") }
    return parts.isEmpty ? .null : .text("To count, a waiver must " + parts.joined(separator: " and ") + ".")
  }
}
