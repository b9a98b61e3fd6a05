import Diagnostics
import Model
import TestSupport
import Testing

@testable import Ingest

@Suite struct ContentTests {
  @Test("names without anything behind them are reported, each with what was meant")
  func references() async throws {
    let content = ContentInMemory([
      "releases/gateway/2.4.0.yml": """
      status: released
      owner: 1️⃣anna
      train: 2️⃣weekly
      scheduled: {at: 2026-01-01, window: 3️⃣weekday}
      because_of: {incident: 4️⃣inc-1}
      depends_on: [{product: 5️⃣gatewey}]
      commits: [{source: 6️⃣main}]
      environments: [{id: 7️⃣prod}]
      acceptance: [{criterion: Works, evidence: 8️⃣unit}]
      """,
      "products/gateway.yml": "name: Gateway\nteam: 1️⃣platfrom",
    ])
    let (_, report) = try await content.read()
    #expect(
      ContentInMemory.show(report, content.files) == ["products/gateway.yml 1 C026"]
        + (1...8).map { "releases/gateway/2.4.0.yml \($0) C026" })
    #expect(report.diagnostics.compactMap(\.help).prefix(2) == ["did you mean `platform`?", "did you mean `ana`?"])
  }

  @Test("versions are looked up among recorded and tagged ones, of the product that is meant")
  func versions() async throws {
    let content = ContentInMemory([
      "products/auth.yml": "name: Auth",
      "releases/gateway/2.4.0.yml": "status: released\nprevious: 1️⃣2.3.1\nhotfix_of: 2.3.0",
      "incidents/inc-1.yml":
        "title: x\ncaused_by: {product: auth, version: 1️⃣2.4.0}\nrecovered_by: {product: gateway, version: 2.4.0}",
      "flags.yml": "- {id: a, product: gateway, introduced_in: 1️⃣9.9.9}",
    ])
    let records = try #require(try await content.read().records)
    var report = Report()
    report.add(CrossReferences(records).versionProblems { $0.text == "gateway" ? ["2.4.0", "2.3.0"] : ["1.0.0"] })
    #expect(
      ContentInMemory.show(report, content.files) == [
        "flags.yml 1 C026", "incidents/inc-1.yml 1 C026", "releases/gateway/2.4.0.yml 1 C026",
      ])
  }

  @Test("ids that clash are reported at the second")
  func clashes() async throws {
    let content = ContentInMemory([
      "gazette.yml": """
      title: Harbor
      people:
        ana: {name: Ana, emails: [Ana@harbor.example, ana@harbor.example]}
        1️⃣ben: {name: Ben, emails: [ana@harbor.example]}
      """,
      "products/gateway.yml": """
      name: Gateway
      formerly: [1️⃣auth]
      sources: [{id: main}, 2️⃣{id: main}]
      """,
      "products/auth.yml": "name: Auth\nlines:\n  - {id: a, match: '2.*'}\n  - 1️⃣{id: b, match: '*'}",
      "products/old.yml": "name: Old\nformerly: [api]",
      "products/new.yml": "name: New\nformerly: [api]",
      "releases/auth/2.0.0.yml": """
      status: released
      changes: [{id: a, kind: fix, text: x}, {id: 1️⃣a, kind: fix, text: y}]
      evidence: [{id: e, statement: x}, {id: 2️⃣e, statement: y}]
      """,
      "flags.yml": "- {id: f}\n- {id: 1️⃣f}",
      "calendar.yml": """
      windows:
        - {id: w, starts: 2026-01-05, duration: PT1H}
        - 1️⃣{id: w, starts: 2026-01-05, duration: PT1H}
      """,
    ])
    #expect(
      try await content.findings() == [
        "calendar.yml 1 C028", "flags.yml 1 C028", "gazette.yml 1 C029", "products/auth.yml 1 C030",
        "products/gateway.yml 2 C028", "products/old.yml 2:12 C031", "releases/auth/2.0.0.yml 1 C028",
        "releases/auth/2.0.0.yml 2 C028",
      ])
  }

  @Test("a former id that lives is an error")
  func formerly() async throws {
    let content = ContentInMemory([
      "products/gateway.yml": "name: Gateway\nformerly: [1️⃣auth]", "products/auth.yml": "name: Auth",
      "pages/guide.md": "---\nformerly: [1️⃣old]\n---\nText", "pages/old.md": "Text",
    ])
    #expect(try await content.findings() == ["pages/guide.md 1 C031", "products/gateway.yml 1 C031"])
  }

  @Test("names of files are ids, and folders without a product are named once")
  func fileNames() async throws {
    let content = ContentInMemory([
      "products/Payments API.yml": "name: x", "incidents/inc_1.yml": "title: x", "pages/Über/a.md": "Text",
      "releases/gatewey/1.0.0.yml": "status: released", "releases/gatewey/1.1.0.yml": "status: released",
      "changes/gateway/Fix.md": "---\nkind: fix\n---\nText",
    ])
    #expect(
      try await content.findings() == [
        "changes/gateway/Fix.md 1:1 C013", "incidents/inc_1.yml 1:1 C013", "pages/Über/a.md 1:1 C013",
        "products/Payments API.yml 1:1 C013", "releases/gatewey/1.0.0.yml 1:1 C026",
      ])
  }

  @Test("what looks like a slip of the name is a warning; what is somebody else's is left alone")
  func unknownFiles() async throws {
    let content = ContentInMemory([
      "release/gateway/1.0.0.yml": "", "release/gateway/1.1.0.yml": "", "gazete.yml": "", "products/auth.yaml": "",
      "releases/gateway/1.0.0/part.yml": "", "images/logo.png": "", "policy/p.yaml": "nonsense: [", "README.md": "",
      "releases/gateway/latency.svg": "", "changes/.gitkeep": "", "keys/ci.pem": "", "metrics/m.yml": "!",
    ])
    let (_, report) = try await content.read()
    #expect(
      ContentInMemory.show(report, content.files) == [
        "gazete.yml 1:1 C023", "metrics/m.yml 1:1 C023", "policy/p.yaml 1:1 C023", "products/auth.yaml 1:1 C023",
        "release 1:1 C023", "releases/gateway/1.0.0/part.yml 1:1 C023",
      ])
    #expect(!report.hasErrors)
  }

  @Test("without gazette.yml there are no records, and the help says how to begin")
  func noSite() async throws {
    var content = ContentInMemory([:])
    content.files["gazette.yml"] = nil
    let (records, report) = try await content.read()
    #expect(records == nil)
    #expect(report.diagnostics.map(\.code) == ["C025"])
  }

  @Test("a fragment has its kind in front matter, its text below, and the name of its file as id")
  func fragments() async throws {
    let content = ContentInMemory([
      "changes/gateway/faster.md": "---\nkind: fix\nrefs: ['#1']\nembargo_until: 2026-11-20T00:00Z\n---\n\n\nFaster.\n",
      "changes/gateway/a.md": "1️⃣Text without front matter", "changes/gateway/b.md": "1️⃣---\nkind: fix\nText",
      "changes/gateway/c.md": "---\n1️⃣kind:\n---\nText", "changes/gateway/d.md": "---\nkind: fix\n---\n",
      "changes/gateway/e.md": "---\nkind: fix\nproducts: [1️⃣nowhere]\n---\nText",
    ])
    let (records, report) = try await content.read()
    #expect(
      ContentInMemory.show(report, content.files) == [
        "changes/gateway/a.md 1 C008", "changes/gateway/b.md 1 C008", "changes/gateway/c.md 1 C004",
        "changes/gateway/d.md 4:1 C004", "changes/gateway/e.md 1 C026",
      ])
    let fragment = try #require(records?.fragments.last)
    #expect(fragment.entry.id?.value == "faster")
    #expect(
      fragment.body
        == MarkdownSource("Faster.\n", at: SourceLocation(file: "content/changes/gateway/faster.md", line: 8)))
  }

  @Test("the calendar's times, rules and zones are judged by their form")
  func calendar() async throws {
    let content = ContentInMemory([
      "calendar.yml": """
      windows:
        - id: a
          starts: 1️⃣2026-01-05T09:00Z
          duration: PT1H
          repeats: 2️⃣FREQ=WEEKLY;BYDAY=XX
          time_zone: 3️⃣Europe/Londres
          also: ['2026-07-12T05:00', 2026-07-13]
          products: all
        - {id: b, starts: '2026-01-05T09:00', duration: 4️⃣3h, repeats: 5️⃣BYDAY=MO, products: [6️⃣Nowhere]}
      freezes:
        - {id: f, from: 2026-12-18, to: 7️⃣2026-12-01, products: all}
      business_hours: {days: [MO, 8️⃣MON], from: '09:00', to: 9️⃣'25:00'}
      """
    ])
    #expect(
      try await content.findings() == [
        "calendar.yml 1 C010", "calendar.yml 2 C010", "calendar.yml 3 C010", "calendar.yml 4 C010",
        "calendar.yml 5 C010",
        "calendar.yml 6 C013", "calendar.yml 7 C020", "calendar.yml 8 C012", "calendar.yml 9 C010",
      ])
  }

  @Test("what comes again must come, end after it begins, and begin on one of its days; a window has a length")
  func recurrences() async throws {
    let content = ContentInMemory([
      "calendar.yml": """
      windows:
        - {id: a, starts: '2026-01-05T09:00', duration: PT1H, repeats: 1️⃣'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'}
        - {id: b, starts: '2026-01-05T09:00', duration: PT1H, repeats: 2️⃣'FREQ=DAILY;UNTIL=20260104'}
        - {id: c, starts: 3️⃣'2026-01-06T09:00', duration: PT1H, repeats: 'FREQ=WEEKLY;BYDAY=MO'}
        - {id: d, starts: '2026-01-05T09:00', duration: 4️⃣PT0S}
        - {id: e, starts: '2026-03-28T23:00', duration: PT6H, repeats: 'FREQ=DAILY', time_zone: Europe/London}
      trains:
        - {id: t, starts: 2026-01-05, repeats: 5️⃣'FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31'}
      """
    ])
    #expect(
      try await content.findings() == [
        "calendar.yml 1 C010", "calendar.yml 2 C020", "calendar.yml 3 C010", "calendar.yml 4 C010",
        "calendar.yml 5 C010",
      ])
    let warnings = try await content.read().report.diagnostics.filter { $0.severity == .warning }
    #expect(warnings.map(\.message) == ["it starts on 2026-01-06, which is no day of its rule"])
  }

  @Test("ends of life are read from endoflife.date's format, with dates or truth values")
  func endsOfLife() async throws {
    let content = ContentInMemory([
      "eol/a.json": #"[{"cycle": 18, "eol": false}, {"cycle": "3.9", "eol": "2025-10-31", "lts": true}]"#,
      "eol/b.json": "[\n  {\"cycle\": \"1\", \"eol\": 1️⃣\"2025-02-30\"}]", "eol/c.json": "1️⃣{\"cycle\": 1}",
      "eol/d.json": "1️⃣[",
    ])
    let (records, report) = try await content.read()
    #expect(
      ContentInMemory.show(report, content.files) == ["eol/b.json 1 C010", "eol/c.json 1 C009", "eol/d.json 1 C009"])
    #expect(records?.endsOfLife.map(\.component) == ["a"])
    #expect(records?.endsOfLife[0].cycles.map(\.cycle) == ["18", "3.9"])
    #expect(records?.endsOfLife[0].cycles.map(\.end) == [.ended(false), CivilDate("2025-10-31").map { .on($0) }])
  }

  @Test("guides, plans and keys that are not there are named")
  func missingFiles() async throws {
    let content = ContentInMemory([
      "releases/gateway/2.4.0.yml": """
      status: planned
      upgrade: {guide: content/pages/guide.md}
      rollback: {plan: 1️⃣content/pages/plan.md}
      """,
      "pages/guide.md": "Text",
      "gazette.yml": "title: x\nsigning: {allowed_signers: 1️⃣content/keys/none}",
    ])
    #expect(
      try await content.findings() == [
        "gazette.yml 1 \(Code.missingFile.id)", "releases/gateway/2.4.0.yml 1 \(Code.missingFile.id)",
      ])
  }

  @Test("a guide is a page, by its id; a file that is none is named")
  func guides() async throws {
    let content = ContentInMemory([
      "releases/gateway/2.4.0.yml": "status: planned\nupgrade: {guide: content/pages/pages/up.md}",
      "releases/gateway/2.5.0.yml": "status: planned\nupgrade: {guide: 1️⃣content/releases/gateway/2.4.0.yml}",
      "products/gateway.yml": "name: Gateway\nsupport_policy: content/pages/pages/up.md",
      "products/vault.yml": "name: Vault\nsupport_policy: 1️⃣content/pages/down.md",
      "pages/pages/up.md": "Text",
    ])
    let (records, report) = try await content.read()
    #expect(records?.releases.map(\.upgrade.guide?.value) == ["pages/up", nil])
    #expect(records?.products.map(\.supportPolicy?.value) == ["pages/up", nil])
    #expect(
      ContentInMemory.show(report, content.files) == [
        "products/vault.yml 1 \(Code.missingFile.id)", "releases/gateway/2.5.0.yml 1 \(Code.unknownReference.id)",
      ])
  }

  @Test("facts dated after the as-of are errors, plans are not")
  func future() async throws {
    let content = ContentInMemory([
      "releases/gateway/1.0.0.yml": """
      status: released
      released: 1️⃣2026-11-03
      approvals: [{by: ana, decision: approved, at: 2️⃣2026-11-02T09:01Z}]
      rollout: {stages: [{environment: production, started: 2026-11-02, finished: 3️⃣2026-11-04, status: succeeded}]}
      review: {at: 2026-12-01}
      validation: {observed_until: 2027-01-01}
      """,
      "releases/gateway/1.1.0.yml": """
      status: planned
      scheduled: 2026-12-01
      scope_frozen: 2026-11-20
      rollout: {stages: [{environment: production, started: 2026-12-01, status: planned}]}
      communication: [{to: customers, at: 2026-11-25}]
      """,
      "incidents/inc-1.yml": "title: x\nresolved: 1️⃣2026-11-02T10:00+00:00",
    ])
    let records = try #require(try await content.read().records)
    var report = Report()
    report.add(FutureFacts(asOf: try #require(Moment("2026-11-02T09:00Z")), zone: .utc).problems(in: records))
    #expect(
      ContentInMemory.show(report, content.files) == [
        "incidents/inc-1.yml 1 C032", "releases/gateway/1.0.0.yml 1 C032", "releases/gateway/1.0.0.yml 2 C032",
        "releases/gateway/1.0.0.yml 3 C032",
      ])
  }
}
