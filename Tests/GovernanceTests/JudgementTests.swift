import Diagnostics
import Governance
import Model
import Testing

@Suite("Judging") struct JudgementTests {
  private static let record = "releases/gateway/2.4.0.yml"
  private static let digest = String(repeating: "5f", count: 32)

  private func outcome(
    _ rule: String, _ setting: String, record: String, files: [String: String] = [:], asOf: String = "2026-11-02T09:00Z"
  ) async throws -> Outcome {
    var files = files
    files[Self.record] = record
    files["policy/p.yml"] = "rules:\n  \(rule): \(setting)\n"
    let (judgement, report) = try await ExampleCheckout.judge(files, asOf: asOf)
    #expect(report.diagnostics == [])
    return try #require(judgement?[ReleaseID(product: ProductID("gateway"), version: "2.4.0"), rule])
  }

  /// The findings with their places, such as `error approvals-complete releases/gateway/2.4.0.yml:3:4`.
  private func findings(_ files: [String: String], asOf: String = "2026-11-02T09:00Z") async throws -> [String] {
    let (judgement, report) = try await ExampleCheckout.judge(files, asOf: asOf)
    return (report.diagnostics + (judgement?.findings ?? []).sorted()).map { finding in
      let place = finding.location.map { " \($0.file.dropFirst("content/".count)):\($0.line):\($0.column)" } ?? ""
      return "\(finding.severity.rawValue) \(finding.code)\(place)"
    }
  }

  @Test("a site without policy/ has no rules, no outcomes and no findings") func noPolicy() async throws {
    let (judgement, report) = try await ExampleCheckout.judge([:])
    #expect(report.isEmpty)
    #expect(judgement?.rules.isEmpty == true && judgement?.releases.isEmpty == true && judgement?.findings == [])
  }

  // MARK: The moment of judgement

  @Test("what came after the first production stage does not count, however late it is judged")
  func lateApproval() async throws {
    let stages = """
      status: released
      released: 2026-10-21T09:00Z
      rollout: {stages: [{environment: production, started: 2026-10-20T09:00Z, status: succeeded, decision: complete}]}

      """
    func judged(_ at: String) async throws -> Outcome {
      try await outcome(
        "approvals-complete", "{}",
        record: stages + "approvals: [{by: ana, role: release-manager, at: \(at), decision: approved}]\n")
    }
    let before = try await judged("2026-10-20T08:59Z")
    #expect(before.result == .passed && before.judgedAt == Moment("2026-10-20T09:00Z"))
    #expect(try await judged("2026-10-20T09:01Z").result == .failed)
  }

  @Test("a rejection is told before approvals are due; what was taken back is not called good")
  func early() async throws {
    func reasons(_ decision: String) async throws -> [String] {
      let outcome = try await outcome(
        "approvals-complete", "{}",
        record:
          "status: planned\napprovals: [{by: ana, role: release-manager, at: 2026-10-20, decision: \(decision)}]\n")
      #expect(outcome.result == .pending)
      return outcome.reasons.map(\.text)
    }
    #expect(
      try await reasons("rejected") == [
        "`ana` rejected `2.4.0`, and did not approve it since", "due before it goes to production",
      ])
    #expect(try await reasons("approved") == ["due before it goes to production"])

    let staged = try await outcome(
      "rollout-staged", "{}",
      record: """
        status: rolled-back
        rollout:
          strategy: canary
          stages:
            - {environment: production, share: 5, started: 2026-10-20T09:00Z, status: rolled-back, decision: roll-back}
        """)
    #expect(staged.reasons.map(\.text) == ["the stage in `production` at 5 % was taken back"])
  }

  @Test("a role counts as it was held on the day of the approval") func formerRole() async throws {
    let site = try #require(ExampleCheckout.site["gazette.yml"])
    let record = """
      status: released
      released: 2026-10-20
      approvals: [{by: ana, role: release-manager, at: 2026-10-19, decision: approved}]
      """
    for (days, result) in [
      ("to: 2026-10-19", Outcome.Result.passed), ("to: 2026-10-18", .failed), ("from: 2026-10-20", .failed),
    ] {
      let people = site.replacingOccurrences("from: 2025-01-01", days)
      let outcome = try await outcome("approvals-complete", "{}", record: record, files: ["gazette.yml": people])
      #expect(outcome.result == result, "\(days)")
    }
  }

  @Test("before its time an outcome is pending and says until when; a gate asks all the same") func pending()
    async throws
  {
    let record = "status: planned\nscheduled: 2026-11-20T09:00Z\n"
    let outcome = try await outcome("approvals-complete", "{}", record: record)
    #expect(outcome.result == .pending)
    #expect(outcome.dueAt == Moment("2026-11-20T09:00Z"))
    #expect(
      outcome.reasons.map(\.text) == [
        "due before it goes to production; it is scheduled for 20 November 2026, 09:00 UTC"
      ])
    var (ledger, report) = try await ExampleCheckout.load([
      Self.record: record, "policy/p.yml": "rules: {approvals-complete: {}, validated-after: {}}\n",
    ])
    let book = RuleBook(try #require(ledger).policy, into: &report)
    let release = ReleaseID(product: ProductID("gateway"), version: "2.4.0")
    let asked = book.judge(release, asIfAt: .deployment, in: try #require(ledger))
    #expect(asked?.outcomes(of: release).map(\.result) == [.failed, .pending])
    ledger = nil
  }

  @Test("what follows a release is pending until its deadline, then failed, and stays as it was at the deadline")
  func followUp() async throws {
    let record = "status: released\nreleased: 2026-10-20T09:00Z\n"
    func judged(_ more: String, asOf: String) async throws -> Outcome {
      try await outcome("validated-after", "{within: P2D}", record: record + more, asOf: asOf)
    }
    let early = try await judged("", asOf: "2026-10-21T09:00Z")
    #expect(early.result == .pending && early.isOpen && early.dueAt == Moment("2026-10-22T09:00Z"))
    #expect(try await judged("", asOf: "2026-10-22T09:00Z").result == .failed)
    let late = "validation: {at: 2026-10-23T09:00Z, checks: [{name: smoke, status: passed}]}\n"
    #expect(try await judged(late, asOf: "2026-11-01T09:00Z").result == .failed)
    let timely = "validation: {at: 2026-10-20T12:00Z, checks: [{name: smoke, status: passed}]}\n"
    #expect(try await judged(timely, asOf: "2026-10-20T18:00Z").result == .passed)
  }

  @Test("a cancelled release is asked nothing, unless it went out before") func cancelled() async throws {
    #expect(try await outcome("risk-classified", "{}", record: "status: cancelled\n").result == .notApplicable)
    let stages =
      "status: cancelled\nrollout: {stages: [{environment: production, started: 2026-10-20, status: succeeded}]}\n"
    for record in [stages, "status: cancelled\nreleased: 2026-10-20\n"] {
      #expect(try await outcome("risk-classified", "{}", record: record).result == .failed)
    }
  }

  @Test("a stage that began is no plan, also where nobody says how it went") func stageWithoutStatus() async throws {
    let outcome = try await outcome(
      "approvals-complete", "{}",
      record: """
        status: released
        released: 2026-10-25
        rollout: {stages: [{environment: production, started: 2026-10-20T09:00Z}]}
        approvals: [{by: ana, role: release-manager, at: 2026-10-22, decision: approved}]

        """)
    #expect(outcome.result == .failed && outcome.judgedAt == Moment("2026-10-20T09:00Z"))
  }

  // MARK: What the policy makes of it

  @Test("before `since` a failure is shown as failed, and only warns") func since() async throws {
    let files = { (since: String) in
      [
        Self.record: "status: released\nreleased: 2026-10-20\n",
        "releases/gateway/2.3.1.yml": "status: cancelled\n",
        "policy/p.yml": "rules: {risk-classified: {since: \(since)}}\n",
      ]
    }
    #expect(try await findings(files("2026-10-20")) == ["error risk-classified \(Self.record):1:1"])
    #expect(try await findings(files("2026-10-21")) == ["warning risk-classified \(Self.record):1:1"])
    let outcome = try await outcome(
      "risk-classified", "{since: 2026-10-21}", record: "status: released\nreleased: 2026-10-20\n")
    #expect(outcome.result == .failed && outcome.isBeforeSince && !outcome.isBlocking)
    // What must hold for ever is judged now, and asked of what went out since.
    for (since, isBefore) in [("2026-10-20", false), ("2026-10-21", true)] {
      let outcome = try await self.outcome(
        "gate-honoured", "{since: \(since)}", record: "status: released\nreleased: 2026-10-20\n")
      #expect(outcome.result == .failed && outcome.isBeforeSince == isBefore)
    }
  }

  @Test("the first variant that applies is used; without one a rule does not apply") func variants() async throws {
    let setting = """

          - {applies: {risk: low}, severity: warning}
          - {applies: {risk: [high], product_kind: [service]}, roles: {security: 1}}
          - {applies: {label: [pci]}, severity: 'off'}
      """
    func severity(_ record: String) async throws -> (Outcome.Result, RuleSeverity) {
      let outcome = try await outcome(
        "approvals-complete", setting, record: "status: released\nreleased: 2026-10-20\n" + record)
      return (outcome.result, outcome.severity)
    }
    #expect(try await severity("risk: low\n") == (.failed, .warning))
    #expect(try await severity("risk: high\n") == (.failed, .error))
    #expect(try await severity("risk: medium\nlabels: [pci]\n") == (.notApplicable, .off))
    #expect(try await severity("risk: medium\n").0 == .notApplicable)
  }

  @Test("a release without a risk does not slip through variants by risk") func unstatedRisk() async throws {
    let outcome = try await outcome(
      "approvals-complete", "[{applies: {risk: [high, critical]}}]", record: "status: released\nreleased: 2026-10-20\n")
    #expect(outcome.result == .unverifiable && outcome.isBlocking)
    let early = try await self.outcome(
      "approvals-complete", "[{applies: {risk: [high, critical]}, since: 2026-11-01}]",
      record: "status: released\nreleased: 2026-10-20\n")
    #expect(early.result == .unverifiable && early.isBeforeSince && !early.isBlocking)
    // Nor does it get what is meant for all other risks.
    let lenient = try await self.outcome(
      "approvals-complete", "[{applies: {risk: [high, critical]}}, {severity: info}]",
      record: "status: released\nreleased: 2026-10-20\n")
    #expect(lenient.result == .unverifiable && lenient.isBlocking)
    let planned = try await self.outcome(
      "approvals-complete", "[{applies: {risk: [high, critical]}}]", record: "status: planned\n")
    #expect(planned.result == .pending)
  }

  @Test("own files override packs rule by rule") func override() async throws {
    let (judgement, report) = try await ExampleCheckout.judge([
      "policy/p.yml":
        "extends: [regulated]\nrules: {risk-classified: {severity: info}, approvals-complete: {severity: 'off'}}\n"
    ])
    #expect(report.diagnostics == [])
    let entries = try #require(judgement?.book.entries)
    #expect(!entries.contains { $0.rule.id == "approvals-complete" })
    let risk = try #require(entries.first { $0.rule.id == "risk-classified" })
    #expect(risk.pack == nil && risk.variants.map(\.severity) == [.info])
    #expect(entries.contains { $0.rule.id == "security-disclosed" && $0.pack == "baseline" })
  }

  @Test(
    "what a policy says wrongly is reported at its place",
    arguments: [
      ("extends: [base]\n", "error C054 policy/p.yml:1:11"),
      ("rules: {test-passed: {}}\n", "error C050 policy/p.yml:1:9"),
      ("rules: {risk-classified: {high_factor: [a]}}\n", "error C051 policy/p.yml:1:27"),
      ("rules: {risk-classified: {proven_by: git}}\n", "error C051 policy/p.yml:1:38"),
      ("rules: {risk-classified: {severity: fatal}}\n", "error C012 policy/p.yml:1:37"),
      ("rules: {approvals-complete: {roles: [security]}}\n", "error C052 policy/p.yml:1:37"),
      ("rules: {approvals-complete: {roles: {security: 0}}}\n", "error C052 policy/p.yml:1:37"),
      ("rules: {acceptance-given: {min_criteria: -1}}\n", "error C052 policy/p.yml:1:42"),
      ("rules: {approvals-complete: []}\n", "error C052 policy/p.yml:1:9"),
      ("rules: {validated-after: {within: 2 days}}\n", "error C052 policy/p.yml:1:35"),
      ("frameworks: {soc2: {CC8.1: [approvals-complete]}}\n", "error C055 policy/p.yml:1:14"),
      ("frameworks: {soc2-2017: [CC8.1]}\n", "error C005 policy/p.yml:1:14"),
      ("frameworks: {slsa-1.3: {Build L1: [approvals-complete]}}\n", "error C055 policy/p.yml:1:14"),
      ("frameworks: {soc2-2017: {CC8.9: [approvals-complete]}}\n", "error C055 policy/p.yml:1:26"),
      ("frameworks: {soc2-2017: {CC8.1: [approval-complete]}}\n", "error C050 policy/p.yml:1:34"),
      ("rules: {risk-classified: {applies: {product: [gatewey]}}}\n", "error C026 policy/p.yml:1:47"),
    ])
  func wrongPolicy(text: String, finding: String) async throws {
    #expect(try await findings(["policy/p.yml": text]).filter { $0.contains(" C0") } == [finding])
  }

  @Test("a rule in two own files is an error, and so is a period with an unknown framework") func twice() async throws {
    let site = try #require(ExampleCheckout.site["gazette.yml"])
    let found = try await findings([
      "policy/a.yml": "rules: {flags-current: {}}\n", "policy/b.yml": "rules: {flags-current: {}}\n",
      "gazette.yml": site + "\nperiods: [{id: h2, from: 2026-07-01, to: 2026-12-31, frameworks: [soc2-2016]}]\n",
    ])
    #expect(found == ["error C055 gazette.yml:11:67", "error C053 policy/b.yml:1:9"])
  }

  @Test("terms of waivers are joined key by key, and not set twice") func waiverTerms() async throws {
    let (judgement, report) = try await ExampleCheckout.judge([
      "policy/p.yml": "extends: [regulated]\nwaivers: {max_days: 30}\n"
    ])
    #expect(report.diagnostics == [])
    #expect(judgement?.book.waiverTerms.roles.map(\.value) == ["compliance"])
    #expect(judgement?.book.waiverTerms.mostDays?.value == 30)
    let found = try await findings([
      "policy/a.yml": "waivers: {max_days: 30}\n", "policy/b.yml": "waivers: {max_days: 90, roles: [compliance]}\n",
    ])
    #expect(found == ["error C053 policy/b.yml:1:21"])
  }

  /// A rule, a record, and what is wrong with it.
  private static let seen: [(rule: String, record: String, words: String)] = [
    // Before it went out, validation and review follow nothing.
    ("validated-after", "validation: {at: 2026-10-01, checks: [{name: smoke, status: passed}]}", "before it went out"),
    ("reviewed-after", "risk: high\nreview: {at: 2026-10-01, by: ana}", "before it went out"),
    ("rollback-ready", "rollback: {plan: content/pages/r.md, to: 2.4.0, data: reversible}", "is not before"),
    (
      "environments-alike",
      "environments: [{id: staging, image: 'sha256:\(digest)'}, {id: production, image: 'sha256:\(digest)'}]",
      "what configuration runs"
    ),
    ("change-described", "changes: [{id: a, kind: fix, text: 'Todo: describe'}]", "is not written yet"),
    ("change-described", "changes: [{id: a, kind: fix, text: 'Search (TODO)'}]", "is not written yet"),
    (
      "rollout-staged",
      """
      rollout:
        strategy: canary
        stages:
          - {environment: production, share: 50, started: 2026-10-20, status: succeeded, decision: expand}
          - {environment: production, started: 2026-10-21, status: succeeded, decision: expand}
          - {environment: production, share: 10, started: 2026-10-22, status: succeeded, decision: complete}
      """,
      "the share does not grow"
    ),
    (
      "rollout-staged",
      """
      rollout:
        strategy: canary
        stages: [{environment: production, share: 100, started: 2026-10-20, status: succeeded, decision: complete}]
      """,
      "reached everybody"
    ),
    (
      "emergency-followed-up",
      """
      procedure: emergency
      authors: [ana]
      approvals: [{by: ana, role: release-manager, at: 2026-10-21, decision: approved}]
      """, "is one of its authors"
    ),
  ]

  @Test("follow-up rules and others see through what is not so", arguments: seen)
  func seenThrough(rule: String, record: String, words: String) async throws {
    let outcome = try await outcome(
      rule, "{}", record: "status: released\nreleased: 2026-10-20\n" + record + "\n",
      files: ["pages/r.md": "# Back\n\nGo back.\n"])
    #expect(outcome.result == .failed)
    #expect(outcome.reasons.contains { $0.text.contains(words) }, "\(outcome.reasons.map(\.text))")
  }

  @Test("what needs an open range of versions does not lead back; what went out together may")
  func circles() async throws {
    func judged(_ auth: String) async throws -> Outcome {
      try await outcome(
        "dependencies-released", "{}",
        record: "status: released\nreleased: 2026-10-20\ndepends_on: [{product: auth, version: '>=3.1'}]\n",
        files: ["releases/auth/3.1.0.yml": auth])
    }
    let earlier = try await judged(
      "status: released\nreleased: 2026-10-10\ndepends_on: [{product: gateway, version: '>=2.0'}]\n")
    #expect(earlier.result == .passed, "\(earlier.reasons.map(\.text))")
    let together = try await judged(
      "status: released\nreleased: 2026-10-20\ndepends_on: [{product: gateway, version: '>=2.0'}]\n")
    #expect(together.result == .failed)
    #expect(together.reasons[0].text.contains("which needs `2.4.0` itself"), "\(together.reasons.map(\.text))")
  }

  @Test("what many releases have is told once") func toldOnce() async throws {
    let found = try await findings([
      "policy/p.yml": "rules: {flags-current: {}}\n", Self.record: "status: released\nreleased: 2026-10-20\n",
      "releases/gateway/2.4.1.yml": "status: released\nreleased: 2026-10-25\n",
      "flags.yml":
        "- {id: new-search, product: gateway, owner: ben, state: partial, introduced_in: 2.3.1, expires: 2026-09-30}\n",
    ])
    #expect(found == ["error flags-current flags.yml:1:97"])
  }

  @Test("packs that set the same rules unseen are a warning, and not where the site has its own word")
  func clashingPacks() async throws {
    let found = try await findings(["policy/p.yml": "extends: [regulated, open-source]\n"])
    #expect(found.filter { $0.contains("C053") } == ["warning C053 policy/p.yml:1:22"])
    #expect(
      try await findings(["policy/p.yml": "extends: [baseline, regulated]\n"]).filter { $0.contains("C053") } == [])
  }

  @Test("a bypass that somebody answers for may be recorded later") func lateBypass() async throws {
    let outcome = try await outcome(
      "gate-honoured", "{}",
      record: """
        status: released
        released: 2026-10-20
        gates: [{verdict: failed, at: 2026-10-19, by: ana}, {verdict: bypassed, at: 2026-10-22, by: ana, reason: Fire}]

        """)
    #expect(outcome.result == .passed)
  }

  @Test("the gate knows which releases used up a waiver") func usesAtTheGate() async throws {
    let waiver = """
      rule: risk-classified
      product: gateway
      reason: The model is new
      requested_by: ana
      approved_by: dana
      approved_at: 2026-08-01
      expires: 2026-12-31
      max_uses: 1

      """
    let (ledger, _) = try await ExampleCheckout.load([
      Self.record: "status: approved\n", "policy/p.yml": "rules: {risk-classified: {}}\n", "waivers/w.yml": waiver,
    ])
    var report = Report()
    let loaded = try #require(ledger)
    let book = RuleBook(loaded.policy, into: &report)
    let release = ReleaseID(product: ProductID("gateway"), version: "2.4.0")
    let asked = book.judge(release, asIfAt: .deployment, in: loaded)?[release, "risk-classified"]
    let checked = await book.judge(loaded, slices: 1)[release, "risk-classified"]
    #expect(asked?.result == .failed && checked?.result == .failed)
  }

  @Test("the order of the work leaves no trace, and the digest is that of the policy") func order() async throws {
    let files = ["policy/p.yml": "extends: [baseline]\n", Self.record: "status: released\nreleased: 2026-10-20\n"]
    var (ledger, report) = try await ExampleCheckout.load(files)
    let loaded = try #require(ledger)
    let book = RuleBook(loaded.policy, into: &report)
    let (one, many) = (await book.judge(loaded, slices: 1), await book.judge(loaded, slices: 64))
    #expect(one.findings == many.findings && !one.findings.isEmpty)
    #expect(
      one.releases.map { one.outcomes(of: $0).map(\.reasons) }
        == many.releases.map { many.outcomes(of: $0).map(\.reasons) })
    let other = try await ExampleCheckout.judge(files.merging(["policy/p.yml": "extends: [regulated]\n"]) { $1 })
      .judgement
    #expect(one.policyDigest?.count == 64 && one.policyDigest != other?.policyDigest)
    ledger = nil
  }
}

extension String {
  /// The text with every occurrence replaced.
  fileprivate func replacingOccurrences(_ old: String, _ new: String) -> String {
    split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }
}

@Suite("People who approve") struct ApproverTests {
  @Test(
    "must exist, spelt as in gazette.yml",
    arguments: [
      ("dina", "C026"), ("Dana", "C013"), ("DANA", "C013"), ("dаna", "C013"),
    ])
  func names(name: String, code: String) async throws {
    let (_, report) = try await ExampleCheckout.judge([
      "releases/gateway/2.4.0.yml": "status: planned\napprovals: [{by: \(name), decision: approved}]\n"
    ])
    #expect(report.diagnostics.map(\.code) == [code])
    #expect(report.diagnostics.first?.location?.line == 2 && report.diagnostics.first?.location?.column == 18)
  }

  @Test(
    "fill each place with another person, and the last word of each counts",
    arguments: [
      ("{by: dana, role: security, at: 2026-10-01, decision: approved}", Outcome.Result.failed),
      (
        "{by: dana, at: 2026-10-01, decision: approved}, {by: eve, role: security, at: 2026-10-01, decision: approved}",
        .passed
      ),
      ("{by: eve, at: 2026-10-01, decision: approved}, {by: dana, at: 2026-10-01, decision: approved}", .passed),
      ("{by: dana, at: 2026-10-01, decision: approved}, {by: dana, at: 2026-10-02, decision: approved}", .failed),
      (
        "{by: eve, at: 2026-10-01, decision: approved}, {by: dana, at: 2026-10-01, decision: approved}, "
          + "{by: dana, at: 2026-10-02, decision: rejected}", .failed
      ),
      (
        "{by: eve, at: 2026-10-01, decision: approved}, {by: dana, at: 2026-10-01, decision: rejected}, "
          + "{by: dana, at: 2026-10-02, decision: approved}", .passed
      ),
      (
        "{by: eve, at: 2026-10-01, decision: approved}, {by: dana, at: 2026-10-01, decision: conditional, conditions: x}",
        .failed
      ),
      ("{by: eve, at: 2026-10-01, decision: approved}, {by: dana, decision: approved}", .failed),
      (
        "{by: eve, at: 2026-10-01, decision: approved}, {by: dana, at: 2026-10-01, decision: approved}, "
          + "{by: ben, at: 2026-10-02, decision: rejected}", .failed
      ),
    ])
  func ballots(approvals: String, result: Outcome.Result) async throws {
    let site = try #require(ExampleCheckout.site["gazette.yml"])
    let (judgement, report) = try await ExampleCheckout.judge([
      "gazette.yml": site.split(separator: "\n").map {
        $0.hasPrefix("  ana:") ? "\($0)\n  eve: {name: Eve, roles: [{id: security}]}" : String($0)
      }.joined(separator: "\n"),
      "releases/gateway/2.4.0.yml": "status: released\nreleased: 2026-10-20\napprovals: [\(approvals)]\n",
      "policy/p.yml": "rules: {approvals-complete: {roles: {compliance: 1, security: 1}}}\n",
    ])
    #expect(report.diagnostics == [])
    let release = ReleaseID(product: ProductID("gateway"), version: "2.4.0")
    #expect(judgement?[release, "approvals-complete"]?.result == result)
  }

  /// Dana approves or not, and Eve does.
  private static let words: [(dana: String, result: Outcome.Result)] = [
    // Objections without a day stand, and so do conditions, whatever the decision is called.
    ("{by: dana, at: 2026-10-01, decision: approved}, {by: ben, decision: rejected}", .failed),
    ("{by: dana, at: 2026-10-01, decision: approved}, {by: dana, decision: withdrawn}", .failed),
    ("{by: dana, at: 2026-10-01, decision: approved, conditions: after the test}", .failed),
    // Each role has its own last word.
    (
      """
      {by: dana, role: compliance, at: 2026-10-01, decision: approved}, \
      {by: dana, role: security, at: 2026-10-02, decision: approved}
      """, .passed
    ),
    (
      """
      {by: dana, role: security, at: 2026-10-01, decision: rejected}, \
      {by: dana, role: compliance, at: 2026-10-02, decision: approved}
      """, .failed
    ),
  ]

  @Test("object without a day, on conditions and in one of their roles", arguments: words)
  func objections(dana: String, result: Outcome.Result) async throws {
    try await ballots(approvals: "{by: eve, at: 2026-10-01, decision: approved}, " + dana, result: result)
  }
}
