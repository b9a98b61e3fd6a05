import Diagnostics
import Model
import Templates

/// Every release of a product with what it asks, oldest first, and how they descend from each other: the picker on the
/// page answers "from X to Y" out of this alone.
struct UpgradePage {
  let scope: PageScope
  let facts: ProductFacts

  var page: Page {
    let positions = facts.releases.indices.filter { facts.releases[$0].status.hasShipped }
    let parents = nearestAncestors(among: positions)
    return scope.page(
      "upgrade", title: "Upgrading \(facts.product.name)", section: .releases,
      description: "What to do between one version of \(facts.product.name) and another.", feedsOf: facts,
      trail: [(scope.edition.site.title, .home), (facts.product.name, facts.route)],
      fields: [
        "product": [
          "id": .text(facts.product.id.text), "name": .text(facts.product.name), "link": scope.link(to: facts.route),
          "support": scope.link(to: facts.supportRoute),
        ],
        "releases": .list(zip(positions, parents).reversed().map { entry(of: $0, after: $1) }),
        "latest": .text(facts.latestRelease?.version.text),
      ])
  }

  /// For each of the positions, those whose releases it contains and no other between contains.
  /// - Complexity: O(n²) look-ups of one bit.
  private func nearestAncestors(among positions: [Int]) -> [[Int]] {
    let lineage = facts.shelf.lineage
    return positions.map { position in
      var nearest: [Int] = []
      for other in positions where other != position && lineage.contains(other, in: position) {
        guard !nearest.contains(where: { lineage.contains(other, in: $0) }) else { continue }
        nearest.removeAll { lineage.contains($0, in: other) }
        nearest.append(other)
      }
      return nearest
    }
  }

  private func entry(of position: Int, after parents: [Int]) -> Value {
    let release = facts.releases[position]
    let anchors = Anchors(of: release)
    let fixes = release.security.indices.filter { index in
      release.security[index].isFixed && !release.changes.contains { $0.names(release.security[index]) }
    }
    let changes = release.changes.indices
    let matters = changes.filter { isMaterial(release.changes[$0]) }
    let others = changes.filter { !isMaterial(release.changes[$0]) }
    let route = facts.routes[position]
    let important =
      matters.map { value(of: release.changes[$0], at: route, anchor: anchors.changes[$0]) }
      + fixes.map { value(of: release.security[$0], at: route, anchor: anchors.vulnerabilities[$0]) }
    return [
      "version": .text(release.version.text), "anchor": .text("v-" + release.version.text),
      "link": scope.link(to: route),
      "title": .text(release.title), "status": Wording.choice(release.status),
      "unusual": .flag(release.status != .released), "usable": .flag(release.status.isCurrent),
      "date": release.date.map(scope.dates.day) ?? .null,
      "after": .list(parents.map { .text(facts.releases[$0].version.text) }),
      "stop": .flag(release.status.isCurrent && facts.stops.contains(release.version.text)),
      "downgrade": release.upgrade.downgrade.map {
        ReleaseDelivery(scope: scope, facts: facts, position: position).downgrade($0, from: release)
      } ?? .null,
      "matters": items(important),
      "others": others.isEmpty
        ? .null
        : [
          "count": .number(others.count), "text": .text(Wording.count(others.count, "other change", "other changes")),
          "items": .list(others.map { value(of: release.changes[$0], at: route, anchor: anchors.changes[$0]) }),
        ],
    ]
  }

  private func isMaterial(_ change: Change) -> Bool {
    switch change.kind {
    case .breaking, .security, .deprecation, .removal: true
    default: change.action != nil
    }
  }

  private func value(of change: Change, at route: Route, anchor: String) -> Value {
    [
      // Where nobody named it, its words tell which it is, and they are on the page already.
      "id": .text(change.id), "origin": .text(change.backportOf ?? (change.isNamed ? change.id : nil)),
      "link": scope.link(to: route, fragment: anchor),
      "text": scope.inline(change.text), "kind": Wording.choice(change.kind),
      "component": scope.component(change.component), "action": scope.inline(change.action),
      "impact": scope.inline(change.impact),
      "internal": .flag(change.audience == .internal || change.kind == .internal),
    ]
  }

  private func value(of vulnerability: Vulnerability, at route: Route, anchor: String) -> Value {
    let id = scope.edition.advisory(of: vulnerability.id)?.anchor ?? pageID(vulnerability.id)
    return [
      "id": .text(id), "origin": .text(id), "link": scope.link(to: route, fragment: anchor),
      "text": vulnerability.summary.map { scope.inline($0) } ?? .words("Fixes \(vulnerability.id)"),
      "kind": Wording.choice(Change.Kind.security), "component": .null, "action": .null, "impact": .null,
      "internal": .flag(vulnerability.audience == .internal),
    ]
  }
}

extension Change {
  /// Whether it is what fixes the vulnerability: has its id, or speaks of it.
  func names(_ vulnerability: Vulnerability) -> Bool {
    guard kind == .security || kind == .fix else { return identity == slug(vulnerability.id) }
    return ([vulnerability.id] + vulnerability.aliases).contains { name in
      identity == slug(name) || references.contains(name) || text.whole.plainText.firstRange(of: name) != nil
    }
  }
}
