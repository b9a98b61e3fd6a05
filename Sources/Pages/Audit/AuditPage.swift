import Diagnostics
import Governance
import Model
import Templates

/// Where an auditor begins: how everything stands, what is open, what is due when.
struct AuditPage {
  let scope: PageScope
  let judgement: Judgement

  /// How many releases stand in one table; beyond that each product has its own.
  static let rowsTogether = 100
  /// How many releases stand in one table of a product.
  static let rowsPerPage = 500
  /// How many open outcomes are listed one by one.
  static let listed = 100

  private var edition: Edition { scope.edition }

  var page: Page {
    let open = self.open
    let isTogether = edition.byDate.count <= AuditPage.rowsTogether
    return scope.page(
      "audit", title: "Audit", section: .audit,
      description: "What the rules say of every release: what is open, what is due, what was waived.",
      trail: [(edition.site.title, .home)],
      fields: [
        "counts": total.value, "releases": .text(Wording.countGrouped(judgement.releases.count, "release", "releases")),
        "rules_count": .text(Wording.countGrouped(judgement.rules.count, "rule", "rules")),
        "links": .list(links), "open": list(open.filter { !$0.isBeforeSince }),
        "earlier": list(open.filter(\.isBeforeSince)), "pending": pending, "actions": overdue,
        "products": products, "rules": rules,
        "matrix": isTogether
          ? Matrix(scope: scope, judgement: judgement, releases: inOrder, namesProducts: edition.products.count > 1)
            .value
          : .null,
        "judged": judged,
      ])
  }

  /// By product, highest version first.
  private var inOrder: [ReleasePosition] {
    edition.products.indices.flatMap { product in
      edition.products[product].releases.indices.map { ReleasePosition(product: product, release: $0) }
    }
  }

  private var total: Tally {
    var tally = Tally()
    for facts in edition.products { tally += self.tally(of: facts) }
    return tally
  }

  private func tally(of facts: ProductFacts) -> Tally {
    Tally(facts.releases.lazy.flatMap { judgement.outcomes(of: $0.id) })
  }

  private var links: [Value] {
    AuditFile.indexes(in: edition).map { entry in
      ["title": .text(entry.title), "link": scope.link(to: entry.route), "about": .text(entry.about)]
    }
  }

  // MARK: Open and due

  /// What is broken and not excused: what blocks first, then by severity, then the newest release first.
  private var open: [Outcome] { edition.open }

  /// What is not due yet and has a day, the nearest first; the rules that a release owes at one moment together.
  private var pending: Value {
    var groups: [(due: Moment, outcomes: [Outcome])] = []
    var undated = 0
    for position in edition.byDate {
      var own: [(due: Moment, outcomes: [Outcome])] = []
      for outcome in judgement.outcomes(of: edition.release(at: position).id) where outcome.result == .pending {
        guard let due = outcome.dueAt else {
          undated += 1
          continue
        }
        if let same = own.firstIndex(where: { $0.due == due }) {
          own[same].outcomes.append(outcome)
        } else {
          own.append((due, [outcome]))
        }
      }
      groups += own
    }
    let sorted = groups.enumerated().sorted { ($0.element.due, $0.offset) < ($1.element.due, $1.offset) }
    guard !sorted.isEmpty else { return .null }
    let lines = sorted.prefix(AuditPage.listed).map { due($0.element.outcomes, at: $0.element.due) }
    let folded = Array(lines.dropFirst(AuditPage.shownDue))
    let rest = sorted.dropFirst(AuditPage.listed).reduce(0) { $0 + $1.element.outcomes.count }
    return [
      "items": .list(Array(lines.prefix(AuditPage.shownDue))), "folded": items(folded),
      "folded_count": .text(Wording.grouped(folded.count)), "rest": more(rest),
      "undated": undated > 0
        ? .text(Wording.countGrouped(undated, "more has no known day", "more have no known day") + ".") : .null,
    ]
  }

  /// How many lines of what is due are shown unfolded.
  private static let shownDue = 10

  private func due(_ outcomes: [Outcome], at moment: Moment) -> Value {
    let id = outcomes[0].release
    return [
      "due": scope.dates.date(.moment(moment)), "release": .text(name(of: id)), "link": scope.link(to: .dossier(id)),
      "rules": .list(
        outcomes.map { outcome in
          ["rule": .text(outcome.rule), "link": scope.link(to: .dossier(id), fragment: "rule-" + outcome.rule)]
        }),
    ]
  }

  private func name(of release: ReleaseID) -> String {
    "\(edition.product(release.product)?.product.name ?? release.product.text) \(release.version)"
  }

  private func more(_ rest: Int) -> Value {
    rest > 0 ? .text("\(Wording.grouped(rest)) more are in the tables below.") : .null
  }

  private func entry(_ outcome: Outcome) -> Value {
    let status = edition.product(outcome.release.product).flatMap { facts in
      facts.positions[outcome.release.version].map { facts.releases[$0].status }
    }
    return [
      "release": .text(name(of: outcome.release)), "status": status.map { Wording.choice($0) } ?? .null,
      "link": scope.link(to: .dossier(outcome.release), fragment: "rule-" + outcome.rule), "rule": .text(outcome.rule),
      "result": outcome.result.choice, "severity": .text(outcome.severity.rawValue),
      "blocking": .flag(outcome.isBlocking), "runs": outcome.reasons.first.map { Wording.runs($0.text) } ?? .null,
      "more": outcome.reasons.count > 1 ? .number(outcome.reasons.count - 1) : .null,
    ]
  }

  private func list(_ outcomes: [Outcome]) -> Value {
    guard !outcomes.isEmpty else { return .null }
    return [
      "count": .text(Wording.grouped(outcomes.count)),
      "items": .list(outcomes.prefix(AuditPage.listed).map(entry)),
      "rest": outcomes.count > AuditPage.listed
        ? [
          "text": .text("\(Wording.grouped(outcomes.count - AuditPage.listed)) more"), "link": scope.link(to: .open()),
        ]
        : .null,
    ]
  }

  /// What somebody promised and has not done in time, after reviews and incidents.
  private var overdue: Value {
    var table = Table("Overdue actions", [.init("Action"), .init("After"), .init("Owner"), .init("Due")])
    func add(_ actions: [FollowUpAction], _ source: Cell) {
      for action in actions {
        guard edition.isOverdue(action) else { continue }
        table.add([Cell(action.text), source, scope.cell(action.owner), scope.cell(action.due)])
      }
    }
    for position in edition.byDate {
      let release = edition.release(at: position)
      add(release.review?.actions ?? [], scope.cell(release.id))
    }
    for incident in edition.ledger.incidents { add(incident.actions, scope.cell(incident)) }
    return table.value
  }

  // MARK: By product and rule

  private var products: Value {
    var table = Table("Products", resultColumns("Product", "Releases"))
    for (product, facts) in edition.products.enumerated() where !facts.releases.isEmpty {
      let tally = tally(of: facts)
      table.add(
        [Cell(facts.product.name, link: scope.link(to: .matrix(facts.product.id))), .number(facts.releases.count)]
          + cells(tally), id: "product-\(product + 1)")
    }
    return table.value
  }

  private var rules: Value {
    var table = Table("Rules", resultColumns("Rule", "Severity"))
    for entry in judgement.book.entries {
      let severities = Set(entry.variants.map(\.severity)).filter { $0 != .off }
      let words = RuleSeverity.allCases.filter(severities.contains).map(\.rawValue).joined(separator: ", ")
      table.add(
        [Cell(entry.rule.id, link: scope.link(toRule: entry.rule.id)).marked(entry.rule.title), Cell(words)]
          + cells(Tally(judgement.outcomes(of: entry.rule.id))))
    }
    return table.value
  }

  private func resultColumns(_ first: String, _ second: String) -> [Table.Column] {
    [.init(first), .init(second, second == "Releases" ? "number" : nil)]
      + Outcome.Result.byUrgency.map { .init($0.words, "number") }
  }

  private func cells(_ tally: Tally) -> [Cell] {
    Outcome.Result.byUrgency.map { result in
      tally[result] == 0 ? Cell("0", style: "number zero") : Cell(Wording.grouped(tally[result]), style: "number")
    }
  }

  private var judged: Value {
    var terms = Terms()
    terms.add("As of", scope.cell(edition.ledger.asOf))
    terms.add("Policy", Cell.code(judgement.policyDigest).marked("SHA-256 over its files"))
    scope.addCommit(to: &terms)
    return terms.value
  }
}

/// The table of one product's releases, for a site that has too many for one.
struct MatrixPage {
  let scope: PageScope
  let judgement: Judgement
  let product: Int
  /// From 0.
  let part: Int

  static func parts(of facts: ProductFacts) -> Int {
    max(1, (facts.releases.count + AuditPage.rowsPerPage - 1) / AuditPage.rowsPerPage)
  }

  var page: Page {
    let facts = scope.edition.products[product]
    let parts = MatrixPage.parts(of: facts)
    let first = part * AuditPage.rowsPerPage
    let rows = first..<min(first + AuditPage.rowsPerPage, facts.releases.count)
    let positions = rows.map { ReleasePosition(product: product, release: $0) }
    return scope.page(
      "matrix", title: "Audit of \(facts.product.name)" + (parts > 1 ? ", page \(part + 1)" : ""), section: .audit,
      description: "What the rules say of every release of \(facts.product.name).",
      trail: [(scope.edition.site.title, .home), ("Audit", .audit)],
      fields: [
        "product": scope.reference(to: facts),
        "counts": Tally(facts.releases.lazy.flatMap { judgement.outcomes(of: $0.id) }).value,
        "matrix": Matrix(scope: scope, judgement: judgement, releases: positions, namesProducts: false).value,
        "pages": scope.pages(parts, current: part) { .matrix(facts.product.id, part: $0) },
      ])
  }
}

extension PageScope {
  /// The way between the pages of one thing; null where there is one.
  func pages(_ count: Int, current: Int, route: (Int) -> Route) -> Value {
    guard count > 1 else { return .null }
    return items(
      (0..<count).map { number in
        ["number": .number(number + 1), "link": link(to: route(number)), "current": .flag(number == current)]
      })
  }
}
