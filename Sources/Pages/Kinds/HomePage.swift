import Diagnostics
import Model
import Templates

/// Latest and next releases over all products, and what needs action.
struct HomePage {
  let scope: PageScope

  private var edition: Edition { scope.edition }

  var page: Page {
    let isEmpty = edition.products.allSatisfy { $0.releases.isEmpty }
    return scope.page(
      "home", title: edition.site.title, section: .releases, description: description,
      fields: [
        "summary": .null, "needs_action": items(HomeAlerts(scope: scope).rows), "products": .list(products),
        "plans": .flag(edition.hasRoadmap),
        "recent": items(recent), "coming": coming, "health": items(HomeHealth(scope: scope).rows), "guides": guides,
        "empty": .flag(isEmpty),
        "delivery": HomeDelivery(scope: scope).value,
      ])
  }

  private var description: String? {
    let names = edition.products.prefix(4).map(\.product.name)
    guard let last = names.last else { return nil }
    let list = names.count == 1 ? last : names.dropLast().joined(separator: ", ") + " and " + last
    return "Release notes, upgrade guidance and support dates"
      + (edition.products.count <= 4 ? " for \(list)." : " for \(edition.products.count) products.")
  }

  private var products: [Value] { edition.productsByName.map(entry) }

  private func entry(of facts: ProductFacts) -> Value {
    let line = facts.line(facts.latestRelease?.line)
    return [
      "id": .text(facts.product.id.text), "name": .text(facts.product.name), "link": scope.link(to: facts.route),
      "summary": .text(facts.product.summary.flatMap { Wording.excerpt($0.whole.plainText) }),
      "kind": facts.product.kind.map(Wording.choice) ?? .null,
      "described": .flag(
        facts.product.kind != nil || facts.product.summary != nil || facts.product.audience == .internal),
      "latest": scope.glance(facts.latest, of: facts),
      "next": scope.glance(facts.next, of: facts),
      "support": line.map { line in
        let phase = facts.phases[line.id] ?? .active
        return [
          "id": .text(Wording.id(for: phase)), "text": .text(Wording.words(for: phase, of: line)),
          "link": scope.link(to: facts.supportRoute),
        ]
      } ?? .null,
      "internal": .flag(facts.product.audience == .internal),
    ]
  }

  private var recent: [Value] {
    edition.newsworthy(20).map { scope.row($0.release, of: edition.products[$0.product]) }
  }

  private var coming: Value {
    let rows = edition.upcoming.prefix(8).map { scope.row($0.release, of: edition.products[$0.product]) }
    return rows.isEmpty
      ? .null
      : [
        "items": .list(Array(rows)), "roadmap": scope.link(to: .roadmap),
        "calendar": scope.link(to: edition.calendarPlan.isEmpty ? nil : .calendar),
      ]
  }

  private var guides: Value {
    let rows: [Value] = edition.ledger.pages.prefix(6).map { guide in
      ["title": .text(guide.title), "link": scope.link(to: .guide(guide.id)), "summary": .text(guide.summary)]
    }
    return rows.isEmpty ? .null : ["items": .list(rows), "index": scope.link(to: .guides)]
  }
}

/// A release by where it is: the product's position, and its own on the shelf.
struct ReleasePosition: Hashable, Sendable {
  let product: Int
  let release: Int
}

extension Edition {
  /// The newest releases that came out, newest first, without pre-releases of what is out by now.
  func newsworthy(_ limit: Int) -> [ReleasePosition] {
    Array(
      newestFirst.lazy.filter { [products] position in
        let facts = products[position.product]
        return !facts.releases[position.release].version.isPreRelease || position.release < facts.latest ?? .max
      }.prefix(limit))
  }

  /// For readers, who look for a name.
  var productsByName: [ProductFacts] {
    products.map { ($0, $0.product.name.lowercased()) }
      .sorted { $0.1 != $1.1 ? $0.1 < $1.1 : $0.0.product.id < $1.0.product.id }
      .map(\.0)
  }

  func release(at position: ReleasePosition) -> Release { products[position.product].releases[position.release] }

  /// Planned releases, nearest first, undated last.
  var upcoming: [ReleasePosition] {
    let positions = products.indices.flatMap { product in
      products[product].releases.indices.filter { products[product].releases[$0].status.isUpcoming }
        .map { ReleasePosition(product: product, release: $0) }
    }
    return positions.sorted { comesSooner(release(at: $0), release(at: $1), in: zone) }
  }
}
