import Foundation
import Governance
import Model
import TestSupport
import Testing

@Suite("A rule that asks Git") struct GitRuleTests {
  private func approve(_ history: SmallHistory, by person: String = "ana", at: String = "2026-01-04T12:00Z")
    async throws
  {
    try await history.repository.commit(
      "Approve", files: [SmallHistory.part(): SmallHistory.approval(by: person, at: at)], hour: 90)
  }

  // MARK: approver-is-not-author

  private static let fourEyes = "approver-is-not-author: {proven_by: git}"

  @Test("approver-is-not-author passes when the approver made no commit of it")
  func fourEyes() async throws {
    try await SmallHistory.with(policy: Self.fourEyes) { history in
      try await approve(history)
      let outcome = try await history.outcome("approver-is-not-author")
      #expect(outcome.result == .passed, "\(outcome.words)")
      #expect(outcome.words.contains("Git does not authenticate that"))
    }
  }

  @Test(
    "approver-is-not-author fails for an author and for a co-author, in whatever case",
    arguments: [
      ("Find umlauts", "ANA@harbor.example"),
      ("Find umlauts\n\nCo-authored-by: Ana <Ana@Harbor.Example>", "ben@harbor.example"),
    ])
  func authors(message: String, author: String) async throws {
    try await SmallHistory.with(policy: Self.fourEyes, code: message, codeAuthor: author) { history in
      try await approve(history)
      let outcome = try await history.outcome("approver-is-not-author")
      #expect(outcome.result == .failed)
      #expect(outcome.words.contains("approved by `ana`"))
    }
  }

  @Test("approver-is-not-author fails for an author whom nobody knows, or lists them", arguments: ["fail", "list"])
  func strangers(mode: String) async throws {
    let policy = "approver-is-not-author: {proven_by: git, unknown_authors: \(mode)}"
    try await SmallHistory.with(policy: policy, codeAuthor: "ana@home.example") { history in
      try await approve(history)
      let outcome = try await history.outcome("approver-is-not-author")
      #expect(outcome.result == (mode == "fail" ? .failed : .passed))
      #expect(outcome.words.contains("`ana@home.example`"))
    }
  }

  @Test("approver-is-not-author takes the mailmap, and fails for an approval before the last commit")
  func mailmap() async throws {
    try await SmallHistory.with(policy: Self.fourEyes, codeAuthor: "ana@home.example") { history in
      try await history.repository.commit(
        "Map", files: [".mailmap": "Ben <ben@harbor.example> <ana@home.example>\n"], hour: 80)
      try await approve(history)
      #expect(try await history.outcome("approver-is-not-author").result == .passed)
      try await approve(history, at: "2026-01-01T01:30Z")
      let early = try await history.outcome("approver-is-not-author")
      #expect(early.result == .failed)
      #expect(early.words.contains("before its last commit"))
    }
  }

  @Test("approver-is-not-author leaves alone who merged, and who only wrote the record")
  func notAuthors() async throws {
    try await SmallHistory.with(policy: Self.fourEyes) { history in
      let repository = history.repository
      try await repository.branch("work")
      try await repository.commit("More", files: ["src/c": "1\n"], hour: 10, author: "Ben", email: "ben@harbor.example")
      try await repository.checkout("main")
      try await repository.commit(
        "Beside", files: ["src/d": "1\n"], hour: 11, author: "Chao", email: "chao@harbor.example")
      try await repository.merge("work", hour: 12)
      try await repository.commit("Note", files: ["content/pages/a.md": "# A\n"], hour: 13)
      try await repository.git(["tag", "-f", "gateway-v2.4.0"])
      try await approve(history)
      let outcome = try await history.outcome("approver-is-not-author")
      #expect(outcome.result == .passed, "\(outcome.words)")
      #expect(outcome.words.contains("as its 3 commits state"))
    }
  }

  // MARK: tag-matches, release-recorded

  @Test("tag-matches passes on the branch, and fails for a missing tag, another commit and another branch")
  func tags() async throws {
    try await SmallHistory.with(policy: "tag-matches: {}\nrelease-recorded: {}") { history in
      let repository = history.repository
      #expect(try await history.outcome("tag-matches").result == .passed)
      #expect(try await history.outcome("release-recorded").result == .passed)
      let other = try await repository.id(of: "gateway-v2.3.1")
      let path = SmallHistory.part("commit")
      try repository.write("commit: \(other)\n", to: path)
      let moved = try await history.outcome("tag-matches")
      #expect(moved.result == .failed)
      #expect(moved.words.contains("and the record another"))
      try await repository.git(["clean", "-qfd"])
      try await repository.tag("gateway-v2.3.2")
      #expect(try await history.outcome("release-recorded").words.contains("`gateway-v2.3.2`"))
      try await repository.branch("aside")
      try await repository.commit("Aside", files: ["src/x": "1\n"], hour: 50)
      try await repository.git(["tag", "-f", "gateway-v2.4.0"])
      try await repository.checkout("main")
      let aside = try await history.outcome("tag-matches")
      #expect(aside.result == .failed)
      #expect(aside.words.contains("on none of the branches"))
      try await repository.git(["tag", "-d", "gateway-v2.4.0"])
      #expect(try await history.outcome("tag-matches").words.contains("there is no tag"))
    }
  }

  @Test(
    "tag-matches with `signed` wants a good signature of a tag of this name by a listed key",
    .enabled(if: TemporaryRepository.canSign, "needs ssh-keygen"))
  func signedTag() async throws {
    try await SmallHistory.with(
      policy: "tag-matches: {signed: true}", site: "signing: {allowed_signers: content/keys/allowed_signers}",
      files: ["content/keys/allowed_signers": "# nobody\n"]
    ) { history in
      let repository = history.repository
      let (ben, other) = (try await repository.signingKey("ben"), try await repository.signingKey("other"))
      let commit = try await repository.id(of: "gateway-v2.4.0")
      let signers = ben.signer("ben@harbor.example")
      func outcome(
        _ options: [String], key: SigningKey? = nil
      ) async throws -> (result: Outcome.Result, words: String) {
        try await repository.git(["tag", "-f"] + options + ["gateway-v2.4.0", commit], hour: 3, key: key)
        let outcome = try await history.outcome("tag-matches", signers: signers)
        return (outcome.result, outcome.words)
      }
      let light = try await outcome([])
      #expect(light.result == .failed && light.words.contains("is a light one, which cannot be signed"))
      let plain = try await outcome(["-a", "-m", "Plain"])
      #expect(plain.result == .failed && plain.words.contains("is not signed"), "\(plain.words)")
      // The key of whoever is not listed, after one that is good: each answer belongs to its own tag.
      try await repository.git(["tag", "-f", "-s", "-m", "Old", "gateway-v2.3.1", commit + "~1"], hour: 3, key: ben)
      let unlisted = try await outcome(["-s", "-m", "Other"], key: other)
      #expect(unlisted.result == .failed && unlisted.words.contains("a key that nobody lists"), "\(unlisted.words)")
      let good = try await outcome(["-s", "-m", "Good"], key: ben)
      #expect(good.result == .passed, "\(good.words)")
      // Without the list that is given, that of the checkout counts, which names nobody.
      #expect(try await history.outcome("tag-matches").result == .failed)
      try await repository.git(["tag", "-s", "-m", "Aside", "aside", commit], hour: 3, key: ben)
      try await repository.git(["update-ref", "refs/tags/gateway-v2.4.0", "refs/tags/aside"])
      let moved = try await history.outcome("tag-matches", signers: signers)
      #expect(moved.result == .failed && moved.words.contains("was signed as `aside`"), "\(moved.words)")
      let forged = try await repository.git(["cat-file", "tag", "aside"]).replacing("Aside", with: "aside")
      try repository.write(forged, to: "forged")
      let object = try await repository.git(["hash-object", "-t", "tag", "-w", "forged"]).filter { !$0.isNewline }
      try await repository.git(["update-ref", "refs/tags/gateway-v2.4.0", object])
      let result = try await ExampleCheckout.load(at: repository.root, asOf: "2026-02-01T09:00Z", signers: nil)
      let release = ReleaseID(product: ProductID("gateway"), version: "2.4.0")
      #expect(result.0?.git.commits[release]?.first?.tagSignature?.result == .bad)
    }
  }

  // MARK: commits-traced, changes-reviewed, commits-signed

  @Test(
    "commits-traced wants a change for each commit",
    arguments: [
      ("Find umlauts (#412)", "{}", true), ("Find umlauts (#4123)", "{}", false), ("Count visitors", "{}", false),
      ("chore: tidy", "{allow: ['chore:*']}", true),
    ])
  func traced(subject: String, setting: String, isTold: Bool) async throws {
    let record = "changes: [{kind: fix, text: Search finds umlauts, refs: ['#412']}]\n"
    try await SmallHistory.with(policy: "commits-traced: \(setting)", record: record, code: subject) { history in
      let outcome = try await history.outcome("commits-traced")
      #expect(outcome.result == (isTold ? .passed : .failed), "\(outcome.words)")
    }
  }

  @Test("commits-traced takes what the merge of a commit says")
  func tracedByMerge() async throws {
    let record = "changes: [{kind: fix, text: Search finds umlauts, refs: ['#412']}]\n"
    try await SmallHistory.with(policy: "commits-traced: {}", record: record, code: "Umlauts (#412)") { history in
      let repository = history.repository
      try await repository.branch("work")
      try await repository.commit("More", files: ["src/c": "1\n"], hour: 10)
      try await repository.checkout("main")
      try await repository.merge("work", message: "Merge #412", hour: 11)
      try await repository.git(["tag", "-f", "gateway-v2.4.0"])
      #expect(try await history.outcome("commits-traced").result == .passed)
    }
  }

  @Test(
    "changes-reviewed wants a review by somebody else than the author",
    arguments: [
      ("Find", false), ("Find\n\nReviewed-by: Ben <BEN@harbor.example>", false),
      ("Find\n\nReviewed-by: Ana <ana@harbor.example>", true), ("Find\n\nReviewed-by: Ana", false),
    ])
  func reviewed(message: String, isReviewed: Bool) async throws {
    try await SmallHistory.with(policy: "changes-reviewed: {}", code: message) { history in
      let outcome = try await history.outcome("changes-reviewed")
      #expect(outcome.result == (isReviewed ? .passed : .failed), "\(outcome.words)")
    }
  }

  @Test(
    "commits-signed counts good signatures by listed keys",
    .enabled(if: TemporaryRepository.canSign, "needs ssh-keygen"))
  func signed() async throws {
    try await SmallHistory.with(
      policy: "commits-signed: {}", site: "signing: {allowed_signers: content/keys/allowed_signers}",
      files: ["content/keys/allowed_signers": "# nobody\n"]
    ) { history in
      let repository = history.repository
      let key = try await repository.signingKey("ben")
      try await repository.commit(
        "Signed", files: ["src/c": "1\n"], hour: 10, author: "Ben", email: "ben@harbor.example", key: key)
      try await repository.git(["tag", "-f", "gateway-v2.4.0"])
      let signers = key.signer("ben@harbor.example")
      let half = try await history.outcome("commits-signed", signers: signers)
      #expect(half.result == .failed)
      #expect(half.words.contains("1 of 2 commits"))
      #expect(try await history.outcome("commits-signed").words.contains("0 of 2"))
    }
  }

  // MARK: record-unchanged, evidence-unchanged

  @Test(
    "record-unchanged finds what was changed since publication",
    arguments: [
      ("risk: low\n", false),
      ("risk: low\namendments: [{at: 2026-01-06, by: ana, fields: [risk], reason: Judged again}]\n", true),
      ("risk: high\napprovals: [{by: ana, at: 2026-01-20T09:00Z, decision: approved}]\n", true),
      ("risk: high\napprovals: [{by: ana, at: 2025-12-20T09:00Z, decision: approved}]\n", false),
      ("risk:    'high'\ntitle: A title\n", true),
    ])
  func record(rest: String, isFine: Bool) async throws {
    try await SmallHistory.with(policy: "record-unchanged: {}") { history in
      #expect(try await history.outcome("record-unchanged").result == .passed)
      try await history.repository.commit(
        "Edit", files: ["content/releases/gateway/2.4.0.yml": "status: released\nreleased: 2026-01-05T09:00Z\n" + rest],
        hour: 200)
      let outcome = try await history.outcome("record-unchanged")
      #expect(outcome.result == (isFine ? .passed : .failed), "\(outcome.words)")
    }
  }

  @Test("record-unchanged finds an entry that is gone, edited notes, and a digest that no state has")
  func recordDetails() async throws {
    let evidence = "evidence: [{id: unit, kind: tests, statement: All is well, by: ana}]\n"
    try await SmallHistory.with(policy: "record-unchanged: {}", record: evidence) { history in
      let repository = history.repository
      let path = "content/releases/gateway/2.4.0.yml"
      let record = "status: released\nreleased: 2026-01-05T09:00Z\nrisk: high\n"
      try await repository.commit("Edit", files: [path: record], hour: 200)
      #expect(
        try await history.outcome("record-unchanged").words.contains("the entry `unit` of `evidence` was removed"))
      try await repository.commit("Restore", files: [path: record + evidence], hour: 201)
      #expect(try await history.outcome("record-unchanged").result == .passed)
      try await repository.commit("Notes", files: ["content/releases/gateway/2.4.0.md": "# New\n"], hour: 202)
      #expect(try await history.outcome("record-unchanged").words.contains("`notes` was changed"))
      let pin = "baseline: 'sha256:\(String(repeating: "0", count: 64))'\n"
      try await repository.commit("Pin", files: [path: record + evidence + pin], hour: 203)
      #expect(try await history.outcome("record-unchanged").words.contains("no state of the record has the digest"))
    }
  }

  @Test("evidence-unchanged finds an edit after the release, and one that has no commit")
  func evidence() async throws {
    let path = "content/evidence/unit.txt"
    // SHA-256 of "fine\n".
    let digest = "8ecc5f94c57b05d6c5e0ee316bee4875427e1845bbeef3ead59df29c72aab36e"
    let entry = "evidence: [{id: unit, kind: tests, path: \(path), sha256: \(digest)}]\n"
    try await SmallHistory.with(policy: "evidence-unchanged: {}", record: entry, files: [path: "fine\n"]) { history in
      let outcome = try await history.outcome("evidence-unchanged")
      #expect(outcome.result == .passed, "\(outcome.words)")
      try await history.repository.commit("Edit", files: [path: "bad\n"], hour: 200)
      try await history.repository.commit("Edit back", files: [path: "fine\n"], hour: 201)
      let edited = try await history.outcome("evidence-unchanged")
      #expect(edited.result == .failed)
      #expect(edited.words.contains("edited the evidence `unit` after"))
    }
  }

  @Test(
    "evidence-matches finds a report that is older than the last commit",
    arguments: [("01:30", false), ("02:30", true)])
  func evidenceTime(time: String, isFine: Bool) async throws {
    let path = "content/evidence/unit.xml"
    let report = "<testsuite name=\"s\"><testcase name=\"a\"/></testsuite>"
    try await SmallHistory.with(policy: "evidence-matches: {}", files: [path: report]) { history in
      let commit = try await history.repository.id(of: "gateway-v2.4.0")
      let record = """
        status: released
        released: 2026-01-05T09:00Z
        evidence: [{id: unit, kind: tests, path: \(path), commit: \(commit), at: '2026-01-01T\(time):00Z'}]

        """
      try await history.repository.commit(
        "Evidence", files: ["content/releases/gateway/2.4.0.yml": record], hour: 4)
      let outcome = try await history.outcome("evidence-matches")
      #expect(outcome.result == (isFine ? .passed : .failed), "\(outcome.words)")
      #expect(outcome.words.contains(isFine ? "of this commit" : "before the last commit"), "\(outcome.words)")
    }
  }

  @Test("evidence-matches takes a commit with the same files, whatever became of the content since")
  func sameFiles() async throws {
    let path = "content/evidence/unit.xml"
    let report = "<testsuite name=\"s\"><testcase name=\"a\"/></testsuite>"
    try await SmallHistory.with(policy: "evidence-matches: {}", files: [path: report]) { history in
      let repository = history.repository
      let examined = try await repository.id(of: "gateway-v2.4.0")
      let record = """
        status: released
        released: 2026-01-05T09:00Z
        evidence: [{id: unit, kind: tests, path: \(path), commit: \(examined), at: '2026-01-01T02:30:00Z'}]

        """
      // What is tagged is the commit that brings the evidence, after the evidence was made.
      try await repository.commit("Evidence", files: ["content/releases/gateway/2.4.0.yml": record], hour: 4)
      try await repository.git(["tag", "-f", "gateway-v2.4.0"])
      let outcome = try await history.outcome("evidence-matches")
      #expect(outcome.result == .passed, "\(outcome.words)")
      #expect(outcome.words.contains("`\(examined.prefix(10))`, which has the files of this commit"))
      let clone = repository.outer + "/shallow"
      try await repository.git(["clone", "-q", "--depth", "1", "file://" + repository.root, clone])
      let shallow = try await history.outcome("evidence-matches", at: clone)
      #expect(shallow.result == .unverifiable && shallow.words.contains("shallow"), "\(shallow.words)")
      try await repository.commit("More", files: ["src/a": "3\n"], hour: 5)
      try await repository.git(["tag", "-f", "gateway-v2.4.0"])
      let other = try await history.outcome("evidence-matches")
      #expect(other.result == .failed && other.words.contains("is of the commit"), "\(other.words)")
      // The files count, not the way to them.
      try await repository.commit("Take it back", files: ["src/a": "2\n"], hour: 6)
      try await repository.git(["tag", "-f", "gateway-v2.4.0"])
      #expect(try await history.outcome("evidence-matches").result == .passed)
    }
  }

  @Test("a report that says no time is as old as its first commit", arguments: [(50, true), (200, false)])
  func evidenceDate(hour: Int, isFine: Bool) async throws {
    let entry = "evidence: [{id: unit, kind: tests, path: content/evidence/unit.xml}]\n"
    try await SmallHistory.with(policy: "tests-passed: {}", record: entry) { history in
      let report = "<testsuite name=\"s\"><testcase name=\"a\"/></testsuite>"
      try await history.repository.commit("Add it", files: ["content/evidence/unit.xml": report], hour: hour)
      let outcome = try await history.outcome("tests-passed")
      #expect(outcome.result == (isFine ? .passed : .failed), "\(outcome.words)")
      #expect(isFine || outcome.words.contains("first committed on"), "\(outcome.words)")
    }
  }

  @Test("release-recorded knows deployments that tools told of") func deliveries() async throws {
    func event(_ version: String) -> String {
      #"{"context":{"version":"0.4.1","id":"\#(version)","source":"/ci","type":"dev.cdevents.service.deployed.0.2.0","#
        + #""timestamp":"2026-01-05T09:00:00Z"},"subject":{"id":"gateway","type":"service","content":{"environment":"#
        + #"{"id":"production"},"service":{"id":"gateway"},"artifactId":"pkg:generic/gateway@\#(version)"}}}"# + "\n"
    }
    try await SmallHistory.with(
      policy: "release-recorded: {}", files: ["content/events/a.ndjson": event("2.4.0")]
    ) { history in
      let known = try await history.outcome("release-recorded")
      #expect(known.result == .passed && known.words.contains("each deployment"), "\(known.words)")
      try await history.repository.commit(
        "Deploy", files: ["content/events/a.ndjson": event("2.4.0") + event("2.3.9")], hour: 110)
      let unknown = try await history.outcome("release-recorded")
      #expect(unknown.result == .failed)
      #expect(unknown.words.contains("`pkg:generic/gateway@2.3.9` was deployed to `production`"), "\(unknown.words)")
    }
  }

  // MARK: scope-frozen

  private static let frozen = "scope_frozen: 2026-01-02T00:00Z\n"
  private static let faster = "changes:\n  - {id: faster, kind: feature, text: Faster}\n"
  private static let smaller = "  - {kind: feature, text: Smaller}\n"

  @Test("scope-frozen finds a change that joined later, unless an amendment says so")
  func scope() async throws {
    let path = "content/releases/gateway/2.4.0.yml"
    let base = "status: released\nreleased: 2026-01-05T09:00Z\n" + Self.frozen
    try await SmallHistory.with(policy: "scope-frozen: {proven_by: git}", record: Self.frozen + Self.faster) {
      history in
      let repository = history.repository
      #expect(try await history.outcome("scope-frozen").words.contains("no change joined since"))
      // The words of a change with an id may be polished, and it may move into a part.
      let polished = Self.faster.replacing("Faster", with: "Much faster")
      try await repository.commit("Polish", files: [path: base, SmallHistory.part("changes"): polished], hour: 30)
      #expect(try await history.outcome("scope-frozen").result == .passed)
      try await repository.commit(
        "Join", files: [SmallHistory.part("changes"): polished + Self.smaller], hour: 40, author: "Ben",
        email: "ben@harbor.example")
      let late = try await history.outcome("scope-frozen")
      #expect(late.result == .failed && late.words.contains("the change `Smaller` of `2.4.0` joined with commit"))
      let amendment = "amendments: [{at: 2026-01-03T09:00Z, by: ana, fields: [changes], reason: A customer waits}]\n"
      try await repository.commit("Say so", files: [path: base + amendment], hour: 41)
      let amended = try await history.outcome("scope-frozen")
      #expect(amended.result == .passed && amended.words.contains("1 change joined"), "\(amended.words)")
      try repository.write(base + amendment.replacing("[changes]", with: "[risk]"), to: path)
      #expect(try await history.outcome("scope-frozen").result == .failed)
    }
  }

  @Test("scope-frozen takes what waited as a fragment, and reads notes")
  func scopeOfFragments() async throws {
    let record = "content/releases/gateway/2.4.0.yml"
    let fragment = "content/changes/gateway/faster.md"
    try await SmallHistory.with(
      policy: "scope-frozen: {proven_by: git}", files: [fragment: "---\nkind: feature\n---\nFaster\n"]
    ) { history in
      let repository = history.repository
      try await repository.git(["rm", "-q", record])
      try await repository.commit("Not yet", hour: 5)
      try await repository.git(["rm", "-q", fragment])
      let released = "status: released\nreleased: 2026-01-05T09:00Z\n" + Self.frozen
      try await repository.commit("Release", files: [record: released + Self.faster], hour: 50)
      let moved = try await history.outcome("scope-frozen")
      #expect(moved.result == .passed, "\(moved.words)")
      let notes = "## Added\n\n- Something else\n"
      try await repository.commit("Notes", files: ["content/releases/gateway/2.4.0.md": notes], hour: 60)
      let late = try await history.outcome("scope-frozen")
      #expect(late.result == .failed && late.words.contains("something-else"), "\(late.words)")
      let shallow = try await repository.clone(depth: 1)
      #expect(try await history.outcome("scope-frozen", at: shallow).result == .unverifiable)
    }
  }

  // MARK: policy-approved

  @Test("policy-approved wants somebody else in the role to merge the change or to be named in its trailer")
  func policy() async throws {
    let policy = "policy-approved: {}"
    try await SmallHistory.with(policy: policy) { history in
      let repository = history.repository
      #expect(try await history.outcome("policy-approved").result == .passed)
      let waiver = """
        rule: tests-passed
        product: gateway
        reason: No time
        approved_by: dana
        approved_at: 2026-01-02
        expires: 2026-01-09

        """
      try await repository.branch("waiver")
      try await repository.commit(
        "Waive", files: ["content/waivers/w.yml": waiver], hour: 60, author: "Ben", email: "ben@harbor.example")
      try await repository.checkout("main")
      try await repository.merge("waiver", hour: 61, author: "Dana", email: "dana@harbor.example")
      #expect(try await history.outcome("policy-approved").result == .passed)
      try await repository.commit(
        "Alone", files: ["content/policy/releases.yml": "rules:\n  policy-approved: {roles: [compliance]}\n"], hour: 62,
        author: "Dana", email: "dana@harbor.example")
      let alone = try await history.outcome("policy-approved")
      #expect(alone.result == .failed)
      #expect(alone.words.contains("`content/policy/releases.yml`"))
    }
  }

  // MARK: nothing asked

  @Test("is not paid for by a policy that does not need it")
  func nothingAsked() async throws {
    try await SmallHistory.with(policy: "approvals-complete: {}") { history in
      let (ledger, _) = try await ExampleCheckout.load(at: history.repository.root, asOf: "2026-02-01T09:00Z")
      #expect(ledger?.git.asked == [])
      #expect(ledger?.git.origins.isEmpty == true)
    }
  }
}
