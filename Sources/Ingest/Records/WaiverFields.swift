import Diagnostics
import Model

/// The keys of waivers/*.yml.
enum WaiverFields {
  static let id = Field("id", .identifier, "Its id; default: the name of the file.")
  static let rule = Field(
    "rule", .identifier, "The rule that it excuses from.", required: true, example: "tests-passed")
  static let product = Field("product", .product, "The product whose releases it excuses.", required: true)
  static let versions = Field(
    "versions", .versionRange, "Which of its versions; default: all.", example: "'>=2.4, <2.6'")
  static let reason = Field("reason", .text, "Why it is acceptable.", required: true)
  static let requestedBy = Field("requested_by", .person, "Who asked for it.")
  static let approvedBy = Field("approved_by", .person, "Who accepted it; no author of the release.", required: true)
  static let role = Field("role", .identifier, "In which role.", example: "compliance")
  static let approvedAt = Field("approved_at", .when, "When it was accepted.", required: true)
  static let from = Field("from", .when, "What was due earlier is not excused; default: when it was accepted.")
  static let expires = Field(
    "expires", .when, "What is due later is not excused.", required: true, example: "2026-12-31")
  static let maxUses = Field("max_uses", .count, "How many releases it excuses at most.")
  static let compensating = Field("compensating", .text, "What is done instead.")
  static let ref = Field("ref", .text, "Where the decision is recorded elsewhere.")

  static let shape = Shape(
    "waiver", "An accepted exception from a rule.",
    [
      id, rule, product, versions, reason, requestedBy, approvedBy, role, approvedAt, from, expires, maxUses,
      compensating,
      ref,
    ],
    constraint: { fields, report in
      order(fields[from] ?? fields[approvedAt], fields[expires], "the waiver", into: &report)
    }
  ) { fields -> Waiver? in
    guard let rule = fields[rule], let product = fields[product], let reason = fields.value(reason),
      let approvedBy = fields[approvedBy], let approvedAt = fields[approvedAt], let expires = fields[expires]
    else { return nil }
    var waiver = Waiver(
      id: fields[id] ?? Located("", at: SourceLocation(file: fields.location.file)), rule: rule, product: product,
      reason: reason, approvedBy: approvedBy, approvedAt: approvedAt, expires: expires, at: fields.location)
    waiver.versions = fields.value(versions).map(VersionRange.init)
    waiver.requestedBy = fields[requestedBy]
    waiver.role = fields[role]
    waiver.from = fields[from]
    waiver.mostUses = fields.value(maxUses)
    waiver.compensating = fields.value(compensating)
    waiver.reference = fields.value(ref)
    return waiver
  }
}
