import Diagnostics
import Model
import Templates

/// The newest releases of the site or of a product, for feed readers.
struct Feed {
  /// How many entries it holds.
  static let limit = 25

  let scope: PageScope
  let title: String
  /// What its id ends in: empty for the site, a product's id, `security`.
  let name: String
  let home: Route
  let entries: [Entry]

  struct Entry {
    /// What makes its id, such as `gateway/2.4.0`.
    var name: String
    var title: String
    var route: Route
    var fragment: String?
    var published: Moment?
    var updated: Moment
    var summary: String?
    var content: String
    var product: Product
  }

  private var edition: Edition { scope.edition }

  /// - Source: RFC 4287.
  var atom: Page {
    let entries: [Value] = self.entries.map { entry in
      [
        "id": .text(id(of: entry.name)), "title": .text(entry.title),
        "link": .text(address(entry.route, entry.fragment)),
        "published": .text(entry.published?.iso), "updated": .text(entry.updated.iso), "summary": .text(entry.summary),
        "content": .text(entry.content),
        "categories": [["term": .text(entry.product.id.text), "label": .text(entry.product.name)]],
      ]
    }
    let feed: Value = [
      "id": .text(id(of: name)), "title": .text(title), "subtitle": .null, "language": .text(edition.site.language),
      "updated": .text(updated.iso), "self": .text(edition.absolute(scope.route)), "home": .text(address(home, nil)),
      "version": .text(edition.version), "author": .text(edition.site.title), "entries": .list(entries),
    ]
    return Page(route: scope.route, body: .template("feed.atom", ["feed": feed]))
  }

  /// - Source: JSON Feed 1.1.
  var json: Page {
    let items: [Value] = entries.map { entry in
      var item: Fields = [
        "id": .text(id(of: entry.name)), "title": .text(entry.title),
        "url": .text(address(entry.route, entry.fragment)),
        "content_html": .text(entry.content), "date_modified": .text(entry.updated.iso),
        "tags": [.text(entry.product.name)],
      ]
      if let published = entry.published { item["date_published"] = .text(published.iso) }
      if let summary = entry.summary { item["summary"] = .text(summary) }
      return .record(item)
    }
    var feed: Fields = [
      "version": "https://jsonfeed.org/version/1.1", "title": .text(title), "language": .text(edition.site.language),
      "home_page_url": .text(address(home, nil)), "items": .list(items),
    ]
    if let own = edition.absolute(scope.route) { feed["feed_url"] = .text(own) }
    return Page(route: scope.route, body: .json(.record(feed)))
  }

  /// When something in it changed last; of an empty one, the as-of.
  private var updated: Moment { entries.map(\.updated).max() ?? edition.ledger.asOf }

  /// The same for as long as the site keeps its address, also when a product is renamed.
  /// - Source: RFC 4151; the year only says when the name was the site's.
  private func id(of name: String) -> String {
    guard let url = edition.site.url, let host = url.firstRange(of: "://")?.upperBound else {
      return "urn:gazette:" + queryEscaped(edition.site.title) + ":" + escapedPath(name)
    }
    let authority = url[host...].prefix { $0 != "/" && $0 != ":" }
    let folder = url[host...].drop { $0 != "/" }.dropFirst()
    return "tag:\(authority),2026:\(folder)" + escapedPath(name)
  }

  private func escapedPath(_ name: String) -> String {
    name.split(separator: "/").map { queryEscaped(String($0)) }.joined(separator: "/")
  }

  /// Whole where the site knows its address, else from the feed.
  private func address(_ route: Route, _ fragment: String?) -> String {
    (edition.absolute(route) ?? scope.route.link(to: route)) + (fragment.map { "#" + $0 } ?? "")
  }
}

extension PageScope {
  /// The feed of all products, or of one.
  func feed(of facts: ProductFacts?) -> Feed {
    let positions =
      if let facts {
        edition.newestFirst(of: facts, limit: Feed.limit)
      } else {
        Array(edition.newestFirst.prefix(Feed.limit))
      }
    return Feed(
      scope: self, title: facts.map { "\($0.product.name) releases" } ?? edition.site.title,
      name: facts?.stableID ?? "", home: facts?.route ?? .home, entries: positions.compactMap(entry))
  }

  private func entry(at position: ReleasePosition) -> Feed.Entry? {
    let facts = edition.products[position.product]
    let release = facts.releases[position.release]
    guard let date = release.date else { return nil }
    let published = date.start(in: edition.zone)
    let name = "\(facts.product.name) \(release.version.text)" + (release.title.map { ": " + $0 } ?? "")
    return Feed.Entry(
      name: facts.stableID + "/" + release.version.text,
      title: release.status.isCurrent
        ? name : "\(name) (\(Wording.words(for: release.status).lowercased()))",
      route: facts.routes[position.release], published: published,
      updated: max(release.updated ?? published, published),
      summary: release.brief(), content: fullText(of: release, in: facts, at: facts.routes[position.release]),
      product: facts.product)
  }

  /// All notes of a release as markup that stands on its own, with links that work from the feed.
  private func fullText(of release: Release, in facts: ProductFacts, at page: Route) -> String {
    let home = edition.site.url
    let texts = FeedTexts(edition: edition, feed: route, page: page, url: home)
    var markup = ""
    if !release.status.isCurrent {
      markup += "<p><strong>\(Wording.words(for: release.status)).</strong></p>\n"
    }
    if let summary = release.summary { markup += texts.markup(summary) + "\n" }
    if let notes = release.notes, !notes.isAllChanges { markup += texts.markup(notes.prose) + "\n" }
    for vulnerability in release.security {
      let summary = vulnerability.summary.map { " " + texts.inline($0) } ?? ""
      markup += "<p><strong>\(escaped(vulnerability.id))</strong>\(summary)</p>\n"
    }
    let listed = release.changes.filter { if case .prose = $0.origin { false } else { true } }
    for kind in [.breaking, .security] + Wording.listedKinds {
      let changes = listed.filter { $0.kind == kind }
      guard !changes.isEmpty else { continue }
      markup += "<h3>\(Wording.heading(for: kind))</h3>\n<ul>\n"
      for change in changes {
        let action = change.action.map { " <strong>\(texts.inline($0))</strong>" } ?? ""
        markup += "<li>\(texts.inline(change.text))\(action)</li>\n"
      }
      markup += "</ul>\n"
    }
    return markup
  }
}

/// Texts with links for a feed: whole addresses where the site knows its own, and anchors on the release's page.
private struct FeedTexts {
  let edition: Edition
  let feed: Route
  let page: Route
  let url: String?

  func markup(_ prose: Prose) -> String {
    let text = prose.whole.unlinked { edition.route(of: $0) == nil }
    var markup = ""
    for piece in text.pieces {
      switch piece {
      case .html(let html): markup += anchored(html)
      case .address(let destination, let fragment):
        guard let target = edition.route(of: destination) else { continue }
        let address = edition.absolute(target) ?? feed.link(to: target)
        markup += escaped(address + (fragment.map { "#" + $0 } ?? ""))
      }
    }
    return markup
  }

  func inline(_ prose: Prose) -> String {
    let html = markup(prose)
    return firstParagraph(of: html).map { String($0.inside) } ?? html
  }

  /// Links to a place in the same text lead to the page, for a reader shows many texts in one.
  private func anchored(_ html: String) -> String {
    let address = escaped(edition.absolute(page) ?? feed.link(to: page))
    let attribute = "href=\"".utf8
    var html = html
    return html.withUTF8 { bytes in
      var markup: [UInt8] = []
      markup.reserveCapacity(bytes.count)
      var start = 0
      for index in bytes.indices
      where bytes[index] == UInt8(ascii: "#") && bytes[..<index].suffix(attribute.count).elementsEqual(attribute) {
        markup.append(contentsOf: bytes[start..<index])
        markup.append(contentsOf: address.utf8)
        start = index
      }
      markup.append(contentsOf: bytes[start...])
      return String(decoding: markup, as: UTF8.self)
    }
  }
}

extension ProductFacts {
  /// The first id that it had, so that feeds go on when a product is renamed; `formerly` lists the oldest first.
  var stableID: String { product.formerly.first ?? product.id.text }
}

extension Edition {
  func newestFirst(of facts: ProductFacts, limit: Int) -> [ReleasePosition] {
    guard let product = products.firstIndex(where: { $0.product.id == facts.product.id }) else { return [] }
    let dated = facts.releases.indices.filter { facts.releases[$0].status.hasShipped }
      .map { (position: $0, seconds: facts.releases[$0].date?.start(in: zone).seconds ?? .min) }
    return dated.sorted { $0.seconds != $1.seconds ? $0.seconds > $1.seconds : $0.position < $1.position }
      .prefix(limit).map { ReleasePosition(product: product, release: $0.position) }
  }
}
