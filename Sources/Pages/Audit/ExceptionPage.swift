import Diagnostics
import Governance
import Model
import Templates

/// The releases that went out although a rule did not hold, or in an emergency; found once for all pages of them.
struct ExceptionRegister: Sendable {
  /// Newest first.
  private(set) var releases: [ReleasePosition] = []
  private(set) var failed = 0
  private(set) var waived = 0
  private(set) var emergencies = 0

  init() {}

  init(of edition: Edition, _ judgement: Judgement) {
    for position in edition.newestFirst {
      let release = edition.release(at: position)
      let outcomes = judgement.outcomes(of: release.id)
      let isBroken = outcomes.contains(where: \.isBroken)
      let isWaived = outcomes.contains { $0.result == .waived }
      let isEmergency = release.procedure?.value == .emergency
      guard isBroken || isWaived || isEmergency else { continue }
      releases.append(position)
      failed += isBroken ? 1 : 0
      waived += isWaived ? 1 : 0
      emergencies += isEmergency ? 1 : 0
    }
  }
}

/// What went out although a rule did not hold, each with its reasons.
struct ExceptionPage {
  let scope: PageScope
  let judgement: Judgement
  let register: ExceptionRegister
  /// From 0.
  let part: Int

  /// How many releases a page tells of with all their outcomes.
  private static let releasesPerPage = 50

  static func parts(of register: ExceptionRegister) -> Int {
    max(1, (register.releases.count + releasesPerPage - 1) / releasesPerPage)
  }

  var page: Page {
    let edition = scope.edition
    let parts = ExceptionPage.parts(of: register)
    let first = part * ExceptionPage.releasesPerPage
    let shown = register.releases[first..<min(first + ExceptionPage.releasesPerPage, register.releases.count)]
    return scope.page(
      "exceptions", title: "Exceptions" + (parts > 1 ? ", page \(part + 1)" : ""), section: .audit,
      description: "Releases that went out although a rule did not hold, or in an emergency.",
      trail: [(edition.site.title, .home), ("Audit", .audit)],
      fields: [
        "lead": .text(
          "Of \(Wording.countGrouped(edition.newestFirst.count, "release", "releases")) that went out, "
            + "\(register.failed) did with a rule that is not shown to hold, \(register.waived) with one waived, "
            + "\(register.emergencies) as an emergency."),
        "entries": items(shown.map(entry)), "pages": scope.pages(parts, current: part) { .exceptions(part: $0) },
      ])
  }

  private func approvals(of release: Release) -> String {
    let names = release.approvals.filter { $0.decision.value == .approved }.map { approval in
      (scope.person(approval.by.value) ?? approval.by.value) + (approval.role.map { " (\($0.value))" } ?? "")
    }
    return names.isEmpty ? "No approval is recorded." : "Approved by \(names.joined(separator: ", "))."
  }

  private func entry(_ position: ReleasePosition) -> Value {
    let facts = scope.edition.products[position.product]
    let release = facts.releases[position.release]
    let broken = judgement.outcomes(of: release.id).filter { $0.isBroken || $0.result == .waived }
    return [
      "name": .text("\(facts.product.name) \(release.version.text)"), "link": scope.link(to: .dossier(release.id)),
      "date": release.date.map(scope.dates.day) ?? .null, "status": Wording.choice(release.status),
      "emergency": .flag(release.procedure?.value == .emergency), "reason": .text(release.reason?.value),
      "approvals": .text(approvals(of: release)),
      "outcomes": .list(
        broken.map { outcome in
          scope.value(
            of: outcome, id: nil, name: outcome.rule, title: Rule.named(outcome.rule)?.title,
            link: scope.link(toRule: outcome.rule), limit: reasonsInLists)
        }),
    ]
  }
}
