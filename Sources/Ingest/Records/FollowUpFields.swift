import Diagnostics
import Model

enum RunbookFields {
  static let task = Field("task", .text, "What is to be done.", required: true)
  static let owner = Field("owner", .person, "Who does it.")
  static let done = Field("done", .when, "When it was done; null while it is not.")

  static let shape = Shape("runbook task", "One task of the release day.", [task, owner, done]) {
    fields -> RunbookTask? in
    guard let task = fields.value(task) else { return nil }
    var value = RunbookTask(task: task, at: fields.location)
    value.owner = fields[owner]
    value.done = fields[done]
    return value
  }
}

enum CommunicationFields {
  static let to = Field("to", .text, "Who was told.", required: true, example: "customers")
  static let channel = Field("channel", .text, "How.", example: "status page")
  static let at = Field("at", .when, "When.")
  static let by = Field("by", .person, "By whom.")

  static let shape = Shape("communication", "Somebody who was told of the release.", [to, channel, at, by]) {
    fields -> Communication? in
    guard let to = fields.value(to) else { return nil }
    var value = Communication(to: to, at: fields.location)
    value.channel = fields.value(channel)
    value.at = fields[at]
    value.by = fields[by]
    return value
  }
}

enum ValidationFields {
  static let at = Field("at", .when, "When it was validated; default: when the last of its checks was made.")
  static let by = Field("by", .person, "By whom.")
  static let checks = Field("checks", .list(of: CheckFields.shape), "What was looked at.")
  static let errorBudgetLeft = Field(
    "error_budget_left", .text, "What was left of the error budget.", example: "'82 %'")
  static let observedUntil = Field("observed_until", .when, "Until when it is watched.")

  static let shape = Shape(
    "validation", "What was checked after the release.", [at, by, checks, errorBudgetLeft, observedUntil]
  ) { fields -> Validation? in
    var validation = Validation(at: fields.location)
    validation.by = fields[by]
    validation.checks = fields.values(checks)
    // So that several jobs can each add their checks, and none of them closes the validation for the others.
    let last = validation.checks.compactMap(\.at).max { $0.value.start(in: .utc) < $1.value.start(in: .utc) }
    validation.at = fields[at] ?? last
    validation.errorBudgetLeft = fields.value(errorBudgetLeft)
    validation.observedUntil = fields[observedUntil]
    return validation
  }
}

enum CheckFields {
  static let name = Field("name", .text, "What was checked.", required: true, example: "smoke")
  static let status = Field("status", .choice(Validation.Check.Status.self), "What came out.")
  static let at = Field("at", .when, "When.")

  static let shape = Shape("check", "One check of a validation.", [name, status, at]) { fields -> Validation.Check? in
    guard let name = fields.value(name) else { return nil }
    var check = Validation.Check(name: name)
    check.status = fields[status]
    check.at = fields[at]
    return check
  }
}

enum ReviewFields {
  static let at = Field("at", .when, "When it was held.")
  static let by = Field("by", .person, "Who led it.")
  static let wentWell = Field("went_well", .text, "What went well.")
  static let improve = Field("improve", .text, "What to do better.")
  static let actions = Field("actions", .list(of: ActionFields.shape), "What was promised.")

  static let shape = Shape("review", "A look back at the release.", [at, by, wentWell, improve, actions]) {
    fields -> Review? in
    var review = Review(at: fields.location)
    review.at = fields[at]
    review.by = fields[by]
    review.wentWell = fields.value(wentWell)
    review.improve = fields.value(improve)
    review.actions = fields.values(actions)
    return review
  }
}

enum ActionFields {
  static let text = Field("text", .text, "What is to be done.", required: true)
  static let owner = Field("owner", .person, "Who promised it.")
  static let due = Field("due", .when, "By when.")
  static let done = Field("done", .when, "When it was done; null while it is not.")

  static let shape = Shape("action", "Something promised after a review or an incident.", [text, owner, due, done]) {
    fields -> FollowUpAction? in
    guard let text = fields.value(text) else { return nil }
    var action = FollowUpAction(text: text, at: fields.location)
    action.owner = fields[owner]
    action.due = fields[due]
    action.done = fields[done]
    return action
  }
}
