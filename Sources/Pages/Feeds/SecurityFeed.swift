import Diagnostics
import Model
import Templates

/// Advisories for feed readers.
extension PageScope {
  var securityFeed: Feed {
    let entries = edition.advisories.prefix(Feed.limit).compactMap { advisory -> Feed.Entry? in
      guard let mention = advisory.mentions.first else { return nil }
      let facts = edition.products[mention.product]
      let severity = advisory.severity.map { ", severity \($0.rawValue)" } ?? ""
      let published = (advisory.disclosed ?? facts.releases[mention.release].released?.value)?.start(in: edition.zone)
      let updated = advisory.mentions.compactMap { edition.products[$0.product].releases[$0.release].updated }.max()
      let summary = advisory.summary?.whole.plainText
      func names(_ mentions: [Advisory.Mention]) -> String? {
        let names = mentions.map { mention in
          let facts = edition.products[mention.product]
          return "\(facts.product.name) \(facts.releases[mention.release].version.text)"
        }
        return names.isEmpty ? nil : escaped(names.joined(separator: ", "))
      }
      var content = "<p>" + escaped(summary ?? advisory.id) + "</p>"
      if let fixed = names(advisory.mentions.filter(\.isFix)) { content += "\n<p>Fixed in \(fixed).</p>" }
      if let planned = names(advisory.mentions.filter(\.isPlannedFix)) {
        content += "\n<p>The fix is planned for \(planned).</p>"
      }
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
}
