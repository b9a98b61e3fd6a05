import Diagnostics
import Model
import Scheduling
import Templates

/// What a customer must act on now: releases taken back, grave vulnerabilities, ends of support, breaking plans.
struct HomeAlerts {
  let scope: PageScope

  private var edition: Edition { scope.edition }
  private var today: CivilDate { edition.zone.local(of: edition.ledger.asOf).date }
  private static let days = 90

  var rows: [Value] { takenBack + vulnerabilities + freezes + conflicts + endsOfSupport + breakingPlans }

  /// Releases that were taken back in the last months while they were the newest.
  private var takenBack: [Value] {
    edition.products.flatMap { facts -> [Value] in
      facts.releases.indices.compactMap { position in
        let release = facts.releases[position]
        guard release.status == .withdrawn || release.status == .rolledBack, !release.version.isPreRelease,
          let date = release.date, today.dayNumber - date.date(in: edition.zone).dayNumber <= HomeAlerts.days,
          !facts.releases[..<position].contains(where: { isOlder($0, than: release) })
        else { return nil }
        let target = replacement(for: position, of: facts)
        let words =
          target.map { "Do not use \(release.version.text); use \(facts.releases[$0].version.text)." }
          ?? "Do not use \(release.version.text)."
        return alert(
          "stop", Wording.words(for: release.status), words, of: facts, release: target ?? position, date: date)
      }
    }
  }

  private func isOlder(_ other: Release, than release: Release) -> Bool {
    guard other.status.hasShipped, !other.version.isPreRelease, let a = other.date, let b = release.date else {
      return false
    }
    return a.start(in: edition.zone) <= b.start(in: edition.zone)
  }

  private func replacement(for position: Int, of facts: ProductFacts) -> Int? { facts.replacement(for: position) }

  private var vulnerabilities: [Value] {
    edition.advisories.flatMap { advisory -> [Value] in
      guard advisory.severity == .critical || advisory.severity == .high, let severity = advisory.severity else {
        return []
      }
      let byProduct = Dictionary(grouping: advisory.mentions.filter(\.isFix), by: \.product)
      return byProduct.keys.sorted().compactMap { product in
        let facts = edition.products[product]
        let fixes = (byProduct[product] ?? []).map(\.release).sorted()
        let dated = fixes.filter { position in
          guard let date = facts.releases[position].date else { return false }
          return (0...HomeAlerts.days).contains(today.dayNumber - date.date(in: edition.zone).dayNumber)
        }
        guard let newest = fixes.first, let recent = dated.first else { return nil }
        let versions = list(fixes.map { facts.releases[$0].version.text })
        return alert(
          "caution", "Security",
          "A vulnerability of \(severity.rawValue) severity, \(advisory.id), is fixed in \(versions).", of: facts,
          release: newest, date: facts.releases[recent].date)
      }
    }
  }

  /// Freezes that hold, or soon will.
  private var freezes: [Value] {
    edition.calendarPlan.calendar.items(in: today...today + 30).compactMap { item in
      guard case .freeze = item.subject else { return nil }
      let begun = item.days.lowerBound <= today
      let words =
        begun
        ? "Nothing changes until \(item.days.upperBound.words)."
        : "Nothing changes from \(item.days.lowerBound.words) to \(item.days.upperBound.words)."
      return dated(
        "plan", "Freeze",
        "\(edition.calendarPlan.calendar.entry(of: item).title): " + words.prefix(1).lowercased() + words.dropFirst(),
        on: item.days.lowerBound)
    }
  }

  /// What is ahead and does not go together.
  private var conflicts: [Value] {
    edition.calendarPlan.calendar.conflicts(in: today...today + HomeAlerts.days).filter {
      $0.time.to >= edition.ledger.asOf
    }
    .map { conflict in
      var row = dated(
        "caution", Wording.words(for: conflict.kind), "", on: edition.zone.local(of: conflict.time.from).date)
      if case .record(var fields) = row {
        fields["text"] = .html(SafeHTML(trusted: Wording.markup(ofMessage: conflict.text)))
        row = .record(fields)
      }
      return row
    }
  }

  /// Something of the calendar, which leads to its month.
  private func dated(_ tone: String, _ label: String, _ words: String, on day: CivilDate) -> Value {
    let month = day.firstOfMonth
    let hasPage = edition.calendarPlan.hasMonth(month)
    return [
      "tone": .text(tone), "label": .text(label), "text": .words(words), "product": .null,
      "link": scope.link(to: hasPage ? .calendar(month: month) : .calendar),
      "link_text": .text(hasPage ? month.monthWords : "Calendar"), "date": scope.dates.day(day),
    ]
  }

  private var endsOfSupport: [Value] {
    edition.products.flatMap { facts -> [Value] in
      guard let route = facts.supportRoute else { return [] }
      return facts.product.lines.compactMap { line in
        guard let change = line.nextChange(at: edition.ledger.asOf, in: edition.zone),
          facts.phases[line.id] != .upcoming,
          change.date.dayNumber - today.dayNumber <= HomeAlerts.days, change.phase != .active
        else { return nil }
        let last = change.date + -1
        let words =
          switch change.phase {
          case .ended: "Line \(line.id) gets no more fixes after \(last.words)."
          case .security: "Line \(line.id) gets only security fixes after \(last.words)."
          default: "Line \(line.id) is in extended support only after \(last.words)."
          }
        return [
          "tone": "plan", "label": "Support ends", "text": .words(words), "product": scope.reference(to: facts),
          "link": scope.link(to: route), "link_text": .text("Support dates of \(facts.product.name)"),
          "date": scope.dates.day(last),
        ]
      }
    }
  }

  private var breakingPlans: [Value] {
    edition.upcoming.compactMap { position in
      let release = edition.release(at: position)
      guard release.marks.contains(.breaking), release.date != nil else { return nil }
      let count = release.changes.count { $0.kind == .breaking }
      return alert(
        "plan", "Coming",
        "Version \(release.version.text) brings \(Wording.count(count, "breaking change", "breaking changes")).",
        of: edition.products[position.product], release: position.release, date: release.date)
    }
  }

  private func alert(
    _ tone: String, _ label: String, _ words: String, of facts: ProductFacts, release position: Int, date: When?
  ) -> Value {
    [
      "tone": .text(tone), "label": .text(label), "text": .words(words), "product": scope.reference(to: facts),
      "link": scope.link(to: facts.routes[position]),
      "link_text": .text("\(facts.product.name) \(facts.releases[position].version.text)"),
      "date": date.map(scope.dates.day) ?? .null,
    ]
  }

  private func list(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension ProductFacts {
  /// What to use instead of a release that was taken back: what repairs it, else the latest.
  func replacement(for position: Int) -> Int? {
    let version = releases[position].version.text
    let repair = releases.indices.last { releases[$0].hotfixOf?.value == version && releases[$0].status.isCurrent }
    return repair ?? (latest == position ? nil : latest)
  }
}
