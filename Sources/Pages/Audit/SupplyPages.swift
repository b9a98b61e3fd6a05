import Diagnostics
import Model
import Templates

/// Which releases contain which component.
struct ComponentPage {
  let scope: PageScope
  let register: SupplyRegister
  /// From 0.
  let part: Int

  static let rowsPerPage = 1000

  static func parts(of register: SupplyRegister) -> Int {
    max(1, (register.holdings.count + rowsPerPage - 1) / rowsPerPage)
  }

  var page: Page {
    let parts = ComponentPage.parts(of: register)
    let first = part * ComponentPage.rowsPerPage
    let shown = register.holdings[first..<min(first + ComponentPage.rowsPerPage, register.holdings.count)]
    let releases = scope.edition.products.reduce(0) { $0 + $1.releases.count }
    let ranges = ReleaseRanges(scope: scope, among: register.listed)
    return scope.page(
      "components", title: "Components" + (parts > 1 ? ", page \(part + 1)" : ""), section: .audit,
      description: "Which releases contain which component.",
      trail: [(scope.edition.site.title, .home), ("Audit", .audit)],
      fields: [
        "lead": .text(
          "\(Wording.countGrouped(register.holdings.count, "version", "versions")) of components, from the bills of "
            + "materials of \(Wording.grouped(register.listed.count)) of "
            + "\(Wording.countGrouped(releases, "release", "releases")). A range skips releases without one."),
        "rows": items(
          shown.map { holding in
            [
              "name": .text(holding.name),
              "coordinate": .text(holding.coordinate == holding.name ? nil : holding.coordinate),
              "version": .text(holding.version), "releases": ranges.value(of: holding.releases),
            ]
          }),
        "pages": scope.pages(parts, current: part) { .components(part: $0) },
      ])
  }
}

/// Which releases are affected by which vulnerability.
struct VulnerabilityPage {
  let scope: PageScope
  let register: SupplyRegister
  /// From 0.
  let part: Int

  static let rowsPerPage = 500

  static func parts(of register: SupplyRegister) -> Int {
    max(1, (register.exposures.count + rowsPerPage - 1) / rowsPerPage)
  }

  var page: Page {
    let parts = VulnerabilityPage.parts(of: register)
    let first = part * VulnerabilityPage.rowsPerPage
    let shown = register.exposures[first..<min(first + VulnerabilityPage.rowsPerPage, register.exposures.count)]
    let live = register.exposures.count { !$0.affected.isEmpty }
    let ranges = ReleaseRanges(scope: scope, among: register.told)
    return scope.page(
      "vulnerabilities", title: "Vulnerabilities" + (parts > 1 ? ", page \(part + 1)" : ""), section: .audit,
      description: "Which releases are affected by which vulnerability.",
      trail: [(scope.edition.site.title, .home), ("Audit", .audit)],
      fields: [
        "lead": .text(
          "\(Wording.countGrouped(register.exposures.count, "vulnerability", "vulnerabilities")) in the scans, bills of "
            + "materials, VEX files and records of \(Wording.countGrouped(register.told.count, "release", "releases")), of "
            + "which \(live) count in at least one. "
            + "\(Wording.countGrouped(register.scanned.count, "release has", "releases have")) a scan; the others may have "
            + "any of them."),
        "rows": items(shown.map { value($0, ranges) }),
        "pages": scope.pages(parts, current: part) { .vulnerabilities(part: $0) },
      ])
  }

  private func value(_ exposure: SupplyRegister.Exposure, _ ranges: ReleaseRanges) -> Value {
    var reasons: [String] = []
    var byReason: [String: [ReleasePosition]] = [:]
    for (release, reason) in exposure.excused {
      if byReason[reason] == nil { reasons.append(reason) }
      byReason[reason, default: []].append(release)
    }
    let advisory =
      scope.edition.advisory(of: exposure.id)
      ?? exposure.aliases.sorted().lazy.compactMap { scope.edition.advisory(of: $0) }.first
    return [
      "id": .text("v-" + pageID(exposure.id)), "name": .text(exposure.id),
      "aliases": .list(exposure.aliases.sorted().map { .text($0) }),
      "severity": exposure.severity.map { Wording.choice($0.word, Wording.capitalized($0.word)) } ?? .null,
      "cvss": .text(exposure.score.map(score)), "summary": .text(exposure.summary),
      "packages": .text(exposure.packages.joined(separator: ", ")),
      "fixed_in": .text(exposure.fixedIn.joined(separator: ", ").nonEmpty),
      "affected": exposure.affected.isEmpty ? .null : ["releases": ranges.value(of: exposure.affected)],
      "excused": .list(
        reasons.map { reason in
          ["reason": .text(reason), "releases": ranges.value(of: byReason[reason] ?? [])]
        }),
      "advisory": advisory.map { scope.link(to: .security, fragment: $0.anchor) } ?? .null,
    ]
  }
}

/// Releases in a few words: runs of neighbours as ranges, by product.
struct ReleaseRanges {
  private let scope: PageScope
  /// Those that could have been named.
  private let releases: [ReleasePosition]

  /// - Parameter releases: By product, highest version first.
  init(scope: PageScope, among releases: [ReleasePosition]) {
    (self.scope, self.releases) = (scope, releases)
  }

  /// - Parameter releases: By product, highest version first.
  func value(of releases: [ReleasePosition]) -> Value {
    // Of each product the oldest first, as the two ends of a range are read.
    var runs: [ArraySlice<ReleasePosition>] = []
    var current = 0
    for (index, release) in releases.enumerated() {
      guard index > 0, releases[index - 1].product == release.product else {
        current = runs.count
        runs.append(releases[index...index])
        continue
      }
      if follows(release, releases[index - 1]) {
        runs[current] = releases[runs[current].startIndex...index]
      } else {
        runs.insert(releases[index...index], at: current)
      }
    }
    return .list(
      runs.enumerated().map { number, run in
        let (newest, oldest) = (run[run.startIndex], run[run.endIndex - 1])
        let isNew = number == 0 || runs[number - 1].last?.product != newest.product
        return [
          "product": isNew ? .text(scope.edition.products[newest.product].product.name) : .null,
          "from": run.count > 1 ? reference(to: oldest) : .null, "to": reference(to: newest),
          "count": run.count > 2 ? .number(run.count) : .null,
        ]
      })
  }

  /// Whether nothing that could have been named stands between the two.
  private func follows(_ release: ReleasePosition, _ other: ReleasePosition) -> Bool {
    if other.release + 1 == release.release { return true }
    var (low, high) = (0, releases.count)
    while low < high {
      let middle = (low + high) / 2
      let found = releases[middle]
      if (found.product, found.release) > (other.product, other.release) { high = middle } else { low = middle + 1 }
    }
    return low < releases.count && releases[low] == release
  }

  private func reference(to position: ReleasePosition) -> Value {
    let facts = scope.edition.products[position.product]
    let version = facts.releases[position.release].version.text
    return [
      "version": .text(version),
      "link": scope.link(to: .dossier(ReleaseID(product: facts.product.id, version: version))),
    ]
  }
}
