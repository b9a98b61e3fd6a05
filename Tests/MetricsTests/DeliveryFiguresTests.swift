import Diagnostics
import Governance
import Metrics
import Model
import Testing

@Suite("Delivery figures")
struct DeliveryFiguresTests {
  private func figure(_ id: String, of sample: SampleDelivery) async throws -> Figure {
    let figures = await DeliveryFigures(of: sample.finished, judgement: nil, slices: 2)
    let card = try #require(figures.products.first)
    return try #require(card.figure(id))
  }

  private func total(_ name: String, _ figure: Figure) throws -> Double? {
    let total = try #require(figure.totals.first { $0.name == name })
    return total.value
  }

  /// Six releases, one a month from January.
  private func months() throws -> SampleDelivery {
    var sample = try SampleDelivery()
    for month in 1...6 { try sample.deploy("1.\(month).0", at: "2026-0\(month)-10T09:00Z") }
    return sample
  }

  @Test("deployments are counted by the month in which they end; the month that goes on is marked")
  func frequency() async throws {
    var sample = try months()
    try sample.deploy("2.0.0", at: "2026-06-15T11:30Z", status: .running)
    try sample.deploy("1.9.0", at: "2026-03-31T23:30Z")
    let figures = await DeliveryFigures(of: sample.finished, judgement: nil, slices: 1)
    let card = try #require(figures.products.first)
    let figure = try #require(card.figure("deployment-frequency"))
    #expect(card.scale.buckets.map(\.label) == ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06"])
    #expect(card.scale.buckets.map(\.isUnfinished) == [false, false, false, false, false, true])
    #expect(figure.lines[0].points.map(\.value) == [1, 1, 1, 2, 1, 1])
    #expect(figure.lines[0].points[3].releases.map(\.version) == ["1.9.0", "1.4.0"])
    #expect(figure.leftOut == [Figure.LeftOut(1, "still under way")])
    // 31, 28, 22 to 31 March, 10, 30 and 31 days, less or more half an hour or so.
    #expect(abs((try total("Median days between two", figure) ?? 0) - 29) < 0.8)
  }

  @Test("a deployment failed when it is marked, named as a cause, or repaired by a hotfix")
  func failRate() async throws {
    var sample = try months()
    try sample.deploy("1.7.0", at: "2026-06-11T09:00Z", status: .rolledBack)
    try sample.deploy("1.8.0", at: "2026-06-12T09:00Z") { $0.hotfixOf = located("1.2.0") }
    try sample.incident("inc-1", of: "1.3.0", detected: "2026-03-11T09:00Z")
    try sample.incident("inc-2", of: "1.3.0", detected: "2026-03-12T09:00Z")
    try sample.incident("inc-3", detected: "2026-04-11T09:00Z")
    let figure = try await figure("change-fail-rate", of: sample)
    #expect(try total("Share", figure) == 3.0 / 8)
    #expect(try total("Deployments that are failed", figure) == 3)
    #expect(figure.lines[0].points.allSatisfy { $0.value == nil }, "no month has five")
  }

  @Test("rework is a hotfix, or unplanned because of an incident; because of a vulnerability it is not")
  func rework() async throws {
    var sample = try months()
    sample.releases[1].isUnplanned = true
    sample.releases[1].cause = .incident(located("inc-1"))
    sample.releases[2].isUnplanned = true
    sample.releases[2].cause = .vulnerability(located("CVE-2026-1"))
    sample.releases[3].cause = .incident(located("inc-1"))
    sample.releases[4].hotfixOf = located("1.1.0")
    #expect(try total("Share", try await figure("rework-rate", of: sample)) == 2.0 / 6)
  }

  @Test("recovery is the incident's resolution, else the next good deployment or roll-back, never before the end")
  func recovery() async throws {
    var sample = try months()
    // 10 January, ended at 10:00: resolved two hours later.
    try sample.incident("inc-1", of: "1.1.0", detected: "2026-01-10T09:30Z", resolved: "2026-01-10T12:00Z")
    // Resolved before the rollout was over.
    try sample.incident("inc-2", of: "1.2.0", detected: "2026-02-10T09:10Z", resolved: "2026-02-10T09:40Z")
    // Never resolved.
    try sample.incident("inc-3", of: "1.5.0", detected: "2026-05-10T09:10Z")
    sample.releases[2].hotfixOf = located("1.3.0")
    let figure = try await figure("recovery-time", of: sample)
    #expect(figure.dots.map(\.release.version) == ["1.1.0", "1.2.0", "1.3.0"])
    #expect(figure.dots.map(\.value) == [7200, 0, 31 * 86_400])
    #expect(try total("Open", figure) == 1)
    #expect(try total("Median", figure) == nil, "three values are not enough")
    sample.rollBacks = [RollBack(of: ProductID("tool"), in: "live", at: try moment("2026-03-10T10:30Z"), to: nil)]
    #expect(try await self.figure("recovery-time", of: sample).dots.last?.value == 1800)
  }

  @Test("time to recovery leaves out what is open, undetected or in the wrong order, and counts it")
  func incidents() async throws {
    var sample = try months()
    for hour in 1...5 {
      try sample.incident("inc-\(hour)", detected: "2026-02-01T00:00Z", resolved: "2026-02-01T0\(hour):00Z")
    }
    try sample.incident("inc-6", detected: "2026-02-01T00:00Z")
    try sample.incident("inc-7", resolved: "2026-02-01T00:00Z")
    try sample.incident("inc-8", detected: "2026-02-02T00:00Z", resolved: "2026-02-01T00:00Z")
    let figure = try await figure("incident-recovery", of: sample)
    #expect(try total("Mean", figure) == 3 * 3600)
    #expect(try total("Median", figure) == 3 * 3600)
    #expect(figure.leftOut.map(\.count) == [1, 1, 1])
    #expect((figure.complete, figure.outOf) == (5, 8))
  }

  @Test("lead time takes each commit to the first deployment that has it")
  func leadTime() async throws {
    var sample = try months()
    let who = Commit.Identity(name: "Ana", email: "ana@harbor.example")
    // Twelve commits, newest first, one a day down from 12 January; 1.1.0 is at the sixth day, 1.2.0 at the last.
    let commits = (0..<12).map { index in
      Commit(
        id: "c\(index)", parents: index < 11 ? [index + 1] : [], author: who,
        committer: index == 0 ? Commit.Identity(name: "GitHub", email: "noreply@example.org") : who,
        authored: Moment(seconds: 0), committed: Moment(seconds: 1_767_225_600 + (11 - index) * 86_400), subject: "",
        trailers: [])
    }
    let ended = try [moment("2026-01-10T10:00Z"), moment("2026-02-10T10:00Z")]
    sample.arrivals = [
      CommitArrivals(
        source: "main", in: CommitGraph(commits: commits, isShallow: false),
        of: [(6, ended[0]), (0, ended[1])]
      ) { $0 == 3 ? .bot : .counted }
    ]
    let figure = try await figure("lead-time", of: sample)
    // Days 6 to 11 of January without the ninth, to 10 February.
    let days: [Int] = [7, 8, 10, 11, 12].map { (41 - $0) * 86_400 + 36_000 }.sorted()
    #expect(try total("Half of the commits within", figure) == Double(days[2]))
    #expect(figure.leftOut.map(\.count) == [1, 6])
    #expect(figure.lines[0].points[1].count == 5)
    #expect(figure.notes.first?.hasPrefix("100.0 %") == true, "every author date differs")
  }

  @Test("releases stand for deployments where nobody tells of any") func releasesStandIn() async throws {
    var sample = try SampleDelivery()
    for month in 1...5 { try sample.deploy("1.\(month).0", at: "2026-0\(month)-10T09:00Z") }
    var ledger = sample.finished
    for index in ledger.delivery.parts[0].deployments.indices {
      ledger.delivery.parts[0].deployments[index].origin = .release
      ledger.delivery.parts[0].deployments[index].environment = ""
    }
    let figures = await DeliveryFigures(of: ledger, judgement: nil, slices: 1)
    let figure = try #require(figures.products.first?.figure("deployment-frequency"))
    #expect(figure.notes.contains { $0.hasPrefix("Nobody tells of deployments") })
    #expect(figures.products.first?.figure("lead-time") == nil)
  }

  @Test("the public gets no figures unless the site publishes them, and then none of what Git tells")
  func publicFigures() async throws {
    var sample = try months()
    try sample.incident("inc-1", of: "1.3.0", detected: "2026-03-11T09:00Z")
    sample.releases[3].audience = .internal
    var ledger = sample.finished
    #expect(await DeliveryFigures(published: ledger.facts(for: .public), judgement: nil, slices: 1) == nil)
    ledger.site.publish.metrics = .summary
    let figures = await DeliveryFigures(published: ledger.facts(for: .public), judgement: nil, slices: 1)
    let card = try #require(figures?.products.first)
    #expect(card.figure("deployment-frequency")?.totals.first?.value == 5)
    #expect(card.figure("change-fail-rate")?.totals.first?.value == 0, "the incident is internal")
    #expect(card.figure("incident-recovery") == nil)
  }

  @Test("the public gets the same figures of what is public, also of an incident in one of two environments")
  func sameFigures() async throws {
    var sample = try months()
    // What happened in another environment than any of these is no failure of theirs.
    try sample.incident("inc-1", of: "1.3.0", detected: "2026-03-11T09:00Z", resolved: "2026-03-11T10:00Z")
    sample.incidents[0].environments = [located("elsewhere")]
    try sample.incident("inc-2", of: "1.4.0", detected: "2026-04-11T09:00Z", resolved: "2026-04-11T10:00Z")
    sample.incidents[1].environments = [located("live")]
    var recovery = Incident.Recovery()
    (recovery.product, recovery.how) = (located("tool"), .rollBack)
    sample.incidents[1].recoveredBy = recovery
    sample.rollBacks = [RollBack(of: ProductID("tool"), in: "live", at: try moment("2026-04-12T09:00Z"), to: nil)]
    for index in sample.incidents.indices { sample.incidents[index].audience = .public }
    var ledger = sample.finished
    (ledger.site.publish.metrics, ledger.site.publish.incidents) = (.full, .full)
    let full = await DeliveryFigures(of: ledger, judgement: nil, slices: 1)
    let open = await DeliveryFigures(published: ledger.facts(for: .public), judgement: nil, slices: 1)
    for id in ["change-fail-rate", "recovery-time", "incident-recovery"] {
      let expected = try #require(full.products.first?.figure(id), "\(id)")
      #expect(open?.products.first?.figure(id)?.totals.map(\.value) == expected.totals.map(\.value), "\(id)")
    }
    #expect(full.products.first?.figure("change-fail-rate")?.totals.map(\.value) == [1.0 / 6, 1])
  }

  @Test("planned releases get the failures of those like them, with an interval") func risk() async throws {
    var sample = try months()
    for index in sample.releases.indices { sample.releases[index].risk = located(.high) }
    try sample.incident("inc-1", of: "1.3.0")
    sample.releases.append(sample.releases[0])
    sample.releases[6] = Release(
      product: ProductID("tool"), version: try #require(Version("2.0.0", scheme: .semver)), status: .planned,
      kind: .minor, at: sample.releases[0].location)
    sample.releases[6].risk = located(.high)
    let figures = await DeliveryFigures(of: sample.finished, judgement: nil, slices: 1)
    let risk = try #require(figures.products.first?.risks.first)
    #expect((risk.alike.count, risk.failed.count) == (6, 1))
    // By SciPy: beta.ppf([0.05, 0.95], 1.5, 5.5)
    #expect(abs(risk.interval.lowerBound - 0.0301821) < 1e-6)
    #expect(abs(risk.interval.upperBound - 0.49453875) < 1e-6)
  }
}

@Suite("Quantiles and buckets")
struct QuantileTests {
  @Test("quantiles are of type 7") func quantiles() {
    #expect(quantile(0.5, of: [1, 2, 3, 4]) == 2.5)
    #expect(quantile(0.9, of: [1, 2, 3, 4, 5]) == 4.6)
    #expect(quantile(0.25, of: [7]) == 7)
    #expect(quantile(0.5, of: []) == nil)
    #expect(quantile(1, of: [1, 9]) == 9)
  }

  @Test(
    "weeks are those of ISO 8601",
    arguments: [
      ("2026-01-01", "2026-W01"), ("2025-12-29", "2026-W01"), ("2027-01-03", "2026-W53"), ("2024-12-30", "2025-W01"),
    ])
  func weeks(day: String, label: String) throws {
    let at = try moment(day + "T12:00Z")
    let scale = BucketScale(from: at, to: at, in: .utc, size: .week)
    #expect(scale.buckets.map(\.label) == [label])
    #expect(scale.buckets[0].isUnfinished)
  }

  @Test("a bucket begins at midnight of the site's zone, also when clocks change") func zones() throws {
    let zone = try #require(Zone(identifier: "Europe/London"))
    let scale = BucketScale(
      from: try moment("2026-03-01T00:00Z"), to: try moment("2026-05-01T00:00Z"), in: zone, size: .month)
    #expect(scale.index(of: try moment("2026-03-31T22:59Z")) == 0)
    #expect(scale.index(of: try moment("2026-03-31T23:00Z")) == 1)
    #expect(scale.index(of: try moment("2026-02-28T23:59Z")) == nil)
    #expect(scale.buckets.map(\.label) == ["2026-03", "2026-04", "2026-05"])
  }

  @Test("long times are cut into quarters") func quarters() throws {
    let scale = BucketScale(from: try moment("2020-02-01T00:00Z"), to: try moment("2026-05-01T00:00Z"), in: .utc)
    #expect(scale.size == .quarter)
    #expect(scale.buckets.first?.label == "2020-Q1")
    #expect(scale.count == 26)
  }

  @Test("bands of DORA are read with their years") func bands() {
    let bands = DORABand.list("year,band,a,b,c,d\n2024,elite,on demand,less than a day,5 %,less than an hour\nx,y\n")
    #expect(bands.map(\.year) == ["2024"])
    #expect(bands.first?.changeFailRate == "5 %")
  }
}
