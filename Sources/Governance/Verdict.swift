package import Diagnostics
package import Model

/// Why an outcome is what it is, and the place that shows it.
package struct Reason: Hashable, Sendable {
  /// One line, lower case, no full stop, with names in it, as the message of a diagnostic.
  package var text: String
  package var location: SourceLocation?
  /// What stands beside the carets, where a finding is made of it.
  package var label: String?
  package var notes: [Diagnostic.Note]
  /// What to do, as an imperative.
  package var help: String?
  /// When it came to be so, where a rule that must hold for ever knows; a waiver must have been in force then.
  package var since: Moment?

  package init(
    _ text: String, at location: SourceLocation? = nil, label: String? = nil, notes: [Diagnostic.Note] = [],
    help: String? = nil, since: Moment? = nil
  ) {
    (self.text, self.location, self.label, self.notes, self.help) = (text, location, label, notes, help)
    self.since = since
  }
}

/// What a rule says of a release.
package enum Verdict: Sendable {
  case passed([Reason])
  /// What is wrong, at least one reason, each at the smallest token at fault.
  case failed([Reason])
  /// Something is not there yet: a failure once it was due, pending before.
  case lacking([Reason])
  /// The rule itself knows that it is too early.
  case pending(until: Moment?, Reason)
  /// Nobody can tell; `need` says as an imperative what would help.
  case unverifiable(Reason, need: String)
  case notApplicable(String)

  package static func passed(_ text: String, at location: SourceLocation? = nil) -> Verdict {
    .passed([Reason(text, at: location)])
  }

  package static func failed(
    _ text: String, at location: SourceLocation?, label: String? = nil, notes: [Diagnostic.Note] = [], help: String
  ) -> Verdict {
    .failed([Reason(text, at: location, label: label, notes: notes, help: help)])
  }

  package static func lacking(
    _ text: String, at location: SourceLocation?, label: String? = nil, notes: [Diagnostic.Note] = [], help: String
  ) -> Verdict {
    .lacking([Reason(text, at: location, label: label, notes: notes, help: help)])
  }

  /// Failed when there are reasons for it, else passed.
  package static func failed(_ reasons: [Reason], otherwise: @autoclosure () -> [Reason]) -> Verdict {
    reasons.isEmpty ? .passed(otherwise()) : .failed(reasons)
  }
}

/// What a rule says of a release, with what the policy makes of it.
package struct Outcome: Sendable {
  package enum Result: String, CaseIterable, Hashable, Sendable {
    case passed, failed, waived, pending, unverifiable
    case notApplicable = "not-applicable"
  }

  /// The rule's id.
  package var rule: String
  package var release: ReleaseID
  package var result: Result
  package var severity: RuleSeverity
  /// Whether it was due before the policy asked for it, so that a failure only warns.
  package var isBeforeSince: Bool
  package var reasons: [Reason]
  /// When it was due and therefore judged; the as-of for what is still open; `nil` for what was not judged.
  package var judgedAt: Moment?
  /// Whether it is still open, so that it may change.
  package var isOpen: Bool
  /// When a pending one is due, where that is known.
  package var dueAt: Moment?
  /// The id of the waiver that excuses it.
  package var waiver: String?

  /// Whether it keeps a release from going out: failed, or not to be verified, with severity error.
  package var isBlocking: Bool {
    (result == .failed || result == .unverifiable) && severity == .error && !isBeforeSince
  }
}
