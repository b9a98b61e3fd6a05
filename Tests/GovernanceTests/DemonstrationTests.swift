import Diagnostics
import Foundation
import Governance
import Model
import Testing

/// The demonstration is where people see what rules say, so every outcome and every format of evidence is in it.
@Suite("The demonstration under its policy") struct DemonstrationTests {
  private func judged() async throws -> (ledger: Ledger, judgement: Judgement) {
    let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let (ledger, loading) = try await ExampleCheckout.load(at: top.path, asOf: "2026-11-02T09:00Z")
    var report = loading
    let known = try #require(ledger)
    let book = RuleBook(known.policy, periods: known.site.periods, into: &report)
    #expect(report.diagnostics.filter { $0.severity == .error } == [])
    return (known, await book.judge(known, slices: 4))
  }

  @Test("every outcome occurs, and nothing that is broken is an error") func outcomes() async throws {
    let (ledger, judgement) = try await judged()
    let outcomes = judgement.releases.flatMap { judgement.outcomes(of: $0) }
    #expect(Set(outcomes.map(\.result)) == Set(Outcome.Result.allCases))
    #expect(judgement.findings.filter { $0.severity == .error }.map(\.message) == [])
    // Few enough to be read.
    #expect(judgement.findings.count { $0.severity != .info } < 25)
    #expect(outcomes.contains { $0.result == .failed && $0.isBeforeSince && $0.severity == .error })
    #expect(Set(outcomes.compactMap(\.waiver)) == Set(ledger.policy.waivers.map(\.id.value)))
  }

  @Test("every format that is read is the evidence of some release, and no file is there for nothing")
  func formats() async throws {
    let (ledger, _) = try await judged()
    let readings = ledger.shelves.flatMap(\.releases).flatMap { release in
      release.evidence.compactMap { ledger.evidence[release.id, $0.id.value] }
    }
    // Licences are read from bills of materials.
    let formats = Set(EvidenceFormat.allCases).subtracting([.licences])
    #expect(Set(readings.compactMap(\.file?.format)) == formats)
    for case .unreadable(let reason) in readings { Issue.record("a file cannot be read: \(reason)") }
    // Signatures with a key of the site, and one that nobody can verify.
    let signatures = readings.compactMap(\.file).flatMap { file -> [SignatureResult] in
      if case .provenance(let provenance) = file.payload { provenance.statements.map(\.signature) } else { [] }
    }
    #expect(signatures.contains(.verified(key: "ci")) && signatures.contains(.unverified(.certificateNotListed)))
  }
}
