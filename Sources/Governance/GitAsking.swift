import Diagnostics
package import Model

extension RuleBook {
  /// What the rules that are on want Git to be asked.
  package var questions: GitQuestions {
    var questions: GitQuestions = []
    for entry in entries {
      questions.formUnion(entry.rule.asks)
      for variant in entry.variants where variant.severity != .off { questions.formUnion(entry.rule.asksFor(variant)) }
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

extension Ledger {
  /// What a policy sees of it, so that what Git is asked for pages turns no verdict over.
  func limited(to questions: GitQuestions) -> Ledger {
    guard !git.asked.isSubset(of: questions) else { return self }
    var ledger = self
    ledger.git = git.limited(to: questions)
    return ledger
  }
}

extension GitTestimony {
  /// What it would be, had nothing else been asked.
  fileprivate func limited(to questions: GitQuestions) -> GitTestimony {
    var limited = GitTestimony()
    limited.asked = asked.intersection(questions)
    if !limited.asked.isEmpty { limited.obstacle = obstacle }
    if questions.contains(.origins) { limited.origins = origins }
    if questions.contains(.commits) {
      (limited.commits, limited.tagsWithoutRecord, limited.tagObstacles) = (commits, tagsWithoutRecord, tagObstacles)
    }
    if questions.contains(.laterEdits) { (limited.records, limited.vanished) = (records, vanished) }
    if !questions.isDisjoint(with: [.laterEdits, .evidenceDates]) { limited.evidence = evidence }
    if questions.contains(.examinedCommits) { limited.examined = examined }
    if questions.contains(.scopes) { limited.scopes = scopes }
    if questions.contains(.policyChanges) { limited.policyChanges = policyChanges }
    if questions.contains(.calendar) { limited.calendar = calendar }
    if questions.contains(.log) { limited.log = log }
    return limited
  }
}

extension HistoryObstacle {
  /// - Parameter question: Completes "nobody can tell …".
  func verdict(nobodyCanTell question: String, at place: SourceLocation?) -> Verdict {
    .unverifiable(Reason("nobody can tell \(question), for \(words)", at: place), need: cure)
  }
}
