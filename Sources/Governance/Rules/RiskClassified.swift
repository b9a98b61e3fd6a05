import Diagnostics
import Model

extension Rule {
  private static let highFactors = Parameter<[Located<String>]>.ids(
    "high_factors", "Risk factors that make a release high risk at least.")
  private static let criticalFactors = Parameter<[Located<String>]>.ids(
    "critical_factors", "Risk factors that make it critical.")
  private static let highComponents = Parameter<[Located<String>]>.texts(
    "high_components", "Components whose change makes a release high risk at least.")
  private static let criticalComponents = Parameter<[Located<String>]>.texts(
    "critical_components", "Components whose change makes it critical.")

  static let riskClassified = Rule(
    "risk-classified",
    title: "the risk is stated, and not lower than its factors demand",
    why: """
      How much testing, how many approvals and how careful a rollout a release needs hangs on its risk, so it must not \
      be forgotten or guessed low.
      """,
    appliesTo: "Every release.",
    fix: "State `risk`, at least as high as the factors and components that the policy names.",
    due: .planned, parameters: [highFactors, criticalFactors, highComponents, criticalComponents],
    bad: RuleExample(
      """
      status: planned
      risk: low
      risk_factors: [identity]
      """, setting: "{high_factors: [identity]}", fault: "low"),
    good: RuleExample(
      """
      status: planned
      risk: high
      risk_factors: [identity]
      """, setting: "{high_factors: [identity]}")
  ) { release in
    guard let risk = release.release.risk else {
      return .failed("\(release.name) states no risk", at: release.place, help: "add `risk`, such as `risk: low`")
    }
    var demands: [(level: Release.Risk, cause: String, place: SourceLocation)] = []
    func ask(
      _ level: Release.Risk, _ factors: Parameter<[Located<String>]>, _ components: Parameter<[Located<String>]>
    ) {
      let factors = Set(release[factors].map(\.value))
      for factor in release.release.riskFactors where factors.contains(factor.value) {
        demands.append((level, "the factor `\(factor.value)`", factor.location))
      }
      let components = Set(release[components].map(\.value))
      guard !components.isEmpty else { return }
      for change in release.release.changes {
        guard let component = change.component, components.contains(component) else { continue }
        demands.append((level, "a change of `\(component)`", change.location))
      }
    }
    ask(.critical, criticalFactors, criticalComponents)
    ask(.high, highFactors, highComponents)
    guard let worst = demands.first(where: { $0.level > risk.value }) else {
      return .passed("its risk is stated as \(risk.value.rawValue)", at: risk.location)
    }
    return .failed(
      "the risk of \(release.name) is \(risk.value.rawValue), and \(worst.cause) makes it \(worst.level.rawValue) at least",
      at: risk.location, notes: [Diagnostic.Note("\(worst.cause) is", at: worst.place)],
      help: "write `risk: \(worst.level.rawValue)`")
  }
}
