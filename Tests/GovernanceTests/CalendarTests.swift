import Diagnostics
import Governance
import Model
import Scheduling
import Testing

@Suite("The calendar") struct CalendarTests {
  private static let calendar = """
    windows:
      - {id: weekday, starts: '2026-01-05T09:00', duration: PT3H, repeats: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', environments: [production]}
    freezes:
      - id: autumn
        from: 2026-10-12
        to: 2026-10-16
        exceptions: [{product: gateway, version: 2.4.1, reason: A leak, approved_by: dana}]
    trains:
      - id: fortnightly
        starts: '2026-01-06'
        repeats: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU'
        milestones: [{name: scope frozen, before: P6D}, {name: candidate, before: P3D}]

    """

  private func laidOut(
    _ releases: [String: String], calendar: String = Self.calendar, asOf: String = "2026-11-02T09:00Z"
  ) async throws -> ReleaseCalendar {
    // The one that the exception is for.
    var files = ["calendar.yml": calendar, "releases/gateway/2.4.1.yml": "status: planned\n"]
    for (name, text) in releases { files["releases/\(name).yml"] = text + "\n" }
    let (ledger, report) = try await ExampleCheckout.load(files, asOf: asOf)
    #expect(report.diagnostics.filter { $0.severity == .error } == [])
    return ReleaseCalendar(try #require(ledger))
  }

  /// The kinds and releases of conflicts that are told.
  private func told(_ calendar: ReleaseCalendar) -> [String] {
    calendar.conflicts(in: calendar.days).map { "\($0.kind.rawValue) \($0.release.product) \($0.release.version)" }
  }

  private func stage(_ from: String, _ to: String, in environment: String = "production") -> String {
    """
    status: released
    released: \(to)
    rollout: {stages: [{environment: \(environment), started: \(from), finished: \(to), status: succeeded}]}
    """
  }

  @Test("a stage in a window is in order, one outside of every window is not, one that takes too long overran")
  func windows() async throws {
    let calendar = try await laidOut([
      "gateway/2.4.0": stage("2026-10-20T09:10Z", "2026-10-20T12:00Z"),
      "gateway/2.4.1": stage("2026-10-23T09:10Z", "2026-10-23T09:20Z"),
      "gateway/2.4.2": stage("2026-10-27T11:30Z", "2026-10-27T12:41Z"),
      "auth/1.0.0": stage("2026-10-24T09:10Z", "2026-10-24T09:20Z", in: "staging"),
    ])
    #expect(told(calendar) == ["outside-windows gateway 2.4.1", "overrun gateway 2.4.2"])
    let overrun = try #require(calendar.conflicts(of: ReleaseID(product: ProductID("gateway"), version: "2.4.2")).first)
    #expect(overrun.text == "`gateway 2.4.2` ended 41 minutes after its window")
    #expect(overrun.location.line == 3)
  }

  @Test("a rollout over days may go on in a later window") func laterWindow() async throws {
    let calendar = try await laidOut(["gateway/2.4.0": stage("2026-10-20T09:10Z", "2026-10-21T11:00Z")])
    #expect(told(calendar) == [])
  }

  @Test("what goes out in a freeze is named, but for the release that an exception is for") func freezes() async throws
  {
    let calendar = try await laidOut([
      "gateway/2.4.0": stage("2026-10-13T09:10Z", "2026-10-13T09:40Z"),
      "gateway/2.4.1": stage("2026-10-14T09:10Z", "2026-10-14T09:40Z"),
    ])
    #expect(told(calendar) == ["in-freeze gateway 2.4.0"])
    #expect(calendar.conflicts.filter { $0.exception != nil }.map(\.release.version) == ["2.4.1"])
  }

  @Test("a freeze of days begins and ends at midnight of its own zone") func zoneOfFreeze() async throws {
    let text = "freezes: [{id: f, from: 2026-10-13, to: 2026-10-13, time_zone: Asia/Tokyo}]\n"
    let calendar = try await laidOut(
      [
        "gateway/2.4.0": stage("2026-10-12T15:00Z", "2026-10-12T15:10Z"),
        "gateway/2.4.1": stage("2026-10-13T15:00Z", "2026-10-13T15:10Z"),
      ], calendar: text)
    #expect(told(calendar) == ["in-freeze gateway 2.4.0"])
  }

  @Test("two releases in one environment at the same time collide; one after the other do not") func collisions()
    async throws
  {
    let calendar = try await laidOut([
      "gateway/2.4.0": stage("2026-10-20T09:10Z", "2026-10-20T10:00Z"),
      "auth/1.0.0": stage("2026-10-20T09:59Z", "2026-10-20T11:00Z"),
      "auth/1.1.0": stage("2026-10-20T11:00Z", "2026-10-20T11:30Z"),
      "gateway/2.4.1": stage("2026-10-20T11:10Z", "2026-10-20T11:20Z", in: "staging"),
    ])
    #expect(told(calendar) == ["collision auth 1.0.0"])
    #expect(calendar.conflicts.filter { $0.kind == .collision }.map(\.release.version).sorted() == ["1.0.0", "2.4.0"])
  }

  @Test("a plan is held against windows and freezes as well, and one known to a day has the benefit of the day")
  func plans() async throws {
    func plan(_ at: String) -> String {
      "status: approved\nscheduled: \(at)\nrollout: {stages: [{environment: production, status: planned}]}"
    }
    let calendar = try await laidOut([
      "gateway/2.4.0": plan("{at: 2026-11-10T09:00Z, until: 2026-11-10T13:00Z}"),
      "gateway/2.4.1": plan("2026-11-12T08:00Z"), "gateway/2.4.2": plan("2026-11-17"),
      "gateway/2.4.3": plan("2026-11-21"),
    ])
    #expect(
      told(calendar) == ["overrun gateway 2.4.0", "outside-windows gateway 2.4.1", "outside-windows gateway 2.4.3"])
  }

  @Test("what is planned before something that it needs is named") func dependencies() async throws {
    let needy = "status: planned\nscheduled: 2026-11-09T09:00Z\ndepends_on: [{product: auth, version: '>=2'}]"
    let late = try await laidOut(
      ["gateway/3.0.0": needy, "auth/2.0.0": "status: planned\nscheduled: 2026-11-10T09:00Z"],
      calendar: "milestones: []\n")
    #expect(told(late) == ["before-dependency gateway 3.0.0"])
    let early = try await laidOut(
      ["gateway/3.0.0": needy, "auth/2.0.0": "status: planned\nscheduled: 2026-11-03T09:00Z"],
      calendar: "milestones: []\n")
    #expect(told(early) == [])
  }

  @Test("a release that missed its train, one on another day, and one that lacks what its train wants are named")
  func trains() async throws {
    let calendar = try await laidOut(
      [
        "gateway/2.4.0": "status: released\nreleased: 2026-10-13T09:00Z\ntrain: fortnightly",
        "gateway/2.4.1":
          "status: released\nscheduled: 2026-09-29T09:00Z\nreleased: 2026-10-01T09:00Z\ntrain: fortnightly",
        "gateway/2.4.2": "status: released\nreleased: 2026-10-09T09:00Z\ntrain: fortnightly",
        "gateway/2.5.0": "status: planned\nscheduled: 2026-11-10T09:00Z\ntrain: fortnightly",
      ], asOf: "2026-11-08T09:00Z")
    #expect(
      calendar.conflicts.filter { [.offTrain, .late, .milestoneMissed].contains($0.kind) }.map {
        "\($0.kind.rawValue) \($0.release.version)"
      } == ["late 2.4.1", "off-train 2.4.2", "milestone-missed 2.5.0", "milestone-missed 2.5.0"])
  }

  @Test("items come in order, and those of some days are found, long ones too") func items() async throws {
    let calendar = try await laidOut(
      ["gateway/2.4.0": "status: planned\nscheduled: 2026-11-10T09:00Z"],
      calendar: "freezes: [{id: long, from: 2026-01-01, to: 2026-12-31}]\nmilestones: [{date: 2026-11-20, name: M}]\n")
    let november = try #require(CivilDate("2026-11-09"))
    #expect(
      calendar.items(in: november...november + 3).map(\.subject) == [
        .freeze(0), .release(ReleaseID(product: ProductID("gateway"), version: "2.4.0")),
      ])
    #expect(calendar.items == calendar.items.sorted { $0.days.lowerBound < $1.days.lowerBound })
  }

  @Test("the public calendar has no conflicts, for it has not all of the facts") func publicCalendar() async throws {
    let (ledger, _) = try await ExampleCheckout.load([
      "calendar.yml": Self.calendar, "products/gateway.yml": "name: Gateway\nroadmap: true\n",
      "releases/gateway/2.4.0.yml": "status: planned\nscheduled: 2026-11-14T09:00Z\n",
    ])
    let calendar = ReleaseCalendar(try #require(ledger).facts(for: .public))
    #expect(calendar.conflicts.isEmpty)
    #expect(calendar.items.contains { if case .release = $0.subject { true } else { false } })
  }

  // MARK: Rules

  private func outcome(
    _ rule: String, _ setting: String = "{}", record: String, calendar: String = Self.calendar,
    asOf: String = "2026-11-02T09:00Z"
  ) async throws -> Outcome {
    let (judgement, _) = try await ExampleCheckout.judge(
      [
        "calendar.yml": calendar, "policy/p.yml": "rules:\n  \(rule): \(setting)\n",
        "releases/gateway/2.4.1.yml": record + "\n",
      ], asOf: asOf)
    return try #require(judgement?[ReleaseID(product: ProductID("gateway"), version: "2.4.1"), rule])
  }

  @Test("an overrun is named and passes, unless the policy has a limit") func overruns() async throws {
    let record = stage("2026-10-20T11:30Z", "2026-10-20T12:41Z")
    let named = try await outcome("window-respected", record: record)
    #expect(named.result == .passed && named.reasons.contains { $0.text.contains("after its window") })
    #expect(try await outcome("window-respected", "{max_overrun: PT1H}", record: record).result == .passed)
    #expect(try await outcome("window-respected", "{max_overrun: PT30M}", record: record).result == .failed)
  }

  @Test("an exception passes, but not one by an author or by nobody") func exceptions() async throws {
    let record = stage("2026-10-14T09:10Z", "2026-10-14T09:40Z")
    #expect(try await outcome("window-respected", record: record).result == .passed)
    let own = try await outcome("window-respected", record: record + "\nauthors: [dana]")
    #expect(own.result == .failed)
    let nobody = Self.calendar.replacing(", approved_by: dana", with: "")
    #expect(try await outcome("window-respected", record: record, calendar: nobody).result == .failed)
  }

  @Test("a train has a time of grace where the policy gives one") func grace() async throws {
    let record = "status: released\nscheduled: 2026-09-29T09:00Z\nreleased: 2026-10-01T09:00Z\ntrain: fortnightly"
    #expect(try await outcome("train-on-time", record: record).result == .failed)
    #expect(try await outcome("train-on-time", "{grace: P2D}", record: record).result == .passed)
  }

  @Test("support is judged as it was when the release came out") func support() async throws {
    func judged(_ released: String) async throws -> Outcome {
      let (judgement, _) = try await ExampleCheckout.judge([
        "policy/p.yml": "rules:\n  support-stated: {}\n",
        "products/gateway.yml":
          "name: Gateway\nlines: [{id: '2', match: '2.*', released: 2025-03-04, active_until: 2026-09-30}]\n",
        "releases/gateway/2.4.1.yml": "status: released\nreleased: \(released)\n",
      ])
      return try #require(judgement?[ReleaseID(product: ProductID("gateway"), version: "2.4.1"), "support-stated"])
    }
    #expect(try await judged("2026-09-30T09:00Z").result == .passed)
    #expect(try await judged("2026-10-01T09:00Z").result == .failed)
  }

  @Test("ten years with fifty entries that come again are laid out") func tenYears() async throws {
    let days = ["MO", "TU", "WE", "TH", "FR"]
    let windows = (0..<50).map { index in
      "  - {id: w\(index), starts: '2017-01-0\(2 + index % 5)T09:00', duration: PT3H, "
        + "repeats: 'FREQ=WEEKLY;BYDAY=\(days[index % 5])', time_zone: \(index % 2 == 0 ? "Europe/London" : "Asia/Tokyo")}"
    }
    let calendar = try await laidOut(
      ["gateway/1.0.0": "status: released\nreleased: 2017-03-04T09:00Z"],
      calendar: "windows:\n" + windows.joined(separator: "\n") + "\n")
    #expect(calendar.windows.count == 50)
    #expect(calendar.windows.allSatisfy { $0.count > 550 })
  }
}
