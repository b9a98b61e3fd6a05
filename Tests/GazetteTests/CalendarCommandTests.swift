import Foundation
import Testing

@Suite("gazette calendar") struct CalendarCommandTests {
  private let site: TemporaryRepository

  init() throws {
    site = try SmallSite.repository()
    try site.write("name: Gateway\nroadmap: true\n", to: "content/products/gw.yml")
    try site.write(
      "status: planned\ntitle: Faster, and \"quieter\"\nscheduled: {at: 2026-11-10T09:00Z, until: 2026-11-10T12:00Z}\n",
      to: "content/releases/gw/1.1.0.yml")
    try site.write(
      """
      windows: [{id: w, name: Mornings, starts: '2026-11-02T09:00', duration: PT3H, repeats: 'FREQ=WEEKLY;BYDAY=MO'}]
      freezes: [{id: f, name: Year-end freeze, from: 2026-12-18, to: 2027-01-04, reason: Holidays}]

      """, to: "content/calendar.yml")
    try site.commit("Plan")
  }

  private func calendar(_ arguments: String...) throws -> GazetteProcess.Outcome {
    try GazetteProcess.run(["calendar", "--as-of", "2026-11-02T09:00Z", "--preview"] + arguments, in: site.path)
  }

  @Test("says what is ahead, one line each") func text() throws {
    let outcome = try calendar()
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(
      outcome.output == """
        2026-11-10  09:00–12:00  release    Gateway 1.1.0 (planned): Faster, and "quieter"
        2026-12-18               freeze     Year-end freeze, until 2027-01-04

        """)
  }

  @Test("tells those inside of what does not go together, and why it is frozen") func inside() throws {
    let outcome = try calendar("--audience", "internal")
    #expect(outcome.output.contains("Year-end freeze, until 2027-01-04: Holidays"))
    #expect(outcome.output.contains("conflict   outside-windows: `gw 1.1.0` is to go out outside of the window `w`"))
  }

  @Test("keeps to days and products, with the windows of the days") func days() throws {
    let outcome = try calendar("--from", "2026-11-03", "--to", "2026-11-09", "--product", "gw")
    #expect(outcome.output == "2026-11-09  09:00–12:00  window     Mornings\n")
    #expect(try calendar("--from", "2026-11-03", "--to", "2026-11-04").output.hasPrefix("Nothing from 3 November 2026"))
  }

  @Test("gives CSV with quotes where they are needed, and JSON") func programs() throws {
    let csv = try calendar("--format", "csv").output
    #expect(
      csv.contains(
        "2026-11-10T09:00:00Z,2026-11-10T12:00:00Z,release,Gateway 1.1.0,planned,gw,1.1.0,\"Faster, and \"\"quieter\"\"\"\r\n"
      ))
    let json = try calendar("--format", "json").output
    let document = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect((document["entries"] as? [Any])?.count == 2)
  }

  @Test("gives the file that the site offers to subscribe to") func subscription() throws {
    let built = try GazetteProcess.run(["build", "--as-of", "2026-11-02T09:00Z", "--preview"], in: site.path)
    #expect(built.status == 0, "\(built.output)")
    #expect(try calendar("--format", "ics").output == site.text("_site/calendar/all.ics"))
    #expect(try calendar("--format", "ics", "--product", "gw").output == site.text("_site/calendar/product-gw.ics"))
  }

  @Test("tells those inside, too, how often an entry moved", arguments: [false, true]) func moved(judged: Bool) throws {
    if judged {
      try FileManager.default.createDirectory(atPath: site.path + "/content/policy", withIntermediateDirectories: true)
      try site.write("rules: {risk-classified: {severity: info}}\n", to: "content/policy/p.yml")
    }
    try site.write(
      "status: planned\nscheduled: {at: 2026-11-11T09:00Z, until: 2026-11-11T12:00Z}\n",
      to: "content/releases/gw/1.1.0.yml")
    try site.commit("Move")
    let built = try GazetteProcess.run(
      ["build", "--audience", "all", "--as-of", "2026-11-02T09:00Z", "--preview"], in: site.path)
    #expect(built.status == 0, "\(built.output)")
    for audience in ["public", "internal"] {
      let feed = try #require(site.text("_site/\(audience)/calendar/product-gw.ics"))
      #expect(feed.contains("DTSTART:20261111T090000Z\r\n") && feed.contains("SEQUENCE:1\r\n"), "\(feed)")
    }
  }

  @Test("refuses to make one in a clone without history, and build leaves them out and says so") func shallow() throws {
    let clone = "git -c protocol.file.allow=always clone -q --depth 1 \"file://$PWD\" shallow && cd shallow"
    let outcome = try site.shell("\(clone) && exec \"$0\" calendar --format ics --as-of 2026-11-02T09:00Z --preview")
    #expect(outcome.status == 1 && outcome.output == "")
    #expect(outcome.errors.contains("error[G017]") && outcome.errors.contains("git fetch --unshallow --tags"))
    let built = try site.shell("cd shallow && exec \"$0\" build --as-of 2026-11-02T09:00Z --preview")
    #expect(built.status == 0 && built.output.contains("there are no calendars to subscribe to"))
    #expect(site.exists("shallow/_site/calendar/index.html") && !site.exists("shallow/_site/calendar/all.ics"))
  }

  @Test("what makes no sense is status 2") func wrongUsage() throws {
    for arguments in [
      ["--from", "2026-13-01"], ["--from", "2026-12-01", "--to", "2026-11-01"],
      ["--format", "ics", "--from", "2026-11-01"],
      ["--product", "gateway"],
    ] {
      let outcome = try GazetteProcess.run(["calendar"] + arguments, in: site.path)
      #expect(outcome.status == 2, "\(arguments): \(outcome.output)\(outcome.errors)")
    }
  }
}
