import Diagnostics
import Model

extension Rule {
  static let recordUnchanged = Rule(
    "record-unchanged",
    title: "its record is as it was published, or an amendment says what was corrected",
    why: "Somebody relied on what was published. If it can change in silence, no record of the past is worth anything.",
    appliesTo: """
      Releases with a record that went out, also when it is gone or says otherwise now. All but the title, summary and \
      owner is guarded; entries with a later `at`, such as an approval after the fact, may be added freely, and so may \
      stages, validation and review that came later. An amendment tells of changes that it came with or after.
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
    if let obstacle = release.ledger.git.obstacle {
      return obstacle.verdict(nobodyCanTell: "what the record was when it was published", at: release.place)
    }
    // Records that are gone have no row of their own.
    let isSpokesman = release.shelf.spokesman?.release.id == release.release.id
    let gone = (isSpokesman ? release.ledger.git.vanished[release.product.id] ?? [] : []).map {
      $0.reason(in: release.zone)
    }
    guard !release.release.isDiscovered else {
      return gone.isEmpty ? .notApplicable("it has no record") : .failed(gone)
    }
    switch verdict(of: release) {
    case .failed(let reasons): return .failed(reasons + gone)
    case let verdict: return gone.isEmpty ? verdict : .failed(gone)
    }
  }

  private static func verdict(of release: RuleCase) -> Verdict {
    guard let baseline = release.ledger.git.records[release.release.id] else {
      return .passed("no commit changed its record", at: release.place)
    }
    if let pin = release.release.baseline, baseline.isPinMissing || baseline.isPinLate {
      return .failed(
        baseline.isPinMissing
          ? "no state of the record has the digest that `baseline` pins"
          : "`baseline` pins a state that came after the first that was released", at: pin.location,
        help: "correct `baseline`, which is the SHA-256 of the record's file when it was published, or remove it")
    }
    guard let published = baseline.published else { return .notApplicable("no commit has its record as released") }
    let day = release.zone.words(for: published.committed)
    var problems: [Reason] = []
    var corrected: [Reason] = []
    var unknown: (reason: Reason, need: String)?
    for difference in baseline.differences {
      let entry = difference.entry.map { " `\($0)`" } ?? ""
      let words = "\(entry.isEmpty ? "" : "the entry\(entry) of ")`\(difference.field)` was \(difference.kind.rawValue)"
      let amendments = release.release.amendments.filter { difference.amendments.contains($0.location) }
      let proofs = amendments.map { ($0, release.proof(of: $0, changedBy: difference.authors)) }
      guard let last = proofs.last else {
        problems.append(
          Reason(
            "\(words) since \(release.name) was published on \(day), and no amendment says so", at: difference.location,
            notes: [Diagnostic.Note("it was published with commit `\(published.name)`", at: nil)],
            help: "restore it, or add an amendment with `fields: [\(difference.field)]`", since: difference.changed))
        continue
      }
      let shown = proofs.compactMap { amendment, proof -> Reason? in
        guard case .shown(let proof) = proof else { return nil }
        return Reason("\(words), and an amendment says so, \(proof)", at: amendment.location)
      }
      if let shown = shown.first {
        corrected.append(shown)
        continue
      }
      switch last.1 {
      case .shown: break
      case .refuted(let proof, let help):
        problems.append(
          Reason(
            "\(words), and the amendment that says so \(proof)", at: last.0.location, help: help,
            since: difference.changed))
      case .unknown(let reason, let need):
        unknown = (
          Reason("nobody can tell who committed the amendment, for \(reason)", at: last.0.location), need
        )
      }
    }
    if problems.isEmpty, let unknown { return .unverifiable(unknown.reason, need: unknown.need) }
    return .failed(
      problems,
      otherwise: [Reason("its record is as it was published with commit `\(published.name)`", at: release.place)]
        + corrected)
  }
}

extension VanishedRecord {
  /// What is wrong with that.
  func reason(in zone: Zone) -> Reason {
    let how = removed.map { "commit `\($0.name)` of \(zone.words(for: $0.committed)) removed" } ?? "there is no more"
    return Reason(
      "\(how) the record of `\(version)`, which was released", at: SourceLocation(file: path),
      help: "restore it; what must not be used any more is `withdrawn`", since: removed?.committed)
  }
}

extension RuleCase {
  /// An amendment that names nobody, or whoever made the change, is nobody's word where more than the record counts.
  func proof(of amendment: Amendment, changedBy authors: [Commit.Identity]) -> Proof {
    guard setting.provenBy > .record else { return .shown("as stated in the record") }
    guard let by = amendment.by else { return .refuted("does not say whose it is", help: "add `by`") }
    let help = "let somebody else say so who did not change it"
    for author in authors {
      guard let person = facts.identities.person(author) else {
        return .refuted("cannot be told from the change, by `\(author.email)`, whom nobody in `people` is", help: help)
      }
      if person == by.value { return .refuted("is by `\(person)`, who made the change", help: help) }
    }
    return proof(that: by.value, wrote: amendment.location, by: ledger.asOf)
  }
}
