import Diagnostics
import Model

enum ApprovalFields {
  static let by = Field("by", .person, "Who decided.", required: true)
  static let role = Field("role", .identifier, "In which role.", example: "security")
  static let asked = Field("asked", .when, "When they were asked.")
  static let at = Field("at", .when, "When they decided.")
  static let decision = Field("decision", .choice(Approval.Decision.self), "What they decided.", required: true)
  static let conditions = Field("conditions", .text, "What must be so for the approval to count.")
  static let onBehalfOf = Field("on_behalf_of", .person, "For whom they stood in.")
  static let comment = Field("comment", .text, "What they said.")
  static let ref = Field("ref", .text, "Where the decision is recorded elsewhere.")

  static let shape = Shape(
    "approval", "Somebody's decision on the release.",
    [by, role, asked, at, decision, conditions, onBehalfOf, comment, ref]
  ) { fields -> Approval? in
    guard let by = fields[by], let decision = fields[decision] else { return nil }
    var approval = Approval(by: by, decision: decision, at: fields.location)
    approval.role = fields[role]
    approval.asked = fields[asked]
    approval.at = fields[at]
    approval.conditions = fields.value(conditions)
    approval.onBehalfOf = fields[onBehalfOf]
    approval.comment = fields.value(comment)
    approval.reference = fields.value(ref)
    return approval
  }
}

enum AcceptanceFields {
  static let criterion = Field("criterion", .text, "What had to be so.", required: true)
  static let by = Field("by", .person, "Who judged it.")
  static let role = Field("role", .identifier, "In which role.", example: "product-owner")
  static let at = Field("at", .when, "When.")
  static let result = Field("result", .choice(Acceptance.Result.self), "What they found.")
  static let evidence = Field("evidence", .identifier, "The id of the evidence in this record that shows it.")

  static let shape = Shape(
    "acceptance", "A criterion that somebody had to accept.", [criterion, by, role, at, result, evidence]
  ) { fields -> Acceptance? in
    guard let criterion = fields.value(criterion) else { return nil }
    var acceptance = Acceptance(criterion: criterion, at: fields.location)
    acceptance.by = fields[by]
    acceptance.role = fields[role]
    acceptance.at = fields[at]
    acceptance.result = fields[result]
    acceptance.evidence = fields[evidence]
    return acceptance
  }
}

enum BuildFields {
  static let id = Field("id", .text, "The name of the build.", example: "ci-8812")
  static let url = Field("url", .url, "Where its log is.")
  static let at = Field("at", .when, "When it was built.")
  static let runner = Field("runner", .text, "What built it.")
  static let reproducible = Field(
    "reproducible", .text, "Whether somebody built the same bytes again.", example: "verified")

  static let shape = Shape("build", "How the artifacts were built.", [id, url, at, runner, reproducible]) {
    fields -> BuildRun? in
    var build = BuildRun(at: fields.location)
    build.id = fields.value(id)
    build.url = fields.value(url)
    build.at = fields[at]
    build.runner = fields.value(runner)
    build.reproducible = fields.value(reproducible)
    return build
  }
}

enum EnvironmentStateFields {
  static let id = Field("id", .environment, "The environment.", required: true)
  static let config = Field("config", .digest, "The digest of its configuration.")
  static let image = Field("image", .digest, "The digest of what runs there.")
  static let difference = Field("difference", .text, "Why it differs from the others.")

  static let shape = Shape(
    "environment state", "What the release runs on in one environment.", [id, config, image, difference]
  ) {
    fields -> EnvironmentState? in
    guard let id = fields[id] else { return nil }
    var state = EnvironmentState(id: id, at: fields.location)
    state.config = fields.value(config)
    state.image = fields.value(image)
    state.difference = fields.value(difference)
    return state
  }
}

enum GateFields {
  static let verdict = Field(
    "verdict", .choice(GateVerdict.Result.self), "What the gate said, or that it was passed by.", required: true)
  static let environment = Field("environment", .environment, "Where the release was to go; default: production.")
  static let artifact = Field("artifact", .digest, "The digest of what was to go there, where it was asked about.")
  static let at = Field("at", .when, "When it was asked.", required: true)
  static let by = Field("by", .person, "Who asked it, or who passed it by.")
  static let reason = Field("reason", .text, "Why it was passed by.")
  static let attestation = Field("attestation", .path, "The statement that `gazette gate --attest` wrote.")

  static let shape = Shape(
    "gate", "A verdict on whether the release may go out.",
    [verdict, environment, artifact, at, by, reason, attestation],
    constraint: { fields, report in
      guard let verdict = fields[verdict], verdict.value == .bypassed else { return }
      for key in [(by.key, fields[by] == nil), (reason.key, fields[reason] == nil)] where key.1 {
        report.error(
          .missingKey, "a bypass lacks `\(key.0)`", at: verdict.location, help: "say who passed the gate by, and why")
      }
    }
  ) { fields -> GateVerdict? in
    guard let verdict = fields[verdict], let at = fields[at] else { return nil }
    var gate = GateVerdict(verdict, at: at, location: fields.location)
    gate.environment = fields[environment]
    gate.artifact = fields[artifact]
    gate.by = fields[by]
    gate.reason = fields.value(reason)
    gate.attestation = fields[attestation]
    return gate
  }
}

enum AmendmentFields {
  static let at = Field("at", .when, "When the record was corrected.", required: true)
  static let by = Field("by", .person, "Who corrected it.")
  static let fields = Field(
    "fields", .list(of: .text), "The keys of the record that were corrected.", required: true, example: "[security]")
  static let reason = Field("reason", .text, "Why.", required: true)

  static let shape: Shape<Amendment> = Shape(
    "amendment", "A correction of a published record.", [at, by, fields, reason],
    constraint: { amendment, report in
      for name in amendment.list(fields)
      where name.value != "notes" && ReleaseFields.shape.declaration.field(name.value) == nil {
        report.error(
          .unknownKey, "an amendment names \(quoted(name.value)), which is no key of a release", at: name.location,
          help: suggestion(for: name.value, among: ReleaseFields.shape.declaration.fields.map(\.key)))
      }
    }
  ) { amendment -> Amendment? in
    guard let at = amendment[at] else { return nil }
    var value = Amendment(at: at, location: amendment.location)
    value.by = amendment[by]
    value.fields = amendment.list(fields)
    value.reason = amendment.value(reason)
    return value
  }
}

enum EvidenceFields {
  static let id = Field("id", .identifier, "Its name in this record.", required: true, example: "unit")
  static let kind = Field("kind", .identifier, "What it shows.", example: "tests")
  static let layer = Field("layer", .text, "The layer of tests.", example: "unit")
  static let path = Field(
    "path", .path, "The file in the checkout.", example: "content/evidence/gateway/2.4.0/unit.xml")
  static let url = Field("url", .url, "Where the file is when it is not in the checkout; never fetched.")
  static let size = Field("size", .count, "Its size in bytes.")
  static let sha256 = Field("sha256", .sha256, "What the file must hash to.")
  static let format = Field("format", .text, "The format of the file, where its content does not tell.")
  static let commit = Field("commit", .commit, "The commit that was examined.")
  static let at = Field("at", .when, "When it was made.")
  static let tool = Field("tool", .text, "What made it.")
  static let environment = Field("environment", .environment, "Where it was made.")
  static let controls = Field("controls", .list(of: .text), "The controls that it answers.", example: "[CC8.1]")
  static let statement = Field("statement", .text, "What somebody states, where there is no file.")
  static let by = Field("by", .person, "Who states it.")
  static let audience = Field("audience", .choice(Audience.self), "Who may see it; default: internal.")

  static let shape = Shape(
    "evidence", "A file or a statement that proves something.",
    [
      id, kind, layer, path, url, size, sha256, format, commit, at, tool, environment, controls, statement, by,
      audience,
    ],
    constraint: { fields, report in
      if fields[path] == nil, fields[url] == nil, fields[statement] == nil {
        report.error(
          .missingKey, "evidence has neither `path` nor `url` nor `statement`", at: fields.location,
          help: "name the file, or state what somebody vouches for")
      }
      if let url = fields[url], fields[path] != nil {
        report.error(.excludedKey, "evidence has both `path` and `url`", at: url.location, help: "keep one of them")
      }
    }
  ) { fields -> EvidenceEntry? in
    guard let id = fields[id] else { return nil }
    var entry = EvidenceEntry(id: id, at: fields.location)
    entry.kind = fields[kind]
    entry.layer = fields.value(layer)
    entry.path = fields[path]
    entry.url = fields.value(url)
    entry.size = fields.value(size)
    entry.sha256 = fields[sha256]
    entry.format = fields[format]
    entry.commit = fields[commit]
    entry.at = fields[at]
    entry.tool = fields.value(tool)
    entry.environment = fields[environment]
    entry.controls = fields.list(controls)
    entry.statement = fields.value(statement)
    entry.by = fields[by]
    entry.audience = fields.value(audience) ?? .internal
    return entry
  }
}
