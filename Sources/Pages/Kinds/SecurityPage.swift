import Model
import Templates

/// The vulnerabilities of all releases, and where they are fixed.
struct SecurityPage {
  let scope: PageScope

  var page: Page {
    let edition = scope.edition
    let advisories = edition.advisories.map(value)
    return scope.page(
      "security", title: "Security", section: .security,
      description: "Vulnerabilities in our releases, and where they are fixed.", trail: [(edition.site.title, .home)],
      fields: [
        "report": .null, "feed": advisories.isEmpty ? .null : scope.link(to: .securityFeed),
        "advisories": advisories.isEmpty
          ? .null : ["count": .number(advisories.count), "items": .list(advisories)],
      ])
  }

  private func value(of advisory: Advisory) -> Value {
    let embargo = advisory.mentions.compactMap(\.vulnerability.embargoUntil).max()
      .flatMap { $0 > scope.edition.ledger.asOf ? $0 : nil }
    return [
      "anchor": .text(advisory.anchor), "id": .text(advisory.id), "aliases": .list(advisory.aliases.map { .text($0) }),
      "severity": advisory.severity.map(Wording.choice) ?? .null, "cvss": .text(advisory.score.map(score)),
      "summary": advisory.summary.map { scope.inline($0) } ?? .words("No description is published."),
      "disclosed": embargo == nil ? advisory.disclosed.map(scope.dates.day) ?? .null : .null,
      "embargo": embargo.map { scope.dates.date(.moment($0)) } ?? .null, "fixed": .flag(advisory.isFixed),
      "products": .list(products(of: advisory)), "osv": scope.link(to: .advisory(advisory.id)),
      "internal": .flag(advisory.isInternal),
    ]
  }

  private func products(of advisory: Advisory) -> [Value] {
    let byProduct = Dictionary(grouping: advisory.mentions, by: \.product)
    return byProduct.keys.sorted().map { product in
      let facts = scope.edition.products[product]
      let mentions = byProduct[product] ?? []
      let fixes = mentions.filter(\.isFix).map(\.release).sorted()
      func versions(_ mentions: [Advisory.Mention]) -> String? {
        let texts = mentions.map(\.release).sorted().map { facts.releases[$0].version.text }
        return texts.isEmpty ? nil : texts.joined(separator: ", ")
      }
      let planned = versions(mentions.filter(\.isPlannedFix)).map {
        (fixes.isEmpty ? "No fixed release yet; the fix is planned for " : "Also planned for ") + $0 + "."
      }
      let affected = versions(mentions.filter(\.isAffected)).map { "Known in \($0)." }
      let words = [planned, affected].compactMap { $0 }
      return [
        "product": scope.reference(to: facts),
        "releases": .list(
          fixes.map {
            ["version": .text(facts.releases[$0].version.text), "link": scope.link(to: facts.routes[$0])]
          }),
        "text": words.isEmpty ? .null : .text(words.joined(separator: " ")),
      ]
    }
  }
}
