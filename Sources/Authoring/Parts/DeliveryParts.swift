import Diagnostics
package import Ingest
package import Model

// How a release reached its environments, and what came after.
extension Part {
  package struct StageWords: Sendable {
    package var environment: String
    package var status = Rollout.Stage.Status.succeeded
    package var strategy: Rollout.Strategy?
    package var scope: String?
    /// In per cent, as it was typed.
    package var share: String?
    package var started: When?
    package var finished: When?
    /// As it was typed, such as `PT2H`.
    package var baked: String?
    package var criteria: [(metric: String, limit: String, observed: String)] = []
    package var decision: Rollout.Stage.Decision?

    package init(to environment: String) {
      self.environment = environment
    }
  }

  /// A stage of the rollout.
  /// - Parameter at: When it ended or, for one that still runs, began.
  package static func deployment(_ words: StageWords, at: When, onto record: ReleaseRecord) throws(Refusal) -> Part {
    let isOver = words.status != .planned && words.status != .running
    let criteria = words.criteria.map { criterion in
      YAMLValue.mapping([
        YAMLField("metric", .text(criterion.metric)), YAMLField("limit", .text(criterion.limit)),
        YAMLField("observed", .text(criterion.observed)),
      ])
    }
    let stage = [
      YAMLField("environment", .text(words.environment)), YAMLField(text: "scope", words.scope),
      YAMLField(word: "share", words.share),
      YAMLField("started", .word((words.started ?? at).iso)),
      YAMLField(word: "finished", isOver ? (words.finished ?? at).iso : words.finished?.iso),
      YAMLField(word: "baked", words.baked), YAMLField("status", .word(words.status.rawValue)),
      criteria.isEmpty ? nil : YAMLField("criteria", .list(criteria)),
      YAMLField(word: "decision", words.decision?.rawValue),
    ]
    let strategy = try unsaid(
      words.strategy?.rawValue, record.rollout?.strategy.map { Located($0.value.rawValue, at: $0.location) },
      "the strategy", flag: "--strategy")
    return Part(
      .deployment, at: words.started ?? at,
      [.mapping("rollout", [YAMLField(word: "strategy", strategy), .entry(of: "stages", stage)])])
  }

  /// What a record does not say yet, and may say only once.
  /// - Returns: `nil` where it says the same already.
  private static func unsaid(
    _ wanted: String?, _ known: Located<String>?, _ noun: String, flag: String
  ) throws(Refusal) -> String? {
    guard let wanted, let known else { return wanted }
    guard wanted == known.value else {
      throw Refusal(
        "\(noun) is \(known.value) already, as \(known.location.file):\(known.location.line) says",
        help: "leave `\(flag)` out, or change it there")
    }
    return nil
  }

  package static func environment(
    _ id: String, config: String?, image: String?, difference: String?, at: When, onto record: ReleaseRecord
  ) throws(Refusal) -> Part {
    if let known = record.environments.first(where: { $0.id.value == id }) {
      throw Refusal(
        "what `\(id)` runs on is recorded already, at \(known.location.file):\(known.location.line)",
        help: "correct it there; what runs there after another release belongs to that one")
    }
    guard config != nil || image != nil || difference != nil else {
      throw Refusal("nothing is said of `\(id)`", help: "give `--config`, `--image` or `--difference`")
    }
    return Part(
      .environment, at: at,
      [
        .entry(
          of: "environments",
          [
            YAMLField("id", .text(id)), YAMLField(text: "config", config), YAMLField(text: "image", image),
            YAMLField(text: "difference", difference),
          ])
      ])
  }

  package static func communication(to audience: String, channel: String?, by: String?, at: When) -> Part {
    Part(
      .communication, at: at,
      [
        .entry(
          of: "communication",
          [
            YAMLField("to", .text(audience)), YAMLField(text: "channel", channel), YAMLField("at", .word(at.iso)),
            YAMLField(text: "by", by),
          ])
      ])
  }

  package struct ValidationWords: Sendable {
    package var checks: [(name: String, status: Validation.Check.Status)]
    package var by: String?
    package var errorBudgetLeft: String?
    package var observedUntil: When?

    package init(checks: [(name: String, status: Validation.Check.Status)]) {
      self.checks = checks
    }
  }

  /// Each check says when it was made, and nothing says when all was: so several jobs can add theirs.
  package static func validation(
    _ words: ValidationWords, at: When, onto record: ReleaseRecord
  ) throws(Refusal) -> Part {
    let known = record.validation
    let left = known?.errorBudgetLeft.map { Located($0, at: known?.location ?? record.location) }
    let by = try unsaid(words.by, known?.by, "whoever answers for all of it", flag: "--by")
    let errorBudgetLeft = try unsaid(
      words.errorBudgetLeft, left, "what was left of the error budget", flag: "--error-budget-left")
    let observedUntil = try unsaid(
      words.observedUntil?.iso, known?.observedUntil.map { Located($0.value.iso, at: $0.location) },
      "the end of the watch", flag: "--observed-until")
    let checks = words.checks.map { check in
      YAMLValue.mapping([
        YAMLField("name", .text(check.name)), YAMLField("status", .word(check.status.rawValue)),
        YAMLField("at", .word(at.iso)),
      ])
    }
    return Part(
      .validation, at: at,
      [
        .mapping(
          "validation",
          [
            YAMLField(text: "by", by), YAMLField("checks", .list(checks)),
            YAMLField(text: "error_budget_left", errorBudgetLeft),
            YAMLField(word: "observed_until", observedUntil),
          ])
      ])
  }

  package struct ReviewWords: Sendable {
    package var by: String?
    package var wentWell: String?
    package var improve: String?
    package var actions: [(owner: String, due: When, text: String)] = []

    package init() {}
  }

  package static func review(_ words: ReviewWords, at: When, onto record: ReleaseRecord) throws(Refusal) -> Part {
    let actions = words.actions.map { action in
      YAMLValue.mapping([
        YAMLField("text", .text(action.text)), YAMLField("owner", .text(action.owner)),
        YAMLField("due", .word(action.due.iso)),
      ])
    }
    let list = actions.isEmpty ? nil : YAMLField("actions", .list(actions))
    guard words.wentWell != nil || words.improve != nil || list != nil else {
      throw Refusal("the review says nothing", help: "give `--went-well`, `--improve` or `--action`")
    }
    guard let review = record.review, review.at != nil else {
      return Part(
        .review, at: at,
        [
          .mapping(
            "review",
            [
              YAMLField("at", .word(at.iso)), YAMLField(text: "by", words.by),
              YAMLField(text: "went_well", words.wentWell), YAMLField(text: "improve", words.improve), list,
            ])
        ])
    }
    guard words.wentWell == nil, words.improve == nil, let list else {
      throw Refusal(
        "there is a review already, at \(review.location.file):\(review.location.line)",
        help: "add to it there; only an `--action` can be added from here")
    }
    return Part(.review, at: at, [.mapping("review", [list])])
  }
}
