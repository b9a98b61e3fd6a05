package import Governance
package import Metrics
package import Model
import Templates

/// Everything that one audience's site consists of, in a fixed order.
///
/// Pages are made when they are asked for, from any thread, so that memory does not grow with the site.
package struct SitePlan: Sendable {
  /// Where every file goes, in the order of ``page(at:)``; each once.
  package let routes: [Route]
  /// Files that are copied as they are.
  package let assets: [Asset]
  private let files: [SiteFile]
  private let shared: SharedEdition
  /// `nil` while nobody searches.
  private let index: SearchIndex?
  private let register: SupplyRegister
  private let people: PeopleRegister
  /// Of the routes, by their paths.
  private let positions: [String: Int]

  /// - Parameters:
  ///   - facts: The ledger of the audience, see ``Ledger/facts(for:)``.
  ///   - judgement: What the rules say of the releases; only the internal site shows it.
  ///   - periods: Those of the site; only the internal site shows them.
  ///   - bands: What others report of their deliveries.
  ///   - gazetteVersion: Printed on every page.
  ///   - slices: How many slices of work to make at most where work is done in parallel.
  ///   - isSearchable: Whether there is an index for searching; see ``searchable(slices:)``.
  package init(
    _ facts: Ledger, judgement: Judgement? = nil, periods: [PeriodProof] = [], bands: [DORABand] = [],
    gazetteVersion: String, slices: Int, isSearchable: Bool = true
  ) async {
    var memory = PlanMemory()
    await self.init(
      facts, judgement: judgement, periods: periods, bands: bands, gazetteVersion: gazetteVersion, slices: slices,
      isSearchable: isSearchable, remembering: &memory
    ) { _ in nil }
  }

  /// The same, finding out less where a memory of the last plan for the audience is given.
  /// - Parameter making: See ``LoadMemory/making(of:)``.
  package init(
    _ facts: Ledger, judgement: Judgement?, periods: [PeriodProof], bands: [DORABand], gazetteVersion: String,
    slices: Int, isSearchable: Bool, remembering memory: inout PlanMemory, makings making: (ProductID) -> Int?
  ) async {
    // The calendar is worked out beside the rest.
    async let calendar = Edition.calendar(of: facts, judgement)
    let figures = await DeliveryFigures(published: facts, judgement: judgement, slices: slices)
    let products = await memory.products(
      of: facts, makings: facts.shelves.map { making($0.product.id) }, slices: slices)
    let edition = Edition(
      facts, products: products, calendar: await calendar, judgement: judgement, periods: periods, figures: figures,
      bands: bands, version: gazetteVersion)
    let hasAudit = edition.judgement != nil
    let register = hasAudit ? await SupplyRegister(of: edition, slices: slices) : SupplyRegister()
    let index = isSearchable ? await SearchIndex(of: edition, register, slices: slices) : nil
    let people = edition.hasOperations ? PeopleRegister(of: edition) : PeopleRegister()
    self.init(SharedEdition(edition), register, people, index)
  }

  private init(_ shared: SharedEdition, _ register: SupplyRegister, _ people: PeopleRegister, _ index: SearchIndex?) {
    let edition = shared.edition
    (self.shared, self.register, self.people, self.index) = (shared, register, people, index)
    assets = edition.ledger.assets + edition.downloads
    let planned = SiteFile.all(in: edition, index: index, register)
    var routes: [Route] = []
    var files: [SiteFile] = []
    var positions: [String: Int] = [:]
    routes.reserveCapacity(planned.count)
    files.reserveCapacity(planned.count)
    positions.reserveCapacity(planned.count)
    for (file, route) in planned {
      let position = positions[route.path, default: routes.count]
      guard position == routes.count else { continue }
      positions[route.path] = position
      routes.append(route)
      files.append(file)
    }
    (self.routes, self.files, self.positions) = (routes, files, positions)
  }

  /// The same with an index for searching, which takes as long to make as all else together.
  package func searchable(slices: Int) async -> SitePlan {
    guard index == nil else { return self }
    return SitePlan(
      shared, register, people, await SearchIndex(of: shared.edition, register, slices: slices))
  }

  package var count: Int { files.count }

  /// Where the file with a path stands in the order.
  package func position(of path: String) -> Int? { positions[path] }

  /// The file at this place in the order. Pure: the same each time, from any thread.
  package func page(at position: Int) -> Page {
    let scope = PageScope(shared, route: routes[position])
    switch files[position] {
    case .home: return HomePage(scope: scope).page
    case .product(let product): return ProductPage(scope: scope, facts: shared.edition.products[product]).page
    case .upgrade(let product): return UpgradePage(scope: scope, facts: shared.edition.products[product]).page
    case .support(let product): return SupportPage(scope: scope, facts: shared.edition.products[product]).page
    case .release(let release):
      return ReleasePage(scope: scope, facts: shared.edition.products[release.product], position: release.release).page
    case .notes(let release):
      let facts = shared.edition.products[release.product]
      let text = NotesMarkdown(scope: scope, facts: facts, position: release.release).text
      return Page(route: scope.route, body: .bytes(Array(text.utf8)))
    case .redirect(let target, let words): return scope.redirect(to: target, named: words)
    case .roadmap: return RoadmapPage(scope: scope).page
    case .security: return SecurityPage(scope: scope).page
    case .advisory(let advisory): return scope.openVulnerability(shared.edition.advisories[advisory])
    case .securityFeed: return scope.securityFeed.atom
    case .guides: return GuideIndexPage(scope: scope).page
    case .guide(let guide): return GuidePageView(scope: scope, guide: shared.edition.ledger.pages[guide]).page
    case .search: return scope.searchPage
    case .searchIndex(let file):
      return Page(route: scope.route, body: .bytes(index?.file(at: file, of: shared.edition) ?? []))
    case .notFound: return scope.notFoundPage
    case .sitemap: return scope.sitemap(of: shared.edition.indexedPages)
    case .robots: return scope.robots
    case .atom(let product): return scope.feed(of: product.map { shared.edition.products[$0] }).atom
    case .jsonFeed(let product): return scope.feed(of: product.map { shared.edition.products[$0] }).json
    case .data(let document): return scope.page(of: document)
    case .metrics(let file): return scope.page(of: file)
    case .operations(let file): return scope.page(of: file, people)
    case .audit(let file): return scope.page(of: file, register)
    case .calendar(let file): return scope.page(of: file)
    }
  }
}
