import Diagnostics
import Governance
import Model
import Templates

/// Releases × rules as a table of small cells.
struct Matrix {
  let scope: PageScope
  let judgement: Judgement
  /// Newest first within their product.
  let releases: [ReleasePosition]
  /// Whether the rows say of which product they are.
  let namesProducts: Bool

  private var edition: Edition { scope.edition }

  var value: Value {
    guard !releases.isEmpty else { return .null }
    let rules = judgement.rules
    let routes = rules.map { scope.link(toRule: $0.id) }
    return [
      "rules": .list(zip(rules, routes).map { ["id": .text($0.id), "title": .text($0.title), "link": $1] }),
      "rows": .list(releases.map(row)), "count": .text(Wording.countGrouped(releases.count, "release", "releases")),
      "filter": filter, "names_products": .flag(namesProducts),
    ]
  }

  private func row(_ position: ReleasePosition) -> Value {
    let facts = edition.products[position.product]
    let release = facts.releases[position.release]
    let outcomes = judgement.outcomes(of: release.id)
    let dossier = scope.route.link(to: .dossier(release.id))
    let results = Set(outcomes.map(\.result))
    return [
      "product": ["id": .text(facts.product.id.text), "name": .text(facts.product.name)],
      "version": .text(release.version.text), "dossier": .text(dossier),
      "status": release.status == .released ? .null : Wording.choice(release.status),
      "date": release.date.map(scope.dates.day) ?? .null,
      "results": .text(Outcome.Result.byUrgency.filter(results.contains).map(\.rawValue).joined(separator: " ")),
      "year": .number(release.date?.date(in: edition.zone).year),
      "broken": .text(outcomes.filter(\.isBroken).map(\.rule).joined(separator: " ").nonEmpty),
      "cells": .list(outcomes.map { cell($0, dossier: dossier) }),
    ]
  }

  /// What held or was not asked needs no way to its reason, and no word beside its mark: the dossier has both.
  private func cell(_ outcome: Outcome, dossier: String) -> Value {
    let isPlain = outcome.result == .passed || outcome.result == .notApplicable
    return [
      "id": .text(outcome.result.rawValue), "mark": .text(outcome.result.mark),
      "text": isPlain ? .null : .text(outcome.result.words),
      "link": isPlain ? .null : .text("\(dossier)#rule-\(outcome.rule)"),
      "minor": .flag(outcome.severity != .error || outcome.isBeforeSince),
    ]
  }

  /// How many rules the filter offers.
  private static let rulesOffered = 12

  /// What some rows have and others have not; null where that is nothing.
  private var filter: Value {
    guard releases.count > 5 else { return .null }
    let rows = releases.map { position in
      let release = edition.release(at: position)
      return (
        product: position.product, year: release.date?.date(in: edition.zone).year,
        outcomes: judgement.outcomes(of: release.id)
      )
    }
    let choices: [(name: String, legend: String, choices: [Value])] = [
      (
        "result", "With",
        Outcome.Result.byUrgency.compactMap { result in
          choice(result.rawValue, result.words, rows.count { $0.outcomes.contains { $0.result == result } })
        }
      ),
      (
        "product", "Product",
        Set(rows.map(\.product)).sorted().compactMap { product in
          let facts = edition.products[product]
          return choice(facts.product.id.text, facts.product.name, rows.count { $0.product == product })
        }
      ),
      (
        "year", "Year",
        Set(rows.compactMap(\.year)).sorted(by: >).compactMap { year in
          choice(String(year), String(year), rows.count { $0.year == year })
        }
      ),
      (
        "broken", "Not shown to hold",
        brokenRules(rows.map(\.outcomes)).compactMap { choice($0.rule, $0.rule, $0.count) }
      ),
    ]
    let offered = choices.filter { !$0.choices.isEmpty }
    guard !offered.isEmpty else { return .null }
    return [
      "groups": .list(
        offered.map { ["name": .text($0.name), "legend": .text($0.legend), "choices": .list($0.choices)] })
    ]
  }

  private func choice(_ id: String, _ text: String, _ count: Int) -> Value? {
    count == 0 || count == releases.count ? nil : ["id": .text(id), "text": .text(text), "count": .number(count)]
  }

  /// The rules that are broken most often, by some releases and not by all.
  private func brokenRules(_ rows: [[Outcome]]) -> [(rule: String, count: Int)] {
    var counts: [String: Int] = [:]
    for outcomes in rows { for outcome in outcomes where outcome.isBroken { counts[outcome.rule, default: 0] += 1 } }
    let telling = counts.filter { $0.value < releases.count }
    let most = telling.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }.prefix(
      Matrix.rulesOffered)
    return most.map { ($0.key, $0.value) }
  }
}

extension Outcome.Result {
  /// One character for a small cell; the word stands beside it for those who do not see it.
  var mark: String {
    switch self {
    case .passed: "✓"
    case .failed: "✗"
    case .waived: "W"
    case .pending: "…"
    case .unverifiable: "?"
    case .notApplicable: "·"
    }
  }
}
