package import Model

/// One requirement on releases: its text for people, and the function that judges.
///
/// How severe a failure is and what the limits are belongs to the policy, not to the rule. The same text feeds the check,
/// `gazette explain`, the rule's page on the site and the test that runs its examples.
package struct Rule: Sendable {
  /// Such as `approvals-complete`; the code of its findings.
  package let id: String
  /// What holds when it passes, as a noun phrase or a short sentence without a full stop.
  package let title: String
  /// Why somebody wants that.
  package let why: String
  /// Which releases it asks, and which it leaves alone.
  package let appliesTo: String
  /// What to do when it fails, as imperatives.
  package let fix: String
  package let due: Due
  package let parameters: [any RuleParameter]
  /// Whether a policy may ask with `proven_by` how far what is stated must be proven.
  package let takesProof: Bool
  /// What it wants Git to be asked wherever it is on.
  package let asks: GitQuestions
  /// What it wants Git to be asked besides where a policy wants more than what the record states.
  package let asksForProof: GitQuestions
  /// What it wants Git to be asked besides where a policy sets a parameter that needs it.
  let asksFor: @Sendable (RuleSetting) -> GitQuestions
  package let bad: RuleExample
  package let good: RuleExample
  /// What stands against a release before the rule is due; `nil` for nothing.
  let objection: @Sendable (RuleCase) -> Reason?
  /// Judges one release at one moment; the same for the same case, whatever the order or the thread.
  let judge: @Sendable (RuleCase) -> Verdict

  package init(
    _ id: String, title: String, why: String, appliesTo: String, fix: String, due: Due,
    parameters: [any RuleParameter] = [], takesProof: Bool = false, asks: GitQuestions = [],
    asksForProof: GitQuestions = [], asksFor: @escaping @Sendable (RuleSetting) -> GitQuestions = { _ in [] },
    objection: @escaping @Sendable (RuleCase) -> Reason? = { _ in nil }, bad: RuleExample, good: RuleExample,
    judge: @escaping @Sendable (RuleCase) -> Verdict
  ) {
    (self.id, self.title, self.why, self.appliesTo, self.fix) = (id, title, why, appliesTo, fix)
    (self.due, self.parameters, self.takesProof) = (due, parameters, takesProof)
    (self.asks, self.asksForProof, self.asksFor) = (asks, asksForProof, asksFor)
    (self.objection, self.bad, self.good, self.judge) = (objection, bad, good, judge)
  }

  package static func named(_ id: String) -> Rule? { all.first { $0.id == id } }
}

/// By when a rule must hold.
package enum Due: Sendable {
  /// As soon as the release is planned; for the record of one that went out: when it went to production.
  case planned
  /// As soon as it is a candidate.
  case candidate
  /// Before it goes to production for the first time.
  case deployment
  /// When it is out everywhere.
  case release
  /// Some time after it went out; `nil` for what must hold for ever, which is judged at the as-of.
  case after(deadline: @Sendable (RuleCase) -> Moment?)

  /// What must hold for ever once it is out.
  package static let everAfter = Due.after { _ in nil }

  package var phase: Phase {
    switch self {
    case .planned: .planned
    case .candidate: .candidate
    case .deployment: .deployment
    case .release: .release
    case .after: .after
    }
  }
}

/// How far a release is on its way, as far as rules care.
package enum Phase: Int, CaseIterable, Comparable, Hashable, Sendable {
  case planned, candidate, deployment, release, after

  package static func < (a: Phase, b: Phase) -> Bool { a.rawValue < b.rawValue }

  /// Completes "due …".
  package var words: String {
    switch self {
    case .planned: "when the release is planned"
    case .candidate: "when it becomes a candidate"
    case .deployment: "before it goes to production"
    case .release: "when it is released"
    case .after: "after it went out"
    }
  }
}

/// Records that a rule finds right or wrong. They are judged for the release `gateway 2.4.0` in a small site that the
/// tests make: the products `gateway` (a service, with a release `2.3.1`) and `auth`; `ana`, a release manager; `ben` and
/// `chao` without roles; `dana` for security and compliance; `iris`, a product owner; the environments `staging` and
/// `production`.
package struct RuleExample: Sendable {
  package struct File: Sendable {
    /// Below the content folder.
    package var path: String
    package var text: String

    package init(_ path: String, _ text: String) {
      (self.path, self.text) = (path, text)
    }
  }

  /// The record of the release.
  package let record: String
  /// Other files that matter.
  package let files: [File]
  /// The rule's value in the policy, as YAML.
  package let setting: String
  /// The text that the finding points at, which is there once in the record or in ``files``; `nil` for a record as a
  /// whole, which lacks something.
  package let fault: String?
  /// The moment at which it is judged.
  package let asOf: String
  /// What must be so beyond files, such as a history in Git, in words; tests of their own show it.
  package let circumstances: String?

  package init(
    _ record: String, files: [File] = [], setting: String = "{}", fault: String? = nil,
    asOf: String = "2026-11-02T09:00Z", circumstances: String? = nil
  ) {
    (self.record, self.files, self.setting, self.fault) = (record, files, setting, fault)
    (self.asOf, self.circumstances) = (asOf, circumstances)
  }
}
