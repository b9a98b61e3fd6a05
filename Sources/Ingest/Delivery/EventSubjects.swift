import Diagnostics
import Model

/// Finds the product, the version and the environment that an event is about; what it cannot find it reports once a name.
struct EventSubjects {
  /// A deployment or a way back, as an event tells it.
  struct Step: Sendable {
    var event: DeliveryEvent
    var environment: String
    /// Among the drafts of the product.
    var draft: Int
    var location: SourceLocation
  }

  private var products: [String: Int] = [:]
  private var coordinates: [String: Int] = [:]
  /// What records say of their artifacts: package URLs, digests and images.
  private var artifacts: [String: (product: Int, draft: Int)] = [:]
  private let versions: [[String: Int]]
  private let environments: [String: Bool]
  private let names: (products: [String], environments: [String])
  private var reported: Set<String> = []
  /// Many events are of one artifact.
  private var urls: [String: PackageURL?] = [:]

  init(_ drafts: [ProductDraft], environments: [DeploymentEnvironment]) {
    for (index, draft) in drafts.enumerated() {
      for name in draft.product.formerly where products[name] == nil { products[name] = index }
      for (position, record) in draft.drafts.lazy.map(\.record).enumerated() {
        guard let record else { continue }
        for artifact in record.artifacts {
          if let url = artifact.purl.flatMap({ PackageURL($0) }) { coordinates[url.coordinate] = index }
        }
        let named = record.artifacts.flatMap { [$0.purl, $0.digest] } + record.environments.map(\.image)
        for case let name? in named where artifacts[name] == nil { artifacts[name] = (index, position) }
      }
    }
    for (index, draft) in drafts.enumerated() { products[draft.product.id.text] = index }
    versions = drafts.map { product in
      Dictionary(product.drafts.enumerated().map { ($1.version.text, $0) }, uniquingKeysWith: { first, _ in first })
    }
    self.environments = Dictionary(
      environments.map { ($0.id, $0.isProduction) }, uniquingKeysWith: { first, _ in first })
    names = (drafts.map(\.product.id.text), environments.map(\.id))
  }

  /// The product that an event is about, by its service or by the package of its artifact.
  mutating func product(of event: DeliveryEvent) -> Int? {
    if let service = event.service, let product = products[service] { return product }
    if let known = release(of: event) { return known.product }
    guard let url = event.artifact.flatMap({ packageURL($0) }) else { return nil }
    return products[url.name] ?? coordinates[url.coordinate]
  }

  /// What a deployment's event is about: nothing where it is not of production.
  mutating func step(_ told: ToldEvent, into report: inout Report) -> (product: Int, step: Step)? {
    let event = told.event
    guard let environment = event.environment else {
      tell("no environment", "the event `\(event.id)` names no environment", told, [], into: &report)
      return nil
    }
    guard let isProduction = environments[environment] else {
      tell(
        "environment " + environment, "there is no environment \(quoted(environment))", told,
        names.environments.map { (environment, $0) }, into: &report)
      return nil
    }
    guard isProduction, let product = known(told, into: &report) else { return nil }
    if let known = release(of: event), known.product == product {
      return (product, Step(event: event, environment: environment, draft: known.draft, location: told.location))
    }
    let artifact = event.artifact ?? event.subject
    let version = packageURL(artifact)?.version
    guard let version, let draft = draft(version, of: product) else {
      let name = version ?? artifact
      tell(
        "version \(product) " + name, "`\(names.products[product])` has no version \(quoted(name))", told, [],
        into: &report)
      return nil
    }
    return (product, Step(event: event, environment: environment, draft: draft, location: told.location))
  }

  /// The release with this very artifact, or with the digest that the package URL gives as its version.
  private mutating func release(of event: DeliveryEvent) -> (product: Int, draft: Int)? {
    guard let artifact = event.artifact, !artifacts.isEmpty else { return nil }
    return artifacts[artifact] ?? packageURL(artifact)?.version.flatMap { artifacts[$0] }
  }

  private mutating func packageURL(_ artifact: String) -> PackageURL? {
    if let known = urls[artifact] { return known }
    let url = PackageURL(artifact)
    urls[artifact] = .some(url)
    return url
  }

  private func draft(_ version: String, of product: Int) -> Int? {
    versions[product][version] ?? (version.hasPrefix("v") ? versions[product][String(version.dropFirst())] : nil)
  }

  mutating func known(_ told: ToldEvent, into report: inout Report) -> Int? {
    if let product = product(of: told.event) { return product }
    let name = told.event.service ?? told.event.artifact ?? told.event.subject
    tell(
      "product " + name, "there is no product \(quoted(name))", told, names.products.map { (name, $0) }, into: &report)
    return nil
  }

  private mutating func tell(
    _ key: String, _ message: String, _ told: ToldEvent, _ candidates: [(String, String)], into report: inout Report
  ) {
    guard reported.insert(key).inserted else { return }
    let near = candidates.first.flatMap { suggestion(for: $0.0, among: candidates.map(\.1)) }
    report.warning(
      .unknownInEvent, message, at: told.location,
      help: near ?? "correct the event, or write what it is about; until then it counts for nothing")
  }
}
