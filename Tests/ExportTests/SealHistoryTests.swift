import Diagnostics
import Export
import Model
import Testing

@Suite("Seals of one site over time") struct SealHistoryTests {
  private func findings(
    _ audience: Audience = .internal, before: Release, after: Release?, formerly: [String] = []
  ) async throws -> [String] {
    var old = try ledger([before])
    var new = try ledger(after.map { [$0] } ?? [], formerly: formerly)
    (old, new) = (old.facts(for: audience), new.facts(for: audience))
    // As `verify` has them: read from their files.
    let (then, now) = (Seal(bytes: await seal(old).bytes), Seal(bytes: await seal(new).bytes))
    return try #require(now).findings(since: try #require(then)).map { "\($0.code) \($0.message)" }
  }

  @Test("a release that stays as it was gives no finding, and one that was planned may do what it likes") func same()
    async throws
  {
    let release = try release("2.4.0")
    #expect(try await findings(before: release, after: release) == [])
    #expect(try await findings(before: try ExportTests.release("2.5.0", .planned), after: nil) == [])
  }

  @Test("a release that vanished is named; under the new id of its product it is found") func vanished() async throws {
    #expect(
      try await findings(before: try release("2.4.0"), after: nil) == [
        "S027 the release `gateway/2.4.0` was published and is gone"
      ])
    #expect(
      try await findings(before: try release("2.4.0"), after: try release("2.4.0", .planned)).map { $0.prefix(4) } == [
        "S027"
      ])
    let old = Release(
      product: ProductID("api"), version: try #require(Version("2.4.0", scheme: .semver)), status: .released,
      kind: .minor,
      at: place())
    #expect(try await findings(before: old, after: try release("2.4.0"), formerly: ["api"]) == [])
  }

  @Test("what was changed or taken away needs an amendment that names it, and a new one") func amended() async throws {
    let before = try release("2.4.0")
    var after = before
    after.changes.removeLast()
    let words = "S028 `changes` of the release `gateway/2.4.0` lost or changed 1 of 2 entries, without an amendment"
    #expect(try await findings(before: before, after: after) == [words])
    var amendment = Amendment(at: located(try #require(When("2026-11-01"))), location: place())
    amendment.fields = [located("security")]
    after.amendments = [amendment]
    #expect(try await findings(before: before, after: after) == [words])
    amendment.fields = [located("changes")]
    after.amendments = [amendment]
    #expect(try await findings(before: before, after: after) == [])
    var amendedBefore = before
    amendedBefore.amendments = [amendment]
    #expect(try await findings(before: amendedBefore, after: after) == [words])
  }

  @Test("adding is free, and so is a status that moves on; going back is not") func additions() async throws {
    let before = try release("2.4.0", .rollingOut)
    var after = try release("2.4.0", .withdrawn)
    after.changes.append(Change(id: "more", kind: .fix, text: prose("More"), origin: .record, at: place()))
    after.security = [Vulnerability(id: "CVE-2026-1", at: place())]
    #expect(try await findings(before: before, after: after) == [])
    #expect(try await findings(before: after, after: before).count == 3)
  }

  @Test("dates and notes count as well", arguments: ["released", "notes", "approvals", "evidence", "artifacts"])
  func fields(field: String) async throws {
    var before = try release("2.4.0")
    before.notes = Notes(prose: prose("As it was"), origin: .file, at: place())
    before.approvals = [Approval(by: located("dana"), decision: located(.approved), at: place())]
    before.evidence = [EvidenceEntry(id: located("unit"), at: place())]
    before.artifacts = [Artifact(name: "gateway.tar.gz", at: place())]
    var after = before
    switch field {
    case "released": after.released = located(try #require(When("2026-10-19")))
    case "notes": after.notes = Notes(prose: prose("As it is told now"), origin: .file, at: place())
    case "approvals": after.approvals[0].by = located("mallory")
    case "evidence": after.evidence[0].sha256 = located("00")
    default: after.artifacts[0].digest = "sha256:00"
    }
    #expect(
      try await findings(before: before, after: after) == [
        "S028 `\(field)` of the release `gateway/2.4.0` changed, without an amendment"
      ])
  }

  @Test("in the public seal an amendment excuses what it names, and a release that is moved excuses nothing")
  func publicSeal() async throws {
    var before = try release("2.4.0")
    before.updated = Moment("2026-10-20T09:00Z")
    var after = before
    after.changes.removeLast()
    let words = "S028 `changes` of the release `gateway/2.4.0` lost or changed 1 of 2 entries, without an amendment"
    #expect(try await findings(.public, before: before, after: after) == [words])
    // What is public of a release counts as updated when it comes out; moving that must not open the door.
    after.released = located(try #require(When("2026-10-21")))
    after.updated = Moment("2026-10-21T09:00Z")
    #expect(try await findings(.public, before: before, after: after).count == 2)
    var amendment = Amendment(at: located(try #require(When("2026-11-01"))), location: place())
    amendment.fields = [located("released"), located("approvals")]
    after.amendments = [amendment]
    #expect(try await findings(.public, before: before, after: after) == [words])
    after.amendments[0].fields.append(located("changes"))
    #expect(try await findings(.public, before: before, after: after) == [])
  }

  @Test("a second amendment of the same day and fields counts as well") func sameDay() async throws {
    var amendment = Amendment(at: located(try #require(When("2026-11-01"))), location: place())
    amendment.fields = [located("changes")]
    var before = try release("2.4.0")
    before.amendments = [amendment]
    var after = before
    after.changes.removeLast()
    after.amendments.append(amendment)
    #expect(try await findings(before: before, after: after) == [])
  }

  @Test(
    "what was taken back is not simply out again",
    arguments: [
      (Release.Status.withdrawn, Release.Status.released), (.rolledBack, .rollingOut), (.released, .rollingOut),
    ])
  func backwards(old: Release.Status, new: Release.Status) async throws {
    let words = "S028 `status` of the release `gateway/2.4.0` went back from `\(old.rawValue)` to `\(new.rawValue)`"
    #expect(
      try await findings(before: release("2.4.0", old), after: release("2.4.0", new)) == [
        words + ", without an amendment"
      ])
    #expect(try await findings(before: release("2.4.0", new), after: release("2.4.0", old)) == [])
  }
}
