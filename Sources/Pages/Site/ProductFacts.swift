import Diagnostics
import Model
import Templates

/// A product with what its pages share, found once; a reference, for each of its pages holds it.
final class ProductFacts: Sendable {
  let product: Product
  let shelf: Ledger.Shelf
  let route: Route
  /// Of the releases, at their positions on the shelf.
  let routes: [Route]
  /// Of their notes as Markdown, and of what programs read of them.
  let notesRoutes: [Route]
  let documentRoutes: [Route]
  let positions: [String: Int]
  /// The position of the highest final version on the newest active line.
  let latest: Int?
  /// The positions of the releases on their way to customers, nearest first: planned ones, and those rolling out that
  /// are not the latest.
  let ahead: [Int]
  /// Of the lines, by id: the phase at the as-of.
  let phases: [String: ReleaseLine.Phase]
  /// Of the lines, by id: what a page calls the element of one, which no other has.
  let lineAnchors: [String: String]
  /// Where a change that others are backports of stands first, by its id.
  let origins: [String: Int]
  /// Versions that must not be skipped.
  let stops: Set<String>

  init(_ shelf: Ledger.Shelf, asOf: Moment, zone: Zone) {
    self.shelf = shelf
    product = shelf.product
    let id = shelf.product.id.text
    route = .product(id)
    let folder = "products/\(Route.segment(id))/"
    routes = shelf.releases.indices.map { place in
      Route(folder + Route.segment(shelf.releases[place].version.text) + "/index.html")
    }
    // By their places, for a release is costly to copy.
    let places = shelf.releases.indices
    notesRoutes = places.map { .release(shelf.releases[$0].id, file: "notes.md") }
    documentRoutes = places.map { .data(of: shelf.releases[$0].id) }
    positions = Dictionary(
      places.map { (shelf.releases[$0].version.text, $0) }, uniquingKeysWith: { first, _ in first })
    latest = shelf.latest(at: asOf, in: zone).flatMap { [positions] in positions[$0.version.text] }
    ahead = shelf.releases.indices.filter { [latest] position in
      let status = shelf.releases[position].status
      return status.isUpcoming || (status == .rollingOut && position != latest)
    }.sorted { comesSooner(shelf.releases[$0], shelf.releases[$1], in: zone) }
    phases = Dictionary(
      shelf.product.lines.map { ($0.id, $0.phase(at: asOf, in: zone)) }, uniquingKeysWith: { first, _ in first })
    var anchors = UniqueNames()
    lineAnchors = Dictionary(
      shelf.product.lines.map { ($0.id, anchors.name("line-" + pageID($0.id))) },
      uniquingKeysWith: { first, _ in first })
    stops = Set(shelf.product.upgradeStops.map(\.value))
    origins = originsOfBackports(in: shelf)
  }

  var releases: [Release] { shelf.releases }

  var hasUpgradePage: Bool { shelf.releases.count { $0.status.hasShipped } >= 2 }

  var hasSupportPage: Bool { !product.lines.isEmpty }

  /// The position of the nearest release to come.
  var next: Int? { ahead.first }

  var latestRelease: Release? { latest.map { releases[$0] } }

  func line(_ id: String?) -> ReleaseLine? { id.flatMap { id in product.lines.first { $0.id == id } } }

  var upgradeRoute: Route? { hasUpgradePage ? .product(product.id.text, "upgrade/") : nil }

  var supportRoute: Route? { hasSupportPage ? .product(product.id.text, "support/") : nil }
}

/// The order of a roadmap: nearest first, undated last, then by version.
func comesSooner(_ a: Release, _ b: Release, in zone: Zone) -> Bool {
  switch (a.date?.start(in: zone), b.date?.start(in: zone)) {
  case (let x?, let y?) where x != y: x < y
  case (_?, nil): true
  case (nil, _?): false
  default: a.product == b.product ? a.version < b.version : a.product < b.product
  }
}

private func originsOfBackports(in shelf: Ledger.Shelf) -> [String: Int] {
  let wanted = Set(shelf.releases.lazy.flatMap(\.changes).compactMap(\.backportOf))
  guard !wanted.isEmpty else { return [:] }
  var origins: [String: Int] = [:]
  for (position, release) in shelf.releases.enumerated() {
    for change in release.changes where change.backportOf == nil && wanted.contains(change.id) {
      origins[change.id] = position
    }
  }
  return origins
}
