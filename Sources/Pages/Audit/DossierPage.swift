import Diagnostics
import Governance
import Model
import Templates

/// The audit page of one release: what, why, how tested and accepted, who, which rule held, how it went out and after.
///
/// It shows and never concludes. What nobody stated is said to be missing, in the place where it would stand.
struct DossierPage {
  let scope: PageScope
  let facts: ProductFacts
  let position: Int
  let release: Release
  private let outcomes: [Outcome]

  init(scope: PageScope, facts: ProductFacts, position: Int) {
    (self.scope, self.facts, self.position) = (scope, facts, position)
    release = facts.releases[position]
    outcomes = scope.edition.judgement?.outcomes(of: release.id) ?? []
  }

  private var edition: Edition { scope.edition }
  var zone: Zone { edition.zone }

  var page: Page {
    let name = "\(facts.product.name) \(release.version.text)"
    let after = DossierAftermath(scope: scope, facts: facts, release: release)
    let delivery = DossierDelivery(scope: scope, facts: facts, release: release)
    return scope.page(
      "dossier", title: "Dossier of \(name)", section: .audit,
      description: "What is recorded of \(name): why, how tested, by whom approved, how it went out.",
      trail: [
        (edition.site.title, .home), (facts.product.name, facts.route), (release.version.text, facts.routes[position]),
      ],
      fields: [
        "product": scope.reference(to: facts), "version": .text(release.version.text), "title": .text(release.title),
        "notes": scope.link(to: facts.routes[position]), "status": Wording.choice(release.status),
        "released": release.released.map { scope.dates.date($0.value) } ?? .null, "verdict": verdict,
        "what": what, "artifacts": artifacts, "why": why, "factors": items(release.riskFactors.map { .text($0.value) }),
        "vulnerabilities": vulnerabilities, "exposure": exposure, "uncommitted": scope.uncommittedRemark,
        "evidence": evidence, "acceptance": acceptance, "people": people,
        "approvals": approvals, "rules": rules, "rollout": delivery.rollout, "environments": delivery.environments,
        "rollback": delivery.rollback, "runbook": delivery.runbook, "communication": delivery.communication,
        "validation": after.validation, "checks": after.checks, "review": after.review, "actions": after.actions,
        "incidents": after.incidents, "amendments": after.amendments, "judged": judged,
        "history": DossierHistory(scope: scope, release: release).value,
      ])
  }

  /// What the rules say together; null where there are none.
  private var verdict: Value {
    let tally = Tally(outcomes)
    guard tally.total > 0 else { return .null }
    let open = tally[.failed] + tally[.unverifiable]
    let (tone, lead): (String, String) =
      switch (open, release.status.hasShipped) {
      case (0, true) where tally[.waived] > 0:
        ("caution", "It went out with \(Wording.count(tally[.waived], "rule", "rules")) waived.")
      case (0, true): ("plain", "No rule that was due is broken.")
      case (0, false):
        ("plain", tally[.pending] > 0 ? "Nothing that is due is missing." : "No rule is broken.")
      case (_, true):
        (
          outcomes.contains(where: \.isBlocking) ? "stop" : "caution",
          "It went out, and \(Wording.count(open, "rule is", "rules are")) not shown to hold."
        )
      default: ("caution", "\(Wording.count(open, "rule is", "rules are")) not shown to hold yet.")
      }
    return ["tone": .text(tone), "lead": .text(lead), "counts": tally.value, "broken": broken]
  }

  /// The rules that did not hold, for those who read no further.
  private var broken: Value {
    items(
      outcomes.filter { $0.isBroken || $0.result == .waived }.map { outcome in
        [
          "result": outcome.result.choice, "rule": .text(outcome.rule), "link": .text("#rule-" + outcome.rule),
          "title": .text(Rule.named(outcome.rule)?.title),
        ]
      })
  }

  private var rules: Value {
    scope.groups(outcomes, id: "g-rules") { outcome in
      scope.value(
        of: outcome, id: "rule-" + outcome.rule, name: outcome.rule, title: Rule.named(outcome.rule)?.title,
        link: scope.link(toRule: outcome.rule))
    }
  }

  // MARK: What and why

  private var what: Value {
    var terms = Terms()
    terms.add("Product", "\(facts.product.name) (\(facts.product.id.text))")
    terms.add("Version", release.version.text + (release.line.map { ", line \($0)" } ?? ""))
    terms.add(
      "Follows", release.previous.map { scope.cell(version: $0.text, of: facts) } ?? Cell("nothing: the first known"))
    if let repaired = release.hotfixOf { terms.add("Repairs", scope.cell(version: repaired.value, of: facts)) }
    terms.add("Type", Wording.words(for: release.kind))
    if let scheduled = release.scheduled {
      terms.add("Scheduled", scope.cell(scheduled.at).marked(scheduled.window.map { "window \($0.value)" }))
    }
    terms.add("Released", scope.cell(release.released))
    terms.add(
      "Changes",
      Cell(
        release.changes.isEmpty ? "none listed" : Wording.countGrouped(release.changes.count, "change", "changes"),
        link: scope.link(to: facts.routes[position])))
    terms.addKnown("Train", release.train?.value)
    if let frozen = release.scopeFrozen { terms.add("Scope frozen", scope.cell(frozen)) }
    terms.add("Source", sources)
    let tags = tags
    if !tags.isEmpty { terms.add("Tag", tags) }
    terms.add("Build", build)
    if !release.dependsOn.isEmpty {
      terms.add(
        "Needs",
        release.dependsOn.map { needed in
          Cell(
            needed.product.value + (needed.version.map { " " + $0 } ?? ""),
            link: edition.product(named: needed.product.value).map { scope.link(to: $0.route) } ?? .null)
        })
    }
    terms.add("Recorded in", Cell.code(release.location.words))
    return terms.value
  }

  private var sources: [Cell] {
    var cells = release.commits.map { commit in
      Cell.code(commit.commit?.value ?? commit.tag?.value).marked(
        [commit.source.map { "source \($0.value)" }, commit.commit == nil ? nil : commit.tag.map { "tag \($0.value)" }]
          .compactMap { $0 }.joined(separator: ", ").nonEmpty)
    }
    if let commit = release.commit, !release.commits.contains(where: { $0.commit?.value == commit }) {
      cells.insert(Cell.code(commit), at: 0)
    }
    return cells
  }

  /// What Git has as tags of the release, and how far they are proven.
  private var tags: [Cell] {
    let git = edition.ledger.git
    return (git.commits[release.id] ?? []).compactMap { source in
      guard let tag = source.tag else { return nil }
      let unchecked = "signature not checked" + (git.obstacle.map { ", for \($0.words)" } ?? "")
      return Cell(
        tag.name, style: "code",
        notes: tag.isAnnotated
          ? ["annotated, tagged \(zone.words(for: tag.date))", source.tagSignature?.words ?? unchecked]
          : ["light: without a tagger, not signed"])
    }
  }

  private var build: [Cell] {
    guard let build = release.build else { return [] }
    var cell = Cell(build.id ?? "a run without an id")
    cell.notes = [
      build.at.map { "on \($0.value.words(in: zone))" }, build.runner.map { "by \($0)" },
      build.reproducible.map { "reproducible: \($0)" },
    ].compactMap { $0 }
    return [cell] + (build.url.map { [Cell.address($0)] } ?? [])
  }

  private var artifacts: Value {
    var table = Table("Artifacts", [.init("Artifact"), .init("Digest"), .init("Size", "number")])
    for artifact in release.artifacts {
      table.add([
        Cell(artifact.name).marked(artifact.purl), .code(artifact.digest),
        Cell(artifact.size.map(Wording.size), style: "number"),
      ])
    }
    return table.value
  }

  private var why: Value {
    var terms = Terms()
    terms.add("Reason", release.reason?.value)
    switch release.cause {
    case .incident(let id):
      terms.add(
        "Because of",
        Cell(
          "incident \(id.value)" + (release.isUnplanned ? ", unplanned" : ""),
          link: scope.link(to: edition.route(of: .incident(id.value)))))
    case .vulnerability(let id):
      terms.add(
        "Because of",
        Cell(
          "vulnerability \(id.value)" + (release.isUnplanned ? ", unplanned" : ""),
          link: edition.advisory(of: id.value).map { scope.link(to: .security, fragment: $0.anchor) } ?? .null))
    case nil: if release.isUnplanned { terms.add("Because of", "unplanned; no cause is stated") }
    }
    terms.add(
      "Procedure", (release.procedure?.value ?? .normal).rawValue + (release.procedure == nil ? " (by default)" : ""))
    terms.addKnown("Standard change", release.standardChange)
    terms.add("Risk", release.risk?.value.rawValue)
    terms.add(
      "Risk factors",
      release.riskFactors.isEmpty ? "none stated" : release.riskFactors.map(\.value).joined(separator: ", "))
    terms.add("Impact on security", release.securityImpact?.value)
    terms.addKnown("Labels", release.labels.joined(separator: ", ").nonEmpty)
    return terms.value
  }

  private var vulnerabilities: Value {
    var table = Table("Vulnerabilities", [.init("Vulnerability"), .init("Severity"), .init("In this release")])
    for vulnerability in release.security {
      table.add([
        Cell(
          vulnerability.id,
          link: edition.advisory(of: vulnerability.id).map {
            scope.link(to: .security, fragment: $0.anchor)
          } ?? .null, notes: vulnerability.aliases),
        Cell(vulnerability.severity?.rawValue).marked(vulnerability.score.map { "CVSS \(score($0))" }),
        Cell(vulnerability.isFixed ? "fixed" : "known, not fixed"),
      ])
    }
    return table.value
  }

  // MARK: Tested and accepted

  /// How many vulnerabilities are shown one by one.
  private static let listed = 100

  /// What is known to be wrong with the things in the release, what counts first.
  private var exposure: Value {
    let findings = SupplyRegister.Findings(of: release, in: edition.ledger, listsParts: false)
    let entries = findings.entries.filter(\.isLive) + findings.entries.filter { !$0.isLive }
    let live = findings.entries.count(where: \.isLive)
    var table = Table(
      "Known vulnerabilities", [.init("Vulnerability"), .init("In"), .init("Severity"), .init("Counts")])
    for entry in entries.prefix(Self.listed) {
      table.add([
        Cell(entry.id, notes: entry.aliases),
        Cell(([entry.package] + entry.versions).joined(separator: " ")).marked(
          entry.fixedIn.isEmpty ? nil : "fixed in " + entry.fixedIn.joined(separator: ", ")),
        Cell(entry.severity.map { Wording.capitalized($0.word) } ?? "not rated")
          .marked(entry.score.map { "CVSS \(score($0))" }),
        entry.excuse.map { Cell("no", notes: [$0.reason]) } ?? Cell("yes"),
      ])
    }
    let lead =
      if !entries.isEmpty {
        "\(Wording.countGrouped(entries.count, "entry", "entries")), of which \(live) count."
          + (findings.hasScan ? "" : " No scan was recorded, so there may be more.")
      } else if findings.hasScan {
        "The scans that are recorded tell of none."
      } else {
        "Nobody looked: no scan, VEX file or bill of materials that tells of vulnerabilities is recorded."
      }
    let rest = entries.count - Self.listed
    return [
      "lead": .text(lead), "table": table.value,
      "rest": rest > 0 ? .text("\(Wording.grouped(rest)) more are on the pages of the evidence.") : .null,
    ]
  }

  private var evidence: Value {
    var table = Table(
      "Evidence", [.init("Evidence"), .init("What it says"), .init("Made"), .init("File and digest")])
    for entry in release.evidence {
      let view = EvidenceEntryView(entry, of: release.id, in: scope)
      var made = scope.cell(view.producedAt)
      made.notes = [view.tool.map { "by \($0)" }, entry.environment.map { "in \($0.value)" }].compactMap { $0 }
      table.add(
        [
          Cell(entry.id.value, link: scope.link(to: .evidence(release.id, entry.id.value)))
            .marked(view.kind),
          Cell(view.says, notes: view.remarks + view.additions.map { "\($0.term): \($0.text)" }), made,
          Cell.code(view.file).marked(view.shortDigest),
        ])
    }
    return table.value
  }

  private var acceptance: Value {
    var table = Table(
      "Acceptance", [.init("Criterion"), .init("Result"), .init("By"), .init("When"), .init("Evidence")])
    for entry in release.acceptance {
      table.add([
        Cell(entry.criterion),
        Cell(entry.result?.value.rawValue, chip: entry.result?.value.rawValue),
        scope.cell(entry.by).marked(entry.role?.value), scope.cell(entry.at),
        scope.cell(evidence: entry.evidence?.value, of: release),
      ])
    }
    return table.value
  }

  // MARK: Who

  private var people: Value {
    var terms = Terms()
    terms.add("Release manager", scope.cell(release.owner))
    terms.add("Authors", release.authors.map { scope.cell($0) })
    return terms.value
  }

  private var approvals: Value {
    var table = Table(
      "Approvals", [.init("Who"), .init("Decision"), .init("When"), .init("How far proven")])
    for approval in release.approvals {
      var who = scope.cell(approval.by).marked(approval.role?.value)
      if let other = approval.onBehalfOf { who.notes.append("for \(scope.person(other.value) ?? other.value)") }
      var decision = Cell(approval.decision.value.rawValue, chip: approval.decision.value.rawValue)
      decision.notes = [
        approval.conditions.map { "on condition: \($0)" }, approval.comment.map { "comment: \($0)" },
        approval.reference.map { "reference: \($0)" },
      ].compactMap { $0 }
      let asked = approval.asked.map { "asked \($0.value.words(in: zone))" }
      table.add([
        who, decision, scope.cell(approval.at).marked(asked),
        scope.standing(of: approval.by.value, at: approval.location),
      ])
    }
    return table.value
  }

  // MARK: What judged

  private var judged: Value {
    var terms = Terms()
    terms.add("As of", scope.cell(edition.ledger.asOf))
    if let digest = edition.judgement?.policyDigest {
      terms.add("Policy", Cell.code(digest).marked("SHA-256 over its files"))
    } else {
      terms.add("Policy", "none: this site has no rules")
    }
    scope.addCommit(to: &terms)
    terms.add("Gazette", edition.version)
    return terms.value
  }
}

extension String {
  /// The text, or `nil` when it is empty.
  var nonEmpty: String? { isEmpty ? nil : self }
}

extension TagSignature {
  /// In a few words.
  fileprivate var words: String {
    if let otherName { return "signed as another tag, \(otherName)" }
    return switch result {
    case .good(let address, let person): "signed by \(person ?? address), whose key was listed before"
    case .unlisted: "signed by a key that was not listed before"
    case .bad: "signed, and the signature is bad"
    case .unsigned: "not signed"
    case .unverifiable(let reason, _): "signed; the signature is not checked: \(reason)"
    }
  }
}
