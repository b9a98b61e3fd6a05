import Diagnostics
import Model

/// A change in a record or a part.
enum ChangeFields {
  static let id = Field("id", .identifier, "Stable, and its anchor on the page.")
  static let kind = Field(
    "kind", .choice(Change.Kind.self), "What kind of change it is.", required: true, example: "feature")
  static let text = Field("text", .markdown, "What changed, for the reader of the notes.", required: true)
  static let component = Field("component", .text, "The part of the product that it is in.")
  static let refs = Field(
    "refs", .list(of: .text), "Tickets and the like; `references` turns them into links.", example: "['#412']")
  static let action = Field("action", .markdown, "What the reader must do.")
  static let impact = Field("impact", .markdown, "What happens if they do not.")
  static let backportOf = Field(
    "backport_of", .identifier, "The id of the change on another line that this one repeats.")
  static let audience = Field("audience", .choice(Audience.self), "Who may see it; default: who may see the release.")
  static let embargo = Field("embargo_until", .moment, "Nothing of it is public before.")

  static let shape = Shape(
    "change", "One entry of a release's notes.",
    [id, kind, text, component, refs, action, impact, backportOf, audience, embargo]
  ) { fields -> ChangeEntry? in
    guard let kind = fields[kind], let text = fields[text] else { return nil }
    return entry(of: fields, kind: kind, text: text)
  }

  /// The entry, with what a record and a fragment have in common.
  static func entry(of fields: Fields, kind: Located<Change.Kind>, text: Located<String>) -> ChangeEntry {
    var entry = ChangeEntry(kind: kind, text: text, at: fields.location)
    entry.id = fields[id]
    entry.component = fields.value(component)
    entry.references = fields.values(refs)
    entry.action = fields[action]
    entry.impact = fields[impact]
    entry.backportOf = fields[backportOf]
    entry.audience = fields.value(audience)
    entry.embargoUntil = fields.value(embargo)
    return entry
  }
}

/// The front matter of a change that waits for its release; its text is the body.
enum FragmentFields {
  static let products = Field("products", .list(of: .product), "The products it is for, when one text serves several.")

  static let shape = Shape(
    "fragment", "A change waiting for its release; the text below the front matter is what changed.",
    [
      ChangeFields.id, ChangeFields.kind, ChangeFields.component, ChangeFields.refs, ChangeFields.action,
      ChangeFields.impact, ChangeFields.backportOf, ChangeFields.audience, ChangeFields.embargo, products,
    ]
  ) { $0 }
}

/// A vulnerability in a record.
enum VulnerabilityFields {
  static let id = Field("id", .vulnerability, "Its id.", required: true, example: "CVE-2026-1234")
  static let aliases = Field("aliases", .list(of: .vulnerability), "Other ids of the same vulnerability.")
  static let severity = Field("severity", .choice(Vulnerability.Severity.self), "How bad it is.")
  static let cvss = Field("cvss", .score, "Its CVSS base score.", example: "8.1")
  static let summary = Field("summary", .markdown, "What it is and whom it concerns.")
  static let fixed = Field(
    "fixed", .boolean, "Whether this release fixes it; otherwise it is known to have it. Default: true.")
  static let disclosed = Field("disclosed", .when, "When it became public.")
  static let embargo = Field("embargo_until", .moment, "Nothing of it is public before.")
  static let audience = Field("audience", .choice(Audience.self), "Who may see it; default: who may see the release.")

  static let shape = Shape(
    "vulnerability", "A vulnerability that the release fixes or has.",
    [id, aliases, severity, cvss, summary, fixed, disclosed, embargo, audience]
  ) { fields -> VulnerabilityEntry? in
    guard let id = fields[id] else { return nil }
    var entry = VulnerabilityEntry(id: id, at: fields.location)
    entry.aliases = fields.values(aliases)
    entry.severity = fields[severity]
    entry.score = fields.value(cvss)
    entry.summary = fields[summary]
    entry.isFixed = fields.value(fixed) ?? true
    entry.disclosed = fields.value(disclosed)
    entry.embargoUntil = fields.value(embargo)
    entry.audience = fields.value(audience)
    return entry
  }
}

/// Something that a release is known to do wrong.
enum KnownIssueFields {
  static let id = Field("id", .identifier, "Stable, and its anchor on the page.")
  static let text = Field("text", .markdown, "What goes wrong, and for whom.", required: true)
  static let workaround = Field("workaround", .markdown, "What to do until it is fixed.")
  static let fixedIn = Field("fixed_in", .version, "The version that fixes it.")
  static let audience = Field("audience", .choice(Audience.self), "Who may see it; default: who may see the release.")
  static let at = Field("at", .when, "When it became known.")

  static let shape = Shape(
    "known issue", "Something that the release is known to do wrong.", [id, text, workaround, fixedIn, audience, at]
  ) { fields -> KnownIssueEntry? in
    guard let text = fields[text] else { return nil }
    var entry = KnownIssueEntry(text: text, at: fields.location)
    entry.id = fields.value(id)
    entry.workaround = fields[workaround]
    entry.fixedIn = fields[fixedIn]
    entry.audience = fields.value(audience)
    entry.at = fields.value(at)
    return entry
  }
}
