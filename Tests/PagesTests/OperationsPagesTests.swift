import Diagnostics
import Governance
import Model
import Pages
import Testing

@Suite("The pages about operations") struct OperationsPagesTests {
  /// The sample with the edit, as its internal site.
  private func site(_ edit: (inout Ledger) throws -> Void) async throws -> RenderedSite {
    var ledger = try sampleLedger()
    ledger.site.environments = [
      DeploymentEnvironment(id: "staging", name: "Staging"),
      DeploymentEnvironment(id: "production", name: "Production", isProduction: true),
    ]
    try edit(&ledger)
    let site = try await RenderedSite(ledger)
    #expect(site.report.diagnostics.map(\.message) == [])
    return site
  }

  /// The rows of all tables of a page, each as the words of its cells.
  private func rows(_ page: String) -> [String] {
    page.split(separator: "<tr").dropFirst().map { row in
      let row = row[..<(row.firstRange(of: "</tr>")?.lowerBound ?? row.endIndex)]
      var words = ""
      var isTag = true
      for character in row {
        if character == "<" {
          isTag = true
        } else if character == ">" {
          (isTag, words) = (false, words + " ")
        } else if !isTag {
          words.append(character)
        }
      }
      return words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
  }

  private func stage(
    _ environment: String, _ status: Rollout.Stage.Status, on date: String, share: Double? = nil
  ) throws -> Rollout.Stage {
    var stage = Rollout.Stage(environment: located(environment), at: place())
    (stage.status, stage.finished, stage.share) = (located(status), try day(date), share.map(located))
    return stage
  }

  private func rollOut(_ version: String, _ stages: [Rollout.Stage], in ledger: inout Ledger) throws {
    let position = try #require(ledger.shelves[0].position(of: version))
    var rollout = Rollout(at: place())
    rollout.stages = stages
    ledger.shelves[0].releases[position].rollout = rollout
  }

  // MARK: What runs where

  @Test("what runs is the newest stage that did not fail, and what the others have is said")
  func running() async throws {
    let site = try await site { ledger in
      try rollOut(
        "2.0.0", [stage("staging", .succeeded, on: "2025-03-01"), stage("production", .succeeded, on: "2025-03-04")],
        in: &ledger)
      try rollOut(
        "2.4.0",
        [
          stage("staging", .failed, on: "2026-10-10"), stage("production", .succeeded, on: "2026-10-20", share: 25),
          stage("production", .planned, on: "2026-12-01", share: 100),
        ], in: &ledger)
    }
    let row = try #require(rows(site.text("environments/index.html")).first { $0.contains("Harbor Gateway") })
    #expect(row.contains("2.0.0 since 1 March 2025 2.4.0 25 % since 20 October 2026 the others have 2.0.0"))
  }

  @Test("what was taken back runs in staging only, and what comes later than the as-of runs nowhere")
  func takenBack() async throws {
    let site = try await site { ledger in
      try rollOut(
        "2.3.0", [stage("staging", .succeeded, on: "2026-09-01"), stage("production", .succeeded, on: "2026-09-08")],
        in: &ledger)
      try rollOut("2.0.0", [stage("production", .succeeded, on: "2025-03-04")], in: &ledger)
      try rollOut("2.4.0", [stage("production", .succeeded, on: "2026-11-03")], in: &ledger)
      let position = try #require(ledger.shelves[0].position(of: "2.3.0"))
      ledger.shelves[0].releases[position].status = .rolledBack
    }
    let row = try #require(rows(site.text("environments/index.html")).first { $0.contains("Harbor Gateway") })
    #expect(row.contains("2.3.0 since 1 September 2026 2.0.0 since 4 March 2025"))
  }

  @Test("a difference from production is explained or it is not, and a digest that is missing is no agreement")
  func likeness() async throws {
    func chip(_ edit: (inout EnvironmentState) -> Void) async throws -> String {
      let site = try await site { ledger in
        try rollOut("2.4.0", [stage("production", .succeeded, on: "2026-10-20")], in: &ledger)
        var states = ["staging", "production"].map { EnvironmentState(id: located($0), at: place()) }
        for index in states.indices { (states[index].config, states[index].image) = ("sha256:a", "sha256:b") }
        edit(&states[0])
        let position = try #require(ledger.shelves[0].position(of: "2.4.0"))
        ledger.shelves[0].releases[position].environments = states
      }
      return try #require(
        rows(site.text("environments/index.html")).first { $0.contains("Staging") && $0.contains("sha256") })
    }
    #expect(try await chip { _ in }.contains("alike"))
    #expect(try await chip { $0.config = "sha256:c" }.contains("differs same image another configuration"))
    #expect(try await chip { $0.image = nil }.contains("differs image stated for one only"))
    let explained = try await chip {
      $0.config = "sha256:c"
      $0.difference = "Smaller queues"
    }
    #expect(explained.contains("differs, explained") && explained.contains("Smaller queues"))
  }

  // MARK: Dependencies

  @Test("a need that no release meets is named and drawn as broken, and products that need each other end")
  func needs() async throws {
    let site = try await site { ledger in
      ledger.shelves[0].product.dependsOn = [located("vault")]
      ledger.shelves[1].product.dependsOn = [located("gateway"), located("nobody")]
      let position = try #require(ledger.shelves[0].position(of: "2.5.0"))
      ledger.shelves[0].releases[position].dependsOn = [
        ReleaseDependency(product: located("vault"), version: ">=9", at: place())
      ]
    }
    let page = site.text("dependencies/index.html")
    #expect(
      rows(page).contains(
        "Harbor Gateway 2.5.0 Planned Harbor Vault 9 or later not met no release that was out in time fits"))
    #expect(rows(page).contains("Harbor Gateway 2.4.0 Harbor Vault 3.1 or later met Harbor Vault 3.1.0"))
    #expect(page.contains("<g class=\"broken\">") && page.contains("<g class=\"unknown\">"))
    #expect(page.contains("1 need of current and coming releases cannot be met."))
    #expect(site.text("index.html").contains("1 need of a release is not met."))
  }

  @Test("a release is not met by what came out after it")
  func needsInTime() async throws {
    let site = try await site { ledger in
      let position = try #require(ledger.shelves[0].position(of: "2.0.0"))
      ledger.shelves[0].releases[position].dependsOn = [
        ReleaseDependency(product: located("vault"), version: ">=3", at: place())
      ]
    }
    #expect(
      rows(site.text("dependencies/index.html")).contains {
        $0.hasPrefix("Harbor Gateway 2.0.0 Harbor Vault 3 or later not met")
      })
  }

  // MARK: Exercises, flags, reviews

  @Test("a product that lacks an exercise is named, and one that failed is not taken for a success")
  func exercises() async throws {
    let site = try await site { ledger in
      for (id, kind, date, result) in [
        ("a", "restore", "2026-01-01", Exercise.Result.succeeded), ("b", "restore", "2026-06-01", .failed),
        ("c", "disaster-recovery", "2026-12-01", .succeeded),
      ] {
        var exercise = Exercise(id: id, kind: located(kind), at: try day(date), location: place())
        exercise.products = [located("gateway")]
        exercise.result = id == "c" ? nil : located(result)
        ledger.exercises.append(exercise)
      }
    }
    let page = site.text("exercises/index.html")
    #expect(rows(page).contains("Harbor Gateway failed on 1 June 2026 succeeded before, on 1 January 2026"))
    #expect(rows(page).contains("Harbor Vault never"))
    #expect(rows(page).contains { $0.hasPrefix("Disaster recovery c planned 1 December 2026") })
    #expect(page.contains("2 exercises were held, 1 of them failed. 1 planned."))
  }

  @Test("a flag that nobody decided about in time is marked, and what is retired is not")
  func flags() async throws {
    let site = try await site { ledger in
      for (id, state, expires) in [
        ("old", Flag.State.on, "2026-11-01"), ("last-day", .on, "2026-11-02"), ("gone", .retired, "2025-01-01"),
      ] {
        var flag = Flag(id: located(id), at: place())
        (flag.state, flag.expires) = (located(state), CivilDate(expires).map(located))
        ledger.flags.append(flag)
      }
      ledger.flags.append(Flag(id: located("endless"), at: place()))
    }
    let table = rows(site.text("flags/index.html"))
    #expect(table.filter { $0.contains("past, ") }.map { $0.prefix(3) } == ["old"])
    #expect(table.contains { $0.hasPrefix("endless") && $0.contains("no day is stated") })
    #expect(site.text("index.html").contains("1 flag is past its expiry."))
  }

  @Test("overdue actions stand before the others, whoever promised them")
  func actions() async throws {
    let site = try await site { ledger in
      func action(_ text: String, due: String?, done: String? = nil) throws -> FollowUpAction {
        var action = FollowUpAction(text: text, at: place())
        (action.due, action.done) = (try due.map(day), try done.map(day))
        return action
      }
      var review = Review(at: place())
      review.actions = [
        try action("Later", due: "2027-01-01"), try action("Whenever", due: nil),
        try action("Did", due: "2026-01-01", done: "2026-01-02"),
      ]
      ledger.shelves[0].releases[1].review = review
      var incident = Incident(id: "inc-1", title: "Slow", at: place())
      incident.actions = [try action("Late", due: "2026-11-01")]
      ledger.incidents = [incident]
    }
    let table = rows(site.text("reviews/index.html"))
    let open = table.filter { $0.contains("overdue") || $0.contains(" open ") }.map { $0.split(separator: " ")[0] }
    #expect(open == ["Late", "Later", "Whenever"])
    #expect(site.text("index.html").contains("1 action is overdue."))
    #expect(site.text("index.html").contains("1 incident is not resolved."))
  }

  // MARK: People

  @Test("a person's page tells of each decision, and says no more of its proof than the record does")
  func person() async throws {
    let site = try await site { ledger in
      for (version, decision) in [("2.4.0", Approval.Decision.approved), ("2.3.0", .rejected)] {
        let position = try #require(ledger.shelves[0].position(of: version))
        ledger.shelves[0].releases[position].approvals = [
          Approval(by: located("ana"), decision: located(decision), at: place("content/r.yml", 7)),
          Approval(by: located("stranger"), decision: located(.approved), at: place("content/r.yml", 8)),
        ]
      }
    }
    let table = rows(site.text("people/ana/index.html"))
    #expect(table.contains("Harbor Gateway 2.4.0 approved not stated not stated stated in the record content/r.yml:7"))
    #expect(table.contains { $0.hasPrefix("Harbor Gateway 2.3.0 Withdrawn rejected") })
    #expect(rows(site.text("people/index.html")).contains("stranger 2"))
    #expect(site.text("products/gateway/2.4.0/dossier/index.html").contains("people/ana/"))
  }

  // MARK: Incidents

  private func published(_ extent: Site.Publish.Extent) throws -> (full: Ledger, open: Ledger) {
    var ledger = try sampleLedger()
    (ledger.site.publish.incidents, ledger.site.publish.metrics) = (extent, extent)
    ledger.site.url = nil
    var incident = Incident(id: "inc-1", title: "Alerts came late", at: place())
    incident.audience = .public
    incident.products = [located("gateway"), located("vault")]
    (incident.began, incident.resolved) = (try day("2026-02-10"), try day("2026-02-12"))
    incident.customerImpact = "Some alerts came late."
    incident.environments = [located("red-room")]
    incident.causedBy = .release(product: located("gateway"), version: located("2.3.0"))
    incident.postmortem = prose("The index was locked.")
    incident.actions = [FollowUpAction(text: "Load staging with what the largest accounts have in them", at: place())]
    incident.actions[0].owner = located("ana")
    var hidden = Incident(id: "inc-2", title: "Nobody shall hear of this", at: place())
    hidden.products = [located("gateway")]
    var elsewhere = Incident(id: "inc-3", title: "Only in the archive", at: place())
    elsewhere.audience = .public
    elsewhere.products = [located("vault")]
    ledger.incidents = [incident, hidden, elsewhere]
    return (ledger, ledger.facts(for: .public))
  }

  @Test("the public learns of public incidents as much as the site chose", arguments: Site.Publish.Extent.allCases)
  func publicIncidents(extent: Site.Publish.Extent) async throws {
    let (full, open) = try published(extent)
    let site = try await RenderedSite(open)
    #expect(site.report.diagnostics.map(\.message) == [])
    let page = site.text("incidents/inc-1/index.html")
    #expect(page.isEmpty == (extent == .none))
    #expect(page.contains("The index was locked.") == (extent == .full))
    #expect(page.contains("products/gateway/2.3.0/") == (extent == .full))
    #expect(page.contains("2 days after it began") == (extent != .none))
    #expect(site.text("index.html").contains("incidents/") == (extent != .none))
    #expect(site.text("search/index/documents-0.js").contains("incidents/inc-1/") == (extent != .none))
    #expect(site.text("api/v1/incidents.json").contains("inc-1") == (extent != .none))
    let check = await LeakCheck(full: full, public: open, paths: [], slices: 2)
    for (path, bytes) in site.files {
      let text = String(decoding: bytes, as: UTF8.self)
      for word in ["inc-2", "inc-3", "red-room", "Ana Ruiz", "Load staging", "Nobody shall"] {
        #expect(!text.contains(word), "\(path) says \(word)")
      }
      #expect(check.leaks(in: bytes, path: path).map(\.message) == [])
    }
    for folder in ["environments", "dependencies", "exercises", "flags", "reviews", "people"] {
      #expect(!site.files.contains { $0.path.hasPrefix(folder + "/") }, "\(folder)")
    }
  }

  @Test("a link to an incident leads to its page where there is one, else it is only words")
  func linkedIncidents() async throws {
    var ledger = try published(.summary).full
    func link(_ id: String) -> Prose {
      Prose(
        RichText(
          markdown: "See",
          pieces: [.html("<p>See <a href=\""), .address(.incident(id), fragment: nil), .html("\">\(id)</a>.</p>")],
          plainText: "See \(id)."))
    }
    ledger.shelves[0].releases[1].summary = link("inc-1")
    ledger.shelves[0].releases[3].summary = link("inc-3")
    let site = try await RenderedSite(ledger.facts(for: .public))
    #expect(site.text("products/gateway/2.4.0/index.html").contains("<a href=\"../../../incidents/inc-1/\">inc-1</a>"))
    #expect(site.text("products/gateway/2.0.0/index.html").contains("See inc-3."))
  }

  // MARK: Entrances

  @Test("a site that says nothing of operations has none of the pages, and no entry for them")
  func nothing() async throws {
    var ledger = try sampleLedger()
    ledger.site.people = []
    let site = try await RenderedSite(ledger)
    #expect(site.report.diagnostics.map(\.message) == [])
    #expect(!site.files.contains { $0.path.hasPrefix("environments/") || $0.path.hasPrefix("people/") })
    #expect(!site.text("index.html").contains("Operations"))
  }

  @Test("people, incidents, exercises and flags are found by search")
  func search() async throws {
    var ledger = try sampleLedger()
    try ledger.addOperations("plain")
    let site = try await RenderedSite(ledger)
    let documents = site.text("search/index/documents-0.js")
    for address in ["people/dana/", "incidents/inc-1/", "exercises/#exercise-e-1", "flags/"] {
      #expect(documents.contains("\"\(address)\""), "\(address)")
    }
  }
}
