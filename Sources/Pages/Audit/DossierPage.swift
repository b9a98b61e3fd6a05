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
  let place: ReleasePosition
  let release: Release
  private let outcomes: [Outcome]
  private let record: DossierRecord

  init(scope: PageScope, place: ReleasePosition) {
    (self.scope, self.place) = (scope, place)
    facts = scope.edition.products[place.product]
    release = facts.releases[place.release]
    outcomes = scope.edition.judgement?.outcomes(of: release.id) ?? []
    record = DossierRecord(of: release, in: scope.edition)
  }

  private var edition: Edition { scope.edition }
  private var position: Int { place.release }

  var page: Page {
    let name = "\(facts.product.name) \(release.version.text)"
    let made = DossierFacts(scope: scope, facts: facts, position: position, release: release, record: record)
    let proof = DossierProof(scope: scope, release: release, place: place, record: record)
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
        "what": made.what, "artifacts": made.artifacts, "why": made.why,
        "factors": items(release.riskFactors.map { .text($0.value) }),
        "vulnerabilities": made.vulnerabilities, "exposure": proof.exposure, "uncommitted": scope.uncommittedRemark,
        "evidence": proof.evidence, "acceptance": proof.acceptance, "people": proof.people,
        "approvals": proof.approvals, "gates": proof.gates, "rules": rules, "rollout": delivery.rollout,
        "environments": delivery.environments,
        "rollback": delivery.rollback, "runbook": delivery.runbook, "communication": delivery.communication,
        "validation": after.validation, "checks": after.checks, "review": after.review, "actions": after.actions,
        "incidents": after.incidents, "amendments": after.amendments, "judged": judged,
        "history": DossierHistory(scope: scope, release: release).value, "record": record.value,
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
      case (0, false) where outcomes.contains(where: \.isObjectedTo):
        ("caution", "Nothing that is due is missing, but something stands against it.")
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
      outcomes.filter { $0.isBroken || $0.result == .waived || $0.isObjectedTo }.map { outcome in
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
        link: scope.link(toRule: outcome.rule), record: record)
    }
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
