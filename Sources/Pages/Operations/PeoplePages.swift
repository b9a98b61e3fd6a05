import Diagnostics
import Governance
import Model
import Templates

/// Everybody whom the site lists, with their roles and how much they decided.
struct PeoplePage {
  let scope: PageScope
  let register: PeopleRegister

  private var edition: Edition { scope.edition }

  var page: Page {
    let people = edition.site.people
    var table = Table(
      "People",
      [.init("Person"), .init("Team"), .init("Roles now"), .init("Approvals", "number"), .init("Waivers", "number")])
    for person in people.sorted(by: { ($0.name.lowercased(), $0.id) < ($1.name.lowercased(), $1.id) }) {
      let waivers = edition.ledger.policy.waivers.count { $0.approvedBy.value == person.id }
      table.add([
        scope.cell(personID: person.id).marked(person.isPublic ? "may be named in public" : nil),
        Cell(
          person.team.map { edition.ledger.team($0)?.name ?? $0 } ?? "none", style: person.team == nil ? "none" : nil),
        Cell(rolesNow(of: person).nonEmpty ?? "none", style: rolesNow(of: person).isEmpty ? "none" : nil),
        .number(register[person.id].approvals.count), .number(waivers),
      ])
    }
    var strangers = Table(
      "People who are not listed", [.init("As the records name them"), .init("Approvals", "number")])
    for id in register.strangers { strangers.add([Cell(id), .number(register[id].approvals.count)]) }
    return scope.registerPage(
      "people", title: "People", description: "Who holds which role, and who approved how much.",
      lead: "\(Wording.countGrouped(people.count, "person is", "people are")) listed.",
      sections: [
        RegisterSection(
          "Listed", id: "listed", isWide: true,
          [
            RegisterSection.Block(table: table, missing: "Nobody is listed.")
          ]),
        RegisterSection(
          "Not listed", id: "not-listed",
          [
            RegisterSection.Block(
              note: strangers.rows.isEmpty
                ? nil : "Records name them as approvers, and the site does not say who they are.",
              table: strangers, missing: "Every approver is listed.")
          ]),
      ])
  }

  private func rolesNow(of person: Person) -> String {
    let today = edition.zone.local(of: edition.ledger.asOf).date
    return person.roles.filter { role in
      role.from.map { $0 <= today } ?? true && role.to.map { today <= $0 } ?? true
    }.map(\.id).joined(separator: ", ")
  }
}

/// What one person approved, and how far that is proven; their roles over time, waivers, promises.
struct PersonPage {
  let scope: PageScope
  let register: PeopleRegister
  let person: Person

  /// How many entries a table shows.
  private static let listed = 1000

  private var edition: Edition { scope.edition }
  private var record: PeopleRegister.Record { register[person.id] }

  var page: Page {
    let record = self.record
    let approvals = record.approvals
    return scope.registerPage(
      "person", title: person.name, description: "What \(person.name) approved, waived and promised, by the records.",
      lead: approvals.isEmpty
        ? "No record names an approval by \(person.name)."
        : "\(Wording.countGrouped(approvals.count, "decision", "decisions")) on releases, the last first.",
      above: [("People", .people)],
      sections: [
        RegisterSection("Who", id: "who", [RegisterSection.Block(terms: terms)]),
        RegisterSection("Roles", id: "roles", [roles]),
        RegisterSection("Approvals", id: "approvals", [approvalTable(approvals)]),
        RegisterSection("Waivers", id: "waivers", [waivers]),
        RegisterSection("Other statements", id: "other", [acts(record.acts)]),
        RegisterSection("Promises", id: "promises", [promises]),
      ])
  }

  private var terms: Terms {
    var terms = Terms()
    terms.add("Id", Cell.code(person.id))
    terms.add("Team", person.team.map { edition.ledger.team($0)?.name ?? $0 } ?? "none")
    terms.add("Addresses", person.emails.map { Cell($0) })
    terms.add("In public", person.isPublic ? "may be named" : "is never named")
    let managed = record.managed
    if let newest = managed.first {
      terms.add(
        "Brought out",
        scope.cell(edition.release(at: newest).id).marked(
          managed.count > 1 ? "and \(Wording.countGrouped(managed.count - 1, "release", "releases")) before" : nil))
    }
    if record.authored > 0 {
      terms.add("Author of", Wording.countGrouped(record.authored, "release", "releases"))
    }
    terms.add("Stated in", Cell.code(person.location.words))
    return terms
  }

  private var roles: RegisterSection.Block {
    let today = edition.zone.local(of: edition.ledger.asOf).date
    var table = Table("Roles", [.init("Role"), .init("From"), .init("To"), .init("State")])
    for role in person.roles {
      let state =
        role.from.map { today < $0 } ?? false
        ? Cell("to come", chip: "coming")
        : role.to.map { $0 < today } ?? false ? Cell("over", chip: "skipped") : Cell("holds", chip: "in-force")
      table.add([
        Cell(role.id), role.from.map { scope.cell(.day($0)) } ?? Cell("always", style: "none"),
        role.to.map { scope.cell(.day($0)) } ?? Cell("no end", style: "none"), state,
      ])
    }
    return RegisterSection.Block(table: table, missing: "No role is stated.")
  }

  // MARK: Decisions

  private func approvalTable(_ approvals: [(release: ReleasePosition, approval: Approval)]) -> RegisterSection.Block {
    var table = Table(
      "Approvals", [.init("Release"), .init("Decision"), .init("As"), .init("When"), .init("How far proven")])
    for (position, approval) in approvals.prefix(PersonPage.listed) {
      let release = edition.release(at: position)
      var cell = scope.cell(release.id)
      cell.link = scope.link(to: .dossier(release.id), fragment: "who")
      let decision = approval.decision.value.rawValue
      table.add([
        cell,
        Cell(
          decision, chip: decision,
          notes: [approval.conditions.map { "on condition: \($0)" }, approval.comment].compactMap { $0 }),
        Cell(approval.role?.value).marked(approval.onBehalfOf.map { "for \(scope.person($0.value) ?? $0.value)" }),
        scope.cell(approval.at), scope.standing(of: person.id, at: approval.location),
      ])
    }
    let rest = approvals.count - PersonPage.listed
    return RegisterSection.Block(
      note: rest > 0
        ? "The newest \(Wording.grouped(PersonPage.listed)); \(Wording.grouped(rest)) more are in the dossiers." : nil,
      table: table, missing: "No record names an approval.")
  }

  private var waivers: RegisterSection.Block {
    var table = Table(
      "Waivers", [.init("Waiver"), .init("Rule"), .init("Part"), .init("Until"), .init("How far proven")])
    for waiver in edition.ledger.policy.waivers {
      let hasApproved = waiver.approvedBy.value == person.id
      guard hasApproved || waiver.requestedBy?.value == person.id else { continue }
      let product = edition.product(named: waiver.product.value)?.product.name ?? waiver.product.value
      table.add([
        Cell(
          waiver.id.value,
          link: edition.judgement == nil
            ? .null : scope.link(toWaiver: waiver.id.value),
          notes: [product]),
        Cell(waiver.rule.value), Cell(hasApproved ? "approved it" : "asked for it"),
        scope.cell(waiver.expires).marked(edition.ledger.asOf < waiver.ends(in: edition.zone) ? nil : "expired"),
        hasApproved ? scope.standing(of: person.id, at: waiver.location) : Cell("not asked", style: "none"),
      ])
    }
    return RegisterSection.Block(table: table, missing: "Neither approved nor asked for a waiver.")
  }

  private func acts(_ acts: [(release: ReleasePosition, act: PeopleRegister.Act)]) -> RegisterSection.Block {
    var table = Table("Other statements", [.init("Release"), .init("What"), .init("When")])
    for (position, act) in acts.prefix(PersonPage.listed) {
      table.add([scope.cell(edition.release(at: position).id), words(for: act), scope.cell(act.when)])
    }
    let rest = acts.count - PersonPage.listed
    return RegisterSection.Block(
      note: rest > 0
        ? "The newest \(Wording.grouped(PersonPage.listed)); \(Wording.grouped(rest)) more are in the dossiers." : nil,
      table: table, missing: "No record names anything else.")
  }

  private func words(for act: PeopleRegister.Act) -> Cell {
    switch act {
    case .acceptance(let acceptance):
      Cell("\(acceptance.result?.value.rawValue ?? "judged") a criterion", notes: [acceptance.criterion])
    case .gate(let gate):
      gate.verdict.value == .bypassed
        ? Cell("passed the gate by", chip: "waived", notes: [gate.reason].compactMap { $0 })
        : Cell("recorded the gate's verdict: \(gate.verdict.value.rawValue)")
    case .statement(let entry):
      Cell("gave evidence \(entry.id.value)", notes: [entry.statement].compactMap { $0 })
    case .amendment(let amendment): Cell("amended the record", notes: [amendment.reason].compactMap { $0 })
    case .validation: Cell("validated it")
    case .review: Cell("reviewed it")
    }
  }

  private var promises: RegisterSection.Block {
    var table = Table("Promises", [.init("Action"), .init("Promised after"), .init("Due"), .init("State")])
    for promise in edition.promises where promise.action.owner?.value == person.id {
      let action = promise.action
      let state =
        action.done.map { scope.cell($0).marked("done") }
        ?? (edition.isOverdue(action) ? Cell("overdue", chip: "failed") : Cell("open", chip: "open"))
      table.add([Cell(action.text), scope.cell(promise.source), scope.cell(action.due), state])
    }
    return RegisterSection.Block(table: table, missing: "Owns no action.")
  }
}
