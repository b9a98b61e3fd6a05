import Diagnostics
import Model
import Testing

/// What stands beside the releases; a field that is added to one of these types fails here until somebody says who may
/// read it.
@Suite("The fields beside releases that are public") struct PublicFactsTests {
  /// What the public gets of a ledger with the product `a` and the public person `ana`.
  private func open(_ edit: (inout Ledger) throws -> Void) throws -> Ledger {
    var ledger = Ledger(site: Site(title: "Harbor"), asOf: try #require(Moment("2026-11-02T09:00Z")))
    ledger.site.publish.incidents = .full
    var ana = Person(id: "ana", name: "Ana", at: place())
    ana.isPublic = true
    ledger.site.people = [ana]
    let version = try #require(Version("2.4.0", scheme: .semver))
    let release = Release(product: ProductID("a"), version: version, status: .released, kind: .minor, at: place())
    let product = Product(id: ProductID("a"), name: "A", at: place())
    ledger.shelves = [Ledger.Shelf(product: product, releases: [release], lineage: Lineage(parents: [[]]))]
    try edit(&ledger)
    return ledger.facts(for: .public)
  }

  @Test("of everything: neither fragments, exercises, flags, ends of life, evidence, the policy nor what Git shows")
  func ledger() throws {
    var full = Ledger(site: Site(title: "Harbor"), asOf: Moment(seconds: 0))
    let open = try open { ledger in
      ledger.site.title = "Harbor"
      ledger.embargoesHeldAt = Moment(seconds: 1)
      let change = Change(id: "a", kind: .fix, text: prose("A"), origin: .fragment, at: place())
      ledger.fragments = [Fragment(product: ProductID("a"), products: [], change: change)]
      var incident = Incident(id: "i", title: "I", at: place())
      incident.audience = .public
      ledger.incidents = [incident]
      ledger.exercises = [
        Exercise(id: "e", kind: located("restore"), at: try someDay(), location: place())
      ]
      ledger.flags = [Flag(id: located("f"), at: place())]
      let milestone = CalendarEntries.Milestone(date: try someDay().value, name: "GA", at: place())
      ledger.calendar.milestones = [milestone]
      ledger.endsOfLife = [EndOfLife(component: "node", cycles: [])]
      let picture = RichText(
        markdown: "x", pieces: [.address(.asset("assets/a.png"), fragment: nil)], plainText: "x")
      ledger.pages = [GuidePage(id: "p", title: "P", body: Prose(picture), at: place())]
      ledger.evidence[ReleaseID(product: ProductID("gateway"), version: "1.0.0"), "unit"] = .unreadable(reason: "x")
      ledger.assets = [Asset(address: "assets/a.png", path: "a.png", audience: .public)]
      ledger.shelves[0].releases[0].changes = [change]
      ledger.shelves[0].releases[0].changes[0].references = ["#1"]
      ledger.referenceLinks = ["#1": "https://code.example/1"]
      ledger.calendarHistory.obstacle = .shallow
      ledger.policy.digest = "cd"
      ledger.git.asked = .origins
      let told = DeliveryEvent(
        id: "1", source: "/ci", type: "service.deployed", typeVersion: "0.1.1", at: ledger.asOf, subject: "gateway")
      ledger.events = [ToldEvent(told, at: place())]
      ledger.site.publish.metrics = .full
      ledger.delivery.parts = [DeliveryHistory.Part(ProductID("a"))]
      ledger.head = "ab"
      ledger.missingHistory = .shallow
      ledger.uncommitted = ["content/x.yml"]
      ledger.contentFiles = ["content/x.yml"]
      ledger.digests = ["content/x.yml": [0]]
      ledger.recordFiles = RecordFiles { _ in [] }
      full = ledger
    }
    #expect(open.audience == .public && full.audience == .internal)
    full.audience = .public
    expectAllowList(
      full, open: open, silent: Ledger(site: Site(title: ""), asOf: Moment(seconds: 0)),
      internalFields: [
        "fragments", "exercises", "flags", "endsOfLife", "events", "evidence", "policy", "git", "head", "uncommitted",
        "contentFiles", "digests", "recordFiles",
      ], alike: ["supplies"])
  }

  @Test("of the site: neither teams, environments, bots, signing, periods nor what is private")
  func site() throws {
    var full = Site(title: "Harbor")
    full.url = "https://x.example/"
    full.language = "de"
    full.zone = try #require(Zone(identifier: "Europe/Berlin"))
    full.theme.files = located("theme")
    full.privateMatter.links = ["https://tracker.example/"]
    full.references = [Site.Reference(match: located("#1"), url: "https://code.example/1")]
    full.teams = [Team(id: "t", name: "T")]
    var ana = Person(id: "ana", name: "Ana", at: place())
    ana.isPublic = true
    full.people = [ana]
    full.bots = ["*[bot]@*"]
    full.environments = [DeploymentEnvironment(id: "production", name: "Production")]
    full.signing.allowedSigners = located("signers")
    full.publish.metrics = .full
    full.metrics = [Site.MetricDefinition(id: "latency")]
    let day = try #require(CivilDate(year: 2026, month: 1, day: 1))
    full.periods = [Site.Period(id: "2026", from: day, to: day)]
    expectAllowList(
      full, open: try open { $0.site = full }.site, silent: Site(title: ""),
      internalFields: ["privateMatter", "references", "teams", "bots", "environments", "signing", "periods"])
  }

  @Test("of a person who agreed: the name alone")
  func person() throws {
    var full = Person(id: "ana", name: "Ana", at: place())
    full.emails = ["ana@x.example"]
    full.logins = ["ana-r"]
    full.team = "t"
    full.roles = [Person.Role(id: "owner")]
    full.isPublic = true
    expectAllowList(
      full, open: try #require(try open { $0.site.people = [full] }.site.people.first),
      silent: Person(id: "", name: "", at: place("-")),
      internalFields: ["emails", "logins", "team", "roles", "isPublic"])
  }

  @Test("of a product: neither its team, labels, sources nor train")
  func product() throws {
    var full = Product(id: ProductID("a"), name: "A", at: place())
    full.summary = prose("Summary")
    full.team = "t"
    full.kind = .firmware
    full.labels = ["pci"]
    full.showsRoadmap = true
    full.formerly = ["old"]
    full.versioning = .calver
    full.sources = [SourceRepository(id: "main", at: place())]
    full.lines = [ReleaseLine(id: "2", match: "2.*", at: place())]
    full.dependsOn = [located("a")]
    full.upgradeStops = [located("2.4.0")]
    full.train = located("fortnightly")
    full.supportPolicy = located("support")
    let open = try open {
      $0.shelves[0].product = full
      $0.pages = [GuidePage(id: "support", title: "Support", body: prose("Support"), at: place())]
    }
    expectAllowList(
      full, open: try #require(open.shelves.first?.product),
      silent: Product(id: ProductID(""), name: "", at: place("-")),
      internalFields: ["team", "labels", "sources", "train"], alike: ["audience"])
  }

  @Test("of a page: all but its audience; of its products and owner who may be known")
  func page() throws {
    var full = GuidePage(id: "p", title: "P", body: prose("Body"), at: place())
    full.summary = "Summary"
    full.products = [located("a"), located("secret")]
    full.order = 1
    full.reviewed = CivilDate(year: 2026, month: 1, day: 1)
    full.owner = located("ana")
    full.formerly = ["old"]
    let open = try #require(try open { $0.pages = [full] }.pages.first)
    expectAllowList(
      full, open: open, silent: GuidePage(id: "", title: "", body: prose(""), at: place("-")), internalFields: [],
      alike: ["audience"])
    #expect(open.products.map(\.value) == ["a"])
    full.owner = located("ben")
    #expect(try self.open { $0.pages = [full] }.pages.first?.owner == nil)
  }

  @Test("of an incident: neither environments, recovery, reports nor actions")
  func incident() throws {
    var full = Incident(id: "i", title: "I", at: place())
    full.audience = .public
    full.products = [located("a"), located("secret")]
    full.environments = [located("production")]
    full.severity = .high
    full.causedBy = .release(product: located("a"), version: located("2.4.0"))
    full.began = try someDay()
    full.detected = try someDay()
    full.resolved = try someDay()
    full.recoveredBy = Incident.Recovery()
    full.customerImpact = "Slow"
    full.reports = [Incident.OutsideReport(to: "regulator")]
    full.actions = [FollowUpAction(text: "Mend", at: place())]
    full.postmortem = prose("It was the disk")
    let open = try #require(try open { $0.incidents = [full] }.incidents.first)
    expectAllowList(
      full, open: open, silent: Incident(id: "", title: "", at: place("-")),
      internalFields: ["environments", "recoveredBy", "reports", "actions"])
    #expect(open.products.map(\.value) == ["a"])
  }

  private func scope() -> CalendarEntries.Scope {
    var scope = CalendarEntries.Scope()
    scope.products = [located("a"), located("secret")]
    scope.environments = [located("production")]
    scope.teams = [located("t")]
    return scope
  }

  private func start() throws -> CalendarEntries.LocalStart {
    CalendarEntries.LocalStart(date: try #require(CivilDate(year: 2026, month: 1, day: 5)), secondOfDay: 60)
  }

  private func recurrence() throws -> CalendarEntries.Recurrence {
    var recurrence = CalendarEntries.Recurrence()
    recurrence.rule = located(try RecurrenceRule("FREQ=WEEKLY"))
    return recurrence
  }

  @Test("of the calendar: all but the business hours")
  func calendar() throws {
    var full = CalendarEntries()
    let day = try someDay().value
    full.windows = [
      CalendarEntries.Window(id: "w", name: "W", starts: try start(), duration: TimeSpan(), at: place())
    ]
    full.freezes = [CalendarEntries.Freeze(id: "f", name: "F", from: day, to: day, at: place())]
    full.trains = [CalendarEntries.Train(id: "t", starts: try start(), at: place())]
    full.milestones = [CalendarEntries.Milestone(date: day, name: "M", at: place())]
    full.businessHours = CalendarEntries.BusinessHours(isoWeekdays: [1], from: 0, to: 1)
    let open = try open { $0.calendar = full }.calendar
    expectAllowList(full, open: open, silent: CalendarEntries(), internalFields: ["businessHours"])
    let silent = CalendarEntries.Milestone(date: try someDay("2020-01-01").value, name: "", at: place("-"))
    expectAllowList(
      full.milestones[0], open: try #require(open.milestones.first), silent: silent, internalFields: [],
      alike: ["audience"])
  }

  @Test("of a window: neither its agreement nor its environments and teams")
  func window() throws {
    var full = CalendarEntries.Window(
      id: "w", name: "W", starts: try start(), duration: TimeSpan(months: 0, days: 0, seconds: 60), at: place())
    full.kind = "maintenance"
    full.agreement = "99.9 %"
    full.recurrence = try recurrence()
    full.zone = "Europe/Berlin"
    full.scope = scope()
    let open = try #require(try open { $0.calendar.windows = [full] }.calendar.windows.first)
    let never = CalendarEntries.LocalStart(date: CivilDate(dayNumber: 0), secondOfDay: nil)
    let silent = CalendarEntries.Window(id: "", name: "", starts: never, duration: TimeSpan(), at: place("-"))
    expectAllowList(full, open: open, silent: silent, internalFields: ["agreement"], alike: ["audience"])
    expectAllowList(
      full.scope, open: open.scope, silent: CalendarEntries.Scope(), internalFields: ["environments", "teams"])
    #expect(open.scope.products.map(\.value) == ["a"])
  }

  @Test("of a freeze: neither its reason nor its exceptions")
  func freeze() throws {
    let day = try someDay().value
    var full = CalendarEntries.Freeze(id: "f", name: "F", from: day, to: day, at: place())
    full.reason = "Holidays"
    full.exceptions = [CalendarEntries.Freeze.Exception(product: located("a"), version: located("2.4.0"))]
    full.zone = "Europe/Berlin"
    full.scope = scope()
    let long = try someDay("2020-01-01").value
    expectAllowList(
      full, open: try #require(try open { $0.calendar.freezes = [full] }.calendar.freezes.first),
      silent: CalendarEntries.Freeze(id: "", name: "", from: long, to: long, at: place("-")),
      internalFields: ["reason", "exceptions"], alike: ["audience"])
  }

  @Test("of a train: all but its milestones")
  func train() throws {
    var full = CalendarEntries.Train(id: "t", starts: try start(), at: place())
    full.name = "T"
    full.recurrence = try recurrence()
    full.milestones = [
      CalendarEntries.Train.Milestone(name: "Freeze", before: TimeSpan(months: 0, days: 2, seconds: 0))
    ]
    full.zone = "Europe/Berlin"
    let never = CalendarEntries.LocalStart(date: CivilDate(dayNumber: 0), secondOfDay: nil)
    expectAllowList(
      full, open: try #require(try open { $0.calendar.trains = [full] }.calendar.trains.first),
      silent: CalendarEntries.Train(id: "", starts: never, at: place("-")), internalFields: ["milestones"],
      alike: ["audience"])
  }
}
