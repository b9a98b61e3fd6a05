package import Model

extension RuleBook {
  /// What the rules that are on want Git to be asked.
  package var questions: GitQuestions {
    var questions: GitQuestions = []
    for entry in entries {
      questions.formUnion(entry.rule.asks)
      for variant in entry.variants where variant.severity != .off && variant.provenBy > .record {
        questions.formUnion(entry.rule.asksForProof)
        if variant.provenBy == .signedGit {
          if entry.rule.asksForProof.contains(.origins) || entry.rule.asks.contains(.policyChanges) {
            questions.insert(.originSignatures)
          }
          if entry.rule.asksForProof.contains(.commits) { questions.insert(.commitSignatures) }
        }
      }
    }
    // Who approves a waiver made nothing of the release.
    if !waivers.isEmpty, levelOfApproval > .record { questions.insert(.commits) }
    return questions
  }

  /// How far approvals of whatever kind must be proven: as far as the policy asks it of any.
  var levelOfApproval: ProofLevel {
    entries.lazy.filter { $0.rule.asksForProof.contains(.origins) }.flatMap(\.variants)
      .filter { $0.severity != .off }.map(\.provenBy).max() ?? .record
  }
}
