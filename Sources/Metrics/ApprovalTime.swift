import Diagnostics
import Model

extension Metric {
  static let approvalTime = Metric(
    id: "approval-time", title: "Approval time",
    definition: "From the first question to the last approval of a release, for each release that was approved."
  ) { metric, scope in
    var figure = Figure(metric, .seconds, .line)
    var sorted = Sorted(scope.scale)
    var all: [Double] = []
    var (approved, unasked) = (0, 0)
    for release in scope.parts.flatMap(\.shelf.releases) {
      let approvals = release.approvals.filter { $0.decision.value == .approved }
      guard let last = approvals.compactMap({ $0.at?.value.start(in: scope.zone) }).max() else { continue }
      approved += 1
      guard let asked = release.approvals.compactMap({ $0.asked?.value.start(in: scope.zone) }).min(), asked <= last
      else {
        unasked += 1
        continue
      }
      let seconds = Double(last.seconds - asked.seconds)
      all.append(seconds)
      sorted.add(seconds, at: last, of: release.id)
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
    figure.leaveOut(unasked, "approved releases that do not say when somebody was asked")
    return figure
  }
}
