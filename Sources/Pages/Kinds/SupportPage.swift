import Diagnostics
import Model
import Scheduling
import Templates

/// How long each line of a product is looked after.
struct SupportPage {
  let scope: PageScope
  let facts: ProductFacts

  private var today: CivilDate { scope.edition.zone.local(of: scope.edition.ledger.asOf).date }

  var page: Page {
    let lines = SupportPage.newestFirst(facts.product.lines)
    let policy = facts.product.supportPolicy.flatMap { scope.edition.guide($0.value) }
    return scope.page(
      "support", title: "Support of \(facts.product.name)", section: .releases, description: lead, feedsOf: facts,
      trail: [(scope.edition.site.title, .home), (facts.product.name, facts.route)],
      fields: [
        "product": scope.reference(to: facts), "lead": .text(lead),
        "timeline": SupportTimeline(lines: lines, today: today).value,
        "lines": .list(lines.map(value)), "has_extended": .flag(lines.contains { $0.extendedUntil != nil }),
        "policy": policy.map { ["title": .text($0.title), "link": scope.link(to: .guide($0.id))] } ?? .null,
        "calendar": scope.edition.calendarPlan.feeds.contains(.support)
          ? scope.link(to: .calendar(.product(facts.product.id))) : .null,
      ])
  }

  /// Lines by their first day, newest first; those without one as the file lists them.
  static func newestFirst(_ lines: [ReleaseLine]) -> [ReleaseLine] {
    guard lines.allSatisfy({ $0.released != nil }) else { return lines }
    return lines.enumerated().sorted { a, b in
      let (x, y) = (a.element.released?.dayNumber ?? 0, b.element.released?.dayNumber ?? 0)
      return x != y ? x > y : a.offset < b.offset
    }.map(\.element)
  }

  private var lead: String {
    guard let line = facts.line(facts.latestRelease?.line) else {
      return "No line of \(facts.product.name) has a release yet."
    }
    return switch facts.phases[line.id] ?? .active {
    case .active:
      "Line \(line.id) is the one to be on"
        + (line.activeUntil.map { ": active until \($0.words)." } ?? ": it is active.")
    case .security:
      "Line \(line.id) is the newest; it gets security fixes"
        + (line.securityUntil.map { " until \($0.words)." } ?? " only.")
    case .extended: "Line \(line.id) is the newest; it is in extended support."
    case .ended: leadAfterEnd(of: line)
    case .upcoming: "Line \(line.id) is not released yet."
    }
  }

  /// An older line may outlive the newest, such as one with long-term support.
  private func leadAfterEnd(of newest: ReleaseLine) -> String {
    let lines = SupportPage.newestFirst(facts.product.lines).filter { line in
      [.active, .security, .extended].contains(facts.phases[line.id])
    }
    guard let line = lines.first else { return "No line of \(facts.product.name) is looked after any more." }
    let (support, end): (String, CivilDate?) =
      switch facts.phases[line.id] {
      case .security: ("gets security fixes", line.securityUntil)
      case .extended: ("is in extended support", line.extendedUntil)
      default: ("is active", line.activeUntil)
      }
    return "Line \(newest.id) has ended; line \(line.id) \(support)" + (end.map { " until \($0.words)." } ?? ".")
  }

  private func value(of line: ReleaseLine) -> Value {
    let phase = facts.phases[line.id] ?? .active
    let latest = facts.releases.firstIndex { $0.line == line.id && $0.status.isCurrent && !$0.version.isPreRelease }
    return [
      "id": .text(line.id), "anchor": .text(facts.lineAnchors[line.id]), "heading": .text("Line \(line.id)"),
      "lts": .flag(line.isLongTerm),
      "latest": latest.map {
        ["version": .text(facts.releases[$0].version.text), "link": scope.link(to: facts.routes[$0])]
      } ?? .null,
      "state": Wording.choice(Wording.id(for: phase), words(for: phase)), "released": day(line.released),
      "active_until": day(line.activeUntil), "security_until": day(line.securityUntil),
      "extended_until": day(line.extendedUntil), "change": change(of: line),
    ]
  }

  private func day(_ date: CivilDate?) -> Value { date.map { scope.dates.day($0) } ?? .null }

  private func words(for phase: ReleaseLine.Phase) -> String {
    switch phase {
    case .upcoming: "Not yet released"
    case .active: "Active"
    case .security: "Security fixes"
    case .extended: "Extended"
    case .ended: "Ended"
    }
  }

  /// What comes next, when, and how far that is.
  private func change(of line: ReleaseLine) -> Value {
    guard let change = scope.change(of: line) else { return .null }
    return [
      "date": scope.dates.day(change.date), "text": .text(words(for: change.phase).lowercased()),
      "away": .text(change.away),
    ]
  }
}

extension PageScope {
  /// The next change of a line: its first day, the phase that begins then, and how far it is, such as `in 149 days`.
  func change(of line: ReleaseLine) -> (date: CivilDate, phase: ReleaseLine.Phase, away: String)? {
    guard let change = line.nextChange(at: edition.ledger.asOf, in: edition.zone) else { return nil }
    let days = change.date.dayNumber - edition.zone.local(of: edition.ledger.asOf).date.dayNumber
    let away =
      days == 1 ? "tomorrow" : days < 730 ? "in \(days) days" : "in \(days / 365) years"
    return (change.date, change.phase, away)
  }
}
