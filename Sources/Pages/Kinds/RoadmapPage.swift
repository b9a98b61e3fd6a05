import Model
import Scheduling
import Templates

/// Releases to come, by product, nearest first.
struct RoadmapPage {
  let scope: PageScope

  var page: Page {
    let edition = scope.edition
    let groups: [Value] = edition.productsByName.filter { !$0.ahead.isEmpty }.map { facts in
      [
        "anchor": .text("product-" + facts.product.id.text), "product": scope.reference(to: facts),
        "items": .list(facts.ahead.map { scope.row($0, of: facts) }),
      ]
    }
    return scope.page(
      "roadmap", title: "Roadmap", section: .roadmap, description: "What is planned, and for when.",
      trail: [(edition.site.title, .home)],
      fields: [
        "groups": .list(groups),
        "calendar": scope.edition.calendarPlan.feeds.contains(.all) ? scope.link(to: .calendar(.all)) : .null,
      ])
  }
}
