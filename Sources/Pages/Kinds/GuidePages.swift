import Diagnostics
import Model
import Templates

/// The list of free pages: general ones first, then by product, then by folder.
struct GuideIndexPage {
  let scope: PageScope

  var page: Page {
    let edition = scope.edition
    let general = edition.ledger.pages.filter { $0.products.isEmpty }
    var groups: [(anchor: String, heading: String, pages: [GuidePage])] = []
    let top = general.filter { $0.folder == nil && !hasFolder($0, general) }
    if !top.isEmpty { groups.append(("g-general", "All products", top)) }
    for facts in edition.productsByName {
      let pages = edition.guides(about: facts.product.id)
      if !pages.isEmpty { groups.append(("product-" + facts.product.id.text, facts.product.name, pages)) }
    }
    groups += folders(of: general)
    return scope.page(
      "guides", title: "Guides", section: .guides, description: "Guides and policies of \(edition.site.title).",
      trail: [(edition.site.title, .home)],
      fields: [
        "groups": .list(
          groups.map { group in
            let isAlone = groups.count == 1 && group.anchor == "g-general"
            return [
              "anchor": .text(group.anchor), "heading": isAlone ? .null : .text(group.heading),
              "items": .list(group.pages.map(row)),
            ]
          })
      ])
  }

  /// The pages of each folder, after the page that has its name and names them.
  private func folders(of pages: [GuidePage]) -> [(anchor: String, heading: String, pages: [GuidePage])] {
    var names: [String] = []
    for case let folder? in pages.map(\.folder) where !names.contains(folder) { names.append(folder) }
    return names.sorted(by: precedesInBytes).map { name in
      let front = pages.first { $0.id == name }
      let own = pages.filter { $0.folder == name }
      return (
        "folder-" + pageID(name),
        front?.title ?? Wording.capitalized(name.split(separator: "-").joined(separator: " ")),
        [front].compactMap(\.self) + own
      )
    }
  }

  private func hasFolder(_ page: GuidePage, _ pages: [GuidePage]) -> Bool {
    pages.contains { $0.folder == page.id }
  }

  private func row(_ guide: GuidePage) -> Value {
    [
      "title": .text(guide.title), "link": scope.link(to: .guide(guide.id)), "summary": .text(guide.summary),
      "internal": .flag(guide.audience == .internal),
    ]
  }
}

/// One free page.
struct GuidePageView {
  let scope: PageScope
  let guide: GuidePage

  var page: Page {
    let edition = scope.edition
    let headings = guide.body.whole.headings
    let top = headings.map(\.level).min()
    let contents: [Value] = headings.filter { $0.level == top }.map {
      ["text": .text($0.text), "link": .text("#" + $0.anchor)]
    }
    let products: [Value] = guide.products.compactMap { edition.product(named: $0.value) }.map {
      ["name": .text($0.product.name), "link": scope.link(to: $0.route)]
    }
    return scope.page(
      "guide", title: guide.title, section: .guides,
      description: guide.summary ?? Wording.excerpt(guide.body.whole.plainText, limit: 200),
      trail: [(edition.site.title, .home), ("Guides", .guides)], isArticle: true,
      fields: [
        "guide": [
          "title": .text(guide.title), "summary": .text(guide.summary), "body": scope.block(guide.body),
          "contents": contents.count < 3 ? .null : items(contents), "products": items(products),
          "reviewed": guide.reviewed.map { scope.dates.day($0) } ?? .null,
          "owner": .text(guide.owner.map { edition.person($0.value)?.name ?? $0.value }),
          "internal": .flag(guide.audience == .internal),
        ]
      ])
  }
}

extension GuidePage {
  /// The first folder of its file below the folder of all pages; `nil` where it lies in that itself.
  fileprivate var folder: String? { id.firstIndex(of: "/").map { String(id[..<$0]) } }
}
