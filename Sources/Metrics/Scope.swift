import Diagnostics
package import Governance
package import Model

/// What figures are made of: one product, or those of a team.
package struct Scope: Sendable {
  package let parts: [ProductDelivery]
  package let scale: BucketScale
  package let asOf: Moment
  package let zone: Zone
  package let businessHours: CalendarEntries.BusinessHours?
  package let production: Set<String>
  /// Whether only what everybody may know was looked at.
  let isPublic: Bool

  init(_ parts: [ProductDelivery], of ledger: Ledger, size: Bucket.Size?) {
    self.parts = parts
    isPublic = ledger.audience == .public
    asOf = ledger.asOf
    zone = ledger.site.zone
    businessHours = ledger.calendar.businessHours
    production = Set(ledger.site.environments.lazy.filter(\.isProduction).map(\.id))
    scale = BucketScale(
      from: parts.compactMap(\.first).min() ?? ledger.asOf, to: ledger.asOf, in: ledger.site.zone, size: size)
  }
}

/// A product with what is known of how its releases went out, looked up once for all its figures.
package struct ProductDelivery: Sendable {
  package let shelf: Ledger.Shelf
  package let history: DeliveryHistory.Part
  /// Those that hit it.
  package let incidents: [Incident]
  package let judgement: Judgement?
  package let waivers: [Waiver]
  /// Those that are over, by their ends.
  package let deployments: [Deployment]
  /// How many are under way.
  package let running: Int
  /// Whether each of ``deployments`` failed.
  package let isFailed: [Bool]
  /// For each of ``deployments``, the incidents that say it caused them, as positions in `caused`.
  let causes: [[Int]]
  let caused: [Incident]
  /// When the deployments of a version ended, earliest first.
  let firstEnds: [String: [Moment]]
  /// What Git shows of how releases were planned, by version.
  let plans: [String: CalendarHistory.Plan]
  /// For releases whose record names a train, whether they left on a day of its departure; by version.
  let trains: [String: Bool]
  /// The earliest that is known.
  let first: Moment?

  init(
    _ shelf: Ledger.Shelf, _ history: DeliveryHistory.Part, incidents: [Incident], caused: [Incident],
    judgement: Judgement?, waivers: [Waiver], plans: [String: CalendarHistory.Plan], trains: [String: Bool], zone: Zone
  ) {
    (self.plans, self.trains) = (plans, trains)
    (self.shelf, self.history, self.incidents, self.judgement) = (shelf, history, incidents, judgement)
    (self.caused, self.waivers) = (caused, waivers)
    let deployments = history.deployments.filter { $0.ended != nil }
    self.deployments = deployments
    running = history.deployments.count - deployments.count
    var blamed: [String: [Int]] = [:]
    for (index, incident) in caused.enumerated() {
      if case .release(_, let version)? = incident.causedBy { blamed[version.value, default: []].append(index) }
    }
    let repaired = Set(
      shelf.releases.lazy.filter { $0.status != .cancelled }.compactMap { $0.hotfixOf?.value })
    var causes: [[Int]] = []
    var isFailed: [Bool] = []
    causes.reserveCapacity(deployments.count)
    isFailed.reserveCapacity(deployments.count)
    for deployment in deployments {
      let version = deployment.release.version
      let mine = (blamed[version] ?? []).filter { index in
        let places = caused[index].environments
        return deployment.environment.isEmpty || places.isEmpty
          || places.contains { $0.value == deployment.environment }
      }
      causes.append(mine)
      isFailed.append(
        deployment.status == .failed || deployment.status == .rolledBack || !mine.isEmpty
          || repaired.contains(version))
    }
    (self.causes, self.isFailed) = (causes, isFailed)
    var firstEnds: [String: [Moment]] = [:]
    for incident in caused {
      if let cure = incident.recoveredBy?.version?.value { firstEnds[cure] = [] }
    }
    if !firstEnds.isEmpty {
      for deployment in deployments {
        if let ended = deployment.ended { firstEnds[deployment.release.version]?.append(ended) }
      }
    }
    self.firstEnds = firstEnds
    let dates = [
      deployments.first?.ended, shelf.releases.compactMap { $0.released?.value.start(in: zone) }.min(),
      history.series.compactMap { $0.measurements.first.map { zone.moment(of: $0.date) } }.min(),
      incidents.compactMap { ($0.detected ?? $0.began)?.value.start(in: zone) }.min(),
    ]
    first = dates.compactMap { $0 }.min()
  }

  /// The releases that came out, and how many of them have a deployment of their own or stand for one.
  var completeness: (complete: Int, outOf: Int) {
    let known = Set(history.deployments.lazy.map(\.release.version))
    let shipped = shelf.releases.filter { $0.status.hasShipped && !$0.version.isPreRelease }
    return (shipped.count { known.contains($0.version.text) }, shipped.count)
  }
}

extension Scope {
  var completeness: (complete: Int, outOf: Int) {
    parts.reduce(into: (0, 0)) {
      let own = $1.completeness
      $0 = ($0.0 + own.complete, $0.1 + own.outOf)
    }
  }

  /// That the public sees less, where it looks.
  func noteAudience(_ figure: inout Figure) {
    if isPublic { figure.notes.append("Only public releases and incidents count here.") }
  }

  var releasesStandIn: Bool { parts.contains { $0.deployments.first?.origin == .release } }

  /// What holds for every figure that counts deployments.
  func note(_ figure: inout Figure) {
    (figure.complete, figure.outOf) = completeness
    figure.leaveOut(parts.reduce(0) { $0 + $1.running }, "still under way")
    if releasesStandIn {
      figure.notes.append(
        "Nobody tells of deployments here, so each release counts as one, without pre-releases; one that was rolled back "
          + "or withdrawn counts as failed.")
    }
  }
}
