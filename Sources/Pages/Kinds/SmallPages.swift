import Model
import Templates

/// Pages that hardly say anything themselves: search, missing pages, redirects, what robots read.
extension PageScope {
  var searchPage: Page {
    page(
      "search", title: "Search", section: .none, description: "Search the releases of \(edition.site.title).",
      trail: [(edition.site.title, .home)], isIndexed: false,
      fields: [
        "index": "index/",
        "products": .list(
          edition.productsByName.map { facts in
            [
              "name": .text(facts.product.name), "link": link(to: facts.route),
              "summary": .text(facts.product.summary.flatMap { Wording.excerpt($0.whole.plainText) }),
              "latest": facts.latest.map {
                ["version": .text(facts.releases[$0].version.text), "link": link(to: facts.routes[$0])]
              } ?? .null,
            ]
          }),
      ])
  }

  /// The page for addresses that do not exist. A server shows it at any depth, so its links begin at the site's path
  /// on its server.
  var notFoundPage: Page {
    let root = pathOnServer(of: edition.site.url)
    return Page(
      route: route,
      body: .template(
        "404",
        [
          "root": .text(root), "site": edition.site(root: root, section: .none, isSectionItself: false),
          "page": [
            "title": "Page not found", "home": false, "description": .null, "canonical": .null, "type": "website",
            "published": .null, "indexed": false, "feeds": .null, "trail": .null,
          ],
        ]))
  }

  func redirect(to target: Route, named words: String) -> Page {
    Page(
      route: route,
      body: .template(
        "redirect",
        [
          "root": .text(route.root), "site": edition.site(for: route, section: .none), "target": link(to: target),
          "target_text": .text(words),
          "page": [
            "title": .text(words), "home": false, "description": .null,
            "canonical": .text(edition.absolute(target)), "type": "website", "published": .null, "indexed": false,
            "feeds": .null, "trail": .null,
          ],
        ]))
  }

  /// Only a site that knows its address can have a sitemap: addresses in it must be whole.
  /// - Source: sitemaps.org, protocol 0.9.
  func sitemap(of pages: [(route: Route, modified: When?)]) -> Page {
    let urls: [Value] = pages.compactMap { page in
      edition.absolute(page.route).map { ["address": .text($0), "modified": .text(page.modified.map(dates.machine))] }
    }
    return Page(route: route, body: .template("sitemap.xml", ["urls": .list(urls)]))
  }

  var robots: Page {
    let sitemap = edition.isInternal ? nil : edition.absolute(.sitemap)
    return Page(
      route: route, body: .template("robots.txt", ["open": .flag(!edition.isInternal), "sitemap": .text(sitemap)]))
  }
}

/// The path of an address such as `https://host/sub/`: `/sub/`.
private func pathOnServer(of url: String?) -> String {
  guard let url, let host = url.firstRange(of: "://")?.upperBound, let slash = url[host...].firstIndex(of: "/") else {
    return "/"
  }
  return String(url[slash...])
}
