import Foundation
import Governance
import Model
import TestSupport
import Testing

@Suite("An approval that Git shows") struct ApprovalProofTests {
  private static let git = "approvals-complete: {proven_by: git}"
  private let part = SmallHistory.part()

  private func add(
    to history: SmallHistory, author: String = "Ana Ruiz", email: String = "ana@harbor.example", hour: Int = 90,
    message: String = "Approve"
  ) async throws {
    try await history.repository.commit(
      message, files: [part: SmallHistory.approval()], hour: hour, author: author, email: email)
  }

  @Test("is stated in the commit that its approver authored", arguments: ["ana@harbor.example", "ANA@Harbor.Example"])
  func author(email: String) async throws {
    try await SmallHistory.with(policy: Self.git) { history in
      try await add(to: history, email: email)
      let outcome = try await history.outcome("approvals-complete")
      #expect(outcome.result == .passed)
      #expect(outcome.words.contains("as stated in commit"))
      #expect(outcome.words.contains("Git does not authenticate that"))
      #expect(!outcome.words.contains("proven"))
    }
  }

  @Test("does not count when somebody else committed it")
  func somebodyElse() async throws {
    try await SmallHistory.with(policy: Self.git) { history in
      try await add(to: history, author: "Ben", email: "ben@harbor.example")
      let outcome = try await history.outcome("approvals-complete")
      #expect(outcome.result == .failed)
      #expect(outcome.words.contains("was added by somebody else: `ben` is the author"))
    }
  }

  @Test("does not count from an address of a bot, even where a person lists it")
  func bot() async throws {
    let people = "bots: ['*[bot]@*']\n"
    try await SmallHistory.with(policy: Self.git, site: people) { history in
      let site = try String(contentsOfFile: history.repository.root + "/content/gazette.yml", encoding: .utf8)
      try history.repository.write(
        site.replacing("emails: [ana@harbor.example]", with: "emails: [ana@harbor.example, 'ana[bot]@forge.example']"),
        to: "content/gazette.yml")
      try await add(to: history, email: "ana[bot]@forge.example")
      let outcome = try await history.outcome("approvals-complete")
      #expect(outcome.result == .failed)
      #expect(outcome.words.contains("a bot"))
    }
  }

  @Test("is its author's on a branch that somebody else merged")
  func mergedBranch() async throws {
    try await SmallHistory.with(policy: Self.git) { history in
      try await history.repository.branch("approval")
      try await add(to: history)
      try await history.repository.checkout("main")
      try await history.repository.merge("approval", hour: 91, author: "Ben", email: "ben@harbor.example")
      #expect(try await history.outcome("approvals-complete").result == .passed)
    }
  }

  @Test("is vouched for in a trailer of the merge that brought it")
  func trailer() async throws {
    try await SmallHistory.with(policy: Self.git) { history in
      try await history.repository.branch("approval")
      try await add(to: history, author: "Ben", email: "ben@harbor.example")
      try await history.repository.checkout("main")
      try await history.repository.merge(
        "approval", message: "Merge\n\nApproved-by: Ana <ANA@harbor.example>", hour: 91, author: "Ben",
        email: "ben@harbor.example")
      let outcome = try await history.outcome("approvals-complete")
      #expect(outcome.result == .passed)
      #expect(outcome.words.contains("trailer `Approved-by` of the merge"))
    }
  }

  @Test("is not vouched for by a trailer that its author wrote into an ordinary commit")
  func trailerOfCommit() async throws {
    try await SmallHistory.with(policy: Self.git) { history in
      try await add(
        to: history, author: "Ben", email: "ben@harbor.example",
        message: "Approve\n\nApproved-by: Ana <ana@harbor.example>")
      #expect(try await history.outcome("approvals-complete").result == .failed)
    }
  }

  @Test("is lost in a squash, and the outcome says what is left to see")
  func squash() async throws {
    try await SmallHistory.with(policy: Self.git) { history in
      try await add(
        to: history, author: "Ben", email: "ben@harbor.example",
        message: "Approve (#7)\n\nCo-authored-by: Ana <ana@harbor.example>")
      let outcome = try await history.outcome("approvals-complete")
      #expect(outcome.result == .failed)
      #expect(outcome.words.contains("after a squash nothing is left"))
    }
  }

  @Test("survives a rebase by somebody else")
  func rebase() async throws {
    try await SmallHistory.with(policy: Self.git) { history in
      try await history.repository.branch("approval")
      try await add(to: history)
      let commit = try await history.repository.id(of: "HEAD")
      try await history.repository.checkout("main")
      try await history.repository.commit(
        "Other", files: ["src/b": "1\n"], hour: 91, author: "Ben", email: "ben@harbor.example")
      try await history.repository.git(["cherry-pick", commit], hour: 92, author: "Ben", email: "ben@harbor.example")
      #expect(try await history.outcome("approvals-complete").result == .passed)
    }
  }

  @Test("stays its author's when it moves from the record into a part, and does not when it is written again")
  func moves() async throws {
    try await SmallHistory.with(policy: Self.git) { history in
      let repository = history.repository
      let path = "content/releases/gateway/2.4.0.yml"
      let record = try String(contentsOfFile: repository.root + "/" + path, encoding: .utf8)
      try await repository.commit("Approve", files: [path: record + SmallHistory.approval()], hour: 90)
      try await repository.commit(
        "Move", files: [path: record, part: SmallHistory.approval()], hour: 91, author: "Ben",
        email: "ben@harbor.example")
      #expect(try await history.outcome("approvals-complete").result == .passed)
      try await repository.git(["rm", "-q", part])
      try await repository.commit("Withdraw", hour: 92)
      try await add(to: history, author: "Ben", email: "ben@harbor.example", hour: 93)
      #expect(try await history.outcome("approvals-complete").result == .failed)
    }
  }

  @Test("does not count when it was committed after the release went out, or not at all")
  func late() async throws {
    try await SmallHistory.with(policy: Self.git) { history in
      try await add(to: history, hour: 200)
      let outcome = try await history.outcome("approvals-complete")
      #expect(outcome.result == .failed)
      #expect(outcome.words.contains("was committed after it was due"))
      try history.repository.write(SmallHistory.approval(at: "2026-01-04T13:00Z"), to: part)
      let uncommitted = try await history.outcome("approvals-complete")
      #expect(uncommitted.result == .failed)
      #expect(uncommitted.words.contains("stands in no commit"))
    }
  }

  @Test("is nobody's in a clone of depth 1, though the approver is the author of its only commit")
  func shallow() async throws {
    let policy = """
      approvals-complete: {proven_by: git}
      approver-is-not-author: {proven_by: git}
      record-unchanged: {}
      tag-matches: {}
      policy-approved: {}
      release-recorded: {}
      commits-traced: {}
      changes-reviewed: {}
      commits-signed: {}
      """
    try await SmallHistory.with(policy: policy) { history in
      try await add(to: history)
      let clone = try await history.repository.clone(depth: 1)
      for rule in policy.split(separator: "\n").compactMap({ $0.split(separator: ":").first }) {
        let outcome = try await history.outcome(String(rule), at: clone)
        #expect(outcome.result == .unverifiable, "\(rule): \(outcome.words)")
        #expect(outcome.words.contains("shallow"))
      }
    }
  }

  @Test("is nobody's in a partial clone, and one finding names the cure")
  func partial() async throws {
    try await SmallHistory.with(policy: Self.git) { history in
      try await add(to: history)
      let clone = try await history.repository.clone(filter: "blob:none")
      let outcome = try await history.outcome("approvals-complete", at: clone)
      #expect(outcome.result == .unverifiable)
      #expect(outcome.report.filter { $0 == "G017" }.count == 1)
    }
  }

  @Test("is nobody's where history is grafted")
  func grafted() async throws {
    try await SmallHistory.with(policy: Self.git) { history in
      try await add(to: history)
      let tip = try await history.repository.id(of: "HEAD")
      try history.repository.write(tip + "\n", to: ".git/info/grafts")
      #expect(try await history.outcome("approvals-complete").result == .unverifiable)
    }
  }
}
