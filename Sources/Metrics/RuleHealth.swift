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
    definition: """
      Of the kinds of evidence and layers of tests that the rule evidence-present requires of releases, those that were \
      there when it judged.
      """
  ) { metric, scope in
    var counts = [Int](repeating: 0, count: scope.scale.count)
    var found = counts
    var lacking = [[ReleaseID]](repeating: [], count: scope.scale.count)
    var (present, required, whole, asked, unknown) = (0, 0, 0, 0, 0)
    for part in scope.parts {
      guard let judgement = part.judgement else { continue }
      for release in part.shelf.releases {
        guard let outcome = judgement[release.id, "evidence-present"], outcome.result != .pending,
          outcome.result != .notApplicable
        else { continue }
        asked += 1
        guard let pieces = judgement.requiredEvidence(of: release.id) else {
          unknown += 1
          continue
        }
        required += pieces.required
        present += pieces.present
        whole += pieces.present == pieces.required ? 1 : 0
        let at = outcome.judgedAt ?? release.released?.value.start(in: scope.zone)
        guard let bucket = at.flatMap({ scope.scale.index(of: $0) }) else { continue }
        counts[bucket] += pieces.required
        found[bucket] += pieces.present
        if pieces.present < pieces.required { lacking[bucket].append(release.id) }
      }
    }
    guard asked > 0 else { return nil }
    var figure = Figure(metric, .share, .line)
    figure.lines = [
      Figure.Line(
        "Present",
        scope.scale.buckets.indices.map {
          Figure.Point(shownShare(found[$0], of: counts[$0]), count: counts[$0], releases: lacking[$0])
        })
    ]
    figure.totals = [
      Figure.Total("Share", shownShare(present, of: required), .share, count: required),
      Figure.Total("Missing", Double(required - present), .count, count: required - present),
    ]
    (figure.complete, figure.outOf) = (whole, asked)
    figure.leaveOut(unknown, "releases of which nobody can tell what is required")
    figure.notes.append("The releases behind a period are those that lack something.")
    return figure
  }
}
