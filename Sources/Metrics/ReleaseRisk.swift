import Diagnostics
package import Model

/// How often releases like a planned one failed so far.
package struct ReleaseRisk: Sendable {
  package let release: ReleaseID
  /// The releases like it: of the same product, risk and type, with about as many changes.
  package let alike: [ReleaseID]
  package let failed: [ReleaseID]
  /// Where the rate lies with a probability of 90 %: what a Beta posterior with Jeffreys' prior leaves.
  package let interval: ClosedRange<Double>

  init(_ release: ReleaseID, alike: [ReleaseID], failed: [ReleaseID]) {
    (self.release, self.alike, self.failed) = (release, alike, failed)
    let (a, b) = (Double(failed.count) + 0.5, Double(alike.count - failed.count) + 0.5)
    let low = betaQuantile(0.05, a, b)
    interval = low...max(low, betaQuantile(0.95, a, b))
  }
}

extension ProductDelivery {
  /// For the releases to come that state their risk.
  package var risks: [ReleaseRisk] {
    var outcome: [String: Bool] = [:]
    for (deployment, isFailed) in zip(deployments, isFailed) {
      outcome[deployment.release.version] = outcome[deployment.release.version] == true || isFailed
    }
    return shelf.releases.filter { $0.status.isUpcoming && $0.risk != nil }.map { planned in
      let alike = shelf.releases.filter {
        outcome[$0.version.text] != nil && $0.risk?.value == planned.risk?.value && $0.kind == planned.kind
          && $0.sizeClass == planned.sizeClass
      }
      return ReleaseRisk(
        planned.id, alike: alike.map(\.id), failed: alike.filter { outcome[$0.version.text] == true }.map(\.id))
    }
  }
}

extension Release {
  /// Few changes, some, or many.
  fileprivate var sizeClass: Int { changes.count <= 5 ? 0 : changes.count <= 20 ? 1 : 2 }
}
