import Diagnostics
import Governance
import Model
import Scheduling
import Templates

/// The facts of the site as JSON documents, each with its schema.
///
/// Dates are as written: days or moments of RFC 3339. Every member is always there, null where nothing is known; only
/// the internal site adds members.
extension PageScope {
  private func document(_ schema: String, _ members: Fields) -> Page {
    var members = members
    members["$schema"] = .text(address(of: .data("schemas/\(schema).json")))
    return Page(route: route, body: .json(.record(members)))
  }

  var siteDocument: Page {
    document(
      "site",
      [
        "title": .text(edition.site.title), "url": .text(edition.site.url), "language": .text(edition.site.language),
        "as_of": .text(edition.ledger.asOf.iso), "audience": .text(edition.ledger.audience.rawValue),
        "gazette": .text(edition.version), "products": .text(address(of: .data("products.json"))),
        "security": .text(address(of: .data("security.json"))), "roadmap": .text(address(of: .data("roadmap.json"))),
        "support": .text(address(of: .data("support.json"))),
        "incidents": .text(address(of: .data("incidents.json"))),
        "calendar": .text(address(of: .data("calendar.json"))),
      ])
  }

  var productsDocument: Page {
    document("products", ["products": .list(edition.products.map { .record(brief($0)) })])
  }

  private func brief(_ facts: ProductFacts) -> Fields {
    [
      "id": .text(facts.product.id.text), "name": .text(facts.product.name),
      "kind": .text(facts.product.kind?.rawValue),
      "summary": .text(facts.product.summary?.whole.plainText),
      "latest": .text(facts.latestRelease?.version.text),
      "next": .text(facts.next.map { facts.releases[$0].version.text }),
      "url": .text(address(of: facts.route)),
      "document": .text(address(of: .data("products/\(Route.segment(facts.product.id.text)).json"))),
    ]
  }

  func productDocument(_ facts: ProductFacts) -> Page {
    var members = brief(facts)
    members["document"] = nil
    members["versioning"] = .text(facts.product.versioning.rawValue)
    members["formerly"] = texts(facts.product.formerly)
    members["upgrade_stops"] = texts(facts.product.upgradeStops.map(\.value))
    members["depends_on"] = texts(facts.product.dependsOn.map(\.value))
    members["lines"] = lines(of: facts)
    members["releases"] = .list(facts.releases.indices.map { .record(brief($0, of: facts)) })
    return document("product", members)
  }

  private func texts(_ texts: [String]) -> Value { .list(texts.map { .text($0) }) }

  private func lines(of facts: ProductFacts) -> Value {
    .list(
      SupportPage.newestFirst(facts.product.lines).map { line in
        [
          "id": .text(line.id), "long_term": .flag(line.isLongTerm),
          "phase": .text((facts.phases[line.id] ?? .active).rawValue), "released": .text(line.released?.iso),
          "active_until": .text(line.activeUntil?.iso), "security_until": .text(line.securityUntil?.iso),
          "extended_until": .text(line.extendedUntil?.iso),
          "next_change": line.nextChange(at: edition.ledger.asOf, in: edition.zone).map { change in
            ["date": .text(change.date.iso), "phase": .text(change.phase.rawValue)]
          } ?? .null,
        ]
      })
  }

  private func brief(_ position: Int, of facts: ProductFacts) -> Fields {
    let release = facts.releases[position]
    return [
      "version": .text(release.version.text), "status": .text(release.status.rawValue),
      "type": .text(release.kind.rawValue), "title": .text(release.title),
      "released": .text(release.released?.value.iso), "scheduled": .text(release.scheduled?.at.value.iso),
      "line": .text(release.line), "url": .text(address(of: facts.routes[position])),
      "document": .text(address(of: .data(of: release.id))),
    ]
  }

  func releaseDocument(_ position: Int, of facts: ProductFacts) -> Page {
    let release = facts.releases[position]
    let anchors = Anchors(of: release)
    var members = brief(position, of: facts)
    members["document"] = nil
    members["product"] = .text(facts.product.id.text)
    members["latest"] = .flag(facts.latest == position)
    members["summary"] = .text(release.summary?.whole.plainText)
    members["notes"] = .text(release.notes.map { markdown($0.prose) })
    members["previous"] = .text(release.previous?.text)
    members["hotfix_of"] = .text(release.hotfixOf?.value)
    members["changes"] = .list(
      release.changes.indices.map { document(of: release.changes[$0], anchor: anchors.changes[$0]) })
    members["security"] = .list(release.security.map(document))
    members["known_issues"] = .list(
      zip(release.knownIssues, anchors.issues).map { issue, anchor in
        [
          "id": .text(anchor), "text": .text(issue.text.whole.plainText),
          "workaround": .text(issue.workaround?.whole.plainText), "fixed_in": .text(issue.fixedIn?.value),
        ]
      })
    members["depends_on"] = .list(
      release.dependsOn.map {
        ["product": .text($0.product.value), "version": .text($0.version)]
      })
    members["upgrade"] = [
      "from": .text(release.upgrade.from), "downgrade": .text(release.upgrade.downgrade?.rawValue),
      "guide": .text(
        release.upgrade.guide.flatMap { edition.route(of: .guide(page: $0.value)) }.map { address(of: $0) }),
    ]
    members["compatibility"] = .list(
      release.compatibility.map { ["name": .text($0.name), "versions": .text($0.versions)] })
    members["artifacts"] = .list(
      release.artifacts.map {
        [
          "name": .text($0.name), "url": .text($0.url), "digest": .text($0.digest), "size": .number($0.size),
          "purl": .text($0.purl),
        ]
      })
    members["evidence"] = .list(release.evidence.map { document(of: $0, of: release.id) })
    if edition.isInternal { members["internal"] = internalFacts(of: release) }
    return document("release", members)
  }

  private func document(of change: Change, anchor: String) -> Value {
    [
      "id": .text(change.id), "anchor": .text(anchor), "kind": .text(change.kind?.rawValue),
      "text": .text(change.text.whole.plainText), "component": .text(change.component),
      "refs": texts(change.references),
      "action": .text(change.action?.whole.plainText), "impact": .text(change.impact?.whole.plainText),
      "backport_of": .text(change.backportOf),
    ]
  }

  /// What is offered of a file of evidence, and where the file is.
  private func document(of entry: EvidenceEntry, of release: ReleaseID) -> Value {
    let file = edition.ledger.evidence[release, entry.id.value]?.file
    let route = EvidenceDownload.route(of: entry, of: release, in: edition.ledger)
    return [
      "id": .text(entry.id.value), "kind": .text(entry.kind?.value),
      "format": .text(file?.format.rawValue ?? entry.format?.value),
      "statement": .text(entry.statement), "sha256": .text(file?.sha256 ?? entry.sha256?.value),
      "size": .number(file?.size ?? entry.size), "url": .text(route.map { address(of: $0) } ?? entry.url),
    ]
  }

  private func document(of vulnerability: Vulnerability) -> Value {
    [
      "id": .text(vulnerability.id), "aliases": texts(vulnerability.aliases),
      "severity": .text(vulnerability.severity?.rawValue), "cvss": .text(vulnerability.score.map(score)),
      "summary": .text(vulnerability.summary?.whole.plainText), "fixed": .flag(vulnerability.isFixed),
      "disclosed": .text(vulnerability.disclosed?.iso),
    ]
  }

  private func internalFacts(of release: Release) -> Value {
    [
      "procedure": .text(release.procedure?.value.rawValue), "risk": .text(release.risk?.value.rawValue),
      "owner": .text(release.owner?.value), "reason": .text(release.reason?.value), "labels": texts(release.labels),
      "commit": .text(release.commit),
      "approvals": .list(
        release.approvals.map {
          [
            "by": .text($0.by.value), "role": .text($0.role?.value), "asked": .text($0.asked?.value.iso),
            "at": .text($0.at?.value.iso), "decision": .text($0.decision.value.rawValue),
            "conditions": .text($0.conditions), "on_behalf_of": .text($0.onBehalfOf?.value),
            "comment": .text($0.comment), "ref": .text($0.reference), "place": .text($0.location.words),
          ]
        }),
      "stages": .list(
        (release.rollout?.stages ?? []).map {
          [
            "environment": .text($0.environment.value), "status": .text($0.status?.value.rawValue),
            "started": .text($0.started?.value.iso), "finished": .text($0.finished?.value.iso),
            "decision": .text($0.decision?.value.rawValue),
          ]
        }),
      "outcomes": .list((edition.judgement?.outcomes(of: release.id) ?? []).map(document)),
    ]
  }

  private func document(of outcome: Outcome) -> Value {
    [
      "rule": .text(outcome.rule), "result": .text(outcome.result.rawValue),
      "severity": .text(outcome.severity.rawValue), "before_since": .flag(outcome.isBeforeSince),
      "judged_at": .text(outcome.judgedAt?.iso), "due_at": .text(outcome.dueAt?.iso), "waiver": .text(outcome.waiver),
      "reasons": .list(
        outcome.reasons.map { ["text": .text($0.text), "place": .text($0.location?.words)] }),
    ]
  }

  var securityDocument: Page {
    document(
      "security",
      [
        "advisories": .list(
          edition.advisories.map { advisory in
            [
              "id": .text(advisory.id), "aliases": texts(advisory.aliases),
              "severity": .text(advisory.severity?.rawValue), "cvss": .text(advisory.score.map(score)),
              "summary": .text(advisory.summary?.whole.plainText), "disclosed": .text(advisory.disclosed?.iso),
              "fixed": .flag(advisory.isFixed), "osv": .text(address(of: .advisory(advisory.id))),
              "releases": .list(
                advisory.mentions.map { mention in
                  let facts = edition.products[mention.product]
                  return [
                    "product": .text(facts.product.id.text),
                    "version": .text(facts.releases[mention.release].version.text),
                    "fixed": .flag(mention.isFix),
                  ]
                }),
            ]
          })
      ])
  }

  var incidentsDocument: Page {
    document(
      "incidents",
      [
        "incidents": .list(
          edition.incidents.map { incident in
            var cause: Value = .null
            if case .release(let product, let version)? = incident.causedBy {
              cause = ["product": .text(product.value), "version": .text(version.value)]
            }
            return [
              "id": .text(incident.id), "title": .text(incident.title), "severity": .text(incident.severity?.rawValue),
              "products": texts(incident.products.map(\.value)), "began": .text(incident.began?.value.iso),
              "detected": .text(incident.detected?.value.iso), "resolved": .text(incident.resolved?.value.iso),
              "customer_impact": .text(incident.customerImpact), "caused_by": cause,
              "url": .text(address(of: .incident(incident.id))),
            ]
          })
      ])
  }

  var roadmapDocument: Page {
    let rows: [Value] = edition.products.flatMap { facts in
      facts.ahead
        .map { position in
          var row = brief(position, of: facts)
          row["product"] = .text(facts.product.id.text)
          return .record(row)
        }
    }
    return document("roadmap", ["releases": .list(rows)])
  }

  /// Everything dated, by its beginning; of what comes again the times of the months that have a page.
  var calendarDocument: Page {
    let plan = edition.calendarPlan
    guard let first = plan.months.first, let last = plan.months.last else {
      return document("calendar", ["entries": .list([]), "conflicts": .list([])])
    }
    let days = first...last.nextMonth + -1
    let items = plan.calendar.items(in: days) + plan.calendar.windowItems(in: plan.today...plan.today + 366)
    return document(
      "calendar",
      [
        "entries": .list(
          items.map { item in
            let entry = edition.calendarPlan.calendar.entry(of: item)
            let (start, end): (String, String) =
              switch item.time {
              case .days(let first, let last): (first.iso, last.iso)
              case .moments(let from, let to): (from.iso, to.iso)
              }
            return [
              "kind": .text(entry.kind.rawValue), "title": .text(entry.title), "start": .text(start), "end": .text(end),
              "status": .text(entry.status?.rawValue), "product": .text(entry.product?.text),
              "version": .text(entry.version),
            ]
          }),
        "conflicts": .list(
          plan.calendar.conflicts(in: days).map { conflict in
            [
              "kind": .text(conflict.kind.rawValue), "text": .text(conflict.text),
              "product": .text(conflict.release.product.text), "version": .text(conflict.release.version),
              "start": .text(conflict.time.from.iso), "end": .text(conflict.time.to.iso),
            ]
          }),
      ])
  }

  var supportDocument: Page {
    document(
      "support",
      [
        "products": .list(
          edition.products.filter(\.hasSupportPage).map { facts in
            [
              "id": .text(facts.product.id.text), "name": .text(facts.product.name),
              "url": .text(address(of: facts.supportRoute ?? facts.route)), "lines": lines(of: facts),
            ]
          })
      ])
  }
}
