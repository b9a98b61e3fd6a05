package import Diagnostics

/// A text that the content holds, with the place of what it belongs to.
package struct HeldText: Hashable, Sendable {
  package let text: String
  package let location: SourceLocation
}

extension Ledger {
  /// Every text that people wrote and a page might show, internal ones included.
  ///
  /// - Parameter slices: How many slices of work to make at most.
  package func heldTexts(slices: Int) async -> [HeldText] {
    let parts = await inSlices(of: shelves.count, slices: slices) { range in
      gathered { add, addProse in
        for shelf in shelves[range] {
          addProse(shelf.product.summary, shelf.product.location)
          for place in shelf.releases.indices { addTexts(of: shelf.releases[place], add: add, addProse: addProse) }
        }
      }
    }
    return parts.flatMap { $0 } + gathered { add, addProse in addOtherTexts(add: add, addProse: addProse) }
  }

  private func addOtherTexts(
    add: (String?, SourceLocation) -> Void, addProse: (Prose?, SourceLocation) -> Void
  ) {
    for fragment in fragments {
      for prose in [fragment.change.text, fragment.change.action, fragment.change.impact] {
        addProse(prose, fragment.change.location)
      }
    }
    for incident in incidents {
      for text in [incident.title, incident.customerImpact] { add(text, incident.location) }
      for action in incident.actions { add(action.text, action.location) }
      for report in incident.reports { add(report.to, incident.location) }
      addProse(incident.postmortem, incident.location)
    }
    for exercise in exercises { add(exercise.findings, exercise.location) }
    for flag in flags { for text in [flag.reason, flag.monitoredBy] { add(text, flag.location) } }
    for freeze in calendar.freezes {
      for text in [freeze.name, freeze.reason] + freeze.exceptions.map(\.reason) { add(text, freeze.location) }
    }
    for window in calendar.windows { for text in [window.name, window.agreement] { add(text, window.location) } }
    for train in calendar.trains {
      for text in [train.name] + train.milestones.map(\.name) { add(text, train.location) }
    }
    for milestone in calendar.milestones { add(milestone.name, milestone.location) }
    for page in pages {
      for text in [page.title, page.summary] { add(text, page.location) }
      addProse(page.body, page.location)
    }
    addPolicyTexts(add: add)
  }

  private func addTexts(
    of release: Release, add: (String?, SourceLocation) -> Void, addProse: (Prose?, SourceLocation) -> Void
  ) {
    let place = release.location
    add(release.title, place)
    addProse(release.summary, place)
    addProse(release.notes?.prose, release.notes?.location ?? place)
    // By index, for a copy of each change would cost more than all else here.
    for index in release.changes.indices {
      let location = release.changes[index].location
      addProse(release.changes[index].text, location)
      addProse(release.changes[index].action, location)
      addProse(release.changes[index].impact, location)
    }
    for vulnerability in release.security { addProse(vulnerability.summary, vulnerability.location) }
    for issue in release.knownIssues {
      addProse(issue.text, issue.location)
      addProse(issue.workaround, issue.location)
    }
    for entry in [release.reason, release.securityImpact].compactMap({ $0 }) + release.riskFactors {
      add(entry.value, entry.location)
    }
    add(release.standardChange, place)
    if let build = release.build {
      for text in [build.id, build.url, build.runner, build.reproducible] { add(text, build.location) }
    }
    for label in release.labels { add(label, place) }
    for dependency in release.dependsOn { add(dependency.version, dependency.location) }
    add(release.upgrade.from, place)
    for entry in release.evidence {
      for text in [entry.statement, entry.tool, entry.url] { add(text, entry.location) }
      guard entry.audience == .internal, let file = evidence[release.id, entry.id.value]?.file else { continue }
      addOpinions(in: file.payload, at: entry.location, add: add)
    }
    for acceptance in release.acceptance { add(acceptance.criterion, acceptance.location) }
    for approval in release.approvals {
      for text in [approval.conditions, approval.comment, approval.reference] { add(text, approval.location) }
    }
    for environment in release.environments { add(environment.difference, environment.location) }
    for trigger in release.rollback?.triggers ?? [] { add(trigger, release.rollback?.location ?? place) }
    for task in release.runbook { add(task.task, task.location) }
    if let review = release.review {
      for text in [review.wentWell, review.improve] + review.actions.map(\.text) { add(text, review.location) }
    }
    for gate in release.gates { add(gate.reason, gate.location) }
    for amendment in release.amendments { add(amendment.reason, amendment.location) }
    addDeliveryTexts(of: release, add: add)
  }

  /// What people wrote into files of evidence; what tools wrote is theirs, and stands in the same words elsewhere.
  private func addOpinions(
    in payload: EvidencePayload, at place: SourceLocation, add: (String?, SourceLocation) -> Void
  ) {
    func addWords(of statements: [VEXStatement]) {
      for statement in statements { for text in [statement.impact, statement.action] { add(text, place) } }
    }
    switch payload {
    case .vex(let document): addWords(of: document.statements)
    case .components(let list): addWords(of: list.statements)
    case .findings(let report): for finding in report.findings { add(finding.suppression?.justification, place) }
    case .vulnerabilities(let scan): for found in scan.vulnerabilities { add(found.suppression?.reason, place) }
    case .reviews(let export): for change in export.changes { add(change.title, place) }
    default: break
    }
  }

  private func addPolicyTexts(add: (String?, SourceLocation) -> Void) {
    for waiver in policy.waivers {
      for text in [waiver.reason, waiver.compensating, waiver.reference] { add(text, waiver.location) }
    }
    func addTexts(of value: Located<PolicyValue>) {
      switch value.value {
      case .null: break
      case .scalar(let text): add(text, value.location)
      case .list(let values): for value in values { addTexts(of: value) }
      case .mapping(let entries): for entry in entries { addTexts(of: entry.value) }
      }
    }
    // Those of the packs are everybody's.
    for file in policy.files where file.pack == nil {
      for variant in file.rules.lazy.flatMap(\.variants) {
        for entry in variant.parameters { addTexts(of: entry.value) }
      }
    }
  }

  private func addDeliveryTexts(of release: Release, add: (String?, SourceLocation) -> Void) {
    for artifact in release.artifacts {
      for text in [artifact.name, artifact.url, artifact.purl] { add(text, artifact.location) }
    }
    for entry in release.compatibility { for text in [entry.name, entry.versions] { add(text, release.location) } }
    for stage in release.rollout?.stages ?? [] {
      add(stage.scope, stage.location)
      for criterion in stage.criteria {
        for text in [criterion.metric, criterion.limit, criterion.observed] { add(text, stage.location) }
      }
    }
    for entry in release.communication { for text in [entry.to, entry.channel] { add(text, entry.location) } }
    if let validation = release.validation {
      for text in validation.checks.map(\.name) + [validation.errorBudgetLeft] { add(text, validation.location) }
    }
  }
}

/// The texts that a walk comes upon.
private func gathered(
  _ walk: (_ add: (String?, SourceLocation) -> Void, _ addProse: (Prose?, SourceLocation) -> Void) -> Void
) -> [HeldText] {
  var texts: [HeldText] = []
  func add(_ text: String?, _ location: SourceLocation) {
    // What is shorter cannot hold the eight words that a leak takes.
    if let text, text.utf8.count >= 15 { texts.append(HeldText(text: text, location: location)) }
  }
  walk(add) { prose, location in
    guard let prose else { return }
    add(prose.whole.plainText, location)
    if let open = prose.open { add(open.plainText, location) }
  }
  return texts
}
