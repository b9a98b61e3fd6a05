package import Diagnostics

/// One version of a product: what is true of it, after records, parts, tags, changelog and commits were joined.
///
/// Everything but what ``PublicFields`` lists is internal. Fields that nobody stated hold their default.
package struct Release: Sendable {
  package let product: ProductID
  package let version: Version
  package var status: Status
  package var kind: Kind
  /// When it came out, or is recorded to have.
  package var released: Located<When>?
  package var title: String?
  package var summary: Prose?
  package var audience = Audience.public
  /// Nothing of it is public before.
  package var embargoUntil: Moment?

  // What readers of the notes get.
  package var notes: Notes?
  package var changes: [Change] = []
  package var security: [Vulnerability] = []
  package var knownIssues: [KnownIssue] = []
  package var dependsOn: [ReleaseDependency] = []
  package var upgrade = Upgrade()
  package var compatibility: [Compatibility] = []
  package var artifacts: [Artifact] = []
  /// The id of the line it is on.
  package var line: String?
  /// The version that this one follows, by record or by ancestry.
  package var previous: Version?
  /// The version that repairs it or that it repairs.
  package var hotfixOf: Located<String>?

  // How it was made and brought out.
  package var procedure: Located<Procedure>?
  package var standardChange: String?
  package var cause: Cause?
  package var isUnplanned = false
  package var reason: Located<String>?
  package var securityImpact: Located<String>?
  package var risk: Located<Risk>?
  package var riskFactors: [Located<String>] = []
  package var labels: [String] = []
  package var owner: Located<String>?
  package var authors: [Located<String>] = []
  package var scheduled: Schedule?
  package var train: Located<String>?
  package var commits: [ReleasedCommit] = []
  package var scopeFrozen: Located<When>?
  package var build: BuildRun?
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
  /// A pinned digest of the first released state, for imported records.
  package var baseline: Located<String>?
  /// The commit that its tag or record names, in full, where Git knows it.
  package var commit: String?
  /// When that commit was committed.
  package var committed: Moment?
  /// Whether it exists only because of a tag.
  package var isDiscovered = false
  /// When what the public can see of it was last changed: when it came out, or by an amendment since; for feeds.
  package var updated: Moment?
  /// The record's file, or the changelog or product file that it stems from.
  package var location: SourceLocation

  package init(product: ProductID, version: Version, status: Status, kind: Kind, at location: SourceLocation) {
    (self.product, self.version, self.status, self.kind, self.location) = (product, version, status, kind, location)
  }

  package var id: ReleaseID { ReleaseID(product: product, version: version.text) }

  /// The commits that it is, in full or as its record shortens them.
  package var statedCommits: [String] { [commit].compactMap(\.self) + commits.compactMap { $0.commit?.value } }

  /// When it came out or, before that, is meant to.
  package var date: When? { released?.value ?? scheduled?.at.value }
}

/// The text of a release's notes, and where it was found.
package struct Notes: Sendable {
  package enum Origin: Hashable, Sendable {
    case file, changelog
  }

  package var prose: Prose
  package var origin: Origin
  /// The file of the text.
  package var location: SourceLocation
  /// Whether ``Release/changes`` hold all of it, so that a page shows those instead.
  package var isAllChanges: Bool

  package init(prose: Prose, origin: Origin, isAllChanges: Bool = false, at location: SourceLocation) {
    (self.prose, self.origin, self.isAllChanges, self.location) = (prose, origin, isAllChanges, location)
  }
}

extension Release {
  /// The keys of a record whose values the public may see, as amendments name them.
  package static let publicFields: Set<String> = [
    "status", "type", "title", "summary", "scheduled", "released", "changes", "notes", "security", "known_issues",
    "depends_on", "upgrade", "compatibility", "artifacts",
  ]
}
