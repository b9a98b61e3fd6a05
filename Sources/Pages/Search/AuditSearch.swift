import Diagnostics
import Governance
import Model

/// What search finds for auditors.
enum AuditSearch: Sendable {
  case dossier(ReleasePosition)
  /// By its place among the waivers.
  case waiver(Int)
  /// By their places in the register.
  case vulnerability(Int)
  case component(Int)

  static func all(in edition: Edition, _ register: SupplyRegister) -> [AuditSearch] {
    guard edition.judgement != nil else { return [] }
    return edition.ledger.policy.waivers.indices.map(AuditSearch.waiver)
      + register.exposures.indices.map(AuditSearch.vulnerability)
      + register.holdings.indices.map(AuditSearch.component) + edition.byDate.map(AuditSearch.dossier)
  }

  /// As ``SearchDocument/row(in:_:)`` has them.
  func row(in edition: Edition, _ register: SupplyRegister) -> [String] {
    switch self {
    case .dossier(let position):
      let facts = edition.products[position.product]
      let release = facts.releases[position.release]
      let date = release.date?.date(in: edition.zone)
      return [
        String(Route.dossier(release.id).address), "Dossier", facts.product.name, release.version.text,
        date.map(Dates.short) ?? "", date?.iso ?? "", "", release.reason.flatMap { Wording.excerpt($0.value) } ?? "",
      ]
    case .waiver(let place):
      let waiver = edition.ledger.policy.waivers[place]
      return [
        Route.waivers(part: place / WaiverPage.waiversPerPage).address + "#waiver-" + pageID(waiver.id.value),
        "Waiver \(waiver.id.value)",
        edition.product(named: waiver.product.value)?.product.name ?? waiver.product.value,
        waiver.versions?.text ?? "", "", "", "", Wording.excerpt(waiver.reason) ?? "",
      ]
    case .vulnerability(let place):
      let exposure = register.exposures[place]
      return [
        Route.vulnerabilities(part: place / VulnerabilityPage.rowsPerPage).address + "#v-" + pageID(exposure.id),
        exposure.id, "", "", "", "", "Vulnerability", exposure.summary.flatMap { Wording.excerpt($0) } ?? "",
      ]
    case .component(let place):
      let holding = register.holdings[place]
      let releases = Wording.countGrouped(holding.releases.count, "release contains", "releases contain")
      return [
        String(Route.components(part: place / ComponentPage.rowsPerPage).address), holding.name, "",
        holding.version ?? "", "", "", "Component", releases + " it.",
      ]
    }
  }

  /// What it is found by, each with its rank.
  func texts(in edition: Edition, _ register: SupplyRegister) -> [(text: String?, rank: Int)] {
    var texts: [(text: String?, rank: Int)] = []
    func add(_ all: [String?], _ rank: Int) { for text in all { texts.append((text, rank)) } }
    func name(_ id: String?) -> String? { id.map { edition.person($0)?.name ?? $0 } }
    switch self {
    case .dossier(let position):
      let release = edition.release(at: position)
      add(["dossier", release.version.text, edition.products[position.product].product.name], 0)
      add([release.reason?.value, name(release.owner?.value), release.build?.id], 2)
      for approval in release.approvals { add([name(approval.by.value), name(approval.onBehalfOf?.value)], 2) }
      for entry in release.evidence { add([entry.id.value, entry.kind?.value], 2) }
      for author in release.authors { add([name(author.value)], 2) }
      for label in release.labels { add([label], 2) }
      let waivers = Set((edition.judgement?.outcomes(of: release.id) ?? []).compactMap(\.waiver))
      for waiver in waivers.sorted() { add([waiver], 2) }
    case .waiver(let place):
      let waiver = edition.ledger.policy.waivers[place]
      add([waiver.id.value, "waiver"], 0)
      add([waiver.rule.value, waiver.product.value, name(waiver.approvedBy.value)], 1)
      add([waiver.reason, waiver.compensating, waiver.reference], 2)
    case .vulnerability(let place):
      let exposure = register.exposures[place]
      add([exposure.id] + exposure.aliases.sorted(), 0)
      for package in exposure.packages { add([package], 1) }
      add([exposure.summary], 2)
    case .component(let place):
      let holding = register.holdings[place]
      add([holding.name], 0)
      add([holding.coordinate, holding.version], 1)
    }
    return texts
  }
}
