import Foundation
import Governance
import Model
import TestSupport
import Testing

@Suite("A signed approval", .enabled(if: TemporaryRepository.canSign, "needs ssh-keygen")) struct SignedApprovalTests {
  private static let policy = "approvals-complete: {proven_by: signed-git}"
  private static let site = "signing: {allowed_signers: content/keys/allowed_signers}"
  private static let signers = "content/keys/allowed_signers"
  private let part = SmallHistory.part()

  private func withHistory(_ body: (SmallHistory, SigningKey) async throws -> Void) async throws {
    try await SmallHistory.with(policy: Self.policy, site: Self.site, files: [Self.signers: "# nobody yet\n"]) {
      history in
      try await body(history, try await history.repository.signingKey("ana"))
    }
  }

  private func list(
    _ key: SigningKey, _ address: String = "ana@harbor.example", in history: SmallHistory, hour: Int = 50
  ) async throws {
    try await history.repository.commit(
      "List a key", files: [Self.signers: key.signer(address)], hour: hour, author: "Dana", email: "dana@harbor.example"
    )
  }

  @Test("is proven by a key that was listed before")
  func proven() async throws {
    try await withHistory { history, key in
      try await list(key, in: history)
      try await history.repository.commit("Approve", files: [part: SmallHistory.approval()], hour: 90, key: key)
      let outcome = try await history.outcome("approvals-complete")
      #expect(outcome.result == .passed, "\(outcome.words)")
      #expect(outcome.words.contains("proven by their signature under commit"))
    }
  }

  @Test("on a branch is proven by the keys that were listed before the merge")
  func branch() async throws {
    try await withHistory { history, key in
      try await list(key, in: history)
      try await history.repository.branch("approval")
      try await history.repository.commit("Approve", files: [part: SmallHistory.approval()], hour: 90, key: key)
      try await history.repository.checkout("main")
      try await history.repository.merge("approval", hour: 91, author: "Ben", email: "ben@harbor.example")
      #expect(try await history.outcome("approvals-complete").result == .passed)
    }
  }

  @Test("proves nothing with a key that the same change lists", arguments: [false, true])
  func sameChange(onBranch: Bool) async throws {
    try await withHistory { history, key in
      if onBranch { try await history.repository.branch("approval") }
      if onBranch { try await list(key, in: history) }
      try await history.repository.commit(
        "Approve", files: [part: SmallHistory.approval(), Self.signers: key.signer("ana@harbor.example")], hour: 90,
        key: key)
      if onBranch {
        try await history.repository.checkout("main")
        try await history.repository.merge("approval", hour: 91)
      }
      let outcome = try await history.outcome("approvals-complete")
      #expect(outcome.result == .failed)
      #expect(outcome.words.contains("was not listed before that change"))
    }
  }

  @Test("proves nothing when the same change gives the signer the approver's name")
  func sameChangeOfPeople() async throws {
    try await withHistory { history, key in
      // Ben is a signer under his own address, and writes that address into Ana's entry.
      try await list(key, "ben@harbor.example", in: history)
      let site = try String(contentsOfFile: history.repository.root + "/content/gazette.yml", encoding: .utf8)
        .replacing("emails: [ben@harbor.example]", with: "emails: []")
        .replacing("emails: [ana@harbor.example]", with: "emails: [ana@harbor.example, ben@harbor.example]")
      try await history.repository.commit(
        "Approve", files: [part: SmallHistory.approval(), "content/gazette.yml": site], hour: 90, author: "Ben",
        email: "ben@harbor.example", key: key)
      let outcome = try await history.outcome("approvals-complete")
      #expect(outcome.result == .failed)
      #expect(outcome.words.contains("signed by `ben`"))
    }
  }

  @Test("counts by the list that is given instead of the checkout's")
  func given() async throws {
    try await withHistory { history, key in
      try await history.repository.commit("Approve", files: [part: SmallHistory.approval()], hour: 90, key: key)
      #expect(try await history.outcome("approvals-complete").result == .failed)
      let signers = key.signer("ana@harbor.example")
      #expect(try await history.outcome("approvals-complete", signers: signers).result == .passed)
      let ben = key.signer("ben@harbor.example")
      #expect(try await history.outcome("approvals-complete", signers: ben).result == .failed)
    }
  }

  @Test("is none without a signature, though its author is the approver")
  func unsigned() async throws {
    try await withHistory { history, key in
      try await list(key, in: history)
      try await history.repository.commit("Approve", files: [part: SmallHistory.approval()], hour: 90)
      let outcome = try await history.outcome("approvals-complete")
      #expect(outcome.result == .failed)
      #expect(outcome.words.contains("is not signed"))
    }
  }
}
