import Diagnostics
import Model

extension Rule {
  private static let strategies = Parameter<[Located<String>]>.ids(
    "strategies", "The strategies that are allowed; all when empty.")
  private static let bake = Parameter<TimeSpan?>.duration(
    "min_bake", "How long each production stage but the last must be watched.")

  static let rolloutStaged = Rule(
    "rollout-staged",
    title: "it reached customers step by step, and each step was good before the next",
    why: """
      A fault that reaches five customers in a hundred and is noticed there costs little; the figures that were to be \
      watched only help if somebody looks at them before going on.
      """,
    appliesTo: "Releases that are deployed by their makers: services, and whatever has a stage in production.",
    fix: """
      Record each stage with `share`, `baked`, `criteria` with `limit` and `observed`, and the `decision`. Do not go on \
      while a limit is not met.
      """,
    due: .after { $0.subject.released }, parameters: [strategies, bake],
    bad: RuleExample(
      """
      status: released
      released: 2026-10-21T09:42Z
      rollout:
        strategy: canary
        stages:
          - environment: production
            share: 5
            started: 2026-10-20T09:00Z
            status: succeeded
            criteria: [{metric: error rate, limit: '< 1 %', observed: '2.5 %'}]
            decision: expand
          - {environment: production, share: 100, started: 2026-10-21T09:00Z, status: succeeded, decision: complete}
      """, fault: "environment: production\n"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-21T09:42Z
      rollout:
        strategy: canary
        stages:
          - environment: production
            share: 5
            started: 2026-10-20T09:00Z
            status: succeeded
            criteria: [{metric: error rate, limit: '< 1 %', observed: '0.3 %'}]
            decision: expand
          - {environment: production, share: 100, started: 2026-10-21T09:00Z, status: succeeded, decision: complete}
      """)
  ) { release in
    guard release.isDeployed else { return .notApplicable("its makers do not deploy it") }
    guard let rollout = release.release.rollout, !release.subject.productionStages.isEmpty else {
      return .failed(
        "\(release.name) does not say how it reached production",
        at: release.release.rollout?.location ?? release.place,
        help: "add `rollout` with its stages")
    }
    var check = RolloutCheck(release)
    check.strategy(rollout, among: release[strategies])
    check.canary(rollout)
    check.stages(release.subject.productionStages, bake: release[bake])
    if !check.problems.isEmpty { return .failed(check.problems) }
    if let doubt = check.doubt {
      return .unverifiable(doubt, need: "write both as a number with the same unit, such as `< 1 %` and `0.3 %`")
    }
    if !check.missing.isEmpty {
      return release.release.status == .rollingOut ? .pending(until: nil, check.missing[0]) : .failed(check.missing)
    }
    return .passed(
      release.subject.productionStages.map { stage in
        let share = stage.share.map { " at \($0.value.formattedShare) %" } ?? ""
        let words =
          switch (stage.status?.value, stage.decision?.value) {
          case (.rolledBack, _), (_, .rollBack): "was taken back"
          case (.failed, _), (_, .hold): "went no further"
          default: "was good"
          }
        return Reason("the stage in `\(stage.environment.value)`\(share) \(words)", at: stage.location)
      })
  }
}

/// Goes through the stages of a rollout, and collects what is wrong, what is missing and what nobody can compute.
private struct RolloutCheck {
  private let release: RuleCase
  var problems: [Reason] = []
  var missing: [Reason] = []
  var doubt: Reason?

  init(_ release: RuleCase) { self.release = release }

  mutating func strategy(_ rollout: Rollout, among allowed: [Located<String>]) {
    guard !allowed.isEmpty else { return }
    let list = allowed.map { "`\($0.value)`" }.joined(separator: ", ")
    guard let strategy = rollout.strategy else {
      return problems.append(
        Reason(
          "the rollout of \(release.name) names no strategy", at: rollout.location,
          help: "add `strategy`, one of \(list)"))
    }
    guard !allowed.contains(where: { $0.value == strategy.value.rawValue }) else { return }
    problems.append(
      Reason(
        "\(release.name) goes out by `\(strategy.value.rawValue)`, which the policy does not allow here",
        at: strategy.location, help: "use one of \(list)"))
  }

  /// A canary that everybody meets at once warns nobody.
  mutating func canary(_ rollout: Rollout) {
    let stages = release.subject.productionStages
    guard let strategy = rollout.strategy, strategy.value == .canary, stages.count == 1,
      stages[0].scope == nil, stages[0].share?.value ?? 100 >= 100
    else { return }
    problems.append(
      Reason(
        "\(release.name) went out by `canary`, and its only stage reached everybody",
        at: stages[0].share?.location ?? strategy.location,
        help: "record the stages with their `share`, or say `all-at-once`"))
  }

  mutating func stages(_ stages: [Rollout.Stage], bake: TimeSpan?) {
    // By environment, over stages that name none.
    var reached: [String: Double] = [:]
    for (index, stage) in stages.enumerated() {
      let isLast = index == stages.count - 1
      let isOver = stage.status?.value != .running
      let before = reached[stage.environment.value]
      if let share = stage.share { reached[stage.environment.value] = share.value }
      if let share = stage.share, let before, share.value <= before {
        problems.append(
          Reason(
            "the share does not grow: \(share.value.formattedShare) % after \(before.formattedShare) %",
            at: share.location, help: "let each stage reach more than the one before"))
      }
      if isOver {
        criteria(of: stage, wentOn: !isLast)
        if stage.decision == nil {
          missing.append(
            Reason(
              "nobody recorded the decision after the stage in `\(stage.environment.value)`", at: stage.location,
              help: "add `decision`"))
        }
      }
      if !isLast, let bake { baked(stage, next: stages[index + 1], atLeast: bake) }
    }
  }

  private mutating func baked(_ stage: Rollout.Stage, next: Rollout.Stage, atLeast bake: TimeSpan) {
    let zone = release.zone
    guard let start = (stage.finished ?? stage.started)?.value.start(in: zone) else {
      return missing.append(
        Reason(
          "nobody recorded when the stage in `\(stage.environment.value)` began", at: stage.location,
          help: "add `started`"))
    }
    let watched: Moment?
    if let baked = stage.baked {
      watched = start.advanced(by: baked.value, in: zone)
    } else {
      watched = next.started?.value.lastMoment(in: zone)
    }
    guard let watched else {
      return missing.append(
        Reason(
          "nobody recorded how long the stage in `\(stage.environment.value)` was watched", at: stage.location,
          help: "add `baked`"))
    }
    guard watched < start.advanced(by: bake, in: zone) else { return }
    problems.append(
      Reason(
        "the stage in `\(stage.environment.value)` was watched for less than \(bake.words)",
        at: stage.baked?.location ?? stage.location, help: "watch each stage long enough before the next"))
  }

  private mutating func criteria(of stage: Rollout.Stage, wentOn: Bool) {
    for criterion in stage.criteria {
      guard let limit = criterion.limit else {
        missing.append(
          Reason(
            "the criterion `\(criterion.metric)` of the stage in `\(stage.environment.value)` has no limit",
            at: stage.location, help: "add `limit`"))
        continue
      }
      guard let observed = criterion.observed else {
        missing.append(
          Reason(
            "nobody recorded what `\(criterion.metric)` was in the stage in `\(stage.environment.value)`",
            at: stage.location,
            help: "add `observed`"))
        continue
      }
      switch Limit(limit)?.isMet(by: observed) {
      case nil:
        doubt = doubt ?? Reason("whether \(observed) is \(limit) cannot be computed", at: stage.location)
      case false? where wentOn || stage.decision?.value == .expand || stage.decision?.value == .complete:
        problems.append(
          Reason(
            "`\(criterion.metric)` was \(observed), not \(limit), and the rollout went on", at: stage.location,
            help: "hold or roll back while a limit is not met"))
      case _?: break
      }
    }
  }
}

/// A limit such as `< 1 %`.
struct Limit {
  private let operation: String
  private let quantity: Quantity

  /// A number with its unit.
  private struct Quantity {
    var number: Double
    var unit: String

    init?(_ text: some StringProtocol) {
      let digits = text.utf8.prefix {
        ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+")
      }
      guard let number = Double(String(decoding: digits, as: UTF8.self)) else { return nil }
      self.number = number
      let rest = text.utf8.dropFirst(digits.count).drop { $0 == 0x20 }
      unit = String(decoding: rest, as: UTF8.self)
      while unit.last == " " { unit.removeLast() }
    }
  }

  /// - Returns: `nil` unless it is an operator, a number and perhaps a unit.
  init?(_ text: String) {
    let signs: [(written: String, operation: String)] = [
      ("<=", "<="), ("≤", "<="), (">=", ">="), ("≥", ">="), ("<", "<"), (">", ">"), ("==", "="), ("=", "="),
    ]
    guard let sign = signs.first(where: { text.hasPrefix($0.written) }),
      let quantity = Quantity(text.dropFirst(sign.written.count).drop { $0 == " " })
    else { return nil }
    (operation, self.quantity) = (sign.operation, quantity)
  }

  /// `nil` when the text is no number of the same unit.
  func isMet(by text: String) -> Bool? {
    guard let observed = Quantity(text.drop { $0 == " " }), observed.unit == quantity.unit else { return nil }
    switch operation {
    case "<": return observed.number < quantity.number
    case "<=": return observed.number <= quantity.number
    case ">": return observed.number > quantity.number
    case ">=": return observed.number >= quantity.number
    default: return observed.number == quantity.number
    }
  }
}

extension Double {
  /// Without decimals where there are none.
  fileprivate var formattedShare: String { self == rounded() ? String(Int(self)) : "\(self)" }
}
