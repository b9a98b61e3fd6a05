import Governance
import Model
import Scheduling
import Templates

/// The JSON Schemas of the documents under `api/v1/`.
///
/// - Source: JSON Schema, draft 2020-12.
enum Schemas {
  static let all: [(name: String, schema: Value)] = [
    ("calendar", calendar), ("incidents", incidents), ("product", product), ("products", products),
    ("release", release), ("roadmap", roadmap), ("security", security),
    ("site", site), ("support", support),
  ]

  private static let site = document(
    "A site and its documents",
    [
      "title": text, "url": optional(text), "language": text, "as_of": moment,
      "audience": choice(Audience.allCases.map(\.rawValue)),
      "gazette": text, "products": text, "security": text, "roadmap": text, "support": text,
      "incidents": text, "calendar": text,
    ])

  private static let products = document("All products", ["products": list(record(briefProduct))])

  private static let product = document(
    "A product and its releases",
    without("document", briefProduct).merging(
      [
        "versioning": choice(VersionScheme.allCases.map(\.rawValue)), "formerly": list(text),
        "upgrade_stops": list(text),
        "depends_on": list(text), "lines": list(record(line)), "releases": list(record(briefRelease)),
      ]
    ))

  private static let release = document(
    "A release",
    without("document", briefRelease).merging(
      [
        "product": text, "latest": flag, "summary": optional(text), "notes": optional(text), "previous": optional(text),
        "hotfix_of": optional(text), "changes": list(record(change)), "security": list(record(vulnerability)),
        "known_issues": list(
          record(["id": text, "text": text, "workaround": optional(text), "fixed_in": optional(text)])),
        "depends_on": list(record(["product": text, "version": optional(text)])),
        "upgrade": record([
          "from": optional(text), "guide": optional(text),
          "downgrade": optional(choice(Upgrade.Downgrade.allCases.map(\.rawValue))),
        ]),
        "compatibility": list(record(["name": text, "versions": text])),
        "artifacts": list(
          record([
            "name": text, "url": optional(text), "digest": optional(text),
            "size": optional(["type": "integer", "minimum": 0]),
            "purl": optional(text),
          ])),
        "evidence": list(
          record([
            "id": text, "kind": optional(text), "format": optional(text), "statement": optional(text),
            "sha256": optional(text), "size": optional(["type": "integer", "minimum": 0]), "url": optional(text),
          ])),
      ]
    ),
    onlyInternal: [
      "internal": record([
        "procedure": optional(choice(Release.Procedure.allCases.map(\.rawValue))),
        "risk": optional(choice(Release.Risk.allCases.map(\.rawValue))), "owner": optional(text),
        "reason": optional(text),
        "labels": list(text), "commit": optional(text),
        "approvals": list(
          record([
            "by": text, "role": optional(text), "asked": optional(when), "at": optional(when),
            "decision": choice(Approval.Decision.allCases.map(\.rawValue)), "conditions": optional(text),
            "on_behalf_of": optional(text), "comment": optional(text), "ref": optional(text), "place": text,
          ])),
        "stages": list(
          record([
            "environment": text, "status": optional(choice(Rollout.Stage.Status.allCases.map(\.rawValue))),
            "started": optional(when), "finished": optional(when),
            "decision": optional(choice(Rollout.Stage.Decision.allCases.map(\.rawValue))),
          ])),
        "outcomes": list(
          record([
            "rule": text, "result": choice(Outcome.Result.allCases.map(\.rawValue)),
            "severity": choice(RuleSeverity.allCases.map(\.rawValue)), "before_since": flag,
            "judged_at": optional(moment), "due_at": optional(moment), "waiver": optional(text),
            "reasons": list(record(["text": text, "place": optional(text)])),
          ])),
      ])
    ])

  private static let roadmap = document(
    "Releases to come, by product, nearest first",
    ["releases": list(record(briefRelease.merging(["product": text])))])

  private static let security = document(
    "Advisories, newest first",
    [
      "advisories": list(
        record([
          "id": text, "aliases": list(text), "severity": severity, "cvss": optional(text), "summary": optional(text),
          "disclosed": optional(when), "fixed": flag, "osv": text,
          "releases": list(record(["product": text, "version": text, "fixed": flag])),
        ]))
    ])

  private static let incidents = document(
    "Incidents, newest first",
    [
      "incidents": list(
        record([
          "id": text, "title": text, "severity": optional(choice(Incident.Severity.allCases.map(\.rawValue))),
          "products": list(text), "began": optional(when), "detected": optional(when), "resolved": optional(when),
          "customer_impact": optional(text), "caused_by": optional(record(["product": text, "version": text])),
          "url": text,
        ]))
    ])

  private static let support = document(
    "How long each line of each product is looked after",
    ["products": list(record(["id": text, "name": text, "url": text, "lines": list(record(line))]))])

  private static let calendar = document(
    "What is dated, by its beginning; the end of days and moments is their last",
    [
      "entries": list(
        record([
          "kind": choice(CalendarEntry.Kind.allCases.map(\.rawValue)), "title": text, "start": when, "end": when,
          "status": optional(choice(Release.Status.allCases.map(\.rawValue))), "product": optional(text),
          "version": optional(text),
        ])),
      "conflicts": list(
        record([
          "kind": choice(CalendarConflict.Kind.allCases.map(\.rawValue)), "text": text, "product": text,
          "version": text, "start": moment, "end": moment,
        ])),
    ])

  // MARK: Parts

  private static let briefProduct: Fields = [
    "id": text, "name": text, "kind": optional(choice(Product.Kind.allCases.map(\.rawValue))),
    "summary": optional(text),
    "latest": optional(text), "next": optional(text), "url": text, "document": text,
  ]

  private static let briefRelease: Fields = [
    "version": text, "status": choice(Release.Status.allCases.map(\.rawValue)),
    "type": choice(Release.Kind.allCases.map(\.rawValue)), "title": optional(text), "released": optional(when),
    "scheduled": optional(when), "line": optional(text), "url": text, "document": text,
  ]

  private static let line: Fields = [
    "id": text, "long_term": flag, "phase": choice(ReleaseLine.Phase.allCases.map(\.rawValue)),
    "released": optional(day),
    "active_until": optional(day), "security_until": optional(day), "extended_until": optional(day),
    "next_change": optional(
      record(["date": day, "phase": choice(ReleaseLine.Phase.allCases.map(\.rawValue))])),
  ]

  private static let change: Fields = [
    "id": text, "anchor": text, "kind": optional(choice(Change.Kind.allCases.map(\.rawValue))), "text": text,
    "component": optional(text), "refs": list(text), "action": optional(text), "impact": optional(text),
    "backport_of": optional(text),
  ]

  private static let vulnerability: Fields = [
    "id": text, "aliases": list(text), "severity": severity, "cvss": optional(text), "summary": optional(text),
    "fixed": flag, "disclosed": optional(when),
  ]

  // MARK: The language

  private static let text: Value = ["type": "string"]
  private static let flag: Value = ["type": "boolean"]
  private static let day: Value = ["type": "string", "format": "date"]
  private static let moment: Value = ["type": "string", "format": "date-time"]
  /// A day or a moment.
  private static let when: Value = ["anyOf": [day, moment]]
  private static let severity = optional(choice(Vulnerability.Severity.allCases.map(\.rawValue)))

  private static func choice(_ words: [String]) -> Value { ["enum": .list(words.map { .text($0) })] }

  private static func optional(_ schema: Value) -> Value { ["anyOf": [schema, ["type": "null"]]] }

  private static func list(_ element: Value) -> Value { ["type": "array", "items": element] }

  private static func record(_ members: Fields, onlyInternal: Fields = [:]) -> Value {
    [
      "type": "object", "properties": .record(members.merging(onlyInternal)), "additionalProperties": false,
      "required": .list(members.names.sorted().map { .text($0) }),
    ]
  }

  private static func document(
    _ title: String, _ members: Fields, onlyInternal: Fields = [:]
  ) -> Value {
    let members = members.merging(["$schema": text])
    guard case .record(var schema) = record(members, onlyInternal: onlyInternal) else { return .null }
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = .text(title)
    return .record(schema)
  }

  private static func without(_ name: String, _ members: Fields) -> Fields {
    var members = members
    members[name] = nil
    return members
  }
}
