import Model

/// The releases of one product that have a vulnerability.
///
/// Nobody says where it came in, so every release has it that neither is a fix nor contains one: also a later one on
/// another line.
struct AffectedReleases {
  /// Highest first.
  let positions: [Int]
  /// Those that came out and end it.
  let fixes: Set<Int>

  /// - Parameter mentions: What the product's releases say of it.
  init(of facts: ProductFacts, mentions: [Advisory.Mention]) {
    let fixes = Set(mentions.filter { $0.vulnerability.isFixed && $0.status.hasShipped }.map(\.release))
    let named = Set(mentions.filter(\.isAffected).map(\.release))
    // Without a fix, also a planned one, only those are known that were named.
    let isKnownBefore = !fixes.isEmpty || mentions.contains(where: \.isPlannedFix)
    let lineage = facts.shelf.lineage
    positions = facts.releases.indices.filter { position in
      guard facts.releases[position].status.hasShipped else { return false }
      return named.contains(position) || (isKnownBefore && !fixes.contains { lineage.contains($0, in: position) })
    }
    self.fixes = fixes
  }

  /// For each release, by their places, the advisories that it has although its own record names them not.
  static func unnamed(_ advisories: [Advisory], in products: [ProductFacts]) -> [ReleasePosition: [Int]] {
    var found: [ReleasePosition: [Int]] = [:]
    for (place, advisory) in advisories.enumerated() {
      for (product, mentions) in Dictionary(grouping: advisory.mentions, by: \.product) {
        let named = Set(mentions.map(\.release))
        for release in AffectedReleases(of: products[product], mentions: mentions).positions
        where !named.contains(release) {
          found[ReleasePosition(product: product, release: release), default: []].append(place)
        }
      }
    }
    return found
  }
}
