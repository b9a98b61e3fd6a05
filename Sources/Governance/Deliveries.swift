import Model

/// What tools told of things that went out: deployments to where customers are, and artifacts that were published.
struct Deliveries: Sendable {
  private var firsts: [ReleaseID: ToldEvent] = [:]
  private var kept: Set<ProductID> = []
  /// Those whose release no record has, with the product that each is about.
  private(set) var unrecorded: [(told: ToldEvent, product: ProductID?)] = []
  private var unrecordedOfProducts: [ProductID: [ToldEvent]] = [:]
  private var products: [String: ProductID] = [:]
  private var releases: [String: ReleaseID] = [:]
  private let dated: Set<ReleaseID>

  init(of ledger: Ledger, onto shelves: [ShelfFacts]) {
    dated = Set(shelves.flatMap(\.releases).filter { $0.deployed != nil }.map(\.release.id))
    guard !ledger.events.isEmpty else { return }
    for shelf in shelves {
      for name in [shelf.product.id.text] + shelf.product.formerly where products[name] == nil {
        products[name] = shelf.product.id
      }
      for release in shelf.releases.map(\.release) {
        let images = release.environments.compactMap(\.image)
        for name in release.artifacts.flatMap({ [$0.purl, $0.digest].compactMap { $0 } }) + images
        where releases[name] == nil {
          releases[name] = release.id
        }
      }
    }
    let known = Set(shelves.flatMap(\.releases).map(\.release.id))
    let production = Set(ledger.site.environments.filter(\.isProduction).map(\.id))
    for told in ledger.events where Deliveries.isDelivery(told.event, to: production) {
      let release = release(of: told.event)
      if let product = release?.product ?? product(of: told.event) { kept.insert(product) }
      if let release, known.contains(release) {
        if firsts[release] == nil { firsts[release] = told }
      } else {
        let product = product(of: told.event)
        unrecorded.append((told, product))
        if let product { unrecordedOfProducts[product, default: []].append(told) }
      }
    }
  }

  private static func isDelivery(_ event: DeliveryEvent, to production: Set<String>) -> Bool {
    switch event.kind {
    case .serviceDeployed, .serviceUpgraded: event.environment.map(production.contains) ?? false
    case .artifactPublished: true
    default: false
    }
  }

  /// Those of a product that no record has, up to a moment.
  func unrecorded(of product: ProductID, by moment: Moment) -> [ToldEvent] {
    (unrecordedOfProducts[product] ?? []).filter { $0.event.at <= moment }
  }

  func first(of release: ReleaseID) -> ToldEvent? { firsts[release] }

  func areKept(for product: ProductID) -> Bool { kept.contains(product) }

  /// Whether somebody said when it went out.
  func hasMoment(_ release: ReleaseID) -> Bool { dated.contains(release) }

  /// The product that it names: by its id, or as its artifact is called.
  private func product(of event: DeliveryEvent) -> ProductID? {
    let names = [event.service, event.subject, event.artifact.flatMap { PackageURL($0)?.name }]
    return names.lazy.compactMap { $0.flatMap { products[$0] } }.first
  }

  /// The release that it is about: the one with this artifact, else the one of the version in the package URL.
  private func release(of event: DeliveryEvent) -> ReleaseID? {
    guard let artifact = event.artifact else { return nil }
    if let known = releases[artifact] { return known }
    guard let version = PackageURL(artifact)?.version else { return nil }
    if let known = releases[version] { return known }
    return product(of: event).map { ReleaseID(product: $0, version: version) }
  }
}
