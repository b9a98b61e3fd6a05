import Diagnostics
import Governance
import Metrics
import Model
import Templates

/// Something that search can find.
enum SearchDocument: Sendable {
  case product(Int)
  case guide(Int)
  case release(ReleasePosition)
  /// A rule by its place in the policy.
  case rule(Int)
  /// The figures of a product or team, by their place.
  case metrics(Int)
  /// By its place in ``Edition/incidents``.
  case incident(Int)
  /// By their place among the people of the site.
  case person(Int)
  /// By their places in the ledger.
  case exercise(Int)
  case flag(Int)
  /// What auditors look at; only where rules judged.
  case audit(AuditSearch)

  /// In the order in which equals are shown: products, guides, releases newest first, rules, incidents, people, the rest.
  static func all(in edition: Edition, _ register: SupplyRegister) -> [SearchDocument] {
    let guides = edition.ledger.pages.indices.sorted {
      precedesInBytes(edition.ledger.pages[$0].id, edition.ledger.pages[$1].id)
    }
    return edition.products.indices.map(SearchDocument.product) + guides.map(SearchDocument.guide)
      + edition.byDate.map(SearchDocument.release)
      + edition.cards.indices.map(SearchDocument.metrics)
      + (edition.judgement?.rules.indices.map(SearchDocument.rule) ?? [])
      + edition.incidents.indices.map(SearchDocument.incident) + operations(in: edition)
      + AuditSearch.all(in: edition, register).map(SearchDocument.audit)
  }

  private static func operations(in edition: Edition) -> [SearchDocument] {
    guard edition.hasOperations else { return [] }
    return edition.site.people.indices.map(SearchDocument.person)
      + edition.ledger.exercises.indices.map(SearchDocument.exercise)
      + edition.ledger.flags.indices.map(SearchDocument.flag)
  }

  /// What a list of results shows: path, title, product, version, date, machine date, unusual status, text.
  func row(in edition: Edition, _ register: SupplyRegister) -> [String] {
    switch self {
    case .audit(let document): return document.row(in: edition, register)
    case .product(let index):
      let facts = edition.products[index]
      return [
        String(facts.route.address), facts.product.name, facts.product.name, "", "", "", "",
        facts.product.summary.flatMap { Wording.excerpt($0.whole.plainText) } ?? "",
      ]
    case .guide(let index):
      let guide = edition.ledger.pages[index]
      let text = guide.summary ?? guide.body.whole.plainText
      return [String(Route.guide(guide.id).address), guide.title, "", "", "", "", "", Wording.excerpt(text) ?? ""]
    case .metrics(let index):
      let titles = edition.cards[index].figures.map(\.title).joined(separator: ", ")
      return [
        String(edition.route(ofCard: index).address), "Metrics of \(edition.cards[index].name)", "", "", "", "", "",
        Wording.excerpt(titles) ?? "",
      ]
    case .rule(let index):
      guard let rule = edition.judgement?.rules[index] else { return [] }
      return [
        String(Route.rule(rule.id).address), "Rule \(rule.id)", "", "", "", "", "",
        Wording.capitalized(rule.title) + ".",
      ]
    case .incident(let index):
      let incident = edition.incidents[index]
      let began = incident.began?.value.date(in: edition.zone)
      return [
        String(Route.incident(incident.id).address), incident.title, "", "", began.map(Dates.short) ?? "",
        began?.iso ?? "", incident.resolved == nil ? "Incident, not resolved" : "Incident",
        incident.customerImpact.flatMap { Wording.excerpt($0) } ?? "",
      ]
    case .person(let index):
      let person = edition.site.people[index]
      let roles = person.roles.map(\.id).joined(separator: ", ")
      return [String(Route.person(person.id).address), person.name, "", "", "", "", "Person", roles]
    case .exercise(let index):
      let exercise = edition.ledger.exercises[index]
      let date = exercise.at.value.date(in: edition.zone)
      return [
        Route.exercises.address + "#" + ExercisesPage.anchor(of: exercise),
        "Exercise: \(ExercisesPage.name(ofKind: exercise.kind.value))", "", "", Dates.short(date), date.iso,
        exercise.result?.value.rawValue ?? "",
        exercise.findings.flatMap { Wording.excerpt($0) } ?? "",
      ]
    case .flag(let index):
      let flag = edition.ledger.flags[index]
      return [
        String(Route.flags.address), "Flag \(flag.id.value)", "", "", "", "", flag.state?.value.rawValue ?? "",
        flag.reason.flatMap { Wording.excerpt($0) } ?? "",
      ]
    case .release(let position):
      let facts = edition.products[position.product]
      let release = facts.releases[position.release]
      let date = release.date?.date(in: edition.zone)
      return [
        String(facts.routes[position.release].address), release.title ?? "", facts.product.name, release.version.text,
        date.map(Dates.short) ?? "", date?.iso ?? "",
        release.status == .released ? "" : Wording.words(for: release.status), release.brief() ?? "",
      ]
    }
  }

  /// Notes every term, those of titles first, for the first field that has a term decides its rank.
  func note(as number: Int, in table: inout TermTable, of edition: Edition, _ register: SupplyRegister) {
    func note(_ text: String?, _ rank: Int) {
      guard let text, !text.isEmpty else { return }
      SearchTerms.forEach(in: text) { table.note($0, document: number, rank: rank) }
    }
    switch self {
    case .audit(let document):
      for (text, rank) in document.texts(in: edition, register) { note(text, rank) }
    case .product(let index):
      let product = edition.products[index].product
      for name in [product.name, product.id.text] + product.formerly { note(name, 0) }
      note(product.summary?.whole.plainText, 2)
    case .guide(let index):
      let guide = edition.ledger.pages[index]
      note(guide.title, 0)
      for heading in guide.body.whole.headings { note(heading.text, 1) }
      note(guide.summary, 2)
      note(guide.body.whole.plainText, 2)
    case .metrics(let index):
      note("Metrics of \(edition.cards[index].name)", 0)
      for figure in edition.cards[index].figures { note(figure.title, 1) }
    case .rule(let index):
      guard let rule = edition.judgement?.rules[index] else { return }
      for text in [rule.id, "rule"] { note(text, 0) }
      note(rule.title, 1)
      for text in [rule.why, rule.appliesTo] { note(text, 2) }
    case .incident(let index):
      let incident = edition.incidents[index]
      for text in [incident.id, incident.title, "incident"] { note(text, 0) }
      for heading in incident.postmortem?.whole.headings ?? [] { note(heading.text, 1) }
      note(incident.customerImpact, 2)
      note(incident.postmortem?.whole.plainText, 2)
    case .person(let index):
      let person = edition.site.people[index]
      for text in [person.id, person.name] + person.emails { note(text, 0) }
      for role in person.roles { note(role.id, 1) }
      note(person.team.flatMap { edition.ledger.team($0)?.name }, 2)
    case .exercise(let index):
      let exercise = edition.ledger.exercises[index]
      for text in [exercise.id, exercise.kind.value, "exercise"] { note(text, 0) }
      note(exercise.findings, 2)
    case .flag(let index):
      let flag = edition.ledger.flags[index]
      for text in [flag.id.value, "flag"] { note(text, 0) }
      for text in [flag.kind, flag.reason, flag.monitoredBy] { note(text, 2) }
    case .release(let position):
      let facts = edition.products[position.product]
      let release = facts.releases[position.release]
      for text in [release.title, release.version.text, facts.product.name, release.date?.date(in: edition.zone).iso] {
        note(text, 0)
      }
      for vulnerability in release.security { for name in [vulnerability.id] + vulnerability.aliases { note(name, 0) } }
      let notes = release.notes.flatMap { $0.isAllChanges ? nil : $0.prose.whole }
      for heading in notes?.headings ?? [] { note(heading.text, 1) }
      let changes = release.changes
      for index in changes.indices {
        note(changes[index].component, 1)
        // Ids that people gave; the others are made of texts that are indexed anyway.
        if changes[index].origin == .record || changes[index].origin == .fragment { note(changes[index].id, 1) }
      }
      note(release.summary?.whole.plainText, 2)
      note(notes?.plainText, 2)
      for index in changes.indices {
        if case .prose = changes[index].origin { continue }
        note(changes[index].text.whole.plainText, 2)
        note(changes[index].action?.whole.plainText, 2)
        note(changes[index].impact?.whole.plainText, 2)
        for reference in changes[index].references { note(reference, 2) }
      }
      for vulnerability in release.security { note(vulnerability.summary?.whole.plainText, 2) }
      for issue in release.knownIssues {
        note(issue.text.whole.plainText, 2)
        note(issue.workaround?.whole.plainText, 2)
      }
      for artifact in release.artifacts { note(artifact.name, 2) }
      for entry in release.compatibility { note(entry.name + " " + entry.versions, 2) }
    }
  }
}
