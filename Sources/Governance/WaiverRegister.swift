import Diagnostics
import Model

/// Applies waivers to what failed, and says which of them do not do what they seem to.
struct WaiverRegister {
  /// What came of applying them.
  struct Applied {
    /// What to tell the authors.
    var findings: [Diagnostic] = []
    /// Why waivers do not count, for any release or for one, in the order of the waivers.
    var objections: [[Diagnostic]]
  }

  private let book: RuleBook
  private let facts: LedgerFacts
  private let zone: Zone

  init(_ book: RuleBook, _ facts: LedgerFacts) {
    (self.book, self.facts, zone) = (book, facts, facts.ledger.site.zone)
  }

  /// Marks what is excused.
  ///
  /// Uses are counted in the order in which things were due, so that a later release never takes the waiver of an
  /// earlier one.
  func apply(to cells: inout [Cell], of subjects: [ReleaseFacts]) -> Applied {
    var applied = Applied(objections: Array(repeating: [], count: book.waivers.count))
    var candidates = Candidates(cells, of: subjects, width: book.entries.count)
    var expired: [(waiver: Int, cell: Int)] = []
    for (position, waiver) in book.waivers.enumerated() {
      let flaws = flaws(of: waiver)
      applied.objections[position] = flaws
      applied.findings += flaws
      guard let column = book.entries.firstIndex(where: { $0.rule.id == waiver.rule.value }) else {
        // The policy asks nothing of the kind.
        if !book.entries.isEmpty, flaws.isEmpty, Rule.named(waiver.rule.value) != nil {
          applied.findings.append(idle(waiver))
        }
        continue
      }
      let matching = candidates.rows(of: waiver.product.value, in: column)
        .filter { waiver.versions?.contains(subjects[$0].release.version) ?? true }
        .map { (row: $0, cell: $0 * book.entries.count + column) }
      let broken = matching.filter { cells[$0.cell].isBroken }
        .sorted { (moment(of: cells[$0.cell]), $0.cell) < (moment(of: cells[$1.cell]), $1.cell) }
      var uses = 0
      var isBlocked = !flaws.isEmpty
      for (row, cell) in broken {
        let moment = moment(of: cells[cell])
        if moment >= waiver.ends(in: zone) { expired.append((position, cell)) }
        guard moment >= waiver.begins(in: zone), moment < waiver.ends(in: zone) else { continue }
        guard flaws.isEmpty else {
          cells[cell].note(flaws, of: waiver)
          continue
        }
        if let obstacle = obstacle(waiver, for: subjects[row].release, cells[cell]) {
          cells[cell].note([obstacle], of: waiver)
          applied.objections[position].append(obstacle)
          applied.findings.append(obstacle)
          isBlocked = true
        } else if uses < waiver.mostUses ?? .max {
          uses += 1
          excuse(&cells[cell], by: position, at: moment)
        } else {
          cells[cell].reasons.append(
            Reason("the waiver `\(waiver.id.value)` was used up by \(uses) earlier releases", at: waiver.location))
        }
      }
      let mayBeNeeded = matching.contains { cells[$0.cell].result == .pending }
      let isExpired = expired.last?.waiver == position
      if uses == 0, !isBlocked, !isExpired, !mayBeNeeded, !book.entries.isEmpty {
        applied.findings.append(idle(waiver))
      }
    }
    var told: Set<Int> = []
    for (position, cell) in expired where cells[cell].isBroken && told.insert(position).inserted {
      applied.findings.append(expiry(of: book.waivers[position], cells[cell]))
    }
    return applied
  }

  private func moment(of cell: Cell) -> Moment { cell.brokenAt ?? cell.judgedAt ?? facts.ledger.asOf }

  private func excuse(_ cell: inout Cell, by position: Int, at moment: Moment) {
    let waiver = book.waivers[position]
    cell.result = .waived
    cell.waiver = Int32(position)
    let late = approved(waiver) > moment ? ", after the fact" : ""
    cell.reasons.append(
      Reason(
        "waived by `\(waiver.approvedBy.value)` on \(waiver.approvedAt.value.words(in: zone))\(late): \(waiver.reason)",
        at: waiver.location))
  }

  /// When it was approved: as it states, but where more than that counts no earlier than it was committed.
  private func approved(_ waiver: Waiver) -> Moment {
    let stated = waiver.approvedAt.value.start(in: zone)
    guard book.levelOfApproval > .record, case .commit(let origin)? = facts.ledger.git.origins[waiver.location] else {
      return stated
    }
    return max(stated, (origin.merge ?? origin.commit).committed)
  }

  // MARK: What is wrong with a waiver

  /// Why it counts for no release.
  private func flaws(of waiver: Waiver) -> [Diagnostic] {
    var flaws: [Diagnostic] = []
    func flaw(_ message: String, at place: SourceLocation, help: String) {
      flaws.append(.error(.waiverDoesNotCount, message, at: place, help: help))
    }
    let approver = waiver.approvedBy
    if approver.value == waiver.requestedBy?.value {
      flaw(
        "`\(approver.value)` approves the waiver `\(waiver.id.value)` and asked for it", at: approver.location,
        help: "have somebody else approve it")
    } else if waiver.requestedBy == nil, book.levelOfApproval > .record {
      flaw(
        "nobody says who asked for the waiver `\(waiver.id.value)`, so it may be `\(approver.value)`",
        at: approver.location, help: "add `requested_by`")
    }
    let day = max(waiver.approvedAt.value.date(in: zone), zone.local(of: approved(waiver)).date)
    let held = facts.person(approver.value)?.roles(on: day) ?? []
    let allowed = book.waiverTerms.roles.map(\.value)
    if let role = waiver.role, !held.contains(role.value) {
      flaw(
        "`\(approver.value)` did not hold the role `\(role.value)` on \(day.words)", at: role.location,
        help: "have somebody approve it who holds the role, or correct `roles` in gazette.yml")
    } else if !allowed.isEmpty, !(waiver.role.map { [$0.value] } ?? held).contains(where: allowed.contains) {
      let roles = allowed.map { "`\($0)`" }.joined(separator: " or ")
      flaw(
        "the waiver `\(waiver.id.value)` is not approved by \(roles)", at: waiver.role?.location ?? approver.location,
        help: "have somebody in the role \(roles) approve it")
    }
    let proof = facts.proof(
      that: approver.value, wrote: waiver.location, by: facts.ledger.asOf, level: book.levelOfApproval,
      in: facts.ledger.git)
    switch proof {
    case .shown: break
    case .refuted(let words, let help):
      flaw("the waiver `\(waiver.id.value)` \(words)", at: approver.location, help: help)
    case .unknown(let reason, let need):
      flaw(
        "nobody can tell who approved the waiver `\(waiver.id.value)`, for \(reason)", at: approver.location, help: need
      )
    }
    if let days = book.waiverTerms.mostDays?.value {
      let first = (waiver.from ?? waiver.approvedAt).value.date(in: zone)
      let length = waiver.expires.value.date(in: zone).dayNumber - first.dayNumber
      if length > days {
        flaw(
          "the waiver `\(waiver.id.value)` lasts \(length) days, and the policy allows \(days)",
          at: waiver.expires.location,
          help: "let it expire by \((first + days).iso)")
      }
    }
    return flaws
  }

  /// Why it does not count for this release.
  private func obstacle(_ waiver: Waiver, for release: Release, _ cell: Cell) -> Diagnostic? {
    if !cell.isWaivable {
      return .error(
        .waiverDoesNotCount, "the policy lets nobody waive `\(waiver.rule.value)` for `\(release.version.text)`",
        at: waiver.rule.location, help: "mend what the rule finds, and remove the waiver")
    }
    guard let product = facts.shelf(of: release.product)?.product else { return nil }
    let approver = waiver.approvedBy
    let eyes = FourEyes(of: release, product, in: facts, level: book.levelOfApproval)
    return eyes.objection(to: approver.value, at: approver.location).map { objection in
      .error(
        .waiverDoesNotCount, "the waiver `\(waiver.id.value)` does not count: \(objection.text)", at: approver.location,
        notes: objection.notes, help: objection.help)
    }
  }

  private func expiry(of waiver: Waiver, _ cell: Cell) -> Diagnostic {
    let note = Diagnostic.Note("the rule `\(waiver.rule.value)` is broken", at: cell.reasons.first?.location)
    let isError = cell.severity == .error && !cell.isBeforeSince
    return Diagnostic(
      isError ? .error : .warning, .expiredWaiver,
      "the waiver `\(waiver.id.value)` has expired, and its rule is still broken", at: waiver.expires.location,
      notes: [note],
      help: "mend what the rule finds, or ask for a new waiver")
  }

  private func idle(_ waiver: Waiver) -> Diagnostic {
    .warning(
      .idleWaiver, "the waiver `\(waiver.id.value)` excuses nothing", at: waiver.rule.location,
      help: "correct its rule, product, versions or dates, or remove it")
  }
}

/// Where a waiver can matter: what was broken or pending before any waiver, found once for each rule.
private struct Candidates {
  private let cells: [Cell]
  private let subjects: [ReleaseFacts]
  private let width: Int
  /// By column, then by the id of the product.
  private var rows: [Int: [String: [Int]]] = [:]

  init(_ cells: [Cell], of subjects: [ReleaseFacts], width: Int) {
    (self.cells, self.subjects, self.width) = (cells, subjects, width)
  }

  mutating func rows(of product: String, in column: Int) -> [Int] {
    if let known = rows[column] { return known[product] ?? [] }
    let open = subjects.indices.filter { row in
      let cell = cells[row * width + column]
      return cell.isBroken || cell.result == .pending
    }
    let found = Dictionary(grouping: open) { subjects[$0].release.product.text }
    rows[column] = found
    return found[product] ?? []
  }
}

extension Cell {
  /// Says beside what is broken that a waiver was meant to excuse it, and why it does not.
  fileprivate mutating func note(_ objections: [Diagnostic], of waiver: Waiver) {
    guard !reasons.isEmpty else { return }
    reasons[reasons.count - 1].notes += objections.map { objection in
      Diagnostic.Note("the waiver `\(waiver.id.value)` does not count: \(objection.message)", at: objection.location)
    }
  }
}
