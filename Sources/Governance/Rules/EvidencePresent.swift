import Diagnostics
package import Model

extension Rule {
  private static let kinds = Parameter<[Located<String>]>.ids(
    "kinds", default: ["tests"], "The kinds of evidence that must be there.")
  private static let layers = Parameter<[Located<String>]>.texts("layers", "The layers of tests that must be there.")
  private static let allowReferenced = Parameter<Bool>.flag(
    "allow_referenced", default: false, "Whether a file elsewhere, known by its address and digest, is enough.")

  static let evidencePresent = Rule(
    "evidence-present",
    title: "the required kinds of evidence are there",
    why: "What nobody can show later was not done, as far as an auditor can tell.",
    appliesTo: "Every release.",
    fix: """
      Add the missing file to `evidence`, with its `kind` and, for tests, its `layer`. In a pipeline, `gazette record \
      evidence` does it.
      """,
    due: .candidate, parameters: [kinds, layers, allowReferenced], asks: .evidenceDates,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      evidence:
        - {id: pentest, kind: tests, url: 'https://evidence.harbor.example/1.pdf'}
      """, fault: "pentest"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      evidence:
        - {id: unit, kind: tests, layer: unit, path: content/evidence/gateway/2.4.0/unit.xml, at: 2026-10-19}
      """,
      files: [
        RuleExample.File(
          "evidence/gateway/2.4.0/unit.xml",
          "<testsuite name=\"search\"><testcase name=\"finds\" classname=\"search\"/></testsuite>\n")
      ])
  ) { release in
    let entries = release.release.evidence.filter { $0.path != nil || $0.url != nil }
    var found: [Reason] = []
    var problems: [Reason] = []
    var doubts: [Reason] = []
    func ask(_ noun: String, where isMeant: (EvidenceEntry) -> Bool, help: String) {
      let meant = entries.filter(isMeant)
      let obstacles = meant.map { obstacle(to: $0, release) }
      let good = meant.indices.filter { obstacles[$0] == nil }
      if let first = good.first {
        let dated = good.first { release.timeliness(of: meant[$0]) == .inTime }
        found.append(
          Reason("\(noun) is there: `\(meant[dated ?? first].id.value)`", at: meant[dated ?? first].id.location))
        if dated == nil { doubts.append(release.doubt(about: meant[first])) }
      } else if let obstacle = obstacles.first ?? nil {
        problems.append(obstacle)
      } else {
        problems.append(Reason("\(release.name) has no \(noun)", at: release.place, help: help))
      }
    }
    for kind in release[kinds] {
      ask("evidence of the kind `\(kind.value)`", where: { $0.kind?.value == kind.value }, help: "add it to `evidence`")
    }
    for layer in release[layers] {
      ask(
        "tests of the layer `\(layer.value)`", where: { $0.kind?.value == "tests" && $0.layer == layer.value },
        help: "add them to `evidence` with `layer: \(layer.value)`")
    }
    if problems.isEmpty, let doubt = doubts.first { return .unverifiable(doubt, need: doubt.help ?? "add `at`") }
    return .failed(problems, otherwise: found)
  }

  /// Why an entry shows nothing, though it is there.
  private static func obstacle(to entry: EvidenceEntry, _ release: RuleCase) -> Reason? {
    let place = entry.id.location
    guard release.timeliness(of: entry) != .late else {
      return Reason(
        "the evidence `\(entry.id.value)` was made after it was due, and does not count", at: place,
        help: "next time, make it before")
    }
    switch release.reading(of: entry) {
    case .read(let file)?:
      guard let kind = entry.kind?.value, let fits = file.payload.fits(kind), !fits else { return nil }
      return Reason(
        "the evidence `\(entry.id.value)` holds nothing of the kind `\(kind)`", at: place,
        help: "add the report itself, in a format that is read, or correct `kind`")
    case .unreadable(let reason)?:
      return Reason(
        "the evidence `\(entry.id.value)` cannot be read: \(reason)", at: entry.id.location,
        help: "mend or replace the file")
    case .referenced?, nil:
      if release[allowReferenced] { return nil }
      return Reason(
        "the evidence `\(entry.id.value)` is elsewhere, and nobody can read here what it says", at: entry.id.location,
        help: "add the file, or set `allow_referenced` in the policy")
    }
  }
}

extension Rule {
  /// How many kinds and layers a setting of ``evidencePresent`` asks for.
  fileprivate static func requirements(of setting: RuleSetting) -> Int { setting[kinds].count + setting[layers].count }
}

extension Judgement {
  /// How many kinds of evidence and layers of tests `evidence-present` asked of a release, and how many were there.
  ///
  /// - Returns: `nil` for a release of which it was not asked, or of which nobody can tell what is.
  package func requiredEvidence(of release: ReleaseID) -> (present: Int, required: Int)? {
    guard let outcome = self[release, Rule.evidencePresent.id],
      [.passed, .failed, .waived].contains(outcome.result), let shelf = facts.shelf(of: release.product),
      let subject = shelf.release(release.version)?.release,
      let entry = book.entries.first(where: { $0.rule.id == outcome.rule }),
      let setting = entry.variants.first(where: { $0.applies.mismatch(with: subject, of: shelf.product) == nil })
    else { return nil }
    let required = Rule.requirements(of: setting)
    // A fault each; what a waiver adds has nothing to mend.
    let missing = outcome.result == .passed ? 0 : outcome.reasons.count { $0.help != nil }
    return (max(0, required - missing), required)
  }
}
