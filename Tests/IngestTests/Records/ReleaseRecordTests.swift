import Diagnostics
import Model
import TestSupport
import Testing

@testable import Ingest

@Suite struct ReleaseRecordTests {
  @Test("parts add to the lists of a record in the order of their names, and to its mappings key by key")
  func parts() async throws {
    let content = ContentInMemory([
      "releases/gateway/2.4.0.yml": """
      status: released
      approvals: [{by: ana, decision: approved}]
      rollout: {strategy: canary, stages: [{environment: production, share: 5}]}
      """,
      "releases/gateway/2.4.0.d/20-b.yml": "approvals: [{by: ana, decision: withdrawn}]\n",
      "releases/gateway/2.4.0.d/10-a.yml": """
      approvals: [{by: ben, decision: rejected}]
      rollout: {stages: [{environment: production, share: 100}]}
      validation: {by: ana}
      """,
      "releases/gateway/2.4.0.md": "\n\nNotes.\n",
    ])
    let (records, report) = try await content.read()
    #expect(ContentInMemory.show(report, content.files) == [])
    let record = try #require(records?.releases.first)
    #expect(record.approvals.map(\.decision.value) == [.approved, .rejected, .withdrawn])
    #expect(
      record.approvals[1].location
        == SourceLocation(file: "content/releases/gateway/2.4.0.d/10-a.yml", line: 1, column: 13))
    #expect(record.rollout?.stages.compactMap(\.share?.value) == [5, 100])
    #expect(record.rollout?.strategy?.value == .canary)
    #expect(record.validation?.by?.value == "ana")
    #expect(
      record.notes == MarkdownSource("Notes.\n", at: SourceLocation(file: "content/releases/gateway/2.4.0.md", line: 3))
    )
  }

  @Test("a single value that two parts set alike is set once") func setAlike() async throws {
    let part = "rollout: {strategy: canary, stages: [{environment: production, started: 2026-10-20}]}"
    let content = ContentInMemory([
      "releases/gateway/2.4.0.yml": "status: released", "releases/gateway/2.4.0.d/a.yml": part,
      "releases/gateway/2.4.0.d/b.yml": part,
    ])
    #expect(try await content.findings() == [])
    let record = try #require(try await content.read().records?.releases.first)
    #expect(record.rollout?.strategy?.value == .canary && record.rollout?.stages.count == 2)
  }

  @Test("a single value that a record and its part set differently is an error at both places, and there is no record")
  func setTwice() async throws {
    let content = ContentInMemory([
      "releases/gateway/2.4.0.yml": "status: released\n1️⃣owner: ana\nrollout: {2️⃣strategy: canary}",
      "releases/gateway/2.4.0.d/a.yml": "1️⃣owner: ben\nrollout: {2️⃣strategy: rolling}",
    ])
    #expect(
      try await content.findings() == [
        "releases/gateway/2.4.0.d/a.yml 1 C021", "releases/gateway/2.4.0.d/a.yml 2 C021",
        "releases/gateway/2.4.0.yml 1 C021", "releases/gateway/2.4.0.yml 2 C021",
      ])
    #expect(try await content.read().records?.releases.count == 0)
  }

  @Test("parts that were written at once: of a review and a validation the first counts, equal environments are one")
  func atOnce() async throws {
    let state = "environments: [{id: production, config: 'sha256:\(String(repeating: "a", count: 64))'}]"
    let content = ContentInMemory([
      "releases/gateway/2.4.0.yml": "status: released",
      "releases/gateway/2.4.0.d/a.yml": "review: {at: 2026-10-21, by: ana, went_well: All}\n\(state)",
      "releases/gateway/2.4.0.d/b.yml": "review: {at: 2026-10-22, 1️⃣by: ben, improve: Sleep}\n\(state)",
      "releases/gateway/2.4.0.d/c.yml": "validation: {by: ana, checks: [{name: smoke}]}",
      "releases/gateway/2.4.0.d/d.yml": "validation: {1️⃣by: ben, checks: [{name: load}]}",
    ])
    let (records, report) = try await content.read()
    #expect(
      ContentInMemory.show(report, content.files) == [
        "releases/gateway/2.4.0.d/b.yml 1 C021", "releases/gateway/2.4.0.d/d.yml 1 C021",
      ])
    #expect(report.diagnostics.allSatisfy { $0.severity == .warning })
    let record = try #require(records?.releases.first)
    #expect(record.review?.at?.value.iso == "2026-10-21" && record.review?.by?.value == "ana")
    #expect(record.review?.wentWell == "All" && record.review?.improve == "Sleep")
    #expect(record.validation?.by?.value == "ana" && record.validation?.checks.count == 2)
    #expect(record.environments.count == 1)
  }

  @Test("an environment that is told of twice and differently is to be told of once") func environments() async throws {
    let content = ContentInMemory([
      "releases/gateway/2.4.0.yml": "status: released\nenvironments: [{id: production, difference: A}]",
      "releases/gateway/2.4.0.d/a.yml": "environments: [{id: production, difference: B}]",
    ])
    let report = try await content.read().report
    #expect(report.diagnostics.map(\.code) == ["C028"])
    #expect(report.diagnostics[0].help?.contains("told of once") == true)
  }

  @Test("a release that is all in production by its last stage there, and not by its status, is a warning")
  func staleStatus() async throws {
    func stages(_ stages: String...) -> String {
      let list = stages.map { "{environment: production, \($0)}" }.joined(separator: ", ")
      return "status: 1️⃣candidate\nrollout: {stages: [\(list)]}"
    }
    let content = ContentInMemory([
      "releases/gateway/1.0.0.yml": stages("status: succeeded"),
      "releases/gateway/1.1.0.yml": stages("share: 5, status: succeeded", "share: 100, status: succeeded"),
      "releases/gateway/1.2.0.yml": stages("share: 5, status: succeeded"),
      "releases/gateway/1.3.0.yml": stages("status: failed"),
      "releases/gateway/1.4.0.yml": stages("scope: one shop, status: succeeded"),
      "releases/gateway/1.5.0.yml": stages("status: succeeded").replacing("1️⃣candidate", with: "released"),
    ])
    let records = try #require(try await content.read().records)
    var report = Report()
    report.add(StaleStatus(records.site).problems(in: records.releases))
    #expect(
      ContentInMemory.show(report, content.files) == [
        "releases/gateway/1.0.0.yml 1 C045", "releases/gateway/1.1.0.yml 1 C045",
      ])
  }

  @Test("a constraint is held over record and parts together")
  func constraintAcrossParts() async throws {
    let content = ContentInMemory([
      "releases/gateway/2.4.0.yml": "status: released\ntag: v2.4.0",
      "releases/gateway/2.4.0.d/a.yml": "1️⃣commits: [{commit: 0123abcd}]",
    ])
    #expect(try await content.findings() == ["releases/gateway/2.4.0.d/a.yml 1 C019"])
  }

  @Test("a version that is none of the product's scheme is named, and so are files that differ in case")
  func versions() async throws {
    let content = ContentInMemory([
      "releases/gateway/2.x.yml": "status: released",
      "releases/gateway/2.0.0-RC.1.yml": "status: released",
      "releases/gateway/2.0.0-rc.1.yml": "status: released",
      "products/gateway.yml": "name: Gateway\nupgrade_stops: [1️⃣two]",
    ])
    #expect(
      try await content.findings() == [
        "products/gateway.yml 1 C014", "releases/gateway/2.0.0-RC.1.yml 1:1 C022",
        "releases/gateway/2.0.0-rc.1.yml 1:1 C022",
        "releases/gateway/2.x.yml 1:1 C014",
      ])
  }

  @Test("notes without a record are kept for a tag; parts without one are an error")
  func orphans() async throws {
    let content = ContentInMemory([
      "releases/gateway/2.4.0.md": "Notes.", "releases/gateway/2.5.0.d/a.yml": "owner: ana",
    ])
    let (records, report) = try await content.read()
    #expect(records?.orphanNotes.map(\.version) == ["2.4.0"])
    #expect(ContentInMemory.show(report, content.files) == ["releases/gateway/2.5.0.d/a.yml 1:1 C024"])
  }

  @Test("a duplicated key costs the record, not the others")
  func malformed() async throws {
    let content = ContentInMemory([
      "releases/gateway/1.0.0.yml": "1️⃣status: released\n2️⃣status: planned",
      "releases/gateway/1.1.0.yml": "status: released",
    ])
    let (records, report) = try await content.read()
    #expect(
      ContentInMemory.show(report, content.files) == [
        "releases/gateway/1.0.0.yml 1 C003", "releases/gateway/1.0.0.yml 2 C003",
      ])
    #expect(records?.releases.map(\.version) == ["1.1.0"])
  }

  @Test("one slice and many give the same records and the same report")
  func slices() async throws {
    var files: [String: String] = [:]
    for minor in 0..<40 {
      files["releases/gateway/1.\(minor).0.yml"] = "status: released\nowner: \(minor % 3 == 0 ? "nobody" : "ana")"
    }
    let one = try await ContentInMemory(files).read(slices: 1)
    let many = try await ContentInMemory(files).read(slices: 64)
    #expect(one.report.diagnostics == many.report.diagnostics)
    #expect(one.report.count(of: .error) == 14)
    #expect(one.records?.releases.map(\.version) == many.records?.releases.map(\.version))
    #expect(one.records?.releases.count == 40)
  }
}
