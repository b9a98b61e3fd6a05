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

  /// In the order in which equals are shown: products, guides, releases newest first, rules.
  static func all(in edition: Edition) -> [SearchDocument] {
    let guides = edition.ledger.pages.indices.sorted {
      precedesInBytes(edition.ledger.pages[$0].id, edition.ledger.pages[$1].id)
    }
    return edition.products.indices.map(SearchDocument.product) + guides.map(SearchDocument.guide)
      + edition.byDate.map(SearchDocument.release)
      + edition.cards.indices.map(SearchDocument.metrics)
      + (edition.judgement?.rules.indices.map(SearchDocument.rule) ?? [])
  }

  /// What a list of results shows: path, title, product, version, date, machine date, unusual status, text.
  func row(in edition: Edition) -> [String] {
    switch self {
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
        String(Route.rule(rule.id).address), "Rule \(rule.id)", "", "", "", "", "", Wording.capitalized(rule.title) + ".",
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
  func note(as number: Int, in table: inout TermTable, of edition: Edition) {
    func note(_ text: String?, _ rank: Int) {
      guard let text, !text.isEmpty else { return }
      SearchTerms.forEach(in: text) { table.note($0, document: number, rank: rank) }
    }
    switch self {
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
