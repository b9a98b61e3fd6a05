import Diagnostics
import Governance
import Metrics
import Model
import Scheduling
import Templates

/// The facts of one audience's site, with everything that many pages share found once.
struct Edition: Sendable {
  /// A part of the main navigation.
  enum Section: Int, CaseIterable, Sendable {
    case releases, roadmap, calendar, security, guides, operations, metrics, audit, none
  }

  let ledger: Ledger
  /// What the rules say of the releases; `nil` for the public, and without a policy.
  let judgement: Judgement?
  /// How its products go out; `nil` where nobody may see it, or nothing is known.
  let figures: DeliveryFigures?
  /// Their cards: products first, then teams.
  let cards: [DeliveryFigures.Card]
  /// What others report of it.
  let bands: [DORABand]
  /// The periods of the site; none without a judgement.
  let periods: [PeriodProof]
  /// `nil` without a judgement, and where Git was not asked.
  let log: AuditLog?
  let version: String
  let dates: Dates
  let products: [ProductFacts]
  let isInternal: Bool
  let hasRoadmap: Bool
  let calendarPlan: CalendarPlan
  let advisories: [Advisory]
  /// By their places, those that a release has although its own record names them not.
  let unnamedAdvisories: [ReleasePosition: [Int]]
  /// Newest first.
  let incidents: [Incident]
  /// Whether there are pages about what runs where and who does what.
  let hasOperations: Bool
  private let advisoryPositions: [String: Int]
  private let productPositions: [ProductID: Int]
  private let formerProducts: [String: ProductID]
  private let facts: FactIndex
  /// Every release, newest first: by date, undated last, then by product, then highest version first.
  let byDate: [ReleasePosition]
  /// Those of them that came out.
  let newestFirst: [ReleasePosition]
  /// What went out although a rule did not hold; empty without a judgement.
  private(set) var exceptions = ExceptionRegister()
  /// What is broken and not excused: what blocks first, then by severity, then the newest release first.
  private(set) var open: [Outcome] = []
  /// The record `site` of the layout, by the depth of the page and the section it lies in.
  private var sites: [[Value]] = []

  /// With what is found out about the products, and when what happens.
  init(_ ledger: Ledger, version: String) {
    self.init(
      ledger, products: ledger.shelves.map { ProductFacts($0, asOf: ledger.asOf, zone: ledger.site.zone) },
      calendar: Edition.calendar(of: ledger, nil), version: version)
  }

  /// - Parameters:
  ///   - products: Of the shelves of the ledger.
  ///   - calendar: See ``calendar(of:_:)``.
  init(
    _ ledger: Ledger, products: [ProductFacts], calendar: ReleaseCalendar, judgement: Judgement? = nil,
    periods: [PeriodProof] = [], figures: DeliveryFigures? = nil, bands: [DORABand] = [], version: String
  ) {
    self.ledger = ledger
    facts = FactIndex(ledger)
    self.figures = figures?.isEmpty == false ? figures : nil
    cards = self.figures.map { $0.products + $0.teams } ?? []
    self.bands = bands
    self.version = version
    isInternal = ledger.audience == .internal
    self.judgement = Edition.shown(judgement, to: ledger.audience)
    let isJudged = self.judgement != nil
    self.periods = isJudged ? periods : []
    log = isJudged ? AuditLog(of: ledger) : nil
    let zone = ledger.site.zone
    dates = Dates(zone: zone)
    self.products = products
    productPositions = Dictionary(
      products.enumerated().map { ($1.product.id, $0) }, uniquingKeysWith: { first, _ in first })
    formerProducts = Dictionary(
      products.flatMap { facts in facts.product.formerly.map { ($0, facts.product.id) } },
      uniquingKeysWith: { first, _ in first })
    hasRoadmap = products.contains { $0.next != nil }
    calendarPlan = CalendarPlan(ledger, calendar)
    advisories = Advisory.all(in: products, zone: zone)
    advisoryPositions = Dictionary(
      advisories.enumerated().flatMap { index, advisory in ([advisory.id] + advisory.aliases).map { ($0, index) } },
      uniquingKeysWith: { first, _ in first })
    unnamedAdvisories = AffectedReleases.unnamed(advisories, in: products)
    incidents = Edition.newestFirst(ledger.incidents, in: zone)
    hasOperations = Edition.hasOperations(ledger)
    byDate = positionsByDate(in: products, zone: zone)
    newestFirst = byDate.filter { [products] in products[$0.product].releases[$0.release].status.hasShipped }
    if let judgement = self.judgement {
      exceptions = ExceptionRegister(of: self, judgement)
      open = open(judgement)
    }
    sites = (0..<8).map { depth in
      let root = depth == 0 ? "./" : String(repeating: "../", count: depth)
      return Section.allCases.map { site(root: root, section: $0, isSectionItself: false) }
    }
  }

  /// The calendar of a ledger: the one that the rules judged by, where they did.
  static func calendar(of ledger: Ledger, _ judgement: Judgement?) -> ReleaseCalendar {
    shown(judgement, to: ledger.audience)?.calendar ?? ReleaseCalendar(ledger)
  }

  private static func shown(_ judgement: Judgement?, to audience: Audience) -> Judgement? {
    audience == .internal && judgement?.rules.isEmpty == false ? judgement : nil
  }

  private func open(_ judgement: Judgement) -> [Outcome] {
    let outcomes = byDate.flatMap { judgement.outcomes(of: release(at: $0).id).filter(\.isBroken) }
    let others = RuleSeverity.allCases.flatMap { severity in
      outcomes.filter { !$0.isBlocking && $0.severity == severity }
    }
    return outcomes.filter(\.isBlocking) + others
  }

  var site: Site { ledger.site }
  var zone: Zone { ledger.site.zone }

  func product(_ id: ProductID) -> ProductFacts? { productPositions[id].map { products[$0] } }

  /// The product with this id, or that once had it.
  func product(named id: String) -> ProductFacts? {
    product(ProductID(id)) ?? formerProducts[id].flatMap(product)
  }

  /// The advisory with this id or alias.
  func advisory(of name: String) -> Advisory? { advisoryPositions[name].map { advisories[$0] } }

  func person(_ id: String) -> Person? { facts.person(id, in: ledger) }

  /// The page that was written in a file.
  func guide(inFile path: String) -> GuidePage? { facts.guide(inFile: path, of: ledger) }

  /// The incidents that may have to do with a release.
  func incidents(near release: Release) -> [Incident] { facts.incidents(near: release, in: ledger) }

  /// The guide page with this id.
  func guide(_ id: String) -> GuidePage? { facts.guide(id, of: ledger) }

  /// Where something is in this site; `nil` when it is not in it.
  func route(of destination: Destination) -> Route? {
    switch destination {
    case .home: .home
    case .product(let id): product(named: id.text)?.route
    case .release(let id): route(of: id)
    case .guide(let page): guide(page).map { .guide($0.id) }
    case .incident(let id): facts.hasIncident(id) ? .incident(id) : nil
    case .asset(let address): Route(address)
    }
  }

  private func route(of id: ReleaseID) -> Route? {
    guard let facts = product(named: id.product.text), let position = facts.positions[id.version] else { return nil }
    return facts.routes[position]
  }

  /// An address outside the page, such as for feeds; `nil` when the site has none.
  func absolute(_ route: Route) -> String? { site.url.map { $0 + route.address } }

  // MARK: The layout

  /// The record `site` for a page.
  func site(for route: Route, section: Section) -> Value {
    if route.address.isEmpty || isRoute(route, ofSection: section) {
      return site(root: route.root, section: section, isSectionItself: true)
    }
    let depth = route.path.utf8.count { $0 == UInt8(ascii: "/") }
    return depth < sites.count
      ? sites[depth][section.rawValue]
      : site(root: route.root, section: section, isSectionItself: false)
  }

  private func isRoute(_ route: Route, ofSection section: Section) -> Bool {
    switch section {
    case .releases: route == .home
    case .roadmap: route == .roadmap
    case .calendar: route == .calendar
    case .security: route == .security
    case .guides: route == .guides
    case .operations: route == operationsFront?.route
    case .metrics: route == .metrics
    case .audit: route == .audit
    case .none: false
    }
  }

  /// - Parameter root: The way to the site's root, ending in `/`.
  func site(root: String, section: Section, isSectionItself: Bool) -> Value {
    func link(_ route: Route) -> String {
      root == "./" && !route.address.isEmpty ? String(route.address) : root + route.address
    }
    func item(_ title: String, _ route: Route, _ own: Section) -> Value {
      [
        "title": .text(title), "link": .text(isSectionItself && own == section ? "./" : link(route)),
        "current": .flag(own == section && isSectionItself), "within": .flag(own == section && !isSectionItself),
      ]
    }
    var items = [item("Releases", .home, .releases)]
    if hasRoadmap { items.append(item("Roadmap", .roadmap, .roadmap)) }
    if !calendarPlan.isEmpty { items.append(item("Calendar", .calendar, .calendar)) }
    if !advisories.isEmpty { items.append(item("Security", .security, .security)) }
    if !ledger.pages.isEmpty { items.append(item("Guides", .guides, .guides)) }
    if let front = operationsFront { items.append(item(front.title, front.route, .operations)) }
    if figures != nil { items.append(item("Metrics", .metrics, .metrics)) }
    if judgement != nil { items.append(item("Audit", .audit, .audit)) }
    let asOf = ledger.asOf
    return [
      "title": .text(site.title), "language": .text(site.language), "internal": .flag(isInternal),
      "missing_history": .text(ledger.missingHistory?.words),
      "home": .text(root), "search": .text(link(.search)), "nav": .list(items), "version": .text(version),
      "as_of": Dates(zone: .utc).date(.moment(asOf)),
    ]
  }
}

/// An edition for all pages to hold, for it is costly to copy.
final class SharedEdition: Sendable {
  let edition: Edition

  init(_ edition: Edition) { self.edition = edition }
}

private func positionsByDate(in products: [ProductFacts], zone: Zone) -> [ReleasePosition] {
  var dated: [(seconds: Int, position: ReleasePosition)] = []
  for (product, facts) in products.enumerated() {
    for (release, fact) in facts.releases.enumerated() {
      dated.append((fact.date?.start(in: zone).seconds ?? .min, ReleasePosition(product: product, release: release)))
    }
  }
  return dated.sorted { a, b in
    if a.seconds != b.seconds { return a.seconds > b.seconds }
    if a.position.product != b.position.product { return a.position.product < b.position.product }
    return a.position.release < b.position.release
  }.map(\.position)
}
