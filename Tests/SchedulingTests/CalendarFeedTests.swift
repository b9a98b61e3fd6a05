import Diagnostics
import Ingest
import Model
import Scheduling
import TestSupport
import Testing

/// The contract of calendars, clause by clause, read back by a strict reader.
@Suite("A calendar to subscribe to") struct CalendarFeedTests {
  private static let site = [
    "content/gazette.yml": """
    title: Harbor
    url: https://releases.harbor.example:8443/notes/
    time_zone: Europe/London
    teams: {platform: {name: Platform}}
    environments: [{id: production, production: true}]

    """,
    "content/products/gateway.yml": """
    name: Gateway
    team: platform
    roadmap: true
    formerly: [api]
    train: fortnightly
    lines: [{id: '2', match: '2.*', released: 2025-03-04, active_until: 2027-03-31, security_until: 2028-03-31}]

    """,
    "content/calendar.yml": """
    windows:
      - {id: weekday, name: Weekday mornings, starts: '2026-01-05T09:00', duration: PT3H, repeats: 'FREQ=WEEKLY;BYDAY=MO,TU;UNTIL=20261231', except: [2026-01-06], also: ['2026-01-10T07:00'], audience: public}
    freezes:
      - {id: year-end, name: Year-end freeze, from: 2026-12-18, to: 2027-01-04, audience: public}
    trains:
      - {id: fortnightly, starts: '2026-01-06', repeats: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', audience: public}
    milestones: [{date: 2026-03-20, name: Price change, audience: internal}]

    """,
  ]

  /// Writes the states one after the other, each a commit an hour after the one before, and reads the last.
  private func ledger(
    _ states: [[String: String]], asOf: String = "2026-02-02T09:00Z", clonedTo depth: Int? = nil,
    uncommitted: [String: String] = [:]
  ) async throws -> Ledger {
    try await TemporaryRepository.with { repository in
      try await repository.commit("Start", files: Self.site)
      for (number, files) in states.enumerated() {
        try await repository.commit("State \(number)", files: files)
      }
      for (path, text) in uncommitted { try repository.write(text, to: path) }
      let folder = if let depth { try await repository.clone(depth: depth) } else { repository.root }
      var report = Report()
      let checkout = try await Checkout.open(at: folder, content: "content", sources: [:], into: &report)
      var options = LoadOptions(asOf: Moment(asOf), clock: Moment(seconds: 1_900_000_000), slices: 2)
      options.questions = { _ in .calendar }
      let ledger = try await Ledger.load(from: checkout, options: options, into: &report)
      #expect(report.diagnostics.filter { $0.severity == .error } == [])
      return try #require(ledger)
    }
  }

  private func parsed(
    _ selection: CalendarFeed.Selection = .all, of ledger: Ledger, for audience: Audience = .internal
  ) throws -> ParsedCalendar {
    let facts = ledger.facts(for: audience)
    let feed = CalendarFeed(selection, of: facts, ReleaseCalendar(facts)) { page in
      if case .release(let id) = page {
        return "https://releases.harbor.example:8443/notes/\(id.product)/\(id.version)/"
      }
      return "https://releases.harbor.example:8443/notes/calendar/"
    }
    return try ParsedCalendar(feed.bytes)
  }

  private let uid = "release-api/2.4.0@releases.harbor.example"

  private func record(_ text: String) -> [String: String] { ["content/releases/gateway/2.4.0.yml": text + "\n"] }

  @Test("says what it is: version, producer, calendar, method, name, colour, how often to look again")
  func head() async throws {
    let feed = try parsed(of: try await ledger([])).calendar
    #expect(feed["VERSION"] == "2.0" && feed["CALSCALE"] == "GREGORIAN" && feed["METHOD"] == "PUBLISH")
    #expect(feed["PRODID"]?.hasPrefix("-//Gazette//") == true)
    #expect(feed.text("NAME") == "Harbor" && feed.text("X-WR-CALNAME") == "Harbor" && feed["COLOR"] == "teal")
    #expect(feed["REFRESH-INTERVAL"] == "PT12H")
    #expect(feed.properties.first { $0.name == "REFRESH-INTERVAL" }?.parameters == ["VALUE": "DURATION"])
  }

  @Test("a release keeps its name of old, and counts the changes of time and status that Git shows")
  func sequence() async throws {
    let states = [
      "status: planned\nscheduled: 2026-02-10T09:00Z",
      "status: planned\nscheduled: 2026-02-10T09:00Z\nrisk: low",
      "status: planned\nscheduled: 2026-02-10T09:00+00:00\ntitle: Faster",
      "status: planned\nscheduled: 2026-02-12T09:00Z\ntitle: Faster",
      "status: approved\nscheduled: {at: 2026-02-12T09:00Z, until: 2026-02-12T12:00Z}\ntitle: Faster",
    ]
    let feed = try parsed(of: try await ledger(states.map(record)))
    let event = try #require(feed.event(uid))
    #expect(event["SEQUENCE"] == "2")
    // The commits are an hour apart; the last is the sixth.
    #expect(event["DTSTAMP"] == "20260101T050000Z" && event["LAST-MODIFIED"] == "20260101T050000Z")
    #expect(event["DTSTART"] == "20260212T090000Z" && event["DTEND"] == "20260212T120000Z")
    #expect(event.text("SUMMARY") == "Gateway 2.4.0: Faster")
    #expect(event["URL"] == "https://releases.harbor.example:8443/notes/gateway/2.4.0/")
  }

  @Test("what changes neither time nor name does not count as a revision") func unrelated() async throws {
    let states = ["status: planned\nscheduled: 2026-02-10", "status: planned\nscheduled: 2026-02-10\nrisk: high"]
    let event = try #require(try parsed(of: try await ledger(states.map(record))).event(uid))
    #expect(event["SEQUENCE"] == "0" && event["LAST-MODIFIED"] == "20260101T010000Z")
  }

  @Test("the public counts only what it saw") func publicSequence() async throws {
    let states = [
      "status: planned\naudience: internal\nscheduled: 2026-02-10",
      "status: planned\naudience: internal\nscheduled: 2026-02-11",
      "status: planned\nscheduled: 2026-02-12",
      "status: planned\nscheduled: 2026-02-13\nembargo_until: 2026-01-20T00:00Z",
      "status: planned\nscheduled: 2026-02-14",
    ]
    let ledger = try await ledger(states.map(record))
    #expect(try parsed(of: ledger).event(uid)?["SEQUENCE"] == "4")
    let open = try #require(try parsed(of: ledger, for: .public).event(uid))
    #expect(open["SEQUENCE"] == "1" && open["DTSTART"] == "20260214")
  }

  @Test("what came out of an embargo was said when that ended") func embargo() async throws {
    let states = ["status: planned\nscheduled: 2026-02-13\nembargo_until: 2026-01-20T00:00Z"]
    let ledger = try await ledger(states.map(record))
    #expect(try parsed(of: ledger, for: .public).event(uid)?["DTSTAMP"] == "20260120T000000Z")
    #expect(try parsed(of: ledger).event(uid)?["DTSTAMP"] == "20260101T010000Z")
  }

  @Test(
    "its status is what its clients know",
    arguments: [
      ("planned", "TENTATIVE", "Gateway 2.4.0"), ("candidate", "TENTATIVE", "Gateway 2.4.0"),
      ("approved", "CONFIRMED", "Gateway 2.4.0"), ("rolling-out", "CONFIRMED", "Gateway 2.4.0"),
      ("cancelled", "CANCELLED", "Cancelled: Gateway 2.4.0"),
      ("released\nreleased: 2026-01-20", "CONFIRMED", "Gateway 2.4.0"),
      ("withdrawn\nreleased: 2026-01-20", "CONFIRMED", "Withdrawn: Gateway 2.4.0"),
      ("rolled-back\nreleased: 2026-01-20", "CONFIRMED", "Rolled back: Gateway 2.4.0"),
    ])
  func status(word: String, status: String, summary: String) async throws {
    let ledger = try await ledger([record("status: \(word)\nscheduled: 2026-02-10")])
    for audience in Audience.allCases {
      let event = try #require(try parsed(of: ledger, for: audience).event(uid))
      #expect(event["STATUS"] == status && event.text("SUMMARY") == summary)
    }
  }

  @Test("the end of whole days is the day after") func wholeDays() async throws {
    let feed = try parsed(of: try await ledger([record("status: planned\nscheduled: 2026-02-10")]))
    let event = try #require(feed.event(uid))
    #expect(event["DTSTART"] == "20260210" && event["DTEND"] == "20260211")
    #expect(event.properties.first { $0.name == "DTSTART" }?.parameters == ["VALUE": "DATE"])
    let freeze = try #require(feed.event("freeze-year-end@releases.harbor.example"))
    #expect(freeze["DTSTART"] == "20261218" && freeze["DTEND"] == "20270105")
  }

  @Test("categories name product, team and risk; the public gets the product alone") func categories() async throws {
    let ledger = try await ledger([record("status: released\nreleased: 2026-01-20\nrisk: high")])
    func categories(_ audience: Audience) throws -> [String]? {
      try parsed(of: ledger, for: audience).event(uid)?.properties.first { $0.name == "CATEGORIES" }?.texts
    }
    #expect(try categories(.internal) == ["Gateway", "Platform", "Risk: high"])
    #expect(try categories(.public) == ["Gateway"])
  }

  @Test("texts are escaped, long lines folded, and no character is broken") func texts() async throws {
    let title =
      #"Paging; sums, and \ backslashes: größer als früher "# + String(repeating: "Zürich–Malmö ✓ ", count: 12)
    let ledger = try await ledger([record("status: planned\nscheduled: 2026-02-10\ntitle: '\(title)x'")])
    let feed = try parsed(of: ledger)
    #expect(feed.event(uid)?.text("SUMMARY") == "Gateway 2.4.0: \(title)x")
    #expect(feed.physicalLines.contains { $0.first == 32 })
  }

  @Test("windows come by rule, with their zone; the end is in UTC, less and more is told") func windows() async throws {
    let feed = try parsed(.windows, of: try await ledger([]))
    #expect(feed.events.count == 1)
    let event = try #require(feed.event("window-weekday@releases.harbor.example"))
    let start = try #require(event.properties.first { $0.name == "DTSTART" })
    #expect(start.value == "20260105T090000" && start.parameters == ["TZID": "Europe/London"])
    #expect(event["RRULE"] == "FREQ=WEEKLY;BYDAY=MO,TU;UNTIL=20261231T090000Z")
    #expect(event["DURATION"] == "PT3H" && event["DTEND"] == nil)
    #expect(event["EXDATE"] == "20260106T090000" && event["RDATE"] == "20260110T070000")
    let zone = try #require(feed.zones.first)
    #expect(zone["TZID"] == "Europe/London" && feed.zones.count == 1)
    let summer = try #require(zone.components.first { $0.name == "DAYLIGHT" })
    #expect(summer["RRULE"] == "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU")
    #expect(summer["TZOFFSETFROM"] == "+0000" && summer["TZOFFSETTO"] == "+0100")
    #expect(summer["DTSTART"]?.hasSuffix("T010000") == true)
  }

  @Test("a train of days has a rule and no zone") func trains() async throws {
    let feed = try parsed(.train("fortnightly"), of: try await ledger([]))
    let event = try #require(feed.event("train-fortnightly@releases.harbor.example"))
    #expect(event["DTSTART"] == "20260106" && event["RRULE"] == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    #expect(feed.zones.isEmpty)
  }

  @Test("ends of support are there with their last day") func support() async throws {
    let feed = try parsed(.support, of: try await ledger([]))
    #expect(
      feed.events.map { "\($0["DTSTART"] ?? "") \($0.text("SUMMARY") ?? "")" } == [
        "20270331 Gateway 2: last day of features and fixes; security fixes go on",
        "20280331 Gateway 2: last day of support",
      ])
  }

  @Test("an entry that is moved in calendar.yml is counted, and one beside it is not") func movedFreeze() async throws {
    let moved = try #require(Self.site["content/calendar.yml"]).replacing("to: 2027-01-04", with: "to: 2027-01-08")
    let feed = try parsed(of: try await ledger([["content/calendar.yml": moved]]))
    #expect(feed.event("freeze-year-end@releases.harbor.example")?["SEQUENCE"] == "1")
    #expect(feed.event("freeze-year-end@releases.harbor.example")?["DTSTAMP"] == "20260101T010000Z")
    #expect(feed.event("window-weekday@releases.harbor.example")?["SEQUENCE"] == "0")
    #expect(feed.event("window-weekday@releases.harbor.example")?["DTSTAMP"] == "20260101T000000Z")
  }

  @Test("what stands in no commit is dated by the as-of, never by the clock") func uncommitted() async throws {
    let ledger = try await ledger([], uncommitted: record("status: planned\nscheduled: 2026-02-10"))
    #expect(try parsed(of: ledger).event(uid)?["DTSTAMP"] == "20260202T090000Z")
  }

  @Test("the public feed holds nothing that is internal") func publicFeed() async throws {
    let ledger = try await ledger([])
    let uids = try parsed(of: ledger, for: .public).events.compactMap { $0["UID"] }
    #expect(!uids.contains { $0.hasPrefix("milestone") })
    #expect(try parsed(of: ledger).events.contains { $0["UID"] == "milestone-price-change@releases.harbor.example" })
    #expect(CalendarFeed.all(in: ledger.facts(for: .public)).contains(.team("platform")) == false)
    #expect(CalendarFeed.all(in: ledger).contains(.team("platform")))
  }

  @Test("a clone without its history has no feeds, for nobody could tell what moved") func shallow() async throws {
    let ledger = try await ledger([record("status: planned\nscheduled: 2026-02-10")], clonedTo: 1)
    #expect(ledger.calendarHistory.obstacle == .shallow)
    #expect(CalendarFeed.all(in: ledger).isEmpty)
    #expect(CalendarFeed.all(in: ledger.facts(for: .public)).isEmpty)
  }

  @Test("the same facts are the same bytes") func same() async throws {
    let ledger = try await ledger([record("status: planned\nscheduled: 2026-02-10")])
    let feeds = (0..<2).map { _ in CalendarFeed(.all, of: ledger, ReleaseCalendar(ledger)) { _ in nil }.bytes }
    #expect(feeds[0] == feeds[1])
  }
}
