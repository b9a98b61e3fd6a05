import Diagnostics
import Model

/// Every key of a release record; the keys of a part are the same, none required.
enum ReleaseFields {
  static let status = Field(
    "status", .choice(Release.Status.self), "Where the release is on its way.", required: true, example: "released")
  static let type = Field("type", .choice(Release.Kind.self), "How large it is; default: from the version.")
  static let procedure = Field("procedure", .choice(Release.Procedure.self), "Which way of approval it takes.")
  static let standardChange = Field(
    "standard_change", .text, "The pre-approved change that it is, where the procedure is standard.")
  static let hotfixOf = Field("hotfix_of", .version, "The shipped release that it repairs.")
  static let becauseOf = Field(
    "because_of", .shape(CauseFields.shape), "What made it necessary.", example: "{incident: inc-42}")
  static let unplanned = Field("unplanned", .boolean, "Whether it was made out of turn.")
  static let title = Field("title", .text, "What it is about, in a few words.")
  static let summary = Field("summary", .markdown, "One paragraph.")
  static let reason = Field("reason", .markdown, "Why it exists.")
  static let securityImpact = Field("security_impact", .markdown, "What it means for security.")
  static let risk = Field("risk", .choice(Release.Risk.self), "How much can go wrong.")
  static let riskFactors = Field(
    "risk_factors", .list(of: .identifier), "What makes it risky.", example: "[identity, data-migration]")
  static let labels = Field("labels", .list(of: .identifier), "What rules may ask for.", example: "[pci]")
  static let audience = Field("audience", .choice(Audience.self), "Who may see it; default: who may see the product.")
  static let embargo = Field("embargo_until", .moment, "Nothing of it is public before.")
  static let owner = Field("owner", .person, "The release manager.")
  static let authors = Field("authors", .list(of: .person), "Who made it; default: the authors of its commits.")
  static let scheduled = Field("scheduled", ScheduleFields.form, "When it is to go out.")
  static let released = Field("released", .when, "When it went out.", example: "2026-10-20T09:42+01:00")
  static let train = Field("train", .train, "The train that it leaves with.")
  static let commit = Field("commit", .commit, "What was released; must be what the tag names.")
  static let tag = Field("tag", .text, "The tag that names it.")
  static let commits = Field(
    "commits", .list(of: ReleasedCommitFields.shape), "The same, where the product has several sources.")
  static let previous = Field(
    "previous", .version, "The version before it; default: the highest lower one that it descends from.")
  static let scopeFrozen = Field("scope_frozen", .when, "When its scope was frozen.")
  static let build = Field("build", .shape(BuildFields.shape), "How it was built.")
  static let changes = Field("changes", .list(of: ChangeFields.shape), "Its notes, entry by entry.")
  static let security = Field("security", .list(of: VulnerabilityFields.shape), "Vulnerabilities that it fixes or has.")
  static let knownIssues = Field("known_issues", .list(of: KnownIssueFields.shape), "What it is known to do wrong.")
  static let dependsOn = Field("depends_on", .list(of: DependencyFields.shape), "Other products that it needs.")
  static let upgrade = Field("upgrade", .shape(UpgradeFields.shape), "The way to it and back.")
  static let compatibility = Field("compatibility", .list(of: CompatibilityFields.shape), "What it works with.")
  static let artifacts = Field("artifacts", .list(of: ArtifactFields.shape), "What customers install.")
  static let evidence = Field("evidence", .list(of: EvidenceFields.shape), "What proves how it was made and tested.")
  static let acceptance = Field("acceptance", .list(of: AcceptanceFields.shape), "Criteria that somebody accepted.")
  static let approvals = Field("approvals", .list(of: ApprovalFields.shape), "Who decided what.")
  static let environments = Field(
    "environments", .list(of: EnvironmentStateFields.shape), "What it runs on, by environment.")
  static let rollout = Field("rollout", .shape(RolloutFields.shape), "How it reached its environments.")
  static let rollback = Field("rollback", .shape(RollbackFields.shape), "The way back.")
  static let runbook = Field("runbook", .list(of: RunbookFields.shape), "The tasks of the release day.")
  static let communication = Field("communication", .list(of: CommunicationFields.shape), "Who was told.")
  static let validation = Field("validation", .shape(ValidationFields.shape), "What was checked afterwards.")
  static let review = Field("review", .shape(ReviewFields.shape), "The look back.")
  static let gates = Field("gates", .list(of: GateFields.shape), "What the gate said before it went out.")
  static let amendments = Field("amendments", .list(of: AmendmentFields.shape), "Corrections after publication.")
  static let baseline = Field("baseline", .digest, "The digest of the first released state, for imported records.")

  static let shape = Shape(
    "release", "One version of a product; its product and version are its path.",
    [
      status, type, procedure, standardChange, hotfixOf, becauseOf, unplanned, title, summary, reason, securityImpact,
      risk,
      riskFactors, labels, audience, embargo, owner, authors, scheduled, released, train, commit, tag, commits,
      previous,
      scopeFrozen, build, changes, security, knownIssues, dependsOn, upgrade, compatibility, artifacts, evidence,
      acceptance,
      approvals, environments, rollout, rollback, runbook, communication, validation, review, gates, amendments,
      baseline,
    ],
    constraint: constrain
  ) { $0 }

  private static let constrain: @Sendable (Fields, inout Report) -> Void = { fields, report in
    if let commits = fields.keyLocation(of: commits), !fields.list(ReleaseFields.commits).isEmpty,
      fields[commit] != nil || fields[tag] != nil
    {
      report.error(
        .excludedKey, "a release has both `commits` and `\(fields[commit] != nil ? "commit" : "tag")`", at: commits,
        help: "move the commit and the tag into `commits`, with their `source`")
    }
    if let schedule = fields.value(scheduled) { order(schedule.at, schedule.until, "the schedule", into: &report) }
  }
}
