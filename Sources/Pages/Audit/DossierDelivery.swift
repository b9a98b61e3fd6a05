import Diagnostics
import Model
import Templates

/// How a release went out: stages, environments, the way back, the runbook, who was told.
struct DossierDelivery {
  let scope: PageScope
  let facts: ProductFacts
  let release: Release

  private func environment(_ id: String) -> String {
    scope.edition.site.environments.first { $0.id == id }.map { $0.name + ($0.isProduction ? " (production)" : "") }
      ?? id
  }

  /// The strategy and the stages; null when nobody recorded one.
  var rollout: Value {
    guard let rollout = release.rollout else { return .null }
    var table = Table(
      "Stages",
      [.init("Stage"), .init("Result"), .init("Started"), .init("Finished"), .init("Criteria"), .init("Decision")])
    for (index, stage) in rollout.stages.enumerated() {
      let share = stage.share.map { "\(Wording.decimal($0.value)) %" }
      table.add([
        Cell("\(index + 1). \(environment(stage.environment.value))", notes: [stage.scope, share].compactMap { $0 }),
        Cell(stage.status?.value.rawValue, chip: stage.status?.value.rawValue), scope.cell(stage.started),
        scope.cell(stage.finished).marked(stage.baked.map { "baked \($0.value.words)" }), criteria(of: stage),
        Cell(stage.decision?.value.rawValue),
      ])
    }
    return ["strategy": .text(rollout.strategy?.value.rawValue ?? "not stated"), "stages": table.value]
  }

  private func criteria(of stage: Rollout.Stage) -> Cell {
    let lines = stage.criteria.map { criterion in
      "\(criterion.metric): \(criterion.observed ?? "not observed")" + (criterion.limit.map { ", limit \($0)" } ?? "")
    }
    guard let first = lines.first else { return Cell("none stated", style: "none") }
    return lines.count == 1 ? Cell(first) : .message(lines.joined(separator: "\n"))
  }

  var environments: Value {
    var table = Table(
      "Environments", [.init("Environment"), .init("Image"), .init("Configuration"), .init("Difference explained")])
    for state in release.environments {
      table.add([
        Cell(environment(state.id.value)), .code(state.image), .code(state.config),
        Cell(state.difference ?? "none stated", style: state.difference == nil ? "none" : nil),
      ])
    }
    return table.value
  }

  var rollback: Value {
    guard let rollback = release.rollback else { return .null }
    var terms = Terms()
    if let plan = rollback.plan {
      let guide = scope.edition.guide(inFile: plan.value)
      terms.add("Plan", Cell(guide?.title ?? plan.value, link: guide.map { scope.link(to: .guide($0.id)) } ?? .null))
    } else {
      terms.add("Plan", nil as String?)
    }
    terms.add("Back to", scope.cell(version: rollback.to?.value, of: facts))
    terms.add("Triggers", rollback.triggers.map { Cell($0) })
    terms.add("Data", rollback.data?.rawValue)
    terms.add("Backup taken", scope.cell(rollback.backupTaken))
    if let evidence = rollback.backupEvidence {
      terms.add("Evidence of it", scope.cell(evidence: evidence.value, of: release))
    }
    terms.add(
      "Carried out", rollback.executed.map { scope.cell($0) } ?? Cell("no", style: "none"))
    return ["terms": terms.value]
  }

  var runbook: Value {
    var table = Table("Runbook", [.init("Task"), .init("Owner"), .init("Done")])
    for task in release.runbook {
      table.add([
        Cell(task.task), scope.cell(task.owner), task.done.map { scope.cell($0) } ?? Cell("not done", chip: "open"),
      ])
    }
    return table.value
  }

  var communication: Value {
    var table = Table("Communication", [.init("To"), .init("By way of"), .init("When"), .init("By")])
    for entry in release.communication {
      table.add([Cell(entry.to), Cell(entry.channel), scope.cell(entry.at), scope.cell(entry.by)])
    }
    return table.value
  }
}

/// What came after a release went out: validation, review, incidents, amendments.
struct DossierAftermath {
  let scope: PageScope
  let facts: ProductFacts
  let release: Release

  var validation: Value {
    guard let validation = release.validation else { return .null }
    var terms = Terms()
    terms.add("Validated", scope.cell(validation.at))
    terms.add("By", scope.cell(validation.by))
    terms.add("Error budget left", validation.errorBudgetLeft)
    terms.add("Observed until", scope.cell(validation.observedUntil))
    return ["terms": terms.value]
  }

  var checks: Value {
    var table = Table("Checks after the release", [.init("Check"), .init("Result"), .init("When")])
    for check in release.validation?.checks ?? [] {
      table.add([
        Cell(check.name), Cell(check.status?.value.rawValue, chip: check.status?.value.rawValue), scope.cell(check.at),
      ])
    }
    return table.value
  }

  var review: Value {
    guard let review = release.review else { return .null }
    var terms = Terms()
    terms.add("Reviewed", scope.cell(review.at))
    terms.add("By", scope.cell(review.by))
    terms.add("Went well", review.wentWell)
    terms.add("To improve", review.improve)
    return ["terms": terms.value]
  }

  var actions: Value { scope.actions(release.review?.actions ?? [], "Actions of the review") }

  var incidents: Value {
    var table = Table(
      "Incidents", [.init("Incident"), .init("Severity"), .init("Began"), .init("Resolved"), .init("This release")])
    for incident in scope.edition.incidents(near: release) {
      var parts: [String] = []
      if case .release(let product, let version)? = incident.causedBy, isThis(product.value, version.value) {
        parts.append("caused it")
      }
      if let recovery = incident.recoveredBy, isThis(recovery.product?.value, recovery.version?.value) {
        parts.append("ended it" + (recovery.how.map { " (\($0.rawValue))" } ?? ""))
      }
      if case .incident(let id)? = release.cause, id.value == incident.id, parts.isEmpty {
        parts.append("is because of it")
      }
      guard !parts.isEmpty else { continue }
      table.add([
        scope.cell(incident), Cell(incident.severity?.rawValue), scope.cell(incident.began),
        scope.cell(incident.resolved), Cell(parts.joined(separator: ", ")),
      ])
    }
    return table.value
  }

  private func isThis(_ product: String?, _ version: String?) -> Bool {
    version == release.version.text
      && product.map { scope.edition.product(named: $0)?.product.id == facts.product.id } ?? true
  }

  var amendments: Value {
    var table = Table("Amendments", [.init("When"), .init("By"), .init("What"), .init("Why")])
    for amendment in release.amendments {
      table.add([
        scope.cell(amendment.at), scope.cell(amendment.by),
        Cell(amendment.fields.map(\.value).joined(separator: ", ").nonEmpty), Cell(amendment.reason),
      ])
    }
    return table.value
  }
}

extension PageScope {
  /// What somebody promised to do, and whether it was done in time.
  func actions(_ actions: [FollowUpAction], _ label: String) -> Value {
    var table = Table(label, [.init("Action"), .init("Owner"), .init("Due"), .init("Done")])
    for action in actions {
      let open = edition.isOverdue(action) ? Cell("overdue", chip: "failed") : Cell("open", chip: "open")
      table.add([Cell(action.text), cell(action.owner), cell(action.due), action.done.map { cell($0) } ?? open])
    }
    return table.value
  }
}
