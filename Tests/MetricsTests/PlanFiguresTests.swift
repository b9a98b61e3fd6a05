import Diagnostics
import Metrics
import Model
import Testing

@Suite("Figures of plans, approvals and vulnerabilities")
struct PlanFiguresTests {
  private func card(_ sample: SampleDelivery) async throws -> DeliveryFigures.Card {
    try #require(await DeliveryFigures(of: sample.finished, judgement: nil, slices: 1).products.first)
  }

  private func total(_ name: String, _ figure: Figure?) throws -> Figure.Total {
    try #require(figure?.totals.first { $0.name == name })
  }

  /// What commits said of a release, one a day from 1 December 2025.
  private func states(_ said: (time: String, status: Release.Status)...) -> [CalendarHistory.State] {
    said.enumerated().map { index, entry in
      CalendarHistory.State(
        committed: Moment(seconds: 1_764_547_200 + index * 86_400), time: entry.time, status: entry.status, words: "")
    }
  }

  private func plan(_ said: (time: String, status: Release.Status)...) throws -> CalendarHistory.Plan? {
    var history = CalendarHistory()
    let id = ReleaseID(product: ProductID("tool"), version: "1.0.0")
    history.states[.release(id)] = said.enumerated().map { index, entry in
      CalendarHistory.State(
        committed: Moment(seconds: index), time: entry.time, status: entry.status, words: "")
    }
    return history.plan(of: id)
  }

  @Test("what was promised is what was scheduled when the record first left planned; moves count until it is out")
  func promises() throws {
    let whole = try #require(
      try plan(
        ("2026-01-01/", .planned), ("2026-01-05/", .planned), ("2026-01-08/2026-01-09", .candidate),
        ("2026-01-20/", .approved), ("2026-01-21", .released)))
    #expect(whole.promised?.at == When("2026-01-08"))
    #expect(whole.promised?.until == When("2026-01-09"))
    #expect(whole.moves == 3)
    #expect(whole.candidate == Moment(seconds: 2))
    // From planned to released in one step: what was planned last.
    let short = try #require(
      try plan(("2026-01-01/", .planned), ("2026-01-03/", .planned), ("2026-01-21", .released)))
    #expect(short.promised?.at == When("2026-01-03"))
    #expect(short.candidate == nil)
    #expect(try plan(("2026-01-21", .released)) == nil)
    // One that got a date later did not move.
    #expect(try plan(("/", .planned), ("2026-01-03/", .planned))?.moves == 0)
  }

  @Test("predictability goes by the first promise, says how often it moved, and by the record where Git is silent")
  func predictability() async throws {
    var sample = try SampleDelivery()
    for month in 1...5 {
      try sample.deploy("1.\(month).0", at: "2026-0\(month)-10T09:00Z") { release in
        release.scheduled = release.released.map { Schedule(at: $0) }
      }
    }
    // Promised for the eighth, put off to the day on which it came.
    sample.ledger.calendarHistory.states[.release(sample.releases[0].id)] = states(
      ("2026-01-08T10:00Z/", .planned), ("2026-01-08T10:00Z/", .candidate), ("2026-01-10T10:00Z/", .approved))
    let figure = try await card(sample).figure("predictability")
    #expect(try total("Median days late", figure).value == 0)
    #expect(try total("On time", figure).value == 0.8)
    let moves = try total("Times that a schedule moved", figure)
    #expect((moves.value, moves.count) == (1, 1))
    #expect(figure?.lines[0].points[0].count == 1)
    #expect(figure?.notes.contains { $0.hasPrefix("Of 4 Git does not show") } == true)
  }

  @Test("on its train is what left on a day on which the train departs that its record names") func trains()
    async throws
  {
    var sample = try SampleDelivery()
    var train = CalendarEntries.Train(
      id: "monthly", starts: CalendarEntries.LocalStart(date: try day("2026-01-10"), secondOfDay: nil), at: place)
    train.recurrence.also = try (2...5).map { month in
      located(CalendarEntries.LocalStart(date: try day("2026-0\(month)-10"), secondOfDay: nil))
    }
    sample.ledger.calendar.trains = [train]
    for month in 1...5 {
      try sample.deploy("1.\(month).0", at: month == 4 ? "2026-04-13T09:00Z" : "2026-0\(month)-10T09:00Z") {
        $0.train = located("monthly")
      }
    }
    try sample.deploy("1.6.0", at: "2026-05-12T09:00Z")
    let share = try total("On their train", try await card(sample).figure("predictability"))
    #expect((share.value, share.count) == (0.8, 5))
  }

  @Test("approval begins when somebody was asked, else when the record became a candidate") func approvals()
    async throws
  {
    var sample = try SampleDelivery()
    for (month, asked) in [(1, "2026-01-05T09:00Z"), (2, nil), (3, nil), (4, "2026-05-01T09:00Z")] as [(Int, String?)] {
      try sample.deploy("1.\(month).0", at: "2026-0\(month)-10T09:00Z") { release in
        var approval = Approval(by: located("ana"), decision: located(.approved), at: place)
        approval.asked = try? asked.map(when)
        approval.at = try? when("2026-0\(month)-09T09:00Z")
        release.approvals = [approval]
      }
    }
    sample.ledger.calendarHistory.states[.release(sample.releases[1].id)] = states(
      ("2026-02-01/", .planned), ("2026-02-01/", .candidate))
    let figure = try #require(try await card(sample).figure("approval-time"))
    #expect((figure.complete, figure.outOf) == (2, 4))
    #expect(figure.leftOut.map(\.count) == [2])
    #expect(figure.notes.first?.hasPrefix("1 of them begin") == true)
  }

  @Test("an incident is over at the later of its resolution and the cure that it names") func laterOfCauseAndCure()
    async throws
  {
    var sample = try SampleDelivery()
    for month in 1...3 { try sample.deploy("1.\(month).0", at: "2026-0\(month)-10T09:00Z") }
    try sample.incident("inc-1", of: "1.1.0", detected: "2026-01-10T10:00Z", resolved: "2026-01-12T10:00Z")
    try sample.incident("inc-2", of: "1.2.0", detected: "2026-02-10T10:00Z", resolved: "2026-02-10T12:00Z")
    func cure(_ how: Incident.Recovery.How, _ version: String?) -> Incident.Recovery {
      var recovery = Incident.Recovery()
      recovery.how = how
      recovery.version = version.map { located($0) }
      return recovery
    }
    // 1.2.0 came on 10 February, 10:00, the roll-back an hour after the end of 1.2.0.
    sample.incidents[0].recoveredBy = cure(.rollForward, "1.2.0")
    sample.incidents[1].recoveredBy = cure(.rollBack, "1.1.0")
    sample.rollBacks = [RollBack(of: ProductID("tool"), in: "live", at: try moment("2026-02-10T11:00Z"), to: "1.1.0")]
    #expect(try await card(sample).figure("recovery-time")?.dots.map(\.value) == [31 * 86_400, 7200])
    sample.incidents[0].recoveredBy = cure(.flagOff, "1.2.0")
    sample.rollBacks[0].at = try moment("2026-02-10T15:00Z")
    #expect(try await card(sample).figure("recovery-time")?.dots.map(\.value) == [2 * 86_400, 5 * 3600])
  }

  @Test("without records nobody knows what failed, and no rate is given") func unrecorded() async throws {
    var sample = try SampleDelivery()
    for month in 1...6 { try sample.deploy("1.\(month).0", at: "2026-0\(month)-10T09:00Z") }
    var ledger = sample.finished
    ledger.delivery.parts[0].isRecorded = false
    let figures = await DeliveryFigures(of: ledger, judgement: nil, slices: 1)
    for id in ["change-fail-rate", "rework-rate"] {
      let figure = try #require(figures.products.first?.figure(id))
      #expect(figure.totals.allSatisfy { $0.value == nil })
      #expect(figure.leftOut.first == Figure.LeftOut(6, "deployments of products without records"))
      #expect(figure.notes.contains { $0.hasPrefix("Git alone does not tell") })
    }
    #expect(figures.products.first?.figure("recovery-time") == nil)
  }

  @Test("an incident without a cause soon after a deployment is a hint, and does not count") func hints() async throws {
    var sample = try SampleDelivery()
    for month in 1...5 { try sample.deploy("1.\(month).0", at: "2026-0\(month)-10T09:00Z") }
    try sample.incident("inc-1", detected: "2026-02-10T12:00Z")
    try sample.incident("inc-2", detected: "2026-02-12T12:00Z")
    try sample.incident("inc-3", of: "1.3.0", detected: "2026-03-10T12:00Z")
    try sample.incident("inc-4", detected: "2026-04-10T09:20Z")
    sample.incidents[3].causedBy = Incident.CausedBy.none
    let figure = try #require(try await card(sample).figure("change-fail-rate"))
    #expect(
      figure.hints == [
        "inc-1 began 3 hours after the deployment of tool 1.2.0 did, and its cause is not known."
      ])
    #expect(figure.totals.first?.value == 0.2)
  }

  @Test("vulnerabilities are new when they are disclosed, and open with their age until a release fixes them")
  func vulnerabilities() async throws {
    var sample = try SampleDelivery()
    func named(_ id: String, _ severity: Vulnerability.Severity, disclosed: String?, isFixed: Bool) -> Vulnerability {
      var vulnerability = Vulnerability(id: id, at: place)
      (vulnerability.severity, vulnerability.isFixed) = (severity, isFixed)
      vulnerability.disclosed = disclosed.flatMap { When($0) }
      return vulnerability
    }
    try sample.deploy("1.1.0", at: "2026-01-10T09:00Z") {
      $0.security = [named("CVE-1", .high, disclosed: "2026-01-08T10:00Z", isFixed: false)]
    }
    try sample.deploy("1.2.0", at: "2026-02-10T09:00Z") {
      $0.security = [
        named("CVE-1", .high, disclosed: "2026-01-08T10:00Z", isFixed: true),
        named("CVE-2", .low, disclosed: nil, isFixed: false),
      ]
    }
    let figure = try await card(sample).figure("vulnerabilities")
    #expect(try total("Fixed", figure).value == 1)
    #expect(try total("Open", figure).value == 1)
    #expect(try total("Open, low", figure).value == 1)
    // From 10 February, 10:00, to 15 June, noon.
    #expect(abs((try total("Oldest open, low", figure).value ?? 0) - 125.083333) < 1e-4)
    #expect(try total("Fixed per release", figure).value == nil)
    #expect(figure?.lines[0].points.map(\.count) == [0, 1, 0, 0, 0, 0])
    #expect(figure?.lines[1].points.map(\.count) == [1, 1, 0, 0, 0, 0])
  }

  @Test("the days of the last year are counted, older ones are not") func days() async throws {
    var sample = try SampleDelivery()
    for day in ["2025-06-14", "2025-06-16", "2026-06-15"] {
      try sample.deploy("1.\(sample.releases.count).0", at: day + "T09:00Z")
      try sample.deploy("1.\(sample.releases.count).0", at: day + "T10:00Z")
    }
    let days = try await card(sample).figure("deployment-frequency")?.days
    #expect(days?.map(\.date.iso) == ["2025-06-16", "2026-06-15"])
    #expect(days?.map(\.count) == [2, 2])
  }

  @Test("out of hours is what begins outside of the hours and days that calendar.yml states") func outOfHours()
    async throws
  {
    var sample = try SampleDelivery()
    // A Friday, its evening, and a Saturday.
    for start in [
      "2026-01-09T10:00Z", "2026-01-09T17:00Z", "2026-01-10T10:00Z", "2026-01-12T09:00Z", "2026-01-12T08:59Z",
    ] {
      try sample.deploy("1.\(sample.releases.count).0", at: start) { release in
        release.rollout = Rollout(at: place)
        var stage = Rollout.Stage(environment: located("live"), at: place)
        stage.started = try? when(start)
        release.rollout?.stages = [stage]
      }
    }
    let weekends = try total("Stages outside", try await card(sample).figure("out-of-hours"))
    #expect(weekends.value == 1)
    sample.ledger.calendar.businessHours = CalendarEntries.BusinessHours(
      isoWeekdays: [1, 2, 3, 4, 5], from: 9 * 3600, to: 17 * 3600)
    let share = try total("Share", try await card(sample).figure("out-of-hours"))
    #expect((share.value, share.count) == (0.6, 5))
  }
}

private let place = Diagnostics.SourceLocation(file: "content/x.yml")

private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }
