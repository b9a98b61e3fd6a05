import Diagnostics
import Model

extension Rule {
  static let environmentsAlike = Rule(
    "environments-alike",
    title: "what was tried runs in production: the same image, the same configuration",
    why: "A test of another image, or with another configuration, says nothing about what customers get.",
    appliesTo: "Releases that are deployed by their makers.",
    fix: """
      Record `image` and `config` of staging and production in `environments`; explain in `difference` what must differ.
      """,
    due: .deployment,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      environments:
        - {id: staging, config: 'sha256:1111111111111111111111111111111111111111111111111111111111111111'}
        - {id: production, config: 'sha256:2222222222222222222222222222222222222222222222222222222222222222'}
      """, fault: "production"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      environments:
        - id: staging
          image: 'sha256:2222222222222222222222222222222222222222222222222222222222222222'
          config: 'sha256:1111111111111111111111111111111111111111111111111111111111111111'
        - id: production
          image: 'sha256:2222222222222222222222222222222222222222222222222222222222222222'
          config: 'sha256:1111111111111111111111111111111111111111111111111111111111111111'
      """)
  ) { release in
    guard release.isDeployed else { return .notApplicable("its makers do not deploy it") }
    let states = release.release.environments
    let production = states.filter { release.isProduction($0.id.value) }
    // What was tried is the last environment before production, in the order of promotion.
    let order = release.ledger.site.environments.filter { !$0.isProduction }.map(\.id)
    let tried = order.reversed().lazy.compactMap { id in states.first { $0.id.value == id } }.first
    guard let tried, !production.isEmpty else {
      return .failed(
        "\(release.name) does not say what ran in \(tried == nil ? "any environment before production" : "production")",
        at: release.place, help: "add `environments` with the digests of image and configuration")
    }
    var problems: [Reason] = []
    for state in production where state.difference == nil && tried.difference == nil {
      for (noun, ours, theirs) in [("image", state.image, tried.image), ("configuration", state.config, tried.config)] {
        guard ours == nil || ours != theirs else { continue }
        problems.append(
          Reason(
            ours == nil && theirs == nil
              ? "nobody says what \(noun) runs in `\(tried.id.value)` and `\(state.id.value)`"
              : ours == nil || theirs == nil
                ? "the \(noun) is only stated for one of `\(tried.id.value)` and `\(state.id.value)`"
                : "`\(state.id.value)` has another \(noun) than `\(tried.id.value)`",
            at: state.id.location, notes: [Diagnostic.Note("`\(tried.id.value)` is", at: tried.id.location)],
            help: ours == nil || theirs == nil
              ? "add `image` and `config` to both, or say in `difference` why one is missing"
              : "deploy what was tried, or say in `difference` why it differs"))
      }
    }
    return .failed(
      problems,
      otherwise: production.map { state in
        let difference = state.difference ?? tried.difference
        return Reason(
          difference.map { "`\(state.id.value)` differs from `\(tried.id.value)`: \($0)" }
            ?? "`\(state.id.value)` is like `\(tried.id.value)`", at: state.id.location)
      })
  }
}
