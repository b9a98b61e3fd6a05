package import Diagnostics
package import Model

/// A release as it was written: the record and its parts, nothing derived, texts not rendered.
package struct ReleaseRecord: Sendable {
  package var product: ProductID
  /// The version's text, from the file's name.
  package var version: String
  /// The record's file.
  package var location: SourceLocation

  package var status: Located<Release.Status>
  package var kind: Located<Release.Kind>?
  package var procedure: Located<Release.Procedure>?
  package var standardChange: Located<String>?
  package var hotfixOf: Located<String>?
  package var cause: Cause?
  package var isUnplanned = false
  package var title: Located<String>?
  package var summary: Located<String>?
  package var reason: Located<String>?
  package var securityImpact: Located<String>?
  package var risk: Located<Release.Risk>?
  package var riskFactors: [Located<String>] = []
  package var labels: [String] = []
  package var audience: Located<Audience>?
  package var embargoUntil: Moment?
  package var owner: Located<String>?
  package var authors: [Located<String>] = []
  package var scheduled: Schedule?
  package var released: Located<When>?
  package var train: Located<String>?
  package var commits: [ReleasedCommit] = []
  package var previous: Located<String>?
  package var scopeFrozen: Located<When>?
  package var build: BuildRun?
  package var changes: [ChangeEntry] = []
  package var security: [VulnerabilityEntry] = []
  package var knownIssues: [KnownIssueEntry] = []
  package var dependsOn: [ReleaseDependency] = []
  package var upgrade = Upgrade()
  package var compatibility: [Compatibility] = []
  package var artifacts: [Artifact] = []
  package var evidence: [EvidenceEntry] = []
  package var acceptance: [Acceptance] = []
  package var approvals: [Approval] = []
  package var environments: [EnvironmentState] = []
  package var rollout: Rollout?
  package var rollback: Rollback?
  package var runbook: [RunbookTask] = []
  package var communication: [Communication] = []
  package var validation: Validation?
  package var review: Review?
  package var gates: [GateVerdict] = []
  package var amendments: [Amendment] = []
  package var baseline: Located<String>?
  /// The text of `<version>.md` beside the record.
  package var notes: MarkdownSource?

  package init(product: ProductID, version: String, status: Located<Release.Status>, at location: SourceLocation) {
    (self.product, self.version, self.status, self.location) = (product, version, status, location)
  }
}

/// A change as written in a record, a part or a fragment.
package struct ChangeEntry: Sendable {
  package var id: Located<String>?
  package var kind: Located<Change.Kind>
  package var text: Located<String>
  package var component: String?
  package var references: [String] = []
  package var action: Located<String>?
  package var impact: Located<String>?
  package var backportOf: Located<String>?
  package var audience: Audience?
  package var embargoUntil: Moment?
  package var location: SourceLocation

  package init(kind: Located<Change.Kind>, text: Located<String>, at location: SourceLocation) {
    (self.kind, self.text, self.location) = (kind, text, location)
  }
}

package struct VulnerabilityEntry: Sendable {
  package var id: Located<String>
  package var aliases: [String] = []
  package var severity: Located<Vulnerability.Severity>?
  package var score: Double?
  package var summary: Located<String>?
  package var isFixed = true
  package var disclosed: When?
  package var embargoUntil: Moment?
  package var audience: Audience?
  package var location: SourceLocation

  package init(id: Located<String>, at location: SourceLocation) {
    (self.id, self.location) = (id, location)
  }
}

package struct KnownIssueEntry: Sendable {
  package var id: String?
  package var text: Located<String>
  package var workaround: Located<String>?
  package var fixedIn: Located<String>?
  package var audience: Audience?
  package var at: When?
  package var location: SourceLocation

  package init(text: Located<String>, at location: SourceLocation) {
    (self.text, self.location) = (text, location)
  }
}
