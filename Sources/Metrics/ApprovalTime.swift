import Diagnostics
import Model

extension Metric {
  static let approvalTime = Metric(
    id: "approval-time", title: "Approval time",
    definition: """
      For each release that was approved, from the first question to the last approval. Where nobody says when somebody \
      was asked, it begins when the record became a candidate on the main line.
      """
  ) { metric, scope in
    var figure = Figure(metric, .seconds, .line)
    var sorted = Sorted(scope.scale)
    var all: [Double] = []
    var (approved, byCandidate, unknown) = (0, 0, 0)
    for part in scope.parts {
      for release in part.shelf.releases {
        let approvals = release.approvals.filter { $0.decision.value == .approved }
        guard let last = approvals.compactMap({ $0.at?.value.start(in: scope.zone) }).max() else { continue }
        approved += 1
        let asked = release.approvals.compactMap { $0.asked?.value.start(in: scope.zone) }.min()
        guard let begin = asked ?? part.plans[release.version.text]?.candidate, begin <= last else {
          unknown += 1
          continue
        }
        if asked == nil { byCandidate += 1 }
        let seconds = Double(last.seconds - begin.seconds)
        all.append(seconds)
        sorted.add(seconds, at: last, of: release.id)
      }
    }
    guard approved > 0 else { return nil }
    all.sort()
    sorted.sort()
    figure.lines = [sorted.line("Median") { shownQuantile(0.5, of: $0) }]
    figure.totals = [
      Figure.Total("Median", shownQuantile(0.5, of: all), .seconds, count: all.count),
      Figure.Total("Nine of ten within", shownQuantile(0.9, of: all), .seconds, count: all.count),
    ]
    (figure.complete, figure.outOf) = (all.count, approved)
    if byCandidate > 0 { figure.notes.append("\(byCandidate) of them begin when the record became a candidate.") }
    figure.leaveOut(unknown, "approved releases of which nobody says when they were asked for, or only after it")
    return figure
  }
}
