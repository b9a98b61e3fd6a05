import Diagnostics
import Governance
import Model

/// A page for auditors by what it is, not yet made; only the internal site has them.
enum AuditFile: Sendable {
  case dossier(ReleasePosition)
  /// An entry of a release, and which page of it, from 0.
  case evidence(ReleasePosition, entry: Int, part: Int, EvidencePlan)
  case overview, rules, controls
  /// Which page of them, from 0.
  case exceptions(part: Int)
  case waivers(part: Int)
  /// What is open, where the overview does not list all of it; which page of it, from 0.
  case open(part: Int)
  /// A product's releases, and which page of them, from 0.
  case matrix(product: Int, part: Int)
  /// A rule by its place in the policy.
  case rule(Int)
  /// A framework, for one of its periods or any time, by their places.
  case framework(Int, period: Int?)

  /// Which page of them, from 0.
  case components(part: Int)
  case vulnerabilities(part: Int)
  /// A period, by its place.
  case period(Int)
  case logIndex
  /// A month, by its place, and which page of it, from 0.
  case log(Int, part: Int)
  case logTable(Int)
  case logDocument(Int)

  typealias Planned = (file: AuditFile, route: Route)

  static func all(in edition: Edition, _ register: SupplyRegister) -> [Planned] {
    guard edition.isInternal else { return [] }
    var files: [Planned] = []
    for (product, facts) in edition.products.enumerated() {
      for (release, fact) in facts.releases.enumerated() {
        let position = ReleasePosition(product: product, release: release)
        files.append((.dossier(position), .dossier(fact.id)))
        for (entry, evidence) in fact.evidence.enumerated() {
          let reading = edition.ledger.evidence[fact.id, evidence.id.value]
          let plan = EvidencePlan(of: reading, zone: edition.zone)
          for part in 0..<plan.parts {
            files.append(
              (.evidence(position, entry: entry, part: part, plan), .evidence(fact.id, evidence.id.value, part: part)))
          }
        }
      }
    }
    guard let judgement = edition.judgement else { return files }
    files.append((.overview, .audit))
    for (product, facts) in edition.products.enumerated() where !facts.releases.isEmpty {
      files += (0..<MatrixPage.parts(of: facts)).map {
        (.matrix(product: product, part: $0), .matrix(facts.product.id, part: $0))
      }
    }
    files += judgement.rules.enumerated().map { (.rule($0), .rule($1.id)) }
    for (place, framework) in judgement.book.frameworks.enumerated() {
      files.append((.framework(place, period: nil), .framework(framework.id)))
      files += edition.populations(for: framework).enumerated().map {
        (.framework(place, period: $0), .framework(framework.id, period: $1.period.id))
      }
    }
    files += (0..<OpenPage.parts(of: judgement)).map { (.open(part: $0), .open(part: $0)) }
    files += (0..<ExceptionPage.parts(of: edition.exceptions)).map { (.exceptions(part: $0), .exceptions(part: $0)) }
    files += (1..<WaiverPage.parts(of: edition)).map { (.waivers(part: $0), .waivers(part: $0)) }
    files += (0..<ComponentPage.parts(of: register)).map { (.components(part: $0), .components(part: $0)) }
    files += (0..<VulnerabilityPage.parts(of: register)).map {
      (.vulnerabilities(part: $0), .vulnerabilities(part: $0))
    }
    for (place, month) in (edition.log?.months ?? []).enumerated() {
      files += (0..<LogPage.parts(of: month)).map { (.log(place, part: $0), .log(month.id, part: $0)) }
      files += [(.logTable(place), .logData(month.id, "csv")), (.logDocument(place), .logData(month.id, "json"))]
    }
    return files + indexes(in: edition).map { ($0.file, $0.route) }
  }

  /// The pages that the overview leads to.
  static func indexes(in edition: Edition) -> [(file: AuditFile, route: Route, title: String, about: String)] {
    let log: [(file: AuditFile, route: Route, title: String, about: String)] =
      edition.log == nil ? [] : [(.logIndex, .logIndex, "Log", "everything that happened, with its commits")]
    let periods = edition.periods.enumerated().map { place, proof in
      (
        file: AuditFile.period(place), route: Route.period(proof.period.id), title: "Period \(proof.period.id)",
        about: "what went out, whether that is all, a sample, the proof to take away"
      )
    }
    return [
      (.rules, .rules, "Rules", "what is asked, and why"),
      (.waivers(part: 0), .waivers(), "Waivers", "what was accepted, by whom, until when"),
      (.exceptions(part: 0), .exceptions(), "Exceptions", "what went out although a rule did not hold"),
      (.controls, .controls, "Controls", "evidence for the requirements of outside frameworks"),
      (.components(part: 0), .components(), "Components", "which releases contain them"),
      (.vulnerabilities(part: 0), .vulnerabilities(), "Vulnerabilities", "which releases are affected"),
    ] + log + periods
  }
}

extension PageScope {
  func page(of file: AuditFile, _ register: SupplyRegister) -> Page {
    switch file {
    case .dossier(let position):
      return DossierPage(scope: self, place: position).page
    case .evidence(let position, let entry, let part, let plan):
      let facts = edition.products[position.product]
      return EvidencePage(
        scope: self, facts: facts, position: position.release,
        entry: facts.releases[position.release].evidence[entry], part: part, plan: plan
      ).page
    default:
      guard let judgement = edition.judgement else { return notFoundPage }
      return page(of: file, judgement, register)
    }
  }

  private func page(of file: AuditFile, _ judgement: Judgement, _ register: SupplyRegister) -> Page {
    switch file {
    case .dossier, .evidence: page(of: file, register)
    case .overview: AuditPage(scope: self, judgement: judgement).page
    case .matrix(let product, let part):
      MatrixPage(scope: self, judgement: judgement, product: product, part: part).page
    case .rules: RuleIndexPage(scope: self, judgement: judgement).page
    case .rule(let index): RulePage(scope: self, judgement: judgement, entry: judgement.book.entries[index]).page
    case .waivers(let part): WaiverPage(scope: self, judgement: judgement, part: part).page
    case .exceptions(let part):
      ExceptionPage(scope: self, judgement: judgement, register: edition.exceptions, part: part).page
    case .open(let part): OpenPage(scope: self, judgement: judgement, part: part).page
    case .controls: ControlIndexPage(scope: self, judgement: judgement).page
    case .framework(let place, let period): controls(judgement, judgement.book.frameworks[place], period)
    case .components(let part): ComponentPage(scope: self, register: register, part: part).page
    case .vulnerabilities(let part): VulnerabilityPage(scope: self, register: register, part: part).page
    case .period(let place): PeriodPage(scope: self, judgement: judgement, proof: edition.periods[place]).page
    case .logIndex, .log, .logTable, .logDocument: edition.log.map { page(of: file, $0) } ?? notFoundPage
    }
  }

  private func page(of file: AuditFile, _ log: AuditLog) -> Page {
    switch file {
    case .log(let month, let part): LogPage(scope: self, log: log, month: month, part: part).page
    case .logTable(let month):
      Page(route: route, body: .bytes(Array(LogData(edition: edition, log: log, month: month).csv.utf8)))
    case .logDocument(let month):
      Page(route: route, body: .json(LogData(edition: edition, log: log, month: month).json))
    default: LogIndexPage(scope: self, log: log).page
    }
  }
}

extension PageScope {
  private func controls(_ judgement: Judgement, _ framework: Framework, _ period: Int?) -> Page {
    ControlPage(
      scope: self, judgement: judgement, framework: framework,
      population: period.map { edition.populations(for: framework)[$0] }
    ).page
  }
}

extension Route {
  static let audit = Route("audit/index.html")
  static let rules = Route("audit/rules/index.html")
  static func waivers(part: Int = 0) -> Route { Route("audit/waivers/" + pageFolder(part) + "index.html") }
  static func exceptions(part: Int = 0) -> Route { Route("audit/exceptions/" + pageFolder(part) + "index.html") }
  static func open(part: Int = 0) -> Route { Route("audit/open/" + pageFolder(part) + "index.html") }
  static let controls = Route("audit/controls/index.html")

  static func framework(_ id: String, period: String? = nil) -> Route {
    Route("audit/controls/\(segment(id))/" + (period.map { segment($0) + "/" } ?? "") + "index.html")
  }

  /// - Parameter part: Which page of them, from 0.
  static func components(part: Int = 0) -> Route { Route("audit/components/" + pageFolder(part) + "index.html") }
  static func vulnerabilities(part: Int = 0) -> Route {
    Route("audit/vulnerabilities/" + pageFolder(part) + "index.html")
  }

  static func rule(_ id: String) -> Route { Route("audit/rules/\(segment(id))/index.html") }

  /// - Parameter part: Which page of it, from 0.
  static func matrix(_ product: ProductID, part: Int = 0) -> Route {
    Route("audit/products/\(segment(product.text))/" + pageFolder(part) + "index.html")
  }

  static func dossier(_ id: ReleaseID) -> Route { .release(id, file: "dossier/index.html") }

  /// - Parameter part: Which page of it, from 0.
  static func evidence(_ release: ReleaseID, _ id: String, part: Int = 0) -> Route {
    .release(release, file: "evidence/\(segment(id))/" + pageFolder(part) + "index.html")
  }

  private static func pageFolder(_ part: Int) -> String { part == 0 ? "" : "page-\(part + 1)/" }
}
