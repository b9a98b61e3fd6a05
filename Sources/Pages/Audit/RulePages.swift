import Diagnostics
import Governance
import Model
import Templates

/// What one rule asks, why, how, and every outcome.
struct RulePage {
  let scope: PageScope
  let judgement: Judgement
  let entry: RuleBook.Entry

  /// How many releases are named under one result; the matrix has them all.
  private static let listed = 200

  private var rule: Rule { entry.rule }

  var page: Page {
    let outcomes = judgement.outcomes(of: rule.id)
    return scope.page(
      "rule", title: rule.id, section: .audit, description: Wording.capitalized(rule.title) + ".",
      trail: [(scope.edition.site.title, .home), ("Audit", .audit), ("Rules", .rules)],
      fields: [
        "id": .text(rule.id), "title": .text(rule.title), "why": text(rule.why), "applies": text(rule.appliesTo),
        "fix": text(rule.fix), "due": .text(rule.due.phase.words), "counts": Tally(outcomes).value,
        "parameters": parameters, "settings": .list(entry.variants.map(setting)),
        "source": .text(entry.pack.map { "the built-in pack \($0)" } ?? entry.location.words),
        "examples": .list([example(rule.bad, isGood: false), example(rule.good, isGood: true)]),
        "outcomes": groups(outcomes),
      ])
  }

  private func text(_ text: String) -> Value { ["runs": Wording.runs(text)] }

  private var parameters: Value {
    var table = Table("Parameters", [.init("Parameter"), .init("What it sets"), .init("Default"), .init("Takes")])
    for parameter in rule.parameters.map(\.declaration) {
      table.add([
        Cell.code(parameter.name), Cell(Wording.plain(parameter.about)),
        Cell.code(parameter.fallback?.written ?? "nothing is asked"),
        Cell(Wording.plain(parameter.form.noun)),
      ])
    }
    if rule.takesProof {
      table.add([
        Cell.code("proven_by"), Cell("How far what people state must be proven."),
        Cell.code(ProofLevel.record.rawValue),
        Cell("one of " + ProofLevel.allCases.map(\.rawValue).joined(separator: ", ")),
      ])
    }
    return table.value
  }

  /// One variant of the policy: for which releases, how severe, with which values.
  private func setting(_ variant: RuleSetting) -> Value {
    var terms = Terms()
    terms.add("Asked of", variant.applies.words)
    terms.add("Severity", variant.severity.rawValue)
    if let since = variant.since {
      terms.add("Since", scope.cell(.day(since)).marked("what was due earlier only warns"))
    }
    if rule.takesProof { terms.add("Proven by", variant.provenBy.rawValue) }
    terms.add("Waivers", variant.isWaivable ? "possible" : "not possible")
    for (name, value) in variant.written { terms.add(name, Cell.code(value)) }
    terms.add("Set in", Cell.code(variant.location.words))
    return ["terms": terms.value]
  }

  private func example(_ example: RuleExample, isGood: Bool) -> Value {
    var files = [(path: "releases/gateway/2.4.0.yml", text: example.record)]
    files += example.files.map { ($0.path, $0.text) }
    return [
      "good": .flag(isGood), "setting": .text(example.setting == "{}" ? nil : example.setting),
      "circumstances": .text(example.circumstances), "fault": .text(example.fault),
      "files": .list(files.map { ["path": .text($0.path), "text": .text($0.text)] }),
    ]
  }

  private func groups(_ outcomes: [Outcome]) -> Value {
    let shown = Outcome.Result.byUrgency.flatMap { result in
      outcomes.filter { $0.result == result }.prefix(RulePage.listed)
    }
    guard case .record(var groups) = scope.groups(shown, id: "g", entry: entry) else { return .null }
    let tally = Tally(outcomes)
    let cut = Outcome.Result.byUrgency.filter { tally[$0] > RulePage.listed }.map { result in
      "\(RulePage.listed) of \(Wording.grouped(tally[result])) outcomes “\(result.words)” are listed here; the tables "
        + "of the products have all of them."
    }
    groups["cut"] = .list(cut.map { .text($0) })
    return .record(groups)
  }

  private func entry(_ outcome: Outcome) -> Value {
    let facts = scope.edition.product(outcome.release.product)
    return scope.value(
      of: outcome, id: nil, name: "\(facts?.product.name ?? outcome.release.product.text) \(outcome.release.version)",
      title: nil, link: scope.link(to: .dossier(outcome.release), fragment: "rule-" + rule.id),
      limit: reasonsInLists)
  }
}

/// Every rule that the policy asks, and those that it does not.
struct RuleIndexPage {
  let scope: PageScope
  let judgement: Judgement

  var page: Page {
    var asked = Table("Rules of the policy", [.init("Rule"), .init("Due"), .init("Severity"), .init("Outcomes")])
    for entry in judgement.book.entries {
      let severities = RuleSeverity.allCases.filter { severity in
        severity != .off && entry.variants.contains { $0.severity == severity }
      }
      asked.add([
        Cell(entry.rule.id, link: scope.link(toRule: entry.rule.id)).marked(Wording.capitalized(entry.rule.title)),
        Cell(entry.rule.due.phase.words), Cell(severities.map(\.rawValue).joined(separator: ", ")),
        Cell(Tally(judgement.outcomes(of: entry.rule.id)).words),
      ])
    }
    let known = Set(judgement.rules.map(\.id))
    var others = Table("Rules that the policy does not ask", [.init("Rule"), .init("Due")])
    for rule in Rule.all where !known.contains(rule.id) {
      others.add([Cell(rule.id).marked(Wording.capitalized(rule.title)), Cell(rule.due.phase.words)])
    }
    return scope.page(
      "rules", title: "Rules", section: .audit, description: "What every release is asked, and why.",
      trail: [(scope.edition.site.title, .home), ("Audit", .audit)],
      fields: ["asked": asked.value, "others": others.value, "digest": .text(judgement.policyDigest)])
  }
}

extension Applicability {
  /// The releases that are meant, in words.
  var words: String {
    var parts: [String] = []
    func add(_ name: String, _ values: [String]) {
      if !values.isEmpty { parts.append("\(name) \(values.joined(separator: " or "))") }
    }
    add("risk", risk.map(\.rawValue))
    add("product", products)
    add("kind of product", productKinds.map(\.rawValue))
    add("label", labels)
    add("type", kinds.map(\.rawValue))
    add("procedure", procedures.map(\.rawValue))
    add("line", lines)
    add("component", components)
    add("audience", audiences.map(\.rawValue))
    return parts.isEmpty ? "every release" : "releases of " + parts.joined(separator: ", ")
  }
}
