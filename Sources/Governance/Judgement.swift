package import Diagnostics
package import Model
package import Scheduling

/// An outcome for each rule and release of a ledger.
package struct Judgement: Sendable {
  /// The rules with their settings, in the order of the columns.
  package let book: RuleBook
  /// Every release that was judged, by product, highest version first.
  package let releases: [ReleaseID]
  /// What the rules and the waivers have to say to the authors.
  package let findings: [Diagnostic]
  /// What was judged.
  let facts: LedgerFacts
  /// What Git said, also to questions that no rule has.
  let testimony: GitTestimony
  /// What the rules on times judged by; empty where there are neither rules nor waivers.
  package var calendar: ReleaseCalendar { facts.calendar }
  /// Row by row.
  private var cells: [Cell]
  private let rows: [ReleaseID: Int]
  private let columns: [String: Int]
  private let waiverPositions: [String: Int]
  /// The cells that each waiver excuses, in order.
  private let excused: [Int: [Int]]
  /// Why each waiver does not count, by its position.
  private let objections: [[Diagnostic]]

  fileprivate init(
    _ book: RuleBook, _ facts: LedgerFacts, _ testimony: GitTestimony, subjects: [ReleaseFacts], cells: [Cell]
  ) {
    (self.book, self.facts, self.testimony) = (book, facts, testimony)
    var cells = cells
    let waivers = WaiverRegister(book, facts)
    let applied = waivers.apply(to: &cells, of: subjects)
    var findings = applied.findings
    objections = applied.objections
    excused = Dictionary(grouping: cells.indices.filter { cells[$0].waiver >= 0 }) { Int(cells[$0].waiver) }
    waiverPositions = Dictionary(
      book.waivers.enumerated().map { ($1.id.value, $0) }, uniquingKeysWith: { first, _ in first })
    let width = book.entries.count
    for (position, cell) in cells.enumerated() {
      findings += cell.findings(of: book.entries[position % width].rule)
    }
    findings += unjudged(by: book, facts)
    (self.cells, self.findings) = (cells, findings.toldOnce)
    releases = subjects.map(\.release.id)
    rows = Dictionary(
      releases.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    columns = Dictionary(
      book.entries.enumerated().map { ($1.rule.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The rules, in the order of the columns.
  package var rules: [Rule] { book.entries.map(\.rule) }

  /// The digest of the policy that judged; `nil` without a policy.
  package var policyDigest: String? { book.digest }

  package subscript(release: ReleaseID, rule: String) -> Outcome? {
    guard let row = rows[release], let column = columns[rule] else { return nil }
    return outcome(row, column)
  }

  /// The outcomes of a release, in the order of the rules.
  package func outcomes(of release: ReleaseID) -> [Outcome] {
    guard let row = rows[release] else { return [] }
    return book.entries.indices.map { outcome(row, $0) }
  }

  /// The outcomes of a rule, in the order of the releases.
  package func outcomes(of rule: String) -> [Outcome] {
    guard let column = columns[rule] else { return [] }
    return releases.indices.map { outcome($0, column) }
  }

  /// How many outcomes are broken and not excused.
  package var brokenCount: Int { cells.count(where: \.isBroken) }

  /// Every outcome that a waiver excuses, by release, then rule.
  package func outcomes(excusedBy waiver: String) -> [Outcome] {
    guard let position = waiverPositions[waiver] else { return [] }
    return (excused[position] ?? []).map { outcome($0 / book.entries.count, $0 % book.entries.count) }
  }

  /// The place of a waiver among those of the policy.
  package func place(ofWaiver waiver: String) -> Int? { waiverPositions[waiver] }

  /// Why a waiver does not count, for any release or for one of those that it was meant for.
  package func objections(to waiver: String) -> [Diagnostic] {
    waiverPositions[waiver].map { objections[$0] } ?? []
  }

  private func outcome(_ row: Int, _ column: Int) -> Outcome {
    let cell = cells[row * book.entries.count + column]
    return Outcome(
      rule: book.entries[column].rule.id, release: releases[row], result: cell.result, severity: cell.severity,
      isBeforeSince: cell.isBeforeSince, reasons: cell.reasons, judgedAt: cell.judgedAt, isOpen: cell.isOpen,
      dueAt: cell.dueAt, waiver: cell.waiver < 0 ? nil : book.waivers[Int(cell.waiver)].id.value)
  }
}

extension RuleBook {
  /// Judges every release of a ledger, in parallel; the order of the work leaves no trace.
  package func judge(_ ledger: Ledger, slices: Int) async -> Judgement {
    guard !entries.isEmpty || !waivers.isEmpty else {
      let nothing = LedgerFacts(Ledger(site: ledger.site, asOf: ledger.asOf))
      return Judgement(self, nothing, ledger.git, subjects: [], cells: [])
    }
    let facts = LedgerFacts(ledger.limited(to: questions))
    let judging = Judging(self, facts)
    let subjects = facts.shelves.flatMap { shelf in shelf.releases.map { (shelf, $0) } }
    guard !entries.isEmpty else { return Judgement(self, facts, ledger.git, subjects: [], cells: []) }
    let parts = await inSlices(of: subjects.count, slices: slices) { range in
      range.flatMap { judging.cells(of: subjects[$0].1, on: subjects[$0].0) }
    }
    return Judgement(self, facts, ledger.git, subjects: subjects.map(\.1), cells: parts.flatMap { $0 })
  }

  /// Judges one release as if it took a step now; what is due later stays pending. The other releases of its product are
  /// judged too, for they may have used up waivers.
  package func judge(_ release: ReleaseID, asIfAt phase: Phase, in ledger: Ledger) -> Judgement? {
    let facts = LedgerFacts(ledger.limited(to: questions))
    guard let shelf = facts.shelf(of: release.product), let subject = shelf.release(release.version) else { return nil }
    let cells = shelf.releases.flatMap { other in
      Judging(self, facts, asIfAt: other.release.id == subject.release.id ? phase : nil).cells(of: other, on: shelf)
    }
    return Judgement(self, facts, ledger.git, subjects: shelf.releases, cells: cells)
  }
}

/// What a finding says, and of what.
private struct ToldFinding: Hashable {
  var code: String
  var message: String
  var place: SourceLocation
}

extension [Diagnostic] {
  /// Without what is said again of the same place for another release, such as of a flag that many have; the gravest
  /// stays.
  fileprivate var toldOnce: [Diagnostic] {
    var positions: [ToldFinding: Int] = [:]
    var kept: [Diagnostic] = []
    for diagnostic in self {
      guard let place = diagnostic.location else {
        kept.append(diagnostic)
        continue
      }
      let finding = ToldFinding(code: diagnostic.code, message: diagnostic.message, place: place)
      if let position = positions[finding] {
        if kept[position].severity > diagnostic.severity { kept[position] = diagnostic }
      } else {
        positions[finding] = kept.count
        kept.append(diagnostic)
      }
    }
    return kept
  }
}

/// What is wrong with products of which no release went out, so that no outcome says it.
private func unjudged(by book: RuleBook, _ facts: LedgerFacts) -> [Diagnostic] {
  func severity(of rule: String) -> Diagnostic.Severity? {
    let severities = book.entries.first { $0.rule.id == rule }?.variants.map(\.severity) ?? []
    guard severities.contains(where: { $0 != .off }) else { return nil }
    return severities.contains(.error) ? .error : severities.contains(.warning) ? .warning : .info
  }
  let git = facts.ledger.git
  let zone = facts.ledger.site.zone
  func isSilent(_ product: ProductID) -> Bool { facts.shelf(of: product)?.spokesman?.wentOut != true }
  var findings: [Diagnostic] = []
  func tell(_ reasons: [Reason], of rule: String) {
    guard let severity = severity(of: rule) else { return }
    findings += reasons.map { Diagnostic(severity, rule: rule, $0.text, at: $0.location, help: $0.help) }
  }
  for (product, gone) in git.vanished.sorted(by: { $0.key.text < $1.key.text }) where isSilent(product) {
    tell(gone.map { $0.reason(in: zone) }, of: "record-unchanged")
  }
  for shelf in facts.shelves where isSilent(shelf.product.id) {
    let tags = git.tagsWithoutRecord[shelf.product.id] ?? []
    tell(tags.map { $0.withoutRecord(of: shelf.product, in: zone) }, of: "release-recorded")
    tell(shelf.unrecordedDeliveries(in: facts).map { $0.withoutRecord(in: zone) }, of: "release-recorded")
  }
  return findings
}

extension Cell {
  /// What to tell the author; nothing for what is excused or not due.
  fileprivate func findings(of rule: Rule) -> [Diagnostic] {
    guard isBroken else { return [] }
    let severity: Diagnostic.Severity =
      switch self.severity {
      case .error: isBeforeSince ? .warning : .error
      case .warning: .warning
      case .info, .off: .info
      }
    return reasons.map { reason in
      Diagnostic(
        severity, rule: rule.id, reason.text, at: reason.location, label: reason.label, notes: reason.notes,
        help: reason.help)
    }
  }
}
