import Diagnostics
import Model
import Scheduling

extension Rule {
  private static let maxOverrun = Parameter<TimeSpan?>.duration(
    "max_overrun", "How long after its window a stage may end; without it an overrun is only named.")

  static let windowRespected = Rule(
    "window-respected",
    title: "production changed inside a deployment window and outside of freezes",
    why: "Changes at agreed times find people at work who can help, and customers who were warned.",
    appliesTo: """
      Releases with a stage in production, where a window or a freeze of the calendar is for their product and \
      environment.
      """,
    fix: "Deploy inside a window, or have an exception approved in the freeze by somebody who made nothing of it.",
    due: .deployment, parameters: [maxOverrun], takesProof: true, asksForProof: .origins,
    bad: RuleExample(
      """
      status: released
      released: 2026-12-22T09:40Z
      rollout: {stages: [{environment: production, started: 2026-12-22T09:10Z, finished: 2026-12-22T09:40Z, status: succeeded}]}
      """,
      files: [
        RuleExample.File("calendar.yml", "freezes:\n  - {id: year-end, from: 2026-12-18, to: 2027-01-04}\n")
      ], fault: "2026-12-22T09:10Z", asOf: "2027-01-10T09:00Z"),
    good: RuleExample(
      """
      status: released
      released: 2026-10-20T09:42Z
      rollout: {stages: [{environment: production, started: 2026-10-20T09:10Z, finished: 2026-10-20T09:42Z, status: succeeded}]}
      """,
      files: [
        RuleExample.File(
          "calendar.yml",
          """
          windows:
            - {id: weekday, starts: '2026-01-06T09:00', duration: PT3H, repeats: 'FREQ=WEEKLY;BYDAY=TU,TH'}

          """)
      ])
  ) { release in
    guard !release.subject.productionStages.isEmpty || release.isOpen else {
      return .notApplicable("no stage in production is recorded")
    }
    let conflicts = release.conflicts
    var problems: [Reason] = []
    var named: [Reason] = []
    for conflict in conflicts {
      switch conflict.kind {
      case .outsideWindows:
        problems.append(Reason(conflict, help: "deploy inside a window, or record a waiver in `waivers/`"))
      case .overrun:
        let limit = release[maxOverrun].map { conflict.time.from.advanced(by: $0, in: release.zone) }
        if let limit, conflict.time.to > limit {
          problems.append(Reason(conflict, help: "plan more time, or begin earlier"))
        } else {
          named.append(Reason(conflict, help: nil))
        }
      case .inFreeze:
        guard let exception = conflict.exception else {
          problems.append(Reason(conflict, help: "wait, or have an exception approved in the freeze's `exceptions`"))
          continue
        }
        switch release.standing(of: exception, at: conflict.time.from) {
        case .passed(let reasons): named += reasons
        case .failed(let reasons): problems += reasons
        case let other: return other
        }
      default: break
      }
    }
    guard problems.isEmpty else { return .failed(problems) }
    if named.isEmpty, !release.isInCalendar { return .notApplicable("no window or freeze is for it") }
    return .passed([Reason("it kept to the windows and freezes of the calendar", at: release.place)] + named)
  }
}

extension Reason {
  init(_ conflict: CalendarConflict, help: String?) {
    self.init(conflict.text, at: conflict.location, notes: conflict.notes, help: help)
  }
}

extension RuleCase {
  /// What the calendar holds against the release, as it was at the moment of judgement.
  var conflicts: [CalendarConflict] { facts.calendar.conflicts(of: release.id) }

  /// Whether some window or freeze is for the product at all.
  fileprivate var isInCalendar: Bool {
    let calendar = ledger.calendar
    return (calendar.windows.map(\.scope) + calendar.freezes.map(\.scope)).contains {
      $0.concerns(product.id, of: product.team)
    }
  }

  /// Whether an exception was given by somebody who may, before it was used.
  fileprivate func standing(of exception: CalendarEntries.Freeze.Exception, at moment: Moment) -> Verdict {
    guard let approver = exception.approvedBy else {
      return .failed(
        "nobody approved the exception for \(name)", at: exception.version.location, help: "add `approved_by`")
    }
    if let author = release.authors.first(where: { $0.value == approver.value }) {
      return .failed(
        "the exception for \(name) is approved by one of its authors, `\(approver.value)`", at: approver.location,
        notes: [Diagnostic.Note("authors are declared", at: author.location)], help: "ask someone outside `authors`")
    }
    switch proof(that: approver.value, wrote: exception.product.location, by: moment) {
    case .shown(let words):
      return .passed([Reason("`\(approver.value)` approved an exception, \(words)", at: approver.location)])
    case .refuted(let words, let help):
      return .failed("the exception approved by `\(approver.value)` \(words)", at: approver.location, help: help)
    case .unknown(let words, let need):
      return .unverifiable(
        Reason("nobody can tell who approved the exception, for \(words)", at: approver.location), need: need)
    }
  }
}
