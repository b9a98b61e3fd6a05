import Diagnostics
import Model

/// Joins the rollouts of a product's records with what tools told of them.
struct DeploymentJoin {
  let product: ProductDraft
  let production: Set<String>
  let zone: Zone
  let asOf: Moment

  func part(with steps: [EventSubjects.Step], into report: inout Report) -> DeliveryHistory.Part {
    var part = DeliveryHistory.Part(product.product.id)
    part.isRecorded = false
    let drafts = product.drafts.span
    for place in drafts.indices where drafts[place].record != nil {
      part.isRecorded = true
      part.deployments += recorded(drafts[place])
    }
    if !steps.isEmpty { add(steps, to: &part, into: &report) }
    if !part.deployments.isEmpty || !part.rollBacks.isEmpty { sortOutReturns(in: &part) }
    if part.deployments.isEmpty {
      for place in drafts.indices {
        if let deployment = released(drafts[place]) { part.deployments.append(deployment) }
      }
    }
    part.rollBacks += executed(in: part.deployments)
    part.deployments = inOrder(part.deployments, by: Deployment.isBefore).map { part.deployments[$0] }
    part.rollBacks.sort {
      $0.at != $1.at ? $0.at < $1.at : precedesInBytes($0.environment, $1.environment)
    }
    return part
  }

  /// Of the drafts, by the texts of their versions.
  private var positions: [String: Int] {
    Dictionary(
      product.drafts.indices.map { (product.drafts[$0].version.text, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private func id(_ draft: ReleaseDraft) -> ReleaseID {
    ReleaseID(product: product.product.id, version: draft.version.text)
  }

  // MARK: Records

  private func recorded(_ draft: ReleaseDraft) -> [Deployment] {
    guard let rollout = draft.record?.rollout, let record = draft.record else { return [] }
    var environments: [String] = []
    for stage in rollout.stages where production.contains(stage.environment.value) {
      if !environments.contains(stage.environment.value) { environments.append(stage.environment.value) }
    }
    var deployments = environments.flatMap { environment in
      rollouts(rollout.stages.filter { $0.environment.value == environment }, of: draft, record)
    }
    if record.status.value == .rolledBack, !deployments.contains(where: { $0.status == .rolledBack }) {
      for index in deployments.indices where deployments[index].ended != nil { deployments[index].status = .rolledBack }
    }
    return deployments
  }

  /// The rollouts that the stages of one environment make: one after a finished or rolled-back one is another.
  private func rollouts(_ stages: [Rollout.Stage], of draft: ReleaseDraft, _ record: ReleaseRecord) -> [Deployment] {
    let begun = stages.enumerated().compactMap { index, stage -> (at: Moment, index: Int, stage: Rollout.Stage)? in
      guard stage.status?.value != .planned, let started = stage.started?.value.start(in: zone), started <= asOf
      else { return nil }
      return (started, index, stage)
    }.sorted { ($0.at.seconds, $0.index) < ($1.at.seconds, $1.index) }
    var deployments: [Deployment] = []
    var isOver = true
    for (started, _, stage) in begun {
      if isOver {
        deployments.append(
          Deployment(
            of: id(draft), to: stage.environment.value, started: started, ended: started, status: .succeeded,
            origin: .record, at: stage.location))
      }
      let last = deployments.count - 1
      let finished = stage.finished.map { min($0.value.end(in: zone), asOf) }
      if stage.status?.value == .running || (finished == nil && record.status.value == .rollingOut) {
        deployments[last].ended = nil
        deployments[last].status = .running
      } else {
        deployments[last].ended = max(deployments[last].ended ?? started, finished ?? started)
        deployments[last].status = .succeeded
      }
      if stage.status?.value == .failed { deployments[last].status = .failed }
      if stage.status?.value == .rolledBack || stage.decision?.value == .rollBack {
        deployments[last].status = .rolledBack
      }
      isOver =
        stage.decision?.value == .complete || [.failed, .rolledBack].contains(deployments[last].status)
    }
    // What is still to come in this environment belongs to the rollout that is under way.
    if !isOver, record.status.value == .rollingOut, stages.count > begun.count, let last = deployments.indices.last {
      deployments[last].ended = nil
      deployments[last].status = .running
    }
    return deployments
  }

  /// The release itself, for a product that nobody deploys.
  private func released(_ draft: ReleaseDraft) -> Deployment? {
    guard draft.status.hasShipped, !draft.version.isPreRelease, let released = draft.released,
      released.value.start(in: zone) <= asOf
    else { return nil }
    let at = released.value.start(in: zone)
    let isTakenBack = draft.status == .rolledBack || draft.status == .withdrawn
    return Deployment(
      of: id(draft), to: "", started: at, ended: at, status: isTakenBack ? .rolledBack : .succeeded, origin: .release,
      at: draft.location)
  }

  // MARK: Events

  private struct Place: Hashable {
    var draft: Int
    var environment: String
  }

  private func add(
    _ steps: [EventSubjects.Step], to part: inout DeliveryHistory.Part, into report: inout Report
  ) {
    let positions = positions
    var known: [Place: [Int]] = [:]
    for (index, deployment) in part.deployments.enumerated() {
      guard let draft = positions[deployment.release.version] else { continue }
      known[Place(draft: draft, environment: deployment.environment), default: []].append(index)
    }
    // They come in time's order, so of those that only events tell of the newest is the one to join.
    var latest: [Place: Int] = [:]
    for step in steps {
      let at = step.event.at
      let version = product.drafts[step.draft].version.text
      if step.event.kind == .serviceRolledBack {
        part.rollBacks.append(
          RollBack(of: product.product.id, in: step.environment, at: at, to: version))
        continue
      }
      let place = Place(draft: step.draft, environment: step.environment)
      let same = known[place] ?? []
      if let index = same.first(where: {
        part.deployments[$0].started <= at && at <= (part.deployments[$0].ended ?? asOf)
      }) ?? latest[place].flatMap({ part.deployments[$0].started == at ? $0 : nil }) {
        part.deployments[index].events += 1
        continue
      }
      if let near = same.first(where: { isNear(at, part.deployments[$0]) }) {
        let recorded = part.deployments[near]
        report.warning(
          .contradictingEvent,
          "`\(product.product.id)` `\(version)` reached `\(step.environment)` at \(at.iso), outside of the rollout "
            + "that its record tells of",
          at: step.location, notes: [Diagnostic.Note("the record says", at: recorded.location)],
          help: "correct the stage; until then these are two deployments")
      }
      var deployment = Deployment(
        of: ReleaseID(product: product.product.id, version: version), to: step.environment, started: at, ended: at,
        status: .succeeded, origin: .event, at: step.location)
      deployment.events = 1
      latest[place] = part.deployments.count
      part.deployments.append(deployment)
    }
  }

  /// Whether an event was probably meant to be the recorded rollout: less than a day away from it.
  private func isNear(_ moment: Moment, _ deployment: Deployment) -> Bool {
    deployment.origin == .record && moment.seconds > deployment.started.seconds - 86_400
      && moment.seconds < (deployment.ended ?? asOf).seconds + 86_400
  }

  /// Their places in order, for deployments are costly to move.
  private func inOrder(_ deployments: [Deployment], by precedes: (Deployment, Deployment) -> Bool) -> [Int] {
    deployments.indices.sorted { precedes(deployments[$0], deployments[$1]) }
  }

  // MARK: Ways back

  /// Takes what only leads back to an older version out of the deployments, and marks what was left.
  private func sortOutReturns(in part: inout DeliveryHistory.Part) {
    let positions = positions
    let told = part.rollBacks
    let order = inOrder(part.deployments) { a, b in
      a.started != b.started ? a.started < b.started : Deployment.isBefore(a, b)
    }
    var seen: [String: Set<Int>] = [:]
    var current: [String: Int] = [:]
    var returns = Set<Int>()
    var next = 0
    func leave(_ environment: String, by moment: Moment, to draft: Int?) {
      guard let index = current[environment], part.deployments[index].ended ?? moment <= moment,
        positions[part.deployments[index].release.version] != draft
      else { return }
      part.deployments[index].status = .rolledBack
      part.deployments[index].ended = part.deployments[index].ended ?? moment
    }
    for index in order {
      let deployment = part.deployments[index]
      while next < told.count, told[next].at <= deployment.started {
        leave(told[next].environment, by: told[next].at, to: told[next].version.flatMap { positions[$0] })
        next += 1
      }
      guard let draft = positions[deployment.release.version] else { continue }
      let environment = deployment.environment
      if let running = current[environment].flatMap({ positions[part.deployments[$0].release.version] }),
        draft < running, seen[environment]?.contains(draft) == true
      {
        returns.insert(index)
        leave(environment, by: deployment.started, to: draft)
        part.rollBacks.append(
          RollBack(
            of: product.product.id, in: environment, at: deployment.ended ?? deployment.started,
            to: deployment.release.version))
      }
      seen[environment, default: []].insert(draft)
      current[environment] = index
    }
    for rollBack in told[next...] {
      leave(rollBack.environment, by: rollBack.at, to: rollBack.version.flatMap { positions[$0] })
    }
    guard !returns.isEmpty else { return }
    part.deployments = part.deployments.indices.filter { !returns.contains($0) }.map { part.deployments[$0] }
  }

  /// The ways back that records tell of.
  private func executed(in deployments: [Deployment]) -> [RollBack] {
    var rollBacks: [RollBack] = []
    let drafts = product.drafts.span
    for place in drafts.indices {
      guard let rollback = drafts[place].record?.rollback, let executed = rollback.executed else { continue }
      let version = drafts[place].version.text
      for deployment in deployments where deployment.release.version == version && deployment.status == .rolledBack {
        rollBacks.append(
          RollBack(
            of: product.product.id, in: deployment.environment, at: executed.value.end(in: zone),
            to: rollback.to?.value))
      }
    }
    return rollBacks
  }
}
