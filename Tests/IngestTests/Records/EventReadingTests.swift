import Diagnostics
import Ingest
import Model
import TestSupport
import Testing

@Suite("The files of events/") struct EventReadingTests {
  private func event(_ id: String, at time: String, source: String = "/ci") -> String {
    #"{"context": {"version": "0.4.1", "id": "\#(id)", "source": "\#(source)", "#
      + #""type": "dev.cdevents.service.deployed.0.1.1", "#
      + #""timestamp": "\#(time)"}, "subject": {"id": "tool", "content": {"environment": {"id": "production"}}}}"#
  }

  private func load(_ files: [String: String]) async throws -> (events: [ToldEvent], report: Report) {
    try await TemporaryRepository.with { repository in
      let environments = "environments: [{id: production, name: Rehearsal}]\n"
      try repository.write("title: Tools\n" + environments, to: "content/gazette.yml")
      try await repository.commit("Start", files: files, hour: 24)
      var report = Report()
      let checkout = try await Checkout.open(at: repository.root, content: "content", sources: [:], into: &report)
      let options = LoadOptions(clock: Moment(seconds: 1_900_000_000), slices: 2)
      let ledger = try await Ledger.load(from: checkout, options: options, into: &report)
      return (ledger?.events ?? [], report)
    }
  }

  @Test("they are in order whatever the files, each once, with the line that tells it") func order() async throws {
    let (events, report) = try await load([
      "content/events/b/x.ndjson": event("2", at: "2026-01-01T02:00:00Z") + "\n\n"
        + event("1", at: "2026-01-01T01:00:00Z"),
      "content/events/c.ndjson": event("2", at: "2026-01-01T02:00:00Z") + "\n"
        + event("2", at: "2026-01-01T00:30:00Z", source: "/other") + "\n",
      "content/events/empty.ndjson": "\n", "content/events/README.md": "none",
    ])
    #expect(report.diagnostics.map(\.message) == [])
    #expect(events.map { "\($0.event.source) \($0.event.id)" } == ["/other 2", "/ci 1", "/ci 2"])
    #expect(
      events.map { "\($0.location.file):\($0.location.line)" } == [
        "content/events/c.ndjson:2", "content/events/b/x.ndjson:3", "content/events/b/x.ndjson:1",
      ])
  }

  @Test("a broken line and an event of the future are named with their place") func problems() async throws {
    let broken = try await load([
      "content/events/a.ndjson": event("1", at: "2026-01-01T01:00:00Z") + "\n{\"context\": 1}\n"
    ])
    let finding = try #require(broken.report.diagnostics.first)
    #expect(finding.severity == .error && finding.location?.file == "content/events/a.ndjson")
    #expect(finding.location?.line == 2)
    let future = try await load(["content/events/a.ndjson": "\n" + event("1", at: "2026-02-01T01:00:00Z")])
    #expect(future.report.diagnostics.map(\.code) == [Code.futureFact.id])
    #expect(future.report.diagnostics.first?.location?.line == 2)
  }
}
