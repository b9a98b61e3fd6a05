import Diagnostics
package import Model

/// A time in which a release is being brought to an environment.
package struct Occupation: Sendable {
  package var release: ReleaseID
  /// Its position among the products.
  var shelf: Int
  /// `nil` where nobody says.
  package var environment: String?
  package var isProduction: Bool
  package var stretch: Stretch
  /// Whether the hours are known; else only the days are.
  package var isExact: Bool
  package var isPlanned: Bool
  /// Whether it goes on, so that nobody knows when it will end.
  package var isRunning = false
  /// The window that it is planned for.
  var window: Located<String>?
  var begin: SourceLocation
  var end: SourceLocation
}

/// When which release is where: by its stages, or by its schedule as long as it is to come.
struct OccupationReader {
  let zone: Zone
  let asOf: Moment
  let production: Set<String>
  let windows: [CalendarEntries.Window]

  init(_ ledger: Ledger) {
    (zone, asOf, windows) = (ledger.site.zone, ledger.asOf, ledger.calendar.windows)
    production = Set(ledger.site.environments.filter(\.isProduction).map(\.id))
  }

  func occupations(of release: Release, on shelf: Int, usually environments: [String]) -> [Occupation] {
    let stages = (release.rollout?.stages ?? []).compactMap { occupation(of: $0, release, shelf) }
    guard release.status.isUpcoming, stages.allSatisfy({ !$0.isProduction }) else { return stages }
    return stages + plans(of: release, shelf, usually: environments)
  }

  private func occupation(of stage: Rollout.Stage, _ release: Release, _ shelf: Int) -> Occupation? {
    guard let started = stage.started ?? stage.finished, stage.status?.value != .planned else { return nil }
    let from = started.value.start(in: zone)
    var end = stage.finished?.value.end(in: zone) ?? (stage.status?.value == .running ? asOf : from)
    if case .day = started.value, stage.finished == nil { end = started.value.end(in: zone) }
    var isExact = true
    for case .day in [started.value, stage.finished?.value].compactMap({ $0 }) { isExact = false }
    let environment = stage.environment.value
    return Occupation(
      release: release.id, shelf: shelf, environment: environment, isProduction: production.contains(environment),
      stretch: Stretch(from: from, to: max(from, end)), isExact: isExact, isPlanned: false,
      isRunning: stage.finished == nil, window: nil, begin: started.location,
      end: stage.finished?.location ?? started.location)
  }

  private func plans(of release: Release, _ shelf: Int, usually usual: [String]) -> [Occupation] {
    guard let scheduled = release.scheduled else { return [] }
    let time = CalendarTime(scheduled.at.value, until: scheduled.until?.value, in: zone)
    var isExact = false
    if case .moments = time { isExact = true }
    let named = release.rollout?.stages.map(\.environment.value).filter(production.contains) ?? []
    let granted = windows.first { $0.id == scheduled.window?.value }?.scope.environments.map(\.value) ?? []
    let environments = !named.isEmpty ? named : !granted.isEmpty ? granted.filter(production.contains) : usual
    var seen: Set<String> = []
    let places: [String?] = environments.isEmpty ? [nil] : environments.filter { seen.insert($0).inserted }
    return places.map { environment in
      Occupation(
        release: release.id, shelf: shelf, environment: environment, isProduction: true,
        stretch: Stretch(from: time.start(in: zone), to: time.end(in: zone)), isExact: isExact, isPlanned: true,
        window: scheduled.window, begin: scheduled.at.location,
        end: scheduled.until?.location ?? scheduled.at.location)
    }
  }
}
