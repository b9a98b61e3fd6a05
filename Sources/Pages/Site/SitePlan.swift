package import Model

/// Everything that one audience's site consists of, in a fixed order.
///
/// Pages are made when they are asked for, from any thread, so that memory does not grow with the site.
package struct SitePlan: Sendable {
  /// A file by what it is, not yet made.
  enum Item: Sendable {
    case home
    case product(Int)
    case release(ReleasePosition)
  }

  /// Where every file goes, in the order of ``page(at:)``.
  package let routes: [Route]
  /// Files that are copied as they are.
  package let assets: [Asset]
  private let items: [Item]
  private let edition: Edition

  /// - Parameters:
  ///   - facts: The ledger of the audience, see ``Ledger/facts(for:)``.
  ///   - gazetteVersion: Printed on every page.
  ///   - slices: How many slices of work to make at most where work is done in parallel.
  package init(_ facts: Ledger, gazetteVersion: String, slices: Int) async {
    let edition = Edition(facts, version: gazetteVersion)
    self.edition = edition
    assets = facts.assets
    var items: [Item] = [.home]
    var routes: [Route] = [.home]
    for (product, productFacts) in edition.products.enumerated() {
      items.append(.product(product))
      routes.append(productFacts.route)
      for release in productFacts.releases.indices {
        items.append(.release(ReleasePosition(product: product, release: release)))
        routes.append(productFacts.routes[release])
      }
    }
    (self.items, self.routes) = (items, routes)
  }

  package var count: Int { items.count }

  /// The file at this place in the order. Pure: the same each time, from any thread.
  package func page(at index: Int) -> Page {
    let scope = PageScope(edition: edition, route: routes[index])
    switch items[index] {
    case .home: return HomePage(scope: scope).page
    case .product(let product): return ProductPage(scope: scope, facts: edition.products[product]).page
    case .release(let position):
      return ReleasePage(scope: scope, facts: edition.products[position.product], position: position.release).page
    }
  }
}
