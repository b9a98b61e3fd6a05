import Foundation
import Governance
import Model
import TestSupport
import Testing

@Suite("Four eyes") struct FourEyesTests {
  private static let emergency = "emergency-followed-up: {within: P30D, proven_by: git}"

  @Test(
    "look at an emergency afterwards too",
    arguments: [("ben@harbor.example", true), ("ana@harbor.example", false), ("ana@home.example", false)])
  func emergency(codeAuthor: String, isFine: Bool) async throws {
    try await SmallHistory.with(
      policy: Self.emergency, record: "procedure: emergency\n", codeAuthor: codeAuthor
    ) { history in
      try await history.repository.commit(
        "Approve", files: [SmallHistory.part(): SmallHistory.approval(at: "2026-01-06T12:00Z")], hour: 140)
      let outcome = try await history.outcome("emergency-followed-up", asOf: "2026-03-01T09:00Z")
      #expect(outcome.result == (isFine ? .passed : .failed), "\(outcome.words)")
    }
  }

  private static func waiver(by: String = "dana", _ more: String = "") -> String {
    """
    rule: risk-classified
    product: gateway
    versions: '2.4.0'
    reason: The model is new
    requested_by: chao
    approved_by: \(by)
    approved_at: 2026-01-02
    expires: 2026-06-01
    \(more)
    """
  }

  private static let waived =
    "approvals-complete: {severity: info, proven_by: git}\nrisk-classified: {high_factors: [x]}"

  private func waive(
    _ history: SmallHistory, _ text: String = waiver(), email: String = "dana@harbor.example", hour: Int = 50
  ) async throws {
    try await history.repository.commit(
      "Waive", files: ["content/waivers/w.yml": text], hour: hour, author: "Somebody", email: email)
  }

  /// 2.4.0 without a risk, so that `risk-classified` fails.
  private func withoutRisk(
    codeAuthor: String = "ben@harbor.example", _ body: (SmallHistory) async throws -> Void
  ) async throws {
    try await SmallHistory.with(policy: Self.waived, codeAuthor: codeAuthor) { history in
      try await history.repository.commit(
        "No risk",
        files: ["content/releases/gateway/2.4.0.yml": "status: released\nreleased: 2026-01-05T09:00Z\n"], hour: 4)
      try await body(history)
    }
  }

  @Test(
    "look at waivers, and know who made the release or count for nothing",
    arguments: [("ben@harbor.example", true), ("dana@harbor.example", false), ("dana@home.example", false)])
  func waivers(codeAuthor: String, isFine: Bool) async throws {
    try await withoutRisk(codeAuthor: codeAuthor) { history in
      try await waive(history)
      let outcome = try await history.outcome("risk-classified")
      #expect(outcome.result == (isFine ? .waived : .failed), "\(outcome.words)")
    }
  }

  @Test("a waiver of a release whose commits nobody knows does not count") func unknownCommits() async throws {
    try await withoutRisk { history in
      try await waive(history)
      try history.repository.write("name: Gateway\nkind: service\n", to: "content/products/gateway.yml")
      #expect(try await history.outcome("risk-classified").result == .failed)
    }
  }

  @Test(
    "a waiver that is widened is another waiver",
    arguments: ["max_uses: 99", "from: 2020-01-01", "compensating: Nothing"])
  func widened(more: String) async throws {
    try await withoutRisk { history in
      try await waive(history)
      #expect(try await history.outcome("risk-classified").result == .waived)
      try await waive(history, Self.waiver(more), email: "ben@harbor.example", hour: 51)
      #expect(try await history.outcome("risk-classified").result == .failed)
    }
  }

  @Test("a commit by a bot is answered for by who committed it, and an approval is not older than its commit says")
  func botsAndTimes() async throws {
    try await SmallHistory.with(policy: "approver-is-not-author: {proven_by: git}", site: "bots: ['*[bot]@*']") {
      history in
      let repository = history.repository
      try await repository.commit(
        "Approve", files: [SmallHistory.part(): SmallHistory.approval(at: "2026-01-02")], hour: 20)
      #expect(try await history.outcome("approver-is-not-author").result == .passed)
      // Later on the same day as the approval states.
      try await repository.commit(
        "More", files: ["src/c": "1\n"], hour: 40, author: "Ben", email: "ben@harbor.example")
      try await repository.git(["tag", "-f", "gateway-v2.4.0"])
      let early = try await history.outcome("approver-is-not-author")
      #expect(early.result == .failed && early.words.contains("before its last commit"), "\(early.words)")
    }
    try await SmallHistory.with(policy: "approver-is-not-author: {proven_by: git}", site: "bots: ['*[bot]@*']") {
      history in
      try history.repository.write("3\n", to: "src/a")
      try await history.repository.git(["add", "-A"])
      try await history.repository.git(
        ["commit", "-q", "-m", "Generate", "--author", "x[bot] <x[bot]@forge.example>"], hour: 30, author: "Ana",
        email: "ana@harbor.example")
      try await history.repository.git(["tag", "-f", "gateway-v2.4.0"])
      try await history.repository.commit("Approve", files: [SmallHistory.part(): SmallHistory.approval()], hour: 90)
      let outcome = try await history.outcome("approver-is-not-author")
      #expect(outcome.result == .failed, "\(outcome.words)")
    }
  }

  // MARK: Commits that nobody knows

  private static let commitRules = ["commits-traced", "changes-reviewed", "approver-is-not-author", "commits-signed"]
  private static let commitPolicy = """
    commits-traced: {}
    changes-reviewed: {}
    approver-is-not-author: {proven_by: git}
    commits-signed: {}
    """

  @Test("see nothing in a range that is empty because it stands before the release before", arguments: commitRules)
  func emptyRange(rule: String) async throws {
    try await SmallHistory.with(policy: Self.commitPolicy) { history in
      let first = try await history.repository.id(of: "gateway-v2.3.1~1")
      try await history.repository.commit(
        "Approve",
        files: [SmallHistory.part(): SmallHistory.approval() + "commit: \(first)\nprevious: 2.3.1\n"], hour: 90)
      let outcome = try await history.outcome(rule)
      #expect(outcome.result == .unverifiable && outcome.words.contains("stands before"), "\(outcome.words)")
    }
  }

  @Test("see nothing where several sources say nothing", arguments: commitRules)
  func severalSources(rule: String) async throws {
    try await SmallHistory.with(
      policy: Self.commitPolicy,
      files: [
        "content/products/gateway.yml":
          "name: Gateway\nkind: service\nsources: [{id: main, path: src, tags: 'a{version}'}, {id: web, path: web, tags: 'b{version}'}]\n",
        SmallHistory.part(): SmallHistory.approval(),
      ]
    ) { history in
      let outcome = try await history.outcome(rule)
      #expect(outcome.result == .unverifiable && outcome.words.contains("which commit"), "\(outcome.words)")
    }
  }

  // MARK: Reviews

  @Test(
    "look at commits: a reviewer must be somebody known, unless the policy says otherwise",
    arguments: [
      ("Reviewed-by: Ben <ben@home.example>", "{}", false), ("Reviewed-by: Bеn <bеn@harbor.example>", "{}", false),
      ("Reviewed-by: Eve <eve@away.example>", "{unknown_authors: list}", true),
      ("Reviewed-by: Ana <ana@harbor.example>", "{}", true),
    ])
  func trailers(trailer: String, setting: String, isFine: Bool) async throws {
    try await SmallHistory.with(policy: "changes-reviewed: \(setting)", code: "Find\n\n\(trailer)") { history in
      let outcome = try await history.outcome("changes-reviewed")
      #expect(outcome.result == (isFine ? .passed : .failed), "\(outcome.words)")
    }
  }

  @Test(
    "look at exports: not by an author, not by a bot, not after it went out",
    arguments: [
      ("ben", "2026-01-01T03:00:00Z", false), ("renovate-bot", "2026-01-01T03:00:00Z", false),
      ("ana", "2026-01-01T03:00:00Z", true), ("ana", "2026-01-15T03:00:00Z", false),
      ("ana-r", "2026-01-01T03:00:00Z", true),
    ])
  func exports(by: String, at: String, isFine: Bool) async throws {
    let entry = "evidence: [{id: reviews, kind: reviews, path: content/evidence/reviews.ndjson}]\n"
    try await SmallHistory.with(policy: "changes-reviewed: {}", record: entry) { history in
      let site = try #require(ExampleCheckout.site["gazette.yml"])
        .replacing("ana: {name: Ana,", with: "ana: {name: Ana, logins: [Ana-R],")
      try history.repository.write(site, to: "content/gazette.yml")
      let commit = try await history.repository.id(of: "gateway-v2.4.0")
      let line = "{\"commit\":\"\(commit)\",\"by\":\"\(by)\",\"at\":\"\(at)\",\"decision\":\"approved\"}\n"
      try history.repository.write(line, to: "content/evidence/reviews.ndjson")
      let outcome = try await history.outcome("changes-reviewed")
      #expect(outcome.result == (isFine ? .passed : .failed), "\(outcome.words)")
    }
  }

  // MARK: Policy

  @Test("look at the policy: a maker whom nobody knows, a back-dated change, one after the newest release")
  func policy() async throws {
    for (maker, hour) in [("ben@home.example", 60), ("ben@harbor.example", 1), ("ben@harbor.example", 300)] {
      try await SmallHistory.with(policy: "policy-approved: {}") { history in
        let repository = history.repository
        try await repository.commit("Note", files: ["content/pages/a.md": "# A\n"], hour: 50)
        try await repository.branch("change")
        try await repository.commit(
          "Change", files: ["content/policy/more.yml": "rules: {flags-current: {}}\n"], hour: hour, author: "Ben",
          email: maker)
        try await repository.checkout("main")
        if maker.contains("home") {
          try await repository.merge("change", hour: hour + 1, author: "Dana", email: "dana@harbor.example")
        } else {
          try await repository.git(["merge", "-q", "--ff-only", "change"])
        }
        let outcome = try await history.outcome("policy-approved")
        #expect(outcome.result == .failed, "\(maker) \(hour): \(outcome.words)")
      }
    }
  }

  @Test("look at a change of the policy with the roles of the policy before it") func rolesBefore() async throws {
    try await SmallHistory.with(policy: "policy-approved: {roles: [compliance]}") { history in
      let repository = history.repository
      try await repository.branch("change")
      try await repository.commit(
        "Change", files: ["content/policy/releases.yml": "rules:\n  policy-approved: {roles: [release-manager]}\n"],
        hour: 60, author: "Ben", email: "ben@harbor.example")
      try await repository.checkout("main")
      try await repository.merge("change", hour: 61, author: "Ana", email: "ana@harbor.example")
      #expect(try await history.outcome("policy-approved").result == .failed)
    }
  }

  // MARK: Signatures

  @Test("commits-signed believes no key that the commit itself lists", .enabled(if: TemporaryRepository.canSign))
  func ownKey() async throws {
    let signers = "content/keys/allowed_signers"
    try await SmallHistory.with(
      policy: "commits-signed: {min_share: 0.5}", site: "signing: {allowed_signers: \(signers)}",
      files: [signers: "# nobody\n"]
    ) { history in
      let repository = history.repository
      let key = try await repository.signingKey("ben")
      try await repository.commit(
        "Signed", files: ["src/c": "1\n", signers: key.signer("ben@harbor.example")], hour: 10, author: "Ben",
        email: "ben@harbor.example", key: key)
      try await repository.git(["tag", "-f", "gateway-v2.4.0"])
      let own = try await history.outcome("commits-signed")
      #expect(own.result == .failed && own.words.contains("0 of"), "\(own.words)")
      try await repository.commit(
        "Signed again", files: ["src/c": "2\n"], hour: 11, author: "Ben", email: "ben@harbor.example", key: key)
      try await repository.git(["tag", "-f", "gateway-v2.4.0"])
      let later = try await history.outcome("commits-signed")
      #expect(later.words.contains("1 of 3"), "\(later.words)")
    }
  }
}
