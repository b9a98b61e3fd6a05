import Diagnostics
import Model

/// Judges releases by a book of rules.
struct Judging: Sendable {
  let book: RuleBook
  let facts: LedgerFacts
  /// A step that releases that are still to come are asked about as if they took it now; `nil` to take them as they are.
  let question: Phase?

  init(_ book: RuleBook, _ facts: LedgerFacts, asIfAt question: Phase? = nil) {
    (self.book, self.facts, self.question) = (book, facts, question)
  }

  private var asOf: Moment { facts.ledger.asOf }

  /// When a rule is asked about a release.
  private enum Timing {
    case judged(at: Moment, isOpen: Bool)
    case pending(due: Moment?, String)
    case never(String)
  }

  /// One cell for each rule of the book, in its order.
  func cells(of subject: ReleaseFacts, on shelf: ShelfFacts) -> [Cell] {
    book.entries.map { entry in cell(entry, of: subject, on: shelf) }
  }

  private func cell(_ entry: RuleBook.Entry, of subject: ReleaseFacts, on shelf: ShelfFacts) -> Cell {
    let release = subject.release
    if release.status == .cancelled, !subject.wentOut {
      return Cell(.notApplicable, .info, [Reason("the release was cancelled")])
    }
    var hangsOnRisk: RuleSetting?
    var setting: RuleSetting?
    for variant in entry.variants {
      let mismatch = variant.applies.mismatch(with: release, of: shelf.product)
      // What comes after is for those of whom the risk is known to be another.
      if mismatch == "risk", release.risk == nil {
        hangsOnRisk = variant
        break
      }
      guard mismatch == nil else { continue }
      setting = variant
      break
    }
    guard let setting else {
      guard let variant = hangsOnRisk, variant.severity != .off else {
        return Cell(.notApplicable, .info, [Reason("the policy does not ask it of such releases", at: entry.location)])
      }
      // Whether anything is asked hangs on what nobody stated.
      let reason = Reason(
        "the policy asks `\(entry.rule.id)` by risk, and \(release.version.text) states none", at: release.location)
      return judge(entry.rule, variant, subject, shelf) { _ in
        .unverifiable(reason, need: "state the `risk` of the release")
      }
    }
    guard setting.severity != .off else {
      return Cell(.notApplicable, .off, [Reason("the policy switches it off for such releases", at: setting.location)])
    }
    return judge(entry.rule, setting, subject, shelf, verdict: entry.rule.judge)
  }

  private func judge(
    _ rule: Rule, _ setting: RuleSetting, _ subject: ReleaseFacts, _ shelf: ShelfFacts, verdict: (RuleCase) -> Verdict
  ) -> Cell {
    func ruleCase(at moment: Moment, isOpen: Bool) -> RuleCase {
      RuleCase(facts: facts, shelf: shelf, subject: subject, setting: setting, moment: moment, isOpen: isOpen)
    }
    switch timing(of: rule, subject, ruleCase) {
    case .never(let reason): return Cell(.notApplicable, setting.severity, [Reason(reason)])
    case .pending(let due, let reason):
      let objection = rule.objection(ruleCase(at: asOf, isOpen: true))
      return Cell(
        .pending, setting.severity, [objection, Reason(reason)].compactMap(\.self), isOpen: true, due: due)
    case .judged(let moment, let isOpen):
      var cell = Cell(
        verdict(ruleCase(at: moment, isOpen: isOpen)), setting.severity, at: moment, isOpen: isOpen,
        due: rule.due.deadline(of: ruleCase(at: moment, isOpen: isOpen)))
      // What must hold for ever is asked of what went out since.
      let isEverAfter = rule.due.isEverAfter(ruleCase(at: moment, isOpen: isOpen))
      let due = isEverAfter ? subject.deployed ?? moment : moment
      // What went wrong once is excused by who was asked then, and not only as long as that lasts.
      cell.brokenAt = cell.reasons.compactMap(\.since).max() ?? (isEverAfter ? subject.deployed : nil)
      if let since = setting.since, due < facts.ledger.site.zone.moment(of: since) { cell.isBeforeSince = true }
      cell.isWaivable = setting.isWaivable
      return cell
    }
  }

  private func timing(
    of rule: Rule, _ subject: ReleaseFacts, _ ruleCase: (Moment, Bool) -> RuleCase
  ) -> Timing {
    let release = subject.release
    let status = release.status
    guard subject.wentOut else {
      let reached = max(status == .planned ? Phase.planned : .candidate, question ?? .planned)
      if rule.due.phase <= reached { return .judged(at: asOf, isOpen: true) }
      let scheduled = rule.due.phase == .after ? nil : release.scheduled?.at.value
      let day = scheduled.map { "; it is scheduled for \($0.words(in: facts.ledger.site.zone))" } ?? ""
      return .pending(due: scheduled?.lastMoment(in: facts.ledger.site.zone), "due \(rule.due.phase.words)\(day)")
    }
    switch rule.due {
    case .planned, .candidate, .deployment:
      return .judged(at: subject.deployed ?? asOf, isOpen: false)
    case .release:
      if let released = subject.released { return .judged(at: released, isOpen: false) }
      // One that was taken back before it was everywhere had no other moment.
      if status != .rollingOut { return .judged(at: subject.deployed ?? asOf, isOpen: false) }
      return .pending(due: nil, "due \(rule.due.phase.words)")
    case .after(let deadline):
      guard let deadline = deadline(ruleCase(asOf, true)) else { return .judged(at: asOf, isOpen: true) }
      return .judged(at: min(deadline, asOf), isOpen: asOf < deadline)
    }
  }
}

extension Due {
  /// Whether it has no deadline and must hold for ever.
  fileprivate func isEverAfter(_ ruleCase: RuleCase) -> Bool {
    guard case .after(let deadline) = self else { return false }
    return deadline(ruleCase) == nil
  }

  /// The deadline of what follows a release.
  fileprivate func deadline(of ruleCase: RuleCase) -> Moment? {
    guard case .after(let deadline) = self else { return nil }
    return deadline(ruleCase)
  }
}

/// An outcome without what its place in the table says.
struct Cell: Sendable {
  var result: Outcome.Result
  var severity: RuleSeverity
  var isBeforeSince = false
  var isOpen = false
  var isWaivable = true
  var reasons: [Reason]
  var judgedAt: Moment?
  var dueAt: Moment?
  /// When what must hold for ever was broken, where that is known.
  var brokenAt: Moment?
  /// The position of the waiver that excuses it.
  var waiver: Int32 = -1

  init(
    _ result: Outcome.Result, _ severity: RuleSeverity, _ reasons: [Reason], at moment: Moment? = nil,
    isOpen: Bool = false, due: Moment? = nil
  ) {
    (self.result, self.severity, self.reasons) = (result, severity, reasons)
    (self.judgedAt, self.isOpen, self.dueAt) = (moment, isOpen, due)
  }

  init(_ verdict: Verdict, _ severity: RuleSeverity, at moment: Moment, isOpen: Bool, due: Moment?) {
    switch verdict {
    case .passed(let reasons) where reasons.isEmpty:
      self.init(.notApplicable, severity, [Reason("the policy asks for nothing here")])
    case .passed(let reasons): self.init(.passed, severity, reasons)
    case .failed(let reasons): self.init(.failed, severity, reasons)
    case .lacking(let reasons) where isOpen && due != nil: self.init(.pending, severity, reasons, due: due)
    case .lacking(let reasons): self.init(.failed, severity, reasons)
    case .pending(let until, let reason): self.init(.pending, severity, [reason], due: until ?? due)
    case .unverifiable(var reason, let need):
      reason.help = need
      self.init(.unverifiable, severity, [reason])
    case .notApplicable(let text): self.init(.notApplicable, severity, [Reason(text)])
    }
    (judgedAt, self.isOpen) = (moment, isOpen)
  }

  var isBroken: Bool { result == .failed || result == .unverifiable }
}
