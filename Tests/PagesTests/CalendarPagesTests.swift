import Diagnostics
import Foundation
import Model
import Pages
import Testing

@Suite("The calendar's pages") struct CalendarPagesTests {
  /// The sample with a freeze over the turn of the year, a window, a train and two releases that collide.
  private func ledger() throws -> Ledger {
    var ledger = try sampleLedger()
    var freeze = CalendarEntries.Freeze(
      id: "year-end", name: "Year-end freeze", from: try #require(When("2026-12-18")),
      to: try #require(When("2027-01-04")),
      at: place())
    freeze.reason = "Nobody is there."
    ledger.calendar.freezes = [freeze]
    var window = CalendarEntries.Window(
      id: "weekday", name: "Mornings",
      starts: .init(date: try #require(CivilDate("2026-11-02")), secondOfDay: 9 * 3600),
      duration: TimeSpan(seconds: 3 * 3600), at: place())
    window.recurrence.rule = located(try RecurrenceRule("FREQ=WEEKLY;BYDAY=MO,TH"))
    ledger.calendar.windows = [window]
    var train = CalendarEntries.Train(
      id: "fortnightly", starts: .init(date: try #require(CivilDate("2026-11-03")), secondOfDay: nil), at: place())
    train.recurrence.rule = located(try RecurrenceRule("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"))
    train.milestones = [.init(name: "scope frozen", before: TimeSpan(days: 6))]
    ledger.calendar.trains = [train]
    ledger.site.environments = [DeploymentEnvironment(id: "production", name: "Production", isProduction: true)]
    for index in ledger.shelves.indices {
      var planned = try release("9.0.0", of: ledger.shelves[index].product.id.text, .planned, on: "2026-11-09T09:00Z")
      planned.scheduled?.until = try day("2026-11-09T13:00Z")
      planned.rollout = Rollout(at: place())
      planned.rollout?.stages = [Rollout.Stage(environment: located("production"), at: place())]
      planned.rollout?.stages[0].status = located(Rollout.Stage.Status.planned)
      ledger.shelves[index].releases.insert(planned, at: 0)
      ledger.shelves[index].lineage = Lineage(
        parents: Array(repeating: [], count: ledger.shelves[index].releases.count))
    }
    return ledger
  }

  private func count(_ part: String, in text: String) -> Int { text.ranges(of: part).count }

  @Test("give their templates exactly what they name, and break no link", arguments: Audience.allCases)
  func contract(audience: Audience) async throws {
    let site = try await RenderedSite(try ledger().facts(for: audience))
    #expect(site.report.diagnostics.map(\.message) == [])
    let check = LinkCheck(
      paths: site.files.map(\.path) + (try BuiltIn.themeFiles()), url: "https://releases.harbor.example/notes/")
    let broken = check.brokenLinks(in: site.files.map { check.findings(in: $0.bytes, path: $0.path) })
    #expect(broken.map { $0.message } == [])
  }

  @Test("a month has its weeks, Monday first, and each thing on its day") func month() async throws {
    let page = try await RenderedSite(try ledger()).text("calendar/2026-11/index.html")
    #expect(count("<td class=\"day", in: page) == 42)
    #expect(count("<td class=\"day outside", in: page) == 12)
    // The first of November 2026 is a Sunday.
    #expect(page.contains("<time class=\"day-number\" datetime=\"2026-11-01\">1</time>"))
    #expect(page.contains("datetime=\"2026-11-02\" aria-current=\"date\""))
    #expect(page.contains("09:00–13:00"))
    #expect(page.contains("every Monday and Thursday, 09:00–12:00"))
    #expect(page.contains("for the departure of 17 November 2026"))
  }

  @Test("a freeze shades its days in both years, and is named where it and a month begin") func freeze() async throws {
    let site = try await RenderedSite(try ledger())
    #expect(count(" frozen\">", in: site.text("calendar/2026-12/index.html")) == 14)
    #expect(count(" frozen\">", in: site.text("calendar/2027-01/index.html")) == 4)
    #expect(site.text("calendar/2027-01/index.html").contains("Year-end freeze"))
    #expect(site.text("index.html").contains("Year-end freeze") == false)
  }

  @Test("home tells of a freeze that is near") func soon() async throws {
    var near = try ledger()
    near.asOf = try #require(Moment("2026-12-01T09:00Z"))
    let home = try await RenderedSite(near.facts(for: .public)).text("index.html")
    #expect(home.contains("Year-end freeze: nothing changes from 18 December 2026 to 4 January 2027."))
    near.asOf = try #require(Moment("2026-12-20T09:00Z"))
    #expect(
      try await RenderedSite(near).text("index.html").contains("Year-end freeze: nothing changes until 4 January 2027.")
    )
  }

  @Test("conflicts are named to those inside, and to nobody else") func conflicts() async throws {
    let inside = try await RenderedSite(try ledger())
    for path in ["calendar/index.html", "calendar/2026-11/index.html", "index.html"] {
      #expect(inside.text(path).contains("<span class=\"label\">Collision</span>"), "\(path)")
    }
    let outside = try await RenderedSite(try ledger().facts(for: .public))
    for file in outside.files where file.path.hasPrefix("calendar") {
      #expect(!String(decoding: file.bytes, as: UTF8.self).contains("Collision"), "\(file.path)")
      #expect(!String(decoding: file.bytes, as: UTF8.self).contains("vault"), "\(file.path)")
    }
  }

  @Test("support is drawn and told: the same ends in both, and what comes next") func support() async throws {
    let page = try await RenderedSite(try sampleLedger()).text("products/gateway/support/index.html")
    #expect(page.contains("<svg class=\"support-picture\""))
    #expect(page.contains("Next change"))
    #expect(count("<rect class=\"bar", in: page) > 1)
  }

  @Test("a clone without history says why there is nothing to subscribe to") func refused() async throws {
    var shallow = try ledger()
    shallow.calendarHistory.obstacle = .shallow
    let site = try await RenderedSite(shallow)
    #expect(!site.files.contains { $0.path.hasSuffix(".ics") })
    #expect(site.text("calendar/index.html").contains("made from a clone without its history"))
    #expect(site.report.diagnostics.map(\.message) == [])
  }

  @Test("what leaks into a calendar is found across its folds") func leak() async throws {
    let full = try sampleLedger()
    let check = await LeakCheck(full: full, public: full.facts(for: .public), paths: [], slices: 2)
    let text = "BEGIN:VCALENDAR\r\nDESCRIPTION:See https://tracker.har\r\n bor.example/browse/1\r\nEND:VCALENDAR\r\n"
    #expect(!check.leaks(in: Array(text.utf8), path: "calendar/all.ics").isEmpty)
  }
}
