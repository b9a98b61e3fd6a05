import Diagnostics
import Governance
import Model

extension Metric {
  static let ruleHealth = Metric(
    id: "rule-health", title: "Rule health",
    definition: "Outcomes of rules by the moment at which they were judged: passed, failed, waived, unverifiable."
  ) { metric, scope in
    let shown: [(Outcome.Result, String)] = [
      (.passed, "Passed"), (.failed, "Failed"), (.waived, "Waived"), (.unverifiable, "Unverifiable"),
    ]
    var sorted = shown.map { _ in Sorted(scope.scale) }
    var counts = shown.map { _ in 0 }
    var undated = 0
    for part in scope.parts {
      guard let judgement = part.judgement else { continue }
      for release in part.shelf.releases {
        for outcome in judgement.outcomes(of: release.id) {
          guard let place = shown.firstIndex(where: { $0.0 == outcome.result }) else { continue }
          counts[place] += 1
          guard let at = outcome.judgedAt ?? release.released?.value.start(in: scope.zone) else {
            undated += 1
            continue
          }
          sorted[place].add(1, at: at, of: release.id)
        }
      }
    }
    guard counts.contains(where: { $0 > 0 }) else { return nil }
    var figure = Figure(metric, .count, .stacked)
    figure.lines = zip(shown, sorted).map { entry, sorted in sorted.line(entry.1) { Double($0.count) } }
    figure.totals = zip(shown, counts).map { Figure.Total($0.1, Double($1), .count, count: $1) }
    let waivers = scope.parts.flatMap(\.waivers)
    let inForce = waivers.count {
      $0.begins(in: scope.zone) <= scope.asOf && scope.asOf < $0.ends(in: scope.zone)
    }
    let expired = waivers.count { $0.ends(in: scope.zone) <= scope.asOf }
    figure.totals.append(Figure.Total("Waivers in force", Double(inForce), .count, count: inForce))
    figure.totals.append(Figure.Total("Waivers expired", Double(expired), .count, count: expired))
    let releases = scope.parts.reduce(0) { $0 + $1.shelf.releases.count }
    (figure.complete, figure.outOf) = (releases, releases)
    figure.leaveOut(undated, "outcomes without a date: in the totals, not in the picture")
    return figure
  }

  static let evidenceCompleteness = Metric(
    id: "evidence-completeness", title: "Evidence completeness",
    definition: "Releases of which all required evidence is there, of those that the rule `evidence-present` judged."
  ) { metric, scope in
    var sorted = Sorted(scope.scale)
    var (all, whole) = (0, 0)
    for part in scope.parts {
      guard let judgement = part.judgement else { continue }
      for release in part.shelf.releases {
        guard let outcome = judgement[release.id, "evidence-present"],
          [.passed, .failed, .waived, .unverifiable].contains(outcome.result)
        else { continue }
        all += 1
        whole += outcome.result == .passed ? 1 : 0
        if let at = outcome.judgedAt ?? release.released?.value.start(in: scope.zone) {
          sorted.add(outcome.result == .passed ? 1 : 0, at: at, of: release.id)
        }
      }
    }
    guard all > 0 else { return nil }
    var figure = Figure(metric, .share, .line)
    figure.lines = [sorted.line("Complete") { shownMean($0) }]
    figure.totals = [Figure.Total("Share", shownShare(whole, of: all), .share, count: all)]
    (figure.complete, figure.outOf) = (whole, all)
    figure.notes.append("Counted in releases: one that lacks one of several required pieces counts as incomplete.")
    return figure
  }
}
