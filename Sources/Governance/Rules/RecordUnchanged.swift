import Diagnostics
import Model

extension Rule {
  static let recordUnchanged = Rule(
    "record-unchanged",
    title: "its record is as it was published, or an amendment says what was corrected",
    why: "Somebody relied on what was published. If it can change in silence, no record of the past is worth anything.",
    appliesTo: """
      Releases with a record that went out. Entries with a later `at`, such as an approval after the fact, may be \
      added freely; so may stages, validation and review.
      """,
    fix: "Restore what was there, or add an entry to `amendments` that names the field, with a reason.",
    due: .everAfter, takesProof: true, asks: .laterEdits, asksForProof: .origins,
    bad: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      risk: low
      """, circumstances: "the first state of the record that was released says `risk: high`"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      risk: low
      amendments: [{at: 2026-10-21T10:00Z, by: ana, fields: [risk], reason: It was judged again}]
      """, circumstances: "the first state of the record that was released says `risk: high`")
  ) { release in
    guard !release.release.isDiscovered else { return .notApplicable("it has no record") }
    if let obstacle = release.ledger.git.obstacle {
      return .unverifiable(
        Reason("nobody can tell what the record was when it was published, for \(obstacle.words)", at: release.place),
        need: obstacle.cure)
    }
    guard let baseline = release.ledger.git.records[release.release.id] else {
      return .passed("no commit changed its record", at: release.place)
    }
    if baseline.isPinMissing, let pin = release.release.baseline {
      return .failed(
        "no state of the record has the digest that `baseline` pins", at: pin.location,
        help: "correct `baseline`, which is the SHA-256 of the record's file when it was published")
    }
    guard let published = baseline.published else { return .notApplicable("no commit has its record as released") }
    var amended: [String: (amendment: Amendment, proof: Proof)] = [:]
    for amendment in release.release.amendments {
      let proof = release.proof(of: amendment)
      for field in amendment.fields {
        if case .shown? = amended[field.value]?.proof { continue }
        amended[field.value] = (amendment, proof)
      }
    }
    let day = release.zone.words(for: published.committed)
    var problems: [Reason] = []
    var corrected: [Reason] = []
    for difference in baseline.differences {
      let entry = difference.entry.map { " `\($0)`" } ?? ""
      let words = "\(entry.isEmpty ? "" : "the entry\(entry) of ")`\(difference.field)` was \(difference.kind.rawValue)"
      switch amended[difference.field] {
      case (let amendment, .shown(let proof))?:
        corrected.append(Reason("\(words), and an amendment says so, \(proof)", at: amendment.location))
      case (let amendment, .refuted(let proof, let help))?:
        problems.append(
          Reason("\(words), and the amendment that says so \(proof)", at: amendment.location, help: help))
      case (let amendment, .unknown(let reason, let need))?:
        return .unverifiable(
          Reason("nobody can tell who committed the amendment, for \(reason)", at: amendment.location), need: need)
      case nil:
        problems.append(
          Reason(
            "\(words) since \(release.name) was published on \(day), and no amendment says so", at: difference.location,
            notes: [Diagnostic.Note("it was published with commit `\(published.name)`", at: nil)],
            help: "restore it, or add an amendment with `fields: [\(difference.field)]`"))
      }
    }
    return .failed(
      problems,
      otherwise: [Reason("its record is as it was published with commit `\(published.name)`", at: release.place)]
        + corrected)
  }
}

extension RuleCase {
  /// An amendment that names nobody is nobody's word where more than the record counts.
  func proof(of amendment: Amendment) -> Proof {
    guard setting.provenBy > .record else { return .shown("as stated in the record") }
    guard let by = amendment.by else { return .refuted("does not say whose it is", help: "add `by`") }
    return proof(that: by.value, wrote: amendment.location, by: ledger.asOf)
  }
}
