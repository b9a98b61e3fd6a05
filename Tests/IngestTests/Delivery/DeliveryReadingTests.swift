import Diagnostics
import Ingest
import Model
import TestSupport
import Testing

@Suite("Events, incidents and measurements")
struct DeliveryReadingTests {
  private static let site = """
    title: Tools
    as_of: 2026-03-01T00:00Z
    environments:
      - {id: staging, name: Staging}
      - {id: live, name: Live, production: true}
    metrics: {availability: {unit: '%', objective: 99.9}}
    """

  /// A site with the product `tool`, its releases 1.0.0 and 1.1.0, and some more files.
  private func load(_ files: [String: String]) async throws -> (ledger: Ledger, report: Report) {
    try await TemporaryRepository.with { repository in
      try repository.write(Self.site, to: "content/gazette.yml")
      try repository.write("name: Tool\n", to: "content/products/tool.yml")
      for version in ["1.0.0", "1.1.0"] where files["content/releases/tool/\(version).yml"] == nil {
        try repository.write(
          "status: released\nreleased: 2026-01-05T10:00Z\n", to: "content/releases/tool/\(version).yml")
      }
      for (path, text) in files { try repository.write(text, to: path) }
      try await repository.commit("Start")
      var report = Report()
      let checkout = try await Checkout.open(at: repository.root, content: "content", sources: [:], into: &report)
      let ledger = try await Ledger.load(
        from: checkout, options: LoadOptions(clock: Moment(seconds: 1_900_000_000), slices: 3), into: &report)
      return (try #require(ledger), report)
    }
  }

  private func event(
    _ id: String, _ type: String = "service.deployed", at moment: String, of product: String = "tool",
    version: String = "1.0.0", in environment: String = "live"
  ) -> String {
    let subject = type.hasPrefix("incident") ? "inc-7" : product
    return #"{"context":{"version":"0.4.1","id":"\#(id)","source":"/ci","type":"dev.cdevents.\#(type).0.2.0","#
      + #""timestamp":"\#(moment)"},"subject":{"id":"\#(subject)","type":"service","content":{"environment":"#
      + #"{"id":"\#(environment)"},"service":{"id":"\#(product)"},"artifactId":"pkg:generic/\#(product)@\#(version)"}}}"#
  }

  private func part(_ ledger: Ledger) throws -> DeliveryHistory.Part {
    try #require(ledger.delivery.part(of: ProductID("tool")))
  }

  private func ids(_ codes: Code...) -> [String] { codes.map(\.id) }

  private let rollout = """
    status: released
    released: 2026-01-10T12:00Z
    rollout:
      stages:
        - {environment: staging, started: 2026-01-09T09:00Z, finished: 2026-01-09T10:00Z, status: succeeded}
        - {environment: live, share: 10, started: 2026-01-10T09:00Z, finished: 2026-01-10T10:00Z, status: succeeded, decision: expand}
        - {environment: live, share: 100, started: 2026-01-10T11:00Z, finished: 2026-01-10T12:00Z, status: succeeded, decision: complete}
    """

  @Test("stages of one environment are one deployment, and an event inside of it joins it")
  func join() async throws {
    let (ledger, report) = try await load([
      "content/releases/tool/1.0.0.yml": rollout,
      "content/events/ci/a.ndjson": event("a", at: "2026-01-10T09:30:00Z") + "\n"
        + event("b", at: "2026-01-09T09:30:00Z", in: "staging") + "\n",
    ])
    #expect(report.diagnostics == [])
    let deployments = try part(ledger).deployments
    #expect(deployments.count == 1)
    #expect(deployments.first?.events == 1)
    #expect(deployments.first?.started == Moment("2026-01-10T09:00Z"))
    #expect(deployments.first?.ended == Moment("2026-01-10T12:00Z"))
  }

  @Test("a stage after a finished rollout begins another deployment, one after a failed one too")
  func severalRollouts() async throws {
    let stages = """
      status: released
      released: 2026-01-10T12:00Z
      rollout:
        stages:
          - {environment: live, started: 2026-01-10T09:00Z, finished: 2026-01-10T10:00Z, status: failed}
          - {environment: live, started: 2026-01-11T09:00Z, finished: 2026-01-11T10:00Z, status: succeeded, decision: complete}
          - {environment: live, started: 2026-01-12T09:00Z, finished: 2026-01-12T10:00Z, status: succeeded}
      """
    let (ledger, _) = try await load(["content/releases/tool/1.0.0.yml": stages])
    #expect(try part(ledger).deployments.map(\.status) == [.failed, .succeeded, .succeeded])
  }

  @Test("events out of order and doubled are sorted and counted once")
  func orderAndDoubles() async throws {
    let lines = [
      event("b", at: "2026-02-02T10:00:00Z", version: "1.1.0"), event("a", at: "2026-02-01T10:00:00Z"),
      event("b", at: "2026-02-02T10:00:00Z", version: "1.1.0"), "",
    ]
    let (ledger, report) = try await load(["content/events/a.ndjson": lines.joined(separator: "\n")])
    #expect(report.diagnostics == [])
    #expect(try part(ledger).deployments.map(\.release.version) == ["1.0.0", "1.1.0"])
    #expect(try part(ledger).deployments.allSatisfy { $0.origin == .event && $0.events == 1 })
  }

  @Test("two events that differ under one id are named, at the second")
  func reusedID() async throws {
    let lines = [event("a", at: "2026-02-01T10:00:00Z"), event("a", at: "2026-02-02T10:00:00Z", version: "1.1.0")]
    let (ledger, report) = try await load(["content/events/a.ndjson": lines.joined(separator: "\n")])
    #expect(report.diagnostics.map(\.code) == ids(.reusedEvent))
    #expect(report.diagnostics.first?.location?.line == 2)
    #expect(try part(ledger).deployments.count == 1)
  }

  @Test("an event in the future is an error at its line, and does not count")
  func future() async throws {
    let lines = [event("a", at: "2026-02-01T10:00:00Z"), event("b", at: "2026-03-02T10:00:00Z")]
    let (ledger, report) = try await load(["content/events/a.ndjson": lines.joined(separator: "\n")])
    #expect(report.diagnostics.map(\.code) == ids(.futureFact))
    #expect(report.diagnostics.first?.location?.line == 2)
    #expect(try part(ledger).deployments.count == 1)
  }

  @Test(
    "an event of an unknown product, version or environment is named once and counts for nothing",
    arguments: [
      ("toll", "1.0.0", "live", "there is no product `toll`"),
      ("tool", "9.9.9", "live", "`tool` has no version `9.9.9`"),
      ("tool", "1.0.0", "life", "there is no environment `life`"),
    ])
  func unknown(product: String, version: String, environment: String, message: String) async throws {
    let lines = (1...3).map {
      event("e\($0)", at: "2026-02-0\($0)T10:00:00Z", of: product, version: version, in: environment)
    }
    let (ledger, report) = try await load(["content/events/a.ndjson": lines.joined(separator: "\n")])
    #expect(report.diagnostics.map(\.message) == [message])
    #expect(report.diagnostics.map(\.code) == ids(.unknownInEvent))
    // Nobody tells of deployments, so the releases stand for them.
    #expect(try part(ledger).deployments.allSatisfy { $0.origin == .release })
  }

  @Test("a line that is no event keeps no other from being read")
  func brokenLine() async throws {
    let lines = ["{\"context\":", event("a", at: "2026-02-01T10:00:00Z"), "{\"context\":{\"id\":\"x\"}}"]
    let (ledger, report) = try await load(["content/events/a.ndjson": lines.joined(separator: "\n")])
    #expect(report.diagnostics.map { $0.location?.line } == [1, 3])
    #expect(report.diagnostics.allSatisfy { $0.severity == .error })
    #expect(try part(ledger).deployments.count == 1)
  }

  @Test("an event beside a recorded rollout contradicts it")
  func contradiction() async throws {
    let (_, report) = try await load([
      "content/releases/tool/1.0.0.yml": rollout,
      "content/events/a.ndjson": event("a", at: "2026-01-10T15:00:00Z"),
    ])
    #expect(report.diagnostics.map(\.code) == ids(.contradictingEvent))
    #expect(report.diagnostics.first?.notes.first?.location?.file == "content/releases/tool/1.0.0.yml")
  }

  @Test("the way back to an older version is no deployment, and marks what was left")
  func wayBack() async throws {
    let lines = [
      event("a", at: "2026-02-01T10:00:00Z"), event("b", at: "2026-02-02T10:00:00Z", version: "1.1.0"),
      event("c", at: "2026-02-02T11:00:00Z", version: "1.0.0"),
    ]
    let told = lines.dropLast() + [event("c", "service.rolledback", at: "2026-02-02T11:00:00Z", version: "1.0.0")]
    for lines in [lines, Array(told)] {
      let (ledger, report) = try await load(["content/events/a.ndjson": lines.joined(separator: "\n")])
      #expect(report.diagnostics == [])
      let part = try part(ledger)
      #expect(part.deployments.map(\.release.version) == ["1.0.0", "1.1.0"])
      #expect(part.deployments.map(\.status) == [.succeeded, .rolledBack])
      #expect(part.rollBacks.map(\.at.iso) == ["2026-02-02T11:00:00Z"])
    }
  }

  @Test("an event names its release by its package URL, or by the digest or image that a record states")
  func artifacts() async throws {
    let digest = "sha256:" + String(repeating: "a", count: 64)
    let record = """
      status: released
      released: 2026-01-10T12:00Z
      artifacts: [{name: tool, purl: 'pkg:oci/other@9', digest: '\(digest)'}]
      """
    func told(_ id: String, _ artifact: String, at moment: String) -> String {
      #"{"context":{"version":"0.4.1","id":"\#(id)","source":"/ci","type":"dev.cdevents.service.deployed.0.2.0","#
        + #""timestamp":"\#(moment)"},"subject":{"id":"x","content":{"environment":{"id":"live"},"artifactId":"\#(artifact)"}}}"#
    }
    let lines = [
      told("a", "pkg:oci/other@9", at: "2026-02-01T10:00:00Z"), told("b", digest, at: "2026-02-02T10:00:00Z"),
      told("c", "pkg:oci/tool@\(digest)", at: "2026-02-03T10:00:00Z"),
      told("d", "pkg:generic/tool@v1.1.0", at: "2026-02-04T10:00:00Z"),
    ]
    let (ledger, report) = try await load([
      "content/releases/tool/1.0.0.yml": record, "content/events/a.ndjson": lines.joined(separator: "\n"),
    ])
    #expect(report.diagnostics.map(\.message) == [])
    #expect(try part(ledger).deployments.map(\.release.version) == ["1.0.0", "1.0.0", "1.0.0", "1.1.0"])
    // The log of auditors has the same.
    #expect(ledger.events.map(\.event.id) == ["a", "b", "c", "d"])
  }

  // MARK: Incidents

  @Test("events make an incident that nobody wrote down, and fill one that somebody did")
  func incidents() async throws {
    let events = [
      event("b", "incident.resolved", at: "2026-02-01T11:00:00Z"),
      event("a", "incident.detected", at: "2026-02-01T10:00:00Z"),
    ].joined(separator: "\n")
    let (told, report) = try await load(["content/events/a.ndjson": events])
    #expect(report.diagnostics == [])
    #expect(told.incidents.map(\.id) == ["inc-7"])
    #expect(told.incidents.first?.detected?.value == When("2026-02-01T10:00:00Z"))
    #expect(told.incidents.first?.resolved?.value == When("2026-02-01T11:00:00Z"))
    #expect(told.incidents.first?.audience == .internal)
    let written = "title: Slow\nproducts: [tool]\ndetected: 2026-02-01T10:00Z\n"
    let (filled, other) = try await load([
      "content/events/a.ndjson": events, "content/incidents/inc-7.yml": written,
    ])
    #expect(other.diagnostics == [])
    #expect(filled.incidents.map(\.title) == ["Slow"])
    #expect(filled.incidents.first?.resolved?.value == When("2026-02-01T11:00:00Z"))
  }

  @Test("an event that says something else than the record of an incident is named, and the record counts")
  func contradictedIncident() async throws {
    let (ledger, report) = try await load([
      "content/events/a.ndjson": event("b", "incident.resolved", at: "2026-02-01T12:30:00Z"),
      "content/incidents/inc-7.yml": """
      title: Slow
      products: [tool]
      detected: 2026-02-01T10:00Z
      resolved: 2026-02-01T11:00Z
      """,
    ])
    #expect(report.diagnostics.map(\.code) == ids(.contradictingEvent))
    #expect(ledger.incidents.first?.resolved?.value == When("2026-02-01T11:00Z"))
  }

  @Test("an incident resolved before it was detected, by an event, stays open")
  func disorderedIncident() async throws {
    let (ledger, report) = try await load([
      "content/events/a.ndjson": event("b", "incident.resolved", at: "2026-02-01T09:00:00Z"),
      "content/incidents/inc-7.yml": "title: Slow\nproducts: [tool]\ndetected: 2026-02-01T10:00Z\n",
    ])
    #expect(report.diagnostics.map(\.code) == ids(.contradictingEvent))
    #expect(ledger.incidents.first?.resolved == nil)
  }

  @Test("an incident resolved before it began, and one caused by an unknown release, are errors where they say it")
  func wrongIncidents() async throws {
    let (_, report) = try await load([
      "content/incidents/inc-1.yml":
        "title: A\nproducts: [tool]\nbegan: 2026-02-02T10:00Z\nresolved: 2026-02-01T10:00Z\n",
      "content/incidents/inc-2.yml": "title: B\nproducts: [tool]\ncaused_by: {product: tool, version: 4.0.0}\n",
    ])
    #expect(report.diagnostics.map(\.code) == ids(.endsBeforeBegin, .unknownReference))
    #expect(report.diagnostics.map { $0.location?.line } == [4, 3])
  }

  // MARK: Measurements

  private func measure(_ text: String) async throws -> (series: [MeasuredSeries], report: Report) {
    let (ledger, report) = try await load(["content/metrics/tool.csv": text])
    return (try part(ledger).series, report)
  }

  @Test("measurements are read by day, whatever their order and quotes")
  func measurements() async throws {
    let (series, report) = try await measure(
      "date,metric,value\r\n2026-02-02,availability,99.5\r\n\"2026-02-01\",\"availability\",100\r\n")
    #expect(report.diagnostics == [])
    #expect(series.map(\.metric) == ["availability"])
    #expect(series.first?.measurements.map(\.value) == [100, 99.5])
  }

  @Test("other separators are an error on the first line", arguments: [";", "\t", "|"])
  func separators(separator: String) async throws {
    let text = ["date,metric,value", "2026-02-01,availability,99,5"].joined(separator: "\n")
    let (series, report) = try await measure(String(text.map { $0 == "," ? Character(separator) : $0 }))
    #expect(report.diagnostics.map(\.code) == ids(.malformedMeasurement))
    #expect(report.diagnostics.first?.message.contains("separated by") == true)
    #expect(series.isEmpty)
  }

  @Test("a missing value is a gap, a repeated day counts once, and both are named")
  func gapsAndDoubles() async throws {
    let (series, report) = try await measure(
      """
      date,metric,value
      2026-02-01,availability,
      2026-02-02,availability,99.5
      2026-02-02,availability,98
      2026-02-03,avialability,99
      2026-13-01,availability,99
      2026-02-04,availability,99.x
      2026-03-09,availability,99
      """)
    #expect(
      report.diagnostics.map(\.code)
        == ids(
          .missingMeasurement, .repeatedMeasurement, .undeclaredMetric, .malformedMeasurement, .malformedMeasurement,
          .futureFact))
    #expect(report.diagnostics.map { $0.location?.line } == [2, 4, 5, 6, 7, 8])
    let availability = series.first { $0.metric == "availability" }
    #expect(availability?.measurements.map(\.value) == [99.5])
    #expect(availability?.missing == 1)
  }

  // MARK: Commits

  @Test("a commit arrives with the first deployment that holds it; merges, bots and the first ones are counted apart")
  func arrivals() async throws {
    try await TemporaryRepository.with { repository in
      try repository.write(Self.site + "\nbots: ['*[bot]@*']\n", to: "content/gazette.yml")
      try repository.write(
        "name: Tool\nkind: package\nsource: {id: main, tags: 'v{version}', discover: true}\n",
        to: "content/products/tool.yml")
      try await repository.commit("Start")
      try await repository.git(["tag", "v1.0.0"])
      try await repository.commit("One")
      try await repository.git(["commit", "--allow-empty", "-m", "Bump"], email: "up[bot]@example.org")
      try await repository.git(["tag", "-a", "v1.1.0", "-m", "x"], hour: 10)
      try await repository.commit("Two")
      var report = Report()
      let checkout = try await Checkout.open(at: repository.root, content: "content", sources: [:], into: &report)
      let loaded = try await Ledger.load(
        from: checkout, options: LoadOptions(clock: Moment(seconds: 1_900_000_000), slices: 3), into: &report)
      let part = try part(try #require(loaded))
      #expect(part.deployments.map(\.origin) == [.release, .release])
      let source = try #require(part.arrivals.first)
      #expect(source.arrivals.map { part.deployments[$0.deployment].release.version } == ["1.1.0"])
      #expect(source.arrivals.map(\.committed.seconds) == [TemporaryRepository.seconds(hour: 1)])
      #expect(source.beforeFirst == 1)
      #expect(source.bots == 1)
      #expect(source.waiting == 1)
    }
  }

  @Test("a deployment that ended before its commit is named, and its commits are left out")
  func skew() async throws {
    try await TemporaryRepository.with { repository in
      try repository.write(Self.site, to: "content/gazette.yml")
      try repository.write(
        "name: Tool\nsource: {id: main, tags: 'v{version}'}\n", to: "content/products/tool.yml")
      for (version, day) in [("1.0.0", "2025-12-01"), ("1.1.0", "2025-12-02")] {
        try repository.write(
          """
          status: released
          rollout: {stages: [{environment: live, started: \(day)T09:00Z, finished: \(day)T10:00Z, status: succeeded}]}
          """, to: "content/releases/tool/\(version).yml")
      }
      try await repository.commit("Start")
      try await repository.git(["tag", "v1.0.0"])
      try await repository.commit("One")
      try await repository.git(["tag", "v1.1.0"])
      var report = Report()
      let checkout = try await Checkout.open(at: repository.root, content: "content", sources: [:], into: &report)
      let loaded = try await Ledger.load(
        from: checkout, options: LoadOptions(clock: Moment(seconds: 1_900_000_000), slices: 3), into: &report)
      #expect(report.diagnostics.map(\.code) == ids(.deployedBeforeCommit, .deployedBeforeCommit))
      let part = try part(try #require(loaded))
      #expect(part.arrivals.first?.skewed == 1)
      #expect(part.arrivals.first?.arrivals == [])
    }
  }
}
