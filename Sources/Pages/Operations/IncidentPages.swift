import Diagnostics
import Model
import Templates

/// All incidents that this audience may know, newest first.
struct IncidentIndexPage {
  let scope: PageScope

  private var edition: Edition { scope.edition }

  var page: Page {
    let incidents = edition.incidents
    let open = incidents.count { $0.resolved == nil }
    return scope.registerPage(
      "incidents", title: "Incidents", description: "What went wrong in operation, when, and what came of it.",
      lead: incidents.isEmpty
        ? nil
        : "\(Wording.countGrouped(incidents.count, "incident", "incidents")), "
          + (open == 0 ? "all resolved." : "\(open) of them not resolved."),
      sections: [RegisterSection("By date", id: "incidents-by-date", isWide: true, [table(incidents)])])
  }

  private func table(_ incidents: [Incident]) -> RegisterSection.Block {
    var table = Table(
      "Incidents",
      [.init("Incident"), .init("Severity"), .init("Began"), .init("Lasted"), .init("Products")]
        + (edition.isInternal ? [.init("Cause"), .init("Open actions", "number")] : []))
    for incident in incidents {
      let view = IncidentView(incident, in: scope)
      var cells = [
        scope.cell(incident).marked(incident.customerImpact), view.severity, scope.cell(incident.began), view.lasted,
        Cell(
          view.products.joined(separator: ", ").nonEmpty ?? "not stated", style: view.products.isEmpty ? "none" : nil),
      ]
      if edition.isInternal {
        cells += [view.cause, .number(incident.actions.count { $0.done == nil })]
      }
      table.add(cells)
    }
    return RegisterSection.Block(table: table, missing: "No incident is recorded.")
  }
}

/// An incident's facts as cells.
struct IncidentView {
  let incident: Incident
  private let scope: PageScope

  init(_ incident: Incident, in scope: PageScope) {
    (self.incident, self.scope) = (incident, scope)
  }

  private var zone: Zone { scope.edition.zone }

  var products: [String] {
    incident.products.map { scope.edition.product(named: $0.value)?.product.name ?? $0.value }
  }

  var severity: Cell {
    let severity = incident.severity?.rawValue
    return Cell(severity, chip: severity.map { "severity-" + $0 })
  }

  var lasted: Cell {
    guard let resolved = incident.resolved?.value else { return Cell("not resolved", chip: "open") }
    guard let began = incident.began?.value else { return Cell("resolved", notes: [resolved.words(in: zone)]) }
    return Cell(scope.words(from: began, to: resolved))
  }

  /// What caused it. The public knows it only where the ledger says it.
  var cause: Cell {
    switch incident.causedBy {
    case nil: Cell(nil)
    case .unknown?: Cell("not known")
    case .some(.none): Cell("no release")
    case .release(let product, let version)?: release(product.value, version.value)
    }
  }

  func release(_ product: String, _ version: String) -> Cell {
    let facts = scope.edition.product(named: product)
    let position = facts?.positions[version]
    return Cell(
      "\(facts?.product.name ?? product) \(version)",
      link: facts.flatMap { facts in position.map { scope.link(to: facts.routes[$0]) } } ?? .null)
  }
}

/// One incident: what happened, what customers noticed, what came of it, and the postmortem.
struct IncidentPage {
  let scope: PageScope
  let incident: Incident

  private var edition: Edition { scope.edition }
  private var zone: Zone { edition.zone }

  var page: Page {
    let view = IncidentView(incident, in: scope)
    return scope.registerPage(
      "incident", title: incident.title,
      description: incident.customerImpact.flatMap { Wording.excerpt($0, limit: 200) }
        ?? "An incident: \(incident.title)",
      lead: incident.customerImpact, above: [("Incidents", .incidents)],
      byline: [view.severity, Cell(incident.id), scope.cell(incident.began)].filter { $0.text != nil },
      sections: [RegisterSection("What happened", id: "g-facts", [RegisterSection.Block(terms: terms(view))])]
        + (edition.isInternal ? [reports, actions] : []) + postmortem)
  }

  private func terms(_ view: IncidentView) -> Terms {
    let isInternal = edition.isInternal
    var terms = Terms()
    /// What the public is not told is left out; what nobody stated is said to be missing.
    func add(_ term: String, _ cell: Cell) { if isInternal || cell.text != nil { terms.add(term, cell) } }
    add("Severity", view.severity)
    terms.add("Products", view.products.map { Cell($0) })
    if isInternal { terms.add("Environments", incident.environments.map { Cell(scope.environmentName($0.value)) }) }
    add("Began", scope.cell(incident.began))
    add("Noticed", scope.cell(incident.detected).marked(after(incident.detected)))
    add(
      "Resolved",
      incident.resolved == nil
        ? Cell("not resolved", chip: "open") : scope.cell(incident.resolved).marked(after(incident.resolved)))
    add("Caused by", view.cause)
    if isInternal {
      add("Ended by", recovery(view))
      if incident.customerImpact == nil { terms.add("What customers noticed", nil as String?) }
      terms.add("Audience", incident.audience.rawValue)
      terms.add("Releases because of it", because)
      terms.add("Stated in", Cell.code(incident.location.words))
    }
    return terms
  }

  private func after(_ when: Located<When>?) -> String? {
    guard let began = incident.began?.value, let when = when?.value else { return nil }
    return "\(scope.words(from: began, to: when)) after it began"
  }

  private func recovery(_ view: IncidentView) -> Cell {
    guard let recovery = incident.recoveredBy else { return Cell(nil) }
    let how = recovery.how.map { $0 == .other ? "other means" : $0.rawValue.replacing("-", with: " ") }
    guard let product = recovery.product?.value, let version = recovery.version?.value else { return Cell(how) }
    return view.release(product, version).marked(how)
  }

  private var because: [Cell] {
    let releases = edition.byDate.map { edition.release(at: $0) }.filter { release in
      if case .incident(let id)? = release.cause { id.value == incident.id } else { false }
    }
    return releases.isEmpty ? [Cell("none", style: "none")] : releases.map { scope.cell($0.id) }
  }

  private var reports: RegisterSection {
    var table = Table("Reports to others", [.init("To"), .init("Due"), .init("Sent")])
    for report in incident.reports {
      let due = report.due?.value.end(in: zone)
      let sent = report.at?.value
      var cell = scope.cell(sent)
      if let due, let sent, due < sent.start(in: zone) { cell.notes.append("late") }
      if sent == nil {
        cell =
          due.map { $0 <= edition.ledger.asOf } ?? false
          ? Cell("overdue", chip: "failed") : Cell("not yet", chip: "open")
      }
      table.add([Cell(report.to), scope.cell(report.due), cell])
    }
    return RegisterSection(
      "Reports", id: "g-reports",
      [
        RegisterSection.Block(table: table, missing: "No report to somebody outside is recorded as owed.")
      ])
  }

  private var actions: RegisterSection {
    var block = RegisterSection.Block()
    block.table = scope.actions(incident.actions, "Actions")
    if incident.actions.isEmpty { block.missing = "No action was promised." }
    return RegisterSection("Actions", id: "g-actions", [block])
  }

  private var postmortem: [RegisterSection] {
    guard let postmortem = incident.postmortem else {
      guard edition.isInternal else { return [] }
      var block = RegisterSection.Block()
      block.missing = "No postmortem is written."
      return [RegisterSection("Postmortem", id: "g-postmortem", [block])]
    }
    var block = RegisterSection.Block()
    block.prose = scope.block(postmortem)
    return [RegisterSection("Postmortem", id: "g-postmortem", [block])]
  }
}

extension PageScope {
  /// How long it is from one to the other: to the minute where both are known to it, else in days.
  func words(from start: When, to end: When) -> String {
    guard case .moment(let first) = start, case .moment(let last) = end else {
      let days = end.date(in: edition.zone).dayNumber - start.date(in: edition.zone).dayNumber
      return days < 1 ? "less than a day" : Wording.count(days, "day", "days")
    }
    let seconds = max(0, last.seconds - first.seconds)
    return seconds < 60
      ? "less than a minute" : TimeSpan(days: seconds / 86_400, seconds: seconds % 86_400 / 60 * 60).words
  }
}
