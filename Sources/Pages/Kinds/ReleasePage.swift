import Diagnostics
import Model
import Templates

/// The notes of one release: what to do first, then what is breaking, then the rest.
struct ReleasePage {
  let scope: PageScope
  let facts: ProductFacts
  let position: Int
  private let release: Release
  let anchors: Anchors

  init(scope: PageScope, facts: ProductFacts, position: Int) {
    (self.scope, self.facts, self.position) = (scope, facts, position)
    release = facts.releases[position]
    anchors = Anchors(of: release)
  }

  private var edition: Edition { scope.edition }
  var name: String { "\(facts.product.name) \(release.version.text)" }

  var page: Page {
    let changes = ReleaseChanges(scope: scope, facts: facts, release: release, anchors: anchors)
    return scope.page(
      "release", title: name, section: .releases,
      description: release.brief(limit: 200) ?? release.title ?? "What is known of \(name).",
      feedsOf: facts, trail: [(edition.site.title, .home), (facts.product.name, facts.route)],
      published: release.released?.value, isArticle: true,
      fields: [
        "product": [
          "id": .text(facts.product.id.text), "name": .text(facts.product.name), "link": scope.link(to: facts.route),
          "upgrade": scope.link(to: facts.upgradeRoute), "support": scope.link(to: facts.supportRoute),
        ],
        "release": record(provenance: changes.provenance), "notice": notice, "superseded": superseded,
        "advice": ReleaseAdvice(scope: scope, facts: facts, position: position, anchors: anchors).value,
        "breaking": changes.breaking, "security": changes.security, "notes": changes.notes, "changes": changes.groups,
        "commits": changes.commits, "known_issues": changes.knownIssues,
        "upgrade": ReleaseDelivery(scope: scope, facts: facts, position: position).upgrade,
        "dependencies": ReleaseSupplyChange(scope: scope, facts: facts, position: position).value,
        "downloads": ReleaseDelivery(scope: scope, facts: facts, position: position).downloads, "evidence": evidence,
        "dossier": edition.isInternal ? scope.link(to: .dossier(release.id)) : .null,
        "older": neighbour(position + 1), "newer": neighbour(position - 1),
      ])
  }

  private func record(provenance: String?) -> Value {
    let isOut = release.released != nil
    return [
      "version": .text(release.version.text), "title": .text(release.title), "summary": scope.block(release.summary),
      "reason": release.reason.map { .words($0.value) } ?? .null,
      "security_impact": release.securityImpact.map { .words($0.value) } ?? .null,
      "status": Wording.choice(release.status), "type": Wording.choice(release.kind),
      "latest": .flag(facts.latest == position),
      "released": release.released.map { scope.dates.date($0.value) } ?? .null,
      "scheduled": isOut ? .null : scheduled, "line": line,
      "previous": release.previous.map { scope.reference(to: $0.text, of: facts) } ?? .null,
      "hotfix_of": release.hotfixOf.map { scope.reference(to: $0.value, of: facts) } ?? .null,
      "tag": .text(release.commits.lazy.compactMap(\.tag?.value).first),
      "commit": release.commit.map { ["short": .text(String($0.prefix(7))), "full": .text($0)] } ?? .null,
      "owner": .text(release.owner.map { edition.person($0.value)?.name ?? $0.value }),
      "procedure": release.procedure.map { Wording.choice($0.value) } ?? .null,
      "risk": release.risk.map { Wording.choice($0.value) } ?? .null,
      "labels": items(release.labels.map { .text($0) }), "internal": .flag(facts.isInternal(release)),
      "markdown": "notes.md", "json": scope.link(to: .data(of: release.id)), "provenance": .text(provenance),
    ]
  }

  /// The files that prove something, as far as the audience may have them.
  private var evidence: Value {
    items(
      release.evidence.map { entry in
        let view = EvidenceEntryView(entry, of: release.id, in: scope)
        return [
          "title": .text(entry.id.value), "kind": .text(view.kind),
          "link": edition.isInternal ? scope.link(to: .evidence(release.id, entry.id.value)) : .null,
          "file": view.download.map { .text(scope.route.link(to: $0)) } ?? .null, "size": .text(view.size),
          "statement": .text(view.publicWords), "digest": .text(entry.sha256.map { "sha256:\($0.value)" }),
          "internal": .flag(entry.audience == .internal),
        ]
      })
  }

  private var scheduled: Value {
    guard let scheduled = release.scheduled, case .record(var date) = scope.dates.date(scheduled.at.value) else {
      return .null
    }
    date["until"] = scheduled.until.map { until($0.value, from: scheduled.at.value) } ?? .null
    return .record(date)
  }

  /// On the same day only the hour.
  private func until(_ end: When, from start: When) -> Value {
    guard case .record(var date) = scope.dates.date(end) else { return .null }
    if end.date(in: edition.zone) == start.date(in: edition.zone), case .text(let words)? = date["text"],
      let comma = words.firstRange(of: ", ")
    {
      date["text"] = .text(String(words[comma.upperBound...]))
    }
    return .record(date)
  }

  private var line: Value {
    guard let line = facts.line(release.line) else { return .null }
    return [
      "id": .text(line.id), "text": .text(line.isLongTerm ? line.id + " (LTS)" : line.id),
      "link": facts.supportRoute.map { scope.link(to: $0, fragment: facts.lineAnchors[line.id]) } ?? .null,
      "support": scope.support(of: line, in: facts),
    ]
  }

  private var notice: Value {
    let (tone, title, words): (String, String, String?)
    switch release.status {
    case .released: return .null
    case .withdrawn:
      (tone, title, words) = ("stop", "Withdrawn — do not use", "This release was withdrawn after it came out.")
    case .rolledBack: (tone, title, words) = ("stop", "Rolled back", "This release came out and was taken back.")
    case .cancelled: (tone, title, words) = ("stop", "Cancelled — never released", nil)
    case .planned: (tone, title, words) = ("plan", "Planned — not released", "Dates and contents may change.")
    case .candidate: (tone, title, words) = ("plan", "Candidate — not released", "Dates and contents may change.")
    case .approved:
      (tone, title, words) = ("plan", "Approved — not released", "It is ready to go out and has not gone out yet.")
    case .rollingOut:
      (tone, title, words) = (
        "caution", "Rolling out", "It is on its way, step by step, and may not have reached you yet."
      )
    }
    return [
      "tone": .text(tone), "title": .text(title),
      "text": .text(words), "reason": .null,
      "instead": instead,
    ]
  }

  private var instead: Value {
    guard release.status == .withdrawn || release.status == .rolledBack, let target = facts.replacement(for: position)
    else { return .null }
    return [
      "text": .text("\(facts.product.name) \(facts.releases[target].version.text)"),
      "link": scope.link(to: facts.routes[target]),
    ]
  }

  private var superseded: Value {
    guard let latest = facts.latest, latest < position, release.status.isCurrent else { return .null }
    let version = facts.releases[latest].version.text
    return [
      "version": .text(version), "link": scope.link(to: facts.routes[latest]),
      "text": .text("\(version) is the latest release."),
    ]
  }

  private func neighbour(_ position: Int) -> Value {
    guard facts.releases.indices.contains(position) else { return .null }
    let release = facts.releases[position]
    return [
      "version": .text(release.version.text), "title": .text(release.title),
      "link": scope.link(to: facts.routes[position]),
      "date": release.date.map(scope.dates.day) ?? .null,
    ]
  }
}
