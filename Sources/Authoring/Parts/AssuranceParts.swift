package import Model

// What people decide about a release.
extension Part {
  package struct ApprovalWords: Sendable {
    package var by: String
    package var role: String?
    package var decision = Approval.Decision.approved
    package var conditions: String?
    package var onBehalfOf: String?
    package var comment: String?
    package var ref: String?

    package init(by: String) {
      self.by = by
    }
  }

  package static func approval(_ words: ApprovalWords, at: When) -> Part {
    Part(
      .approval, at: at,
      [
        .entry(
          of: "approvals",
          [
            YAMLField("by", .text(words.by)), YAMLField(text: "role", words.role), YAMLField("at", .word(at.iso)),
            YAMLField("decision", .word(words.decision.rawValue)), YAMLField(text: "conditions", words.conditions),
            YAMLField(text: "on_behalf_of", words.onBehalfOf), YAMLField(text: "comment", words.comment),
            YAMLField(text: "ref", words.ref),
          ])
      ])
  }

  package struct AcceptanceWords: Sendable {
    package var criterion: String
    package var by: String?
    package var role: String?
    package var result = Acceptance.Result.accepted
    /// The id of evidence in the record.
    package var evidence: String?

    package init(_ criterion: String) {
      self.criterion = criterion
    }
  }

  package static func acceptance(_ words: AcceptanceWords, at: When) -> Part {
    Part(
      .acceptance, at: at,
      [
        .entry(
          of: "acceptance",
          [
            YAMLField("criterion", .text(words.criterion)), YAMLField(text: "by", words.by),
            YAMLField(text: "role", words.role), YAMLField("at", .word(at.iso)),
            YAMLField("result", .word(words.result.rawValue)), YAMLField(text: "evidence", words.evidence),
          ])
      ])
  }

  package struct GateWords: Sendable {
    package var verdict: GateVerdict.Result
    package var environment: String?
    /// The digest of what was asked about.
    package var artifact: String?
    package var by: String?
    package var reason: String?
    package var attestation: String?

    package init(_ verdict: GateVerdict.Result) {
      self.verdict = verdict
    }
  }

  package static func gate(_ words: GateWords, at: When) -> Part {
    Part(
      .gate, at: at,
      [
        .entry(
          of: "gates",
          [
            YAMLField("verdict", .word(words.verdict.rawValue)), YAMLField(text: "environment", words.environment),
            YAMLField(text: "artifact", words.artifact), YAMLField("at", .word(at.iso)),
            YAMLField(text: "by", words.by), YAMLField(text: "reason", words.reason),
            YAMLField(text: "attestation", words.attestation),
          ])
      ])
  }
}
