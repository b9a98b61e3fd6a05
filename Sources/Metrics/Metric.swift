import Model

/// Something that is measured, with the one definition of it.
package struct Metric: Sendable {
  package let id: String
  package let title: String
  /// As it is printed beside the figure.
  package let definition: String
  /// `nil` where there is nothing at all to make it from.
  let figure: @Sendable (Metric, Scope) -> Figure?

  /// In the order in which they are shown.
  package static let all: [Metric] = [
    leadTime, deploymentFrequency, changeFailRate, recoveryTime, reworkRate, meanTimeToRecovery, predictability,
    outOfHours, approvalTime, ruleHealth, evidenceCompleteness, vulnerabilities, reviewActions,
  ]

  /// Those that DORA names, which every overview shows.
  package static let dora = [leadTime, deploymentFrequency, changeFailRate, recoveryTime, reworkRate].map(\.id)

  /// For heads of columns.
  package var shortTitle: String {
    switch id {
    case Metric.leadTime.id: "Lead time"
    case Metric.deploymentFrequency.id: "Deployments"
    case Metric.changeFailRate.id: "Failed"
    case Metric.recoveryTime.id: "Recovery"
    case Metric.reworkRate.id: "Rework"
    default: title
    }
  }

  package var isDORA: Bool { Metric.dora.contains(id) }
}

/// Values sorted into the buckets of a scale, with the releases behind them.
struct Sorted {
  private(set) var values: [[Double]]
  private(set) var releases: [[ReleaseID]]
  let scale: BucketScale

  init(_ scale: BucketScale) {
    self.scale = scale
    values = Array(repeating: [], count: scale.count)
    releases = Array(repeating: [], count: scale.count)
  }

  mutating func add(_ value: Double, at moment: Moment, of release: ReleaseID? = nil) {
    guard let index = scale.index(of: moment) else { return }
    add(value, in: index, of: release)
  }

  mutating func add(_ value: Double, in index: Int, of release: ReleaseID?) {
    values[index].append(value)
    if let release, releases[index].last != release { releases[index].append(release) }
  }

  /// A line of what a bucket's values, ascending, come to.
  func line(_ name: String, _ value: ([Double]) -> Double?) -> Figure.Line {
    Figure.Line(
      name,
      zip(values, releases).map { values, releases in
        Figure.Point(values.isEmpty ? nil : value(values), count: values.count, releases: distinct(releases))
      })
  }

  mutating func sort() {
    for index in values.indices { values[index].sort() }
  }
}

/// Each once, in the order of their first place.
func distinct(_ releases: [ReleaseID]) -> [ReleaseID] {
  guard releases.count > 1 else { return releases }
  var seen = Set<ReleaseID>()
  return releases.filter { seen.insert($0).inserted }
}
