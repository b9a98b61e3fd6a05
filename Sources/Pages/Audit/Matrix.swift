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
      "cells": .list(outcomes.map { cell($0, dossier: dossier) }),
    ]
  }

  /// What held or was not asked needs no way to its reason; the dossier has that too.
  private func cell(_ outcome: Outcome, dossier: String) -> Value {
    let isPlain = outcome.result == .passed || outcome.result == .notApplicable
    return [
      "id": .text(outcome.result.rawValue), "mark": .text(outcome.result.mark), "text": .text(outcome.result.words),
      "link": isPlain ? .null : .text("\(dossier)#rule-\(outcome.rule)"),
      "minor": .flag(outcome.severity != .error || outcome.isBeforeSince),
    ]
  }

  private var filter: Value {
    guard releases.count > 5 else { return .null }
    let products = Set(releases.map(\.product)).sorted()
    return [
      "products": .list(
        products.count < 2 ? []
          : products.map { product in
            let facts = edition.products[product]
            return [
              "id": .text(facts.product.id.text), "text": .text(facts.product.name),
              "count": .number(releases.count { $0.product == product }),
            ]
          }),
      "results": .list(Outcome.Result.byUrgency.compactMap { result in
        let count = releases.count { position in
          judgement.outcomes(of: edition.release(at: position).id).contains { $0.result == result }
        }
        return count == 0 || count == releases.count ? nil
          : ["id": .text(result.rawValue), "text": .text(result.words), "count": .number(count)]
      }),
    ]
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
