import Model
import Templates

/// Releases to come, by product, nearest first.
struct RoadmapPage {
  let scope: PageScope

  var page: Page {
    let edition = scope.edition
    let groups: [Value] = edition.products.compactMap { facts in
      let positions = facts.releases.indices.filter { facts.releases[$0].isAhead }
        .sorted { comesSooner(facts.releases[$0], facts.releases[$1], in: edition.zone) }
      guard !positions.isEmpty else { return nil }
      return [
        "anchor": .text(facts.product.id.text), "product": scope.reference(to: facts),
        "items": .list(positions.map { scope.row($0, of: facts) }),
      ]
    }
    return scope.page(
      "roadmap", title: "Roadmap", section: .roadmap, description: "What is planned, and for when.",
      trail: [(edition.site.title, .home)], fields: ["groups": .list(groups), "calendar": .null])
  }
}
