import Diagnostics
import Foundation
import Governance
import Model
import TestSupport

/// A repository with a small site, a product and its code, to which a test adds what it is about.
///
/// Hours count from 2026-01-01T00:00Z. Dana commits the site and the policy at hour 0, Ben the code of 2.3.1 at hour 1
/// and of 2.4.0 at hour 2, both tagged, and the records at hour 3; 2.4.0 goes out at hour 105.
struct SmallHistory {
  let repository: TemporaryRepository

  static func with(
    policy: String, site: String = "", record: String = "", files: [String: String] = [:],
    code: String = "Find umlauts",
    codeAuthor: String = "ben@harbor.example", _ body: (SmallHistory) async throws -> Void
  ) async throws {
    try await TemporaryRepository.with { repository in
      let history = SmallHistory(repository: repository)
      var start = [
        "content/gazette.yml": (ExampleCheckout.site["gazette.yml"] ?? "") + "\n" + site + "\n",
        "content/products/gateway.yml": """
        name: Gateway
        kind: service
        sources: [{id: main, repository: ., tags: 'gateway-v{version}', branches: [main, 'release/*']}]

        """,
        "content/policy/releases.yml": "rules:\n" + policy.split(separator: "\n").map { "  \($0)\n" }.joined(),
      ]
      start.merge(files, uniquingKeysWith: { $1 })
      try await repository.commit("Begin", files: start, hour: 0, author: "Dana", email: "dana@harbor.example")
      try await repository.commit(
        "Search", files: ["src/a": "1\n"], hour: 1, author: "Ben", email: "ben@harbor.example")
      try await repository.tag("gateway-v2.3.1")
      try await repository.commit(code, files: ["src/a": "2\n"], hour: 2, author: "Ben", email: codeAuthor)
      try await repository.tag("gateway-v2.4.0")
      try await repository.commit(
        "Record",
        files: [
          "content/releases/gateway/2.3.1.yml": "status: released\nreleased: 2026-01-01T12:00Z\n",
          "content/releases/gateway/2.4.0.yml": "status: released\nreleased: 2026-01-05T09:00Z\nrisk: high\n" + record,
        ], hour: 3, author: "Ben", email: "ben@harbor.example")
      try await body(history)
    }
  }

  /// The path of a part of 2.4.0.
  static func part(_ name: String = "approval") -> String { "content/releases/gateway/2.4.0.d/\(name).yml" }

  static func approval(by person: String = "ana", role: String = "release-manager", at: String = "2026-01-04T12:00Z")
    -> String
  {
    "approvals: [{by: \(person), role: \(role), at: \(at), decision: approved}]\n"
  }

  /// What the rule says of 2.4.0.
  /// - Parameter folder: A clone, where it is not the repository itself.
  func outcome(
    _ rule: String, at folder: String? = nil, signers: String? = nil, asOf: String = "2026-02-01T09:00Z"
  ) async throws -> (result: Outcome.Result, words: String, report: [String]) {
    if let signers { try Data(signers.utf8).write(to: URL(fileURLWithPath: repository.outer + "/signers")) }
    let list = signers.map { _ in repository.outer + "/signers" }
    let (ledger, loading) = try await ExampleCheckout.load(at: folder ?? repository.root, asOf: asOf, signers: list)
    guard let ledger else { throw TemporaryRepository.GitFailure(command: "load", complaint: "\(loading.diagnostics)") }
    var report = loading
    let book = RuleBook(ledger.policy, into: &report)
    let judgement = await book.judge(ledger, slices: 2)
    let release = ReleaseID(product: ProductID("gateway"), version: "2.4.0")
    guard let outcome = judgement[release, rule] else {
      throw TemporaryRepository.GitFailure(command: rule, complaint: "no outcome: \(report.diagnostics)")
    }
    return (outcome.result, outcome.reasons.map(\.text).joined(separator: "; "), report.diagnostics.map(\.code))
  }
}
