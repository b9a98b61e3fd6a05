import Diagnostics
import Model

enum RolloutFields {
  static let strategy = Field("strategy", .choice(Rollout.Strategy.self), "How it reaches its environments.")
  static let stages = Field("stages", .list(of: StageFields.shape), "One after the other.")

  static let shape = Shape("rollout", "How the release reached its environments.", [strategy, stages]) {
    fields -> Rollout? in
    var rollout = Rollout(at: fields.location)
    rollout.strategy = fields[strategy]
    rollout.stages = fields.values(stages)
    return rollout
  }
}

enum StageFields {
  static let environment = Field("environment", .environment, "Where.", required: true, example: "production")
  static let scope = Field("scope", .text, "For whom, in words.", example: "5 % of accounts")
  static let share = Field("share", .percentage, "For whom, in per cent.", example: "5")
  static let started = Field("started", .when, "When it began.")
  static let finished = Field("finished", .when, "When it was through.")
  static let baked = Field("baked", .duration, "How long it was watched before the decision.", example: "PT2H")
  static let status = Field("status", .choice(Rollout.Stage.Status.self), "How it went.")
  static let criteria = Field("criteria", .list(of: CriterionFields.shape), "What was watched.")
  static let decision = Field("decision", .choice(Rollout.Stage.Decision.self), "What was decided then.")

  static let shape = Shape(
    "stage", "One step of a rollout.",
    [environment, scope, share, started, finished, baked, status, criteria, decision],
    constraint: { fields, report in order(fields[started], fields[finished], "a stage", into: &report) }
  ) { fields -> Rollout.Stage? in
    guard let environment = fields[environment] else { return nil }
    var stage = Rollout.Stage(environment: environment, at: fields.location)
    stage.scope = fields.value(scope)
    stage.share = fields[share]
    stage.started = fields[started]
    stage.finished = fields[finished]
    stage.baked = fields[baked]
    stage.status = fields[status]
    stage.criteria = fields.values(criteria)
    stage.decision = fields[decision]
    return stage
  }
}

enum CriterionFields {
  static let metric = Field("metric", .text, "What was measured.", required: true, example: "error rate")
  static let limit = Field("limit", .text, "What it had to be.", example: "'< 1 %'")
  static let observed = Field("observed", .text, "What it was.", example: "'0.3 %'")

  static let shape = Shape("criterion", "What was watched during a stage.", [metric, limit, observed]) {
    fields -> Rollout.Criterion? in
    guard let metric = fields.value(metric) else { return nil }
    var criterion = Rollout.Criterion(metric: metric)
    criterion.limit = fields.value(limit)
    criterion.observed = fields.value(observed)
    return criterion
  }
}

enum RollbackFields {
  static let plan = Field("plan", .path, "The page that says how.", example: "content/pages/rollback.md")
  static let triggers = Field("triggers", .list(of: .text), "What would make us go back.")
  static let to = Field("to", .version, "To which version.")
  static let data = Field("data", .choice(Rollback.DataPath.self), "What becomes of data written meanwhile.")
  static let backup = Field("backup", .shape(BackupFields.shape), "The backup that was taken before.")
  static let executed = Field("executed", .when, "When it was rolled back; null while it was not.")

  static let shape = Shape("rollback", "The way back.", [plan, triggers, to, data, backup, executed]) {
    fields -> Rollback? in
    var rollback = Rollback(at: fields.location)
    rollback.plan = fields[plan]
    rollback.triggers = fields.values(triggers)
    rollback.to = fields[to]
    rollback.data = fields.value(data)
    let backup = fields.value(backup)
    rollback.backupTaken = backup?[BackupFields.taken]
    rollback.backupEvidence = backup?[BackupFields.evidence]
    rollback.executed = fields[executed]
    return rollback
  }
}

enum BackupFields {
  static let taken = Field("taken", .when, "When it was taken.")
  static let evidence = Field("evidence", .text, "What shows it: the id of evidence in this record, or words.")

  static let shape = Shape("backup", "The backup taken before a rollout.", [taken, evidence]) { $0 }
}

/// Reports a pair of which the second is earlier; days are compared as days, so that a day may hold a moment.
func order(_ begin: Located<When>?, _ end: Located<When>?, _ noun: String, into report: inout Report) {
  guard let begin, let end else { return }
  let isBackwards: Bool
  switch (begin.value, end.value) {
  case (.moment(let begin), .moment(let end)): isBackwards = end < begin
  case (.day(let begin), .day(let end)): isBackwards = end < begin
  // Which zone the day is in is not known here, so that a day more is allowed.
  case (.day(let begin), .moment(let end)): isBackwards = end.utcDate + 1 < begin
  case (.moment(let begin), .day(let end)): isBackwards = end + 1 < begin.utcDate
  }
  guard isBackwards else { return }
  report.error(
    .endsBeforeBegin, "\(noun) ends before it begins", at: end.location,
    notes: [Diagnostic.Note("it begins", at: begin.location)], help: "correct or swap the two")
}
