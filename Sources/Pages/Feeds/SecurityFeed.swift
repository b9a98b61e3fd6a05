import Model
import Templates

/// Advisories for feed readers and for scanners.
extension PageScope {
  var securityFeed: Feed {
    let entries = edition.advisories.prefix(Feed.limit).compactMap { advisory -> Feed.Entry? in
      guard let mention = advisory.mentions.first else { return nil }
      let facts = edition.products[mention.product]
      let severity = advisory.severity.map { ", severity \($0.rawValue)" } ?? ""
      let published = (advisory.disclosed ?? facts.releases[mention.release].date)?.start(in: edition.zone)
      let updated = advisory.mentions.compactMap { edition.products[$0.product].releases[$0.release].updated }.max()
      let summary = advisory.summary?.whole.plainText
      let words = advisory.mentions.filter(\.vulnerability.isFixed).map { mention in
        let facts = edition.products[mention.product]
        return "\(facts.product.name) \(facts.releases[mention.release].version.text)"
      }
      var content = "<p>" + escaped(summary ?? advisory.id) + "</p>"
      if !words.isEmpty { content += "\n<p>Fixed in " + escaped(words.joined(separator: ", ")) + ".</p>" }
      return Feed.Entry(
        name: "security/" + advisory.id, title: "\(advisory.id)\(severity): \(facts.product.name)", route: .security,
        fragment: advisory.anchor, published: published,
        updated: [updated, published].compactMap { $0 }.max() ?? edition.ledger.asOf, summary: summary,
        content: content,
        product: facts.product)
    }
    return Feed(
      scope: self, title: "\(edition.site.title): security", name: "security", home: .security, entries: Array(entries))
  }

  /// One advisory for scanners.
  /// - Source: OSV schema 1.6.
  func openVulnerability(_ advisory: Advisory) -> Page {
    let updated =
      advisory.mentions.compactMap { mention -> Moment? in
        let release = edition.products[mention.product].releases[mention.release]
        return release.updated ?? release.date?.start(in: edition.zone)
      }.max() ?? edition.ledger.asOf
    var record: [String: Value] = [
      "schema_version": "1.6.0", "id": .text(advisory.id), "aliases": .list(advisory.aliases.map { .text($0) }),
      "modified": .text(updated.iso), "affected": .list(affected(by: advisory)),
    ]
    if let published = advisory.disclosed { record["published"] = .text(published.start(in: edition.zone).iso) }
    if let summary = advisory.summary?.whole.plainText {
      record["summary"] = .text(Wording.excerpt(summary, limit: 120))
      record["details"] = .text(summary)
    }
    if let address = edition.absolute(.security) {
      record["references"] = [["type": "ADVISORY", "url": .text(address + "#" + advisory.anchor)]]
    }
    record["database_specific"] = [
      "severity": .text(advisory.severity?.rawValue.uppercased()), "cvss_score": .text(advisory.score.map(score)),
    ]
    return Page(route: route, body: .json(.record(record)))
  }

  /// For each product every version that has it, and the range from the beginning to the fix where there is one fix.
  private func affected(by advisory: Advisory) -> [Value] {
    let byProduct = Dictionary(grouping: advisory.mentions, by: \.product)
    return byProduct.keys.sorted().map { product in
      let facts = edition.products[product]
      let mentions = byProduct[product] ?? []
      let fixes = Set(mentions.filter(\.vulnerability.isFixed).map(\.release))
      let lineage = facts.shelf.lineage
      // What neither is a fix nor contains one has it, back to the beginning; nobody says where it came in.
      let affected = facts.releases.indices.filter { position in
        facts.releases[position].status.hasShipped && !fixes.contains { lineage.contains($0, in: position) }
      }
      let named = mentions.filter { !$0.vulnerability.isFixed }.map(\.release)
      let versions =
        fixes.isEmpty
        ? named.sorted(by: >)
        : affected.filter { position in
          named.contains(position) || fixes.contains { facts.releases[position].version < facts.releases[$0].version }
        }.reversed()
      // A `package` would have to name one of the ecosystems that the format knows.
      var entry: [String: Value] = [
        "database_specific": ["product": .text(facts.product.id.text), "name": .text(facts.product.name)],
        "versions": .list(versions.map { .text(facts.releases[$0].version.text) }),
      ]
      // With fixes on several lines no range is true, and without an ecosystem only semantic versions have an order.
      if let first = fixes.max(), facts.product.versioning == .semver, affected.allSatisfy({ $0 > first }) {
        let events: Value = [["introduced": "0"], ["fixed": .text(facts.releases[first].version.text)]]
        entry["ranges"] = [["type": "SEMVER", "events": events]]
      }
      return .record(entry)
    }
  }
}
