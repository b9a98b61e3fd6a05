import Diagnostics
import Model

/// Makes one history of deployments and incidents out of records, events, measurements and commits.
struct DeliveryReading: Sendable {
  let checkout: Checkout
  let records: Records
  let products: [ProductDraft]
  let facts: RepositoryFacts
  let asOf: Moment
  let slices: Int

  struct Result: Sendable {
    var history = DeliveryHistory()
    /// What tools told, by time, then by source and id.
    var events: [ToldEvent]
    var incidents: [Incident]
  }

  func read(into report: inout Report) async throws(FileError) -> Result {
    let told = try await EventReading.events(
      in: records.eventFiles, of: checkout, asOf: asOf, slices: slices, into: &report)
    var subjects = EventSubjects(told.isEmpty ? [] : products, environments: records.site.environments)
    var steps = [[EventSubjects.Step]](repeating: [], count: products.count)
    var incidents = IncidentJoin(records.incidents, zone: records.site.zone)
    let written = Set(records.incidents.map(\.id))
    for entry in told {
      switch entry.event.kind {
      case .serviceDeployed, .serviceUpgraded, .serviceRolledBack:
        if let (product, step) = subjects.step(entry, into: &report) { steps[product].append(step) }
      case .incidentDetected, .incidentReported, .incidentResolved:
        let isWritten = written.contains(entry.event.subject.lowercased())
        let product = isWritten ? subjects.product(of: entry.event) : subjects.known(entry, into: &report)
        incidents.add(entry, to: product.map { products[$0].product.id }, into: &report)
      default: break
      }
    }
    let production = Set(records.site.environments.lazy.filter(\.isProduction).map(\.id))
    var result = Result(events: told, incidents: incidents.incidents)
    let series = try measurements(into: &report)
    let roles = commitRoles
    let joined = await inSlices(of: products.count, slices: slices) { [steps] range in
      range.map { index in
        var found = Report()
        let product = products[index]
        let join = DeploymentJoin(product: product, production: production, zone: records.site.zone, asOf: asOf)
        var part = join.part(with: steps[index], into: &found)
        part.series = series[product.product.id] ?? []
        part.arrivals = arrivals(of: product, part.deployments, roles, into: &found)
        return (part: part, report: found)
      }
    }
    for (part, found) in joined.joined() {
      result.history.parts.append(part)
      report.merge(found)
    }
    return result
  }

  private func measurements(into report: inout Report) throws(FileError) -> [ProductID: [MeasuredSeries]] {
    var series: [ProductID: [MeasuredSeries]] = [:]
    let known = records.products.map(\.id.text)
    for file in records.metricFiles {
      guard known.contains(file.id) else {
        report.error(
          .unknownReference, "there is no product \(quoted(file.id))", at: SourceLocation(file: file.path),
          help: suggestion(for: file.id, among: known) ?? "rename the file after its product")
        continue
      }
      guard let text = try checkout.text(of: file.path, into: &report) else { continue }
      var reader = MeasurementReader(
        file: file.path, declared: records.site.metrics.map(\.id), asOf: asOf, zone: records.site.zone)
      series[ProductID(file.id)] = reader.series(in: text, into: &report)
    }
    return series
  }

  // MARK: Commits

  /// What each commit is, by its position in the graph of a repository; once, for several products may share one.
  private var commitRoles: [SourceRepository.Repository: [CommitArrivals.Role]] {
    let identities = Identities(records.site.people, bots: records.site.bots)
    var roles: [SourceRepository.Repository: [CommitArrivals.Role]] = [:]
    for source in products.flatMap(\.product.sources) where roles[source.repository] == nil {
      guard let graph = facts.facts(of: source)?.graph else { continue }
      var own: [CommitArrivals.Role] = graph.commits.ofAuthors { identities.isBot($0.email) ? .bot : .counted }
      for position in own.indices where graph.commits.isMerge(at: position) { own[position] = .merge }
      roles[source.repository] = own
    }
    return roles
  }

  private func arrivals(
    of product: ProductDraft, _ deployments: [Deployment],
    _ roles: [SourceRepository.Repository: [CommitArrivals.Role]], into report: inout Report
  ) -> [CommitArrivals] {
    let ended = deployments.filter { $0.ended != nil }
    guard !ended.isEmpty else { return [] }
    return product.product.sources.compactMap { source in
      guard let known = facts.facts(of: source), !known.graph.isShallow else { return nil }
      let positions = Dictionary(
        product.drafts.compactMap { draft -> (String, Int)? in
          position(of: draft, in: source, known).map { (draft.version.text, $0) }
        }, uniquingKeysWith: { first, _ in first })
      guard !positions.isEmpty else { return nil }
      let tips = ended.map { (position: positions[$0.release.version], ended: $0.ended ?? asOf) }
      reportSkew(ended, positions, known.graph, into: &report)
      let isWhole = source.isWholeRepository
      let own = roles[source.repository] ?? []
      return CommitArrivals(source: source.id, in: known.graph, of: tips) { position in
        isWhole || facts.isPart(position, of: source) ? own[position] : .elsewhere
      }
    }
  }

  private func position(
    of draft: ReleaseDraft, in source: SourceRepository, _ known: RepositoryFacts.Facts
  ) -> Int? {
    if let commit = draft.commit, commit.source.id == source.id { return known.graph.position(of: commit.id) }
    return source.tags.flatMap { known.tag(named: $0.tag(of: draft.version.text)) }.flatMap {
      known.graph.position(of: $0.commit)
    }
  }

  private func reportSkew(
    _ deployments: [Deployment], _ positions: [String: Int], _ graph: CommitGraph, into report: inout Report
  ) {
    var reported = Set<ReleaseID>()
    for deployment in deployments where deployment.origin != .release {
      guard let ended = deployment.ended, let position = positions[deployment.release.version],
        graph.commits.committed(at: position) > ended, reported.insert(deployment.release).inserted
      else { continue }
      report.warning(
        .deployedBeforeCommit,
        "\(deployment.release) was deployed by \(ended.iso), before its commit of "
          + graph.commits.committed(at: position).iso,
        at: deployment.location, help: "correct the stage, the event or the commit")
    }
  }
}
