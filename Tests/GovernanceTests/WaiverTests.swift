import Diagnostics
import Governance
import Model
import Testing

@Suite("Waivers") struct WaiverTests {
  private static let broken = "status: released\nreleased: 2026-10-20T09:00Z\nauthors: [chao]\n"

  private func waiver(_ changes: [String: String] = [:]) -> String {
    var fields = [
      "rule": "risk-classified", "product": "gateway", "versions": "'2.4.0'", "reason": "the model is new",
      "requested_by": "ana", "approved_by": "dana", "role": "compliance", "approved_at": "2026-10-01",
      "expires": "2026-12-31",
    ]
    fields.merge(changes) { $1 }
    return fields.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\n" }.joined()
  }

  private func judge(
    _ waiver: String, record: String = broken, setting: String = "{}",
    terms: String = "{roles: [compliance], max_days: 120}",
    files: [String: String] = [:], asOf: String = "2027-06-01T09:00Z"
  ) async throws -> (result: Outcome.Result?, outcome: Outcome?, findings: [String]) {
    var all = files
    all["releases/gateway/2.4.0.yml"] = record
    all["releases/gateway/2.3.1.yml"] = "status: cancelled\n"
    all["policy/p.yml"] = "waivers: \(terms)\nrules: {risk-classified: \(setting)}\n"
    all["waivers/w.yml"] = waiver
    let (judgement, report) = try await ExampleCheckout.judge(all, asOf: asOf)
    let outcome = judgement?[ReleaseID(product: ProductID("gateway"), version: "2.4.0"), "risk-classified"]
    let found = (report.diagnostics + (judgement?.findings ?? []).sorted()).map { finding in
      let line = finding.location.flatMap { place -> String? in
        guard place.file == "content/waivers/w.yml" else { return nil }
        return String(
          waiver.split(separator: "\n", omittingEmptySubsequences: false)[place.line - 1].split(separator: ":")[0])
      }
      return finding.code + (line.map { " " + $0 } ?? "")
    }
    return (outcome?.result, outcome, found)
  }

  @Test("excuse what was due while they were in force, for ever") func inForce() async throws {
    let (result, outcome, findings) = try await judge(waiver())
    #expect(result == .waived && findings == [])
    #expect(outcome?.waiver == "w" && outcome?.severity == .error)
    #expect(
      outcome?.reasons.map(\.text) == [
        "`2.4.0` states no risk", "waived by `dana` on 1 October 2026: the model is new",
      ])
  }

  @Test("excuse nothing due later, and are a finding then; nothing due earlier either") func outOfForce() async throws {
    let expired = try await judge(waiver(["expires": "2026-10-19"]))
    #expect(expired.result == .failed && expired.findings == ["risk-classified", "C057 expires"])
    let lastDay = try await judge(waiver(["expires": "2026-10-20"]))
    #expect(lastDay.result == .waived)
    let early = try await judge(waiver(["from": "2026-10-21"]))
    #expect(early.result == .failed && early.findings == ["risk-classified", "C058 rule"])
  }

  @Test("of a rule that the policy does not set excuse nothing, and are told so") func unsetRule() async throws {
    let (_, _, findings) = try await judge(waiver(["rule": "runbook-complete"]))
    #expect(findings == ["risk-classified", "C058 rule"])
  }

  @Test("that reach back say so") func afterTheFact() async throws {
    let (result, outcome, _) = try await judge(waiver(["approved_at": "2026-11-01", "from": "2026-10-01"]))
    #expect(result == .waived)
    #expect(outcome?.reasons.last?.text == "waived by `dana` on 1 November 2026, after the fact: the model is new")
  }

  @Test(
    "do not count without a second person, the role, the length or the leave of the policy",
    arguments: [
      (["requested_by": "dana"], "{}", "C056 approved_by"),
      (["role": "security", "approved_by": "iris"], "{}", "C056 role"),
      (["role": "security"], "{}", "C056 role"),
      (["role": "", "approved_by": "ben"], "{}", "C056 approved_by"),
      (["expires": "2027-02-01"], "{}", "C056 expires"),
      ([:], "{waivable: false}", "C056 rule"),
    ])
  func flawed(changes: [String: String], setting: String, finding: String) async throws {
    let (result, _, findings) = try await judge(waiver(changes), setting: setting)
    #expect(result == .failed)
    #expect(findings == ["risk-classified", finding])
  }

  @Test("of what must hold for ever excuse it for ever") func forEver() async throws {
    let (judgement, _) = try await ExampleCheckout.judge(
      [
        "releases/gateway/2.4.0.yml": Self.broken, "releases/gateway/2.3.1.yml": "status: cancelled\n",
        "policy/p.yml": "rules: {gate-honoured: {}}\n", "waivers/w.yml": waiver(["rule": "gate-honoured"]),
      ], asOf: "2027-06-01T09:00Z")
    #expect(judgement?.outcomes(of: "gate-honoured").map(\.result) == [.waived, .notApplicable])
    #expect(judgement?.findings == [])
  }

  @Test("that do not count are named beside what they were meant to excuse") func named() async throws {
    let (_, outcome, _) = try await judge(waiver(["requested_by": "dana"]))
    #expect(
      outcome?.reasons.last?.notes.map(\.text) == [
        "the waiver `w` does not count: `dana` approves the waiver `w` and asked for it"
      ])
    let (judgement, _) = try await ExampleCheckout.judge([
      "releases/gateway/2.4.0.yml": Self.broken, "policy/p.yml": "rules: {risk-classified: {}}\n",
      "waivers/w.yml": waiver(["requested_by": "dana"]), "waivers/v.yml": waiver(["product": "auth", "versions": ""]),
    ])
    #expect(judgement?.objections(to: "w").map(\.code) == ["C056"])
    #expect(judgement?.objections(to: "v").isEmpty == true && judgement?.objections(to: "x").isEmpty == true)
  }

  @Test("approved by an author of the release do not count") func author() async throws {
    let record = Self.broken.split(separator: "\n").dropLast().joined(separator: "\n") + "\nauthors: [dana]\n"
    let (result, _, findings) = try await judge(waiver(), record: record)
    #expect(result == .failed && findings == ["risk-classified", "C056 approved_by"])
  }

  @Test(
    "that name no rule, have no end or name nobody are errors of the content",
    arguments: [
      (["rule": "risk-clasified"], "C050 rule"), (["rule": ""], "C004 approved_at"),
      (["expires": ""], "C004 approved_at"),
      (["approved_by": "dina"], "C026 approved_by"), (["approved_by": "Dana"], "C013 approved_by"),
      (["approved_by": "dаna"], "C013 approved_by"), (["product": "gatewey"], "C026 product"),
      (["expires": "2026-09-01"], "C020 expires"),
    ])
  func malformed(changes: [String: String], finding: String) async throws {
    let (_, _, findings) = try await judge(waiver(changes))
    #expect(findings.contains(finding), "\(findings)")
  }

  @Test("that match nothing are a warning; before the rule is due they may still be needed") func idle() async throws {
    #expect(try await judge(waiver(["versions": "'>=3'"])).findings == ["risk-classified", "C058 rule"])
    #expect(try await judge(waiver(), record: Self.broken + "risk: low\n").findings == ["C058 rule"])
    let (judgement, _) = try await ExampleCheckout.judge([
      "releases/gateway/2.4.0.yml": "status: planned\n", "releases/gateway/2.3.1.yml": "status: cancelled\n",
      "policy/p.yml": "rules: {build-recorded: {}}\n", "waivers/w.yml": waiver(["rule": "build-recorded"]),
    ])
    #expect(judgement?.findings == [])
  }

  @Test("excuse no more releases than `max_uses`, the earliest first") func uses() async throws {
    let (judgement, report) = try await ExampleCheckout.judge([
      "releases/gateway/2.4.0.yml": "status: released\nreleased: 2026-10-20\n",
      "releases/gateway/2.5.0.yml": "status: released\nreleased: 2026-10-10\n",
      "releases/gateway/2.3.1.yml": "status: cancelled\n", "policy/p.yml": "rules: {risk-classified: {}}\n",
      "waivers/w.yml": waiver(["versions": "", "max_uses": "1"]),
    ])
    #expect(report.diagnostics == [])
    #expect(judgement?.outcomes(of: "risk-classified").map(\.result) == [.waived, .failed, .notApplicable])
    #expect(judgement?.outcomes(excusedBy: "w").map(\.release.version) == ["2.5.0"])
  }
}
