import Diagnostics
import Model
import Testing

func located<Value>(_ value: Value) -> Located<Value> {
  Located(value, at: Diagnostics.SourceLocation(file: "content/x.yml"))
}

func moment(_ text: String) throws -> Moment { try #require(Moment(text)) }

func when(_ text: String) throws -> Located<When> { located(try #require(When(text))) }

/// A product with releases `1.0.0`, `1.1.0`… and deployments of them, which a test spoils.
struct SampleDelivery {
  var ledger: Ledger
  var incidents: [Incident] = []
  private(set) var deployments: [Deployment] = []
  var rollBacks: [RollBack] = []
  var arrivals: [CommitArrivals] = []
  var releases: [Release] = []

  init(asOf: String = "2026-06-15T12:00Z") throws {
    ledger = Ledger(site: Site(title: "Harbor"), asOf: try moment(asOf))
    ledger.site.environments = [DeploymentEnvironment(id: "live", name: "Live", isProduction: true)]
  }

  /// Adds a release, deployed in an hour.
  mutating func deploy(
    _ version: String, at start: String, status: Deployment.Status = .succeeded,
    change: (inout Release) -> Void = { _ in }
  ) throws {
    let start = try moment(start)
    var release = Release(
      product: ProductID("tool"), version: try #require(Version(version, scheme: .semver)), status: .released,
      kind: .minor, at: Diagnostics.SourceLocation(file: "content/releases/tool/\(version).yml"))
    release.released = located(.moment(Moment(seconds: start.seconds + 3600)))
    change(&release)
    releases.append(release)
    deployments.append(
      Deployment(
        of: release.id, to: "live", started: start,
        ended: status == .running ? nil : Moment(seconds: start.seconds + 3600), status: status, origin: .record,
        at: release.location))
  }

  mutating func incident(
    _ id: String, of version: String? = nil, detected: String? = nil, resolved: String? = nil
  ) throws {
    var incident = Incident(id: id, title: id, at: Diagnostics.SourceLocation(file: "content/incidents/\(id).yml"))
    incident.products = [located("tool")]
    if let version { incident.causedBy = .release(product: located("tool"), version: located(version)) }
    incident.detected = try detected.map(when)
    incident.resolved = try resolved.map(when)
    incidents.append(incident)
  }

  var finished: Ledger {
    var ledger = ledger
    let product = Product(
      id: ProductID("tool"), name: "Tool", at: Diagnostics.SourceLocation(file: "content/products/tool.yml"))
    let highestFirst = Array(releases.reversed())
    ledger.shelves = [
      Ledger.Shelf(
        product: product, releases: highestFirst, lineage: Lineage(parents: highestFirst.map { _ in [] }))
    ]
    ledger.incidents = incidents
    var part = DeliveryHistory.Part(ProductID("tool"))
    part.deployments = deployments.sorted(by: Deployment.isBefore)
    part.rollBacks = rollBacks
    part.arrivals = arrivals
    ledger.delivery.parts = [part]
    return ledger
  }
}
