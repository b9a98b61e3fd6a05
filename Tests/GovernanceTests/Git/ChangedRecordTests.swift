import Foundation
import Governance
import Model
import TestSupport
import Testing

/// What was published stays held to everything, and changes only with an amendment.
@Suite("A published record") struct ChangedRecordTests {
  private static let path = "content/releases/gateway/2.4.0.yml"
  private static let base = "status: released\nreleased: 2026-01-05T09:00Z\nrisk: high\n"

  @Test(
    "that says later that it never went out is judged like any other",
    arguments: ["status: cancelled\n", "status: planned\n", "status: cancelled\nreleased: 2026-01-05T09:00Z\n"])
  func statusThatGoesBack(record: String) async throws {
    try await SmallHistory.with(policy: "record-unchanged: {}\nbuild-recorded: {}") { history in
      try await history.repository.commit("Take back", files: [Self.path: record], hour: 200)
      let outcome = try await history.outcome("record-unchanged")
      #expect(outcome.result == .failed && outcome.words.contains("`status` was changed"), "\(outcome.words)")
      #expect(try await history.outcome("build-recorded").result == .failed)
    }
  }

  @Test("may move on to withdrawn") func statusThatMovesOn() async throws {
    try await SmallHistory.with(policy: "record-unchanged: {}") { history in
      try await history.repository.commit(
        "Withdraw", files: [Self.path: Self.base.replacing("released\n", with: "withdrawn\n")], hour: 200)
      let outcome = try await history.outcome("record-unchanged")
      #expect(outcome.result == .passed, "\(outcome.words)")
    }
  }

  @Test("that is gone is named with the newest release") func gone() async throws {
    try await SmallHistory.with(policy: "record-unchanged: {}") { history in
      try await history.repository.git(["rm", "-q", "content/releases/gateway/2.3.1.yml"])
      try await history.repository.commit("Tidy", hour: 200)
      let outcome = try await history.outcome("record-unchanged")
      #expect(outcome.result == .failed && outcome.words.contains("removed the record of `2.3.1`"), "\(outcome.words)")
    }
  }

  @Test("is not pinned by a state that came later") func latePin() async throws {
    try await SmallHistory.with(policy: "record-unchanged: {}") { history in
      let edited = "status: released\nreleased: 2026-01-05T09:00Z\nrisk: low\n"
      // SHA-256 of `edited`.
      let digest = "f1b8a5183b6f8b101a7b9ebb1cc305ffbaeaac3fa31d8448c0cfddcc2de2674c"
      try await history.repository.commit("Edit", files: [Self.path: edited], hour: 200)
      try await history.repository.commit(
        "Pin", files: [Self.path: edited + "baseline: 'sha256:\(digest)'\n"], hour: 201)
      let outcome = try await history.outcome("record-unchanged")
      #expect(outcome.result == .failed && outcome.words.contains("came after the first"), "\(outcome.words)")
    }
  }

  @Test(
    "guards what it was judged by, and takes what came later",
    arguments: [
      ("procedure: emergency\n", "procedure"),
      ("rollout: {stages: [{environment: production, started: 2026-01-05T12:00Z, status: succeeded}]}\n", nil),
      ("rollout: {stages: [{environment: production, started: 2026-01-01T01:00Z, status: succeeded}]}\n", "rollout"),
      ("gates: [{verdict: passed, at: 2026-01-01T01:00Z, by: ana}]\n", "gates"),
      ("gates: [{verdict: bypassed, at: 2026-01-20T01:00Z, by: ana, reason: No time}]\n", nil),
      ("runbook: [{task: Tell, done: 2026-01-01T01:00Z}]\n", "runbook"),
      ("labels: [other]\n", "labels"),
      ("validation: {at: 2026-01-05T12:00Z, by: ana, checks: [{name: smoke, status: passed}]}\n", nil),
      ("validation: {at: 2026-01-01T01:00Z, by: ana}\n", "validation"),
      ("review: {at: 2026-01-15, by: ana, improve: All}\n", nil),
      ("known_issues: [{id: slow, text: Slow}]\n", nil),
      ("summary: Other words\n", nil),
    ])
  func guarded(more: String, field: String?) async throws {
    try await SmallHistory.with(policy: "record-unchanged: {}") { history in
      try await history.repository.commit("Edit", files: [Self.path: Self.base + more], hour: 200)
      let outcome = try await history.outcome("record-unchanged")
      #expect(outcome.result == (field == nil ? .passed : .failed), "\(outcome.words)")
      if let field { #expect(outcome.words.contains("`\(field)` was added"), "\(outcome.words)") }
    }
  }

  @Test("is not corrected by an amendment that is older than the change") func olderAmendment() async throws {
    try await SmallHistory.with(policy: "record-unchanged: {}") { history in
      let amended = "amendments: [{at: 2026-01-06, by: ana, fields: [risk], reason: Judged again}]\n"
      let low = Self.base.replacing("risk: high", with: "risk: low")
      try await history.repository.commit("Amend", files: [Self.path: low + amended], hour: 200)
      #expect(try await history.outcome("record-unchanged").result == .passed)
      let medium = Self.base.replacing("risk: high", with: "risk: medium")
      try await history.repository.commit("Again", files: [Self.path: medium + amended], hour: 300)
      let outcome = try await history.outcome("record-unchanged")
      #expect(outcome.result == .failed && outcome.words.contains("no amendment says so"), "\(outcome.words)")
    }
  }

  @Test(
    "is corrected by somebody else than whoever changed it", arguments: ["ben@harbor.example", "ana@harbor.example"])
  func fourEyes(changedBy address: String) async throws {
    try await SmallHistory.with(policy: "record-unchanged: {proven_by: git}") { history in
      let low = Self.base.replacing("risk: high", with: "risk: low")
      try await history.repository.commit("Edit", files: [Self.path: low], hour: 200, author: "A", email: address)
      try await history.repository.commit(
        "Amend",
        files: [
          SmallHistory.part("amend"): "amendments: [{at: 2026-01-10, by: ana, fields: [risk], reason: Judged again}]\n"
        ], hour: 201, author: "Ana", email: "ana@harbor.example")
      let outcome = try await history.outcome("record-unchanged")
      #expect(outcome.result == (address.hasPrefix("ben") ? .passed : .failed), "\(outcome.words)")
    }
  }

  @Test("a tag without a record is named though a release is planned, and tags that nobody sees are no tags that match")
  func tags() async throws {
    try await SmallHistory.with(
      policy: "release-recorded: {}", files: ["content/releases/gateway/3.0.0.yml": "status: planned\n"]
    ) { history in
      #expect(try await history.outcome("release-recorded").result == .passed)
      try await history.repository.tag("gateway-v2.3.2")
      let outcome = try await history.outcome("release-recorded")
      #expect(outcome.result == .failed && outcome.words.contains("`gateway-v2.3.2`"), "\(outcome.words)")
      try history.repository.write(
        "name: Gateway\nkind: service\nsources: [{id: main, repository: code, tags: 'v{version}'}]\n",
        to: "content/products/gateway.yml")
      let unbound = try await history.outcome("release-recorded")
      #expect(unbound.result == .unverifiable && unbound.words.contains("bound to no folder"), "\(unbound.words)")
    }
  }

  @Test("a tag that was made after the release does not show what was released") func lateTag() async throws {
    try await SmallHistory.with(policy: "tag-matches: {}") { history in
      try await history.repository.git(["tag", "-d", "gateway-v2.4.0"])
      try await history.repository.tag("gateway-v2.4.0", "Release", at: "HEAD~1", hour: 400)
      let outcome = try await history.outcome("tag-matches")
      #expect(outcome.result == .failed && outcome.words.contains("was made on"), "\(outcome.words)")
    }
  }

  @Test("a scope that was frozen is asked of whole history, also below a commit with an early clock")
  func backdated() async throws {
    let frozen = "scope_frozen: 2026-01-02T00:00Z\n"
    try await SmallHistory.with(policy: "scope-frozen: {proven_by: git}", record: frozen) { history in
      let repository = history.repository
      let joined = Self.base + frozen + "changes:\n  - {kind: feature, text: Smaller}\n"
      try await repository.commit("Join", files: [Self.path: joined], hour: 40)
      try await repository.commit("Early", files: [Self.path: joined + "title: Early\n"], hour: 4)
      let outcome = try await history.outcome("scope-frozen")
      #expect(outcome.result == .failed && outcome.words.contains("`Smaller`"), "\(outcome.words)")
    }
    try await SmallHistory.with(policy: "scope-frozen: {}", record: frozen) { history in
      let outcome = try await history.outcome("scope-frozen")
      #expect(outcome.result == .unverifiable, "\(outcome.words)")
    }
  }
}
