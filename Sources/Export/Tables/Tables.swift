import Diagnostics
package import Governance
package import Model

/// The tables that are exported, by their names.
package enum TableName: String, CaseIterable, Sendable {
  case releases, outcomes, approvals, evidence, waivers

  /// What each row has, in that order.
  package var columns: [String] {
    switch self {
    case .releases:
      [
        "product", "version", "status", "type", "procedure", "risk", "scheduled", "released", "line", "commit", "tag",
        "owner", "title", "record",
      ]
    case .outcomes:
      [
        "product", "version", "rule", "result", "severity", "blocks", "judged_at", "due_at", "before_since", "waiver",
        "reasons", "places",
      ]
    case .approvals:
      [
        "product", "version", "by", "role", "decision", "asked", "at", "conditions", "on_behalf_of", "comment", "ref",
        "place", "origin", "commit", "authored_by", "authored_at", "committed_by", "committed_at", "merge", "signature",
      ]
    case .evidence:
      [
        "product", "version", "id", "kind", "layer", "state", "path", "url", "sha256", "pinned_sha256", "size",
        "format",
        "produced_at", "tool", "commit", "controls", "place",
      ]
    case .waivers:
      [
        "id", "rule", "product", "versions", "reason", "requested_by", "approved_by", "role", "approved_at", "from",
        "expires", "max_uses", "compensating", "ref", "excuses", "excuses_outside", "does_not_count", "place",
      ]
    }
  }

  /// The table over everything, or over some releases.
  package func table(of ledger: Ledger, _ judgement: Judgement, where isWanted: (Release) -> Bool = { _ in true })
    -> Table
  {
    let releases = ledger.shelves.flatMap(\.releases).filter(isWanted)
    let rows: [[String?]] =
      switch self {
      case .releases:
        ledger.shelves.flatMap { shelf in
          shelf.releases.filter(isWanted).map { releaseRow($0, of: shelf.product) }
        }
      case .outcomes: releases.flatMap { judgement.outcomes(of: $0.id).map(outcomeRow) }
      case .approvals:
        releases.flatMap { release in release.approvals.map { approvalRow($0, of: release, ledger.git) } }
      case .evidence:
        releases.flatMap { release in
          release.evidence.map { evidenceRow($0, of: release, ledger.evidence[release.id, $0.id.value]) }
        }
      case .waivers: waiverRows(ledger, judgement, among: Set(releases.map(\.id)))
      }
    return Table(rawValue, columns: columns, rows: rows)
  }

  private func releaseRow(_ release: Release, of product: Product) -> [String?] {
    [
      release.product.text, release.version.text, release.status.rawValue, release.kind.rawValue,
      release.procedure?.value.rawValue, release.risk?.value.rawValue, release.scheduled?.at.value.iso,
      release.released?.value.iso, release.line, release.commit, release.tag(in: product),
      release.owner?.value, release.title, release.location.file,
    ]
  }

  private func outcomeRow(_ outcome: Outcome) -> [String?] {
    [
      outcome.release.product.text, outcome.release.version, outcome.rule, outcome.result.rawValue,
      outcome.severity.rawValue, outcome.isBlocking ? "true" : "false", outcome.judgedAt?.iso, outcome.dueAt?.iso,
      outcome.isBeforeSince ? "true" : "false", outcome.waiver, outcome.reasons.map(\.text).joined(separator: "; "),
      outcome.reasons.compactMap { $0.location?.words }.joined(separator: "; "),
    ]
  }

  private func approvalRow(_ approval: Approval, of release: Release, _ git: GitTestimony) -> [String?] {
    let (state, origin) = git.origin(of: approval.location)
    return [
      release.product.text, release.version.text, approval.by.value, approval.role?.value,
      approval.decision.value.rawValue, approval.asked?.value.iso, approval.at?.value.iso, approval.conditions,
      approval.onBehalfOf?.value, approval.comment, approval.reference, approval.location.words, state,
      origin?.commit.id, origin?.commit.author.words, origin?.commit.authored.iso, origin?.commit.committer.words,
      origin?.commit.committed.iso, origin?.merge?.id, origin.map { $0.signature?.words ?? "not checked" },
    ]
  }

  private func evidenceRow(_ entry: EvidenceEntry, of release: Release, _ reading: EvidenceReading?) -> [String?] {
    let state: String
    switch reading {
    case .read: state = "read"
    case .referenced(let reason): state = "not at hand: \(reason)"
    case .unreadable(let reason): state = "unreadable: \(reason)"
    case nil: state = "statement"
    }
    let file = reading?.file
    let tool = file?.tool.map { [$0.name, $0.version].compactMap { $0 }.joined(separator: " ") } ?? entry.tool
    return [
      release.product.text, release.version.text, entry.id.value, entry.kind?.value, entry.layer, state,
      entry.path.map { file?.path ?? $0.value }, entry.url, file?.sha256, entry.sha256?.value,
      file.map { String($0.size) },
      file?.format.rawValue, file?.producedAt?.iso ?? entry.at?.value.iso, tool, entry.commit?.value,
      entry.controls.map(\.value).joined(separator: "; "), entry.location.words,
    ]
  }

  private func waiverRows(_ ledger: Ledger, _ judgement: Judgement, among releases: Set<ReleaseID>) -> [[String?]] {
    ledger.policy.waivers.map { waiver in
      let excused = judgement.outcomes(excusedBy: waiver.id.value).map(\.release)
      let objections = judgement.objections(to: waiver.id.value).map(\.message)
      func words(_ excused: [ReleaseID]) -> String { excused.map(\.description).joined(separator: "; ") }
      return [
        waiver.id.value, waiver.rule.value, waiver.product.value, waiver.versions?.text, waiver.reason,
        waiver.requestedBy?.value, waiver.approvedBy.value, waiver.role?.value, waiver.approvedAt.value.iso,
        waiver.from?.value.iso, waiver.expires.value.iso, waiver.mostUses.map(String.init), waiver.compensating,
        waiver.reference, words(excused.filter(releases.contains)),
        words(excused.filter { !releases.contains($0) }), objections.joined(separator: "; "), waiver.location.words,
      ]
    }
  }
}

extension Release {
  /// The tag that its record names; else the one that its commit was found by, where only one can be meant.
  fileprivate func tag(in product: Product) -> String? {
    if let stated = commits.lazy.compactMap(\.tag?.value).first { return stated }
    guard commits.isEmpty, commit != nil else { return nil }
    let names = Set(product.sources.compactMap { $0.tags?.tag(of: version.text) })
    return names.count == 1 ? names.first : nil
  }
}

extension GitTestimony {
  /// Where an entry came from, and in a word how far that is known.
  fileprivate func origin(of place: SourceLocation) -> (state: String, commit: EntryCommit?) {
    if let obstacle { return ("unknown: \(obstacle.words)", nil) }
    switch origins[place] {
    case .commit(let commit): return ("commit", commit)
    case .uncommitted: return ("uncommitted", nil)
    case nil: return (asked.contains(.origins) ? "unknown" : "not asked", nil)
    }
  }
}

extension Commit.Identity {
  fileprivate var words: String { "\(name) <\(email)>" }
}

extension SourceLocation {
  /// Such as `content/x.yml:12:3`.
  var words: String { "\(file):\(line):\(column)" }
}
