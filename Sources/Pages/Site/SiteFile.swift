import Diagnostics
import Metrics
import Model
import Templates

/// A file of the site by what it is, not yet made.
enum SiteFile: Sendable {
  /// A document of the interface for programs.
  enum Document: Sendable {
    case site, products, roadmap, security, support, incidents, calendar
    case product(Int)
    case release(ReleasePosition)
    case schema(Int)
  }

  case home, roadmap, security, securityFeed, guides, search, notFound, sitemap, robots
  case product(Int)
  case upgrade(Int)
  case support(Int)
  case release(ReleasePosition)
  case notes(ReleasePosition)
  case redirect(to: Route, named: String)
  case advisory(Int)
  case guide(Int)
  case searchIndex(Int)
  /// Of a product, or of the site.
  case atom(Int?)
  case jsonFeed(Int?)
  case data(Document)
  case metrics(MetricsFile)
  case operations(OperationsFile)
  case audit(AuditFile)
  case calendar(CalendarFile)

  typealias Planned = (file: SiteFile, route: Route)

  /// Every file of the site with its route. Where two have the same, the first is meant: what there is comes before
  /// what there was.
  static func all(in edition: Edition, index: SearchIndex?, _ register: SupplyRegister) -> [Planned] {
    var files: [Planned] = [(.home, .home)]
    for product in edition.products.indices { files += self.files(ofProduct: product, in: edition) }
    if edition.hasRoadmap { files.append((.roadmap, .roadmap)) }
    files += CalendarFile.all(in: edition).map { (.calendar($0.file), $0.route) }
    files.append((.security, .security))
    files.append((.securityFeed, .securityFeed))
    files += edition.advisories.enumerated().map { (.advisory($0), .advisory($1.id)) }
    if !edition.ledger.pages.isEmpty { files.append((.guides, .guides)) }
    files += edition.ledger.pages.enumerated().map { (.guide($0), .guide($1.id)) }
    files.append((.search, .search))
    files += (index?.routes ?? []).enumerated().map { (.searchIndex($0), $1) }
    files += [(.notFound, .notFound), (.robots, .robots), (.atom(nil), .atom), (.jsonFeed(nil), .jsonFeed)]
    if edition.site.url != nil, !edition.isInternal { files.append((.sitemap, .sitemap)) }
    files += MetricsFile.all(in: edition).map { (.metrics($0.file), $0.route) }
    files += OperationsFile.all(in: edition).map { (.operations($0.file), $0.route) }
    files += AuditFile.all(in: edition, register).map { (.audit($0.file), $0.route) }
    files += documents(in: edition)
    for (product, facts) in edition.products.enumerated() { files += formerAddresses(of: facts, at: product) }
    for guide in edition.ledger.pages {
      files += guide.formerly.map { (.redirect(to: .guide(guide.id), named: guide.title), .guide($0)) }
    }
    return files
  }

  private static func files(ofProduct product: Int, in edition: Edition) -> [Planned] {
    let facts = edition.products[product]
    let id = facts.product.id.text
    var files: [Planned] = [(.product(product), facts.route)]
    for release in facts.routes.indices {
      let position = ReleasePosition(product: product, release: release)
      files.append((.release(position), facts.routes[release]))
      files.append((.notes(position), facts.notesRoutes[release]))
    }
    if let route = facts.upgradeRoute { files.append((.upgrade(product), route)) }
    if let route = facts.supportRoute { files.append((.support(product), route)) }
    if let latest = facts.latest {
      let words = "\(facts.product.name) \(facts.releases[latest].version.text)"
      files.append((.redirect(to: facts.routes[latest], named: words), .product(id, "latest/")))
    }
    files.append((.atom(product), .product(id, file: "feed.atom")))
    files.append((.jsonFeed(product), .product(id, file: "feed.json")))
    return files
  }

  /// Pages that lead on, and the feeds as they are, for a reader of feeds may not follow a page.
  private static func formerAddresses(of facts: ProductFacts, at product: Int) -> [Planned] {
    facts.product.formerly.flatMap { old -> [Planned] in
      let name = facts.product.name
      var files: [Planned] = [(.redirect(to: facts.route, named: name), .product(old))]
      for (release, route) in zip(facts.releases, facts.routes) {
        let former = ReleaseID(product: ProductID(old), version: release.version.text)
        files.append((.redirect(to: route, named: "\(name) \(release.version.text)"), .release(former)))
      }
      if let latest = facts.latest {
        files.append(
          (
            .redirect(to: facts.routes[latest], named: "\(name) \(facts.releases[latest].version.text)"),
            .product(old, "latest/")
          ))
      }
      if let route = facts.upgradeRoute {
        files.append((.redirect(to: route, named: "Upgrading \(name)"), .product(old, "upgrade/")))
      }
      if let route = facts.supportRoute {
        files.append((.redirect(to: route, named: "Support of \(name)"), .product(old, "support/")))
      }
      files.append((.atom(product), .product(old, file: "feed.atom")))
      files.append((.jsonFeed(product), .product(old, file: "feed.json")))
      return files
    }
  }

  private static func documents(in edition: Edition) -> [Planned] {
    var files: [Planned] = [
      (.data(.site), .data("site.json")), (.data(.products), .data("products.json")),
      (.data(.roadmap), .data("roadmap.json")), (.data(.security), .data("security.json")),
      (.data(.support), .data("support.json")), (.data(.incidents), .data("incidents.json")),
      (.data(.calendar), .data("calendar.json")),
    ]
    for (product, facts) in edition.products.enumerated() {
      files.append((.data(.product(product)), .data("products/\(Route.segment(facts.product.id.text)).json")))
      for release in facts.routes.indices {
        let position = ReleasePosition(product: product, release: release)
        files.append((.data(.release(position)), facts.documentRoutes[release]))
      }
    }
    files += Schemas.all.enumerated().map { (.data(.schema($0)), .data("schemas/\($1.name).json")) }
    return files
  }
}

extension PageScope {
  func page(of document: SiteFile.Document) -> Page {
    switch document {
    case .site: return siteDocument
    case .products: return productsDocument
    case .roadmap: return roadmapDocument
    case .security: return securityDocument
    case .support: return supportDocument
    case .incidents: return incidentsDocument
    case .calendar: return calendarDocument
    case .product(let product): return productDocument(edition.products[product])
    case .release(let position): return releaseDocument(position.release, of: edition.products[position.product])
    case .schema(let index):
      let (name, schema) = Schemas.all[index]
      guard case .record(var members) = schema else { return Page(route: route, body: .json(schema)) }
      members["$id"] = .text(edition.absolute(route) ?? name + ".json")
      return Page(route: route, body: .json(.record(members)))
    }
  }
}

extension Edition {
  /// The pages that search engines should know, each with the day of what it says.
  var indexedPages: [(route: Route, modified: When?)] {
    var pages: [(route: Route, modified: When?)] = [(.home, newestFirst.first.flatMap { release(at: $0).date })]
    for facts in products {
      pages.append((facts.route, facts.latestRelease?.date))
      for (release, route) in zip(facts.releases, facts.routes) {
        pages.append((route, release.updated.map(When.moment) ?? (release.status.isUpcoming ? nil : release.date)))
      }
      for route in [facts.upgradeRoute, facts.supportRoute].compactMap({ $0 }) { pages.append((route, nil)) }
    }
    if hasRoadmap { pages.append((.roadmap, nil)) }
    if !calendarPlan.isEmpty { pages.append((.calendar, nil)) }
    pages.append((.security, nil))
    if !ledger.pages.isEmpty { pages.append((.guides, nil)) }
    if figures != nil { pages.append((.metrics, nil)) }
    pages += cards.indices.map { (route(ofCard: $0), nil) }
    if !incidents.isEmpty { pages.append((.incidents, nil)) }
    pages += incidents.map { (.incident($0.id), ($0.resolved ?? $0.began)?.value) }
    pages += ledger.pages.map { (.guide($0.id), $0.reviewed.map(When.day)) }
    return pages
  }
}
