import Diagnostics
import Foundation
import Model
import Pages
import Templates
import Testing

@Suite("The plan of a site") struct SitePlanTests {
  @Test("every page gives its template exactly what it names", arguments: Audience.allCases)
  func contract(audience: Audience) async throws {
    let site = try await RenderedSite(try sampleLedger().facts(for: audience))
    #expect(site.report.diagnostics.map(\.message) == [])
    #expect(site.files.allSatisfy { !$0.bytes.isEmpty })
  }

  @Test("no link of the site is broken", arguments: Audience.allCases)
  func links(audience: Audience) async throws {
    let files = try await RenderedSite(try sampleLedger().facts(for: audience)).files
    let paths = files.map(\.path) + (try BuiltIn.themeFiles())
    let check = LinkCheck(paths: paths, url: "https://releases.harbor.example/notes/")
    let broken = check.brokenLinks(in: files.map { check.findings(in: $0.bytes, path: $0.path) })
    #expect(broken.map { $0.message } == [])
  }

  @Test("nothing internal is in the public site, and what is internal is found in the other")
  func leaks() async throws {
    let full = try sampleLedger()
    let open = full.facts(for: .public)
    let check = await LeakCheck(full: full, public: open, paths: [], slices: 2)
    let files = try await RenderedSite(open).files
    #expect(files.flatMap { check.leaks(in: $0.bytes, path: $0.path) }.map(\.message) == [])
    let whole = try await RenderedSite(full).files
    let leaking = Set(whole.filter { !check.leaks(in: $0.bytes, path: $0.path).isEmpty }.map(\.path))
    for path in [
      "products/vault/3.1.0/index.html", "products/vault/3.1.0/notes.md", "api/v1/releases/vault/3.1.0.json",
      "products/vault/feed.atom", "products/vault/feed.json", "feed.atom", "products/gateway/2.4.0/index.html",
    ] { #expect(leaking.contains(path), "\(path)") }
  }

  @Test("the plan has the addresses that the site promises, and none of what is internal")
  func routes() async throws {
    let plan = await SitePlan(try sampleLedger().facts(for: .public), gazetteVersion: "0.1.0", slices: 1)
    let paths = Set(plan.routes.map(\.path))
    for path in [
      "index.html", "products/gateway/index.html", "products/gateway/latest/index.html",
      "products/gateway/2.4.0/index.html", "products/gateway/2.4.0/notes.md", "products/gateway/upgrade/index.html",
      "products/gateway/support/index.html", "products/api/index.html", "products/api/2.4.0/index.html",
      "roadmap/index.html", "security/index.html", "security/feed.atom", "security/CVE-2026-1234.json",
      "guide/index.html", "guide/tokens/index.html", "guide/passwords/index.html", "search/index.html",
      "search/index/index.js", "search/index/documents-0.js", "404.html", "sitemap.xml", "robots.txt", "feed.atom",
      "feed.json", "products/gateway/feed.atom", "api/v1/site.json", "api/v1/products.json",
      "api/v1/products/gateway.json", "api/v1/releases/gateway/2.4.0.json", "api/v1/security.json",
      "api/v1/roadmap.json", "api/v1/support.json", "api/v1/schemas/release.json",
    ] { #expect(paths.contains(path), "\(path)") }
    #expect(!paths.contains { $0.contains("vault") || $0.contains("runbook") })
    #expect(paths.count == plan.count)
  }

  @Test("the number of slices does not change a byte")
  func slices() async throws {
    let one = try await RenderedSite(try sampleLedger(), slices: 1).files
    let many = try await RenderedSite(try sampleLedger(), slices: 64).files
    #expect(one.map(\.path) == many.map(\.path))
    #expect(zip(one, many).allSatisfy { $0.bytes == $1.bytes })
  }

  /// The values of a page by its path.
  private func values(of path: String, in ledger: Ledger? = nil) async throws -> Fields {
    let ledger = try ledger ?? sampleLedger()
    let plan = await SitePlan(ledger.facts(for: .public), gazetteVersion: "0.1.0", slices: 1)
    let page = plan.page(at: try #require(plan.routes.firstIndex { $0.path == path }))
    guard case .template(_, .record(let values)) = page.body else { return [:] }
    return values
  }

  @Test("a release page says what to do first")
  func advice() async throws {
    let values = try await values(of: "products/gateway/2.4.0/index.html")
    guard case .record(let advice)? = values["advice"], case .record(let steps)? = advice["steps"],
      case .list(let items)? = steps["items"]
    else {
      Issue.record("the page has no advice")
      return
    }
    let lead = "Upgrade soon: this release fixes a vulnerability of high severity. Three things need your attention."
    #expect(advice["lead"] == .text(lead))
    let labels = items.map { item -> Value? in if case .record(let step) = item { step["label"] } else { nil } }
    #expect(labels == ["Required stop", "Before upgrading", "Before upgrading"])
    #expect(values["superseded"] == .null)
    guard case .record(let upgrade)? = values["upgrade"] else { return }
    #expect(upgrade["from"] == "2.2 or later")
    #expect(upgrade["requires"] == .null)
    #expect(upgrade["picker"] == "../upgrade/?from=2.3.0&to=2.4.0")
  }

  @Test("home names the release after the latest, and no plan where there is none")
  func nextRelease() async throws {
    guard case .list(let products)? = try await values(of: "index.html")["products"],
      case .record(let gateway)? = products.first, case .record(let next)? = gateway["next"]
    else {
      Issue.record("no product")
      return
    }
    #expect(next["version"] == "2.5.0")
    var ledger = try sampleLedger()
    ledger.shelves[0].releases[1].status = .rollingOut
    ledger.shelves[0].releases[0].status = .cancelled
    let rolling = try await values(of: "index.html", in: ledger)
    guard case .list(let products)? = rolling["products"], case .record(let gateway)? = products.first,
      case .record(let latest)? = gateway["latest"]
    else {
      Issue.record("no product")
      return
    }
    #expect(latest["version"] == "2.4.0")
    #expect(gateway["next"] == .null)
    #expect(rolling["plans"] == false)
  }

  @Test("Markdown for elsewhere names the addresses of pages", arguments: [true, false])
  func markdownAddresses(knowsAddress: Bool) async throws {
    var ledger = try sampleLedger()
    if !knowsAddress { ledger.site.url = nil }
    let files = try await RenderedSite(ledger.facts(for: .public)).files
    for (path, link) in [
      ("products/gateway/2.4.0/notes.md", "[the guide](../../../guide/tokens/)"),
      ("api/v1/releases/gateway/2.4.0.json", "[the guide](../../../../guide/tokens/)"),
    ] {
      let file = try #require(files.first { $0.path == path })
      let expected = knowsAddress ? "[the guide](https://releases.harbor.example/notes/guide/tokens/)" : link
      #expect(String(decoding: file.bytes, as: UTF8.self).contains(expected), "\(path)")
    }
  }

  @Test("every page that search engines read describes itself", arguments: Audience.allCases)
  func descriptions(audience: Audience) async throws {
    for file in try await RenderedSite(try sampleLedger().facts(for: audience)).files
    where file.path.hasSuffix(".html") && file.path != "404.html" {
      let text = String(decoding: file.bytes, as: UTF8.self)
      guard !text.contains("http-equiv=\"refresh\"") else { continue }
      #expect(text.contains("<meta name=\"description\""), "\(file.path)")
      #expect(!text.contains("<p></p>"), "\(file.path)")
    }
  }

  @Test("a reference is a link, and not said twice")
  func references() async throws {
    var ledger = try sampleLedger()
    ledger.shelves[0].releases[1].changes[2].text = prose("A cursor stays valid (#413)")
    ledger.shelves[0].releases[1].changes[2].references = ["#413"]
    let values = try await values(of: "products/gateway/2.4.0/index.html", in: ledger)
    guard case .record(let changes)? = values["changes"], case .list(let groups)? = changes["groups"] else {
      Issue.record("no changes")
      return
    }
    let references = groups.flatMap { group -> [Value] in
      guard case .record(let group) = group, case .list(let items)? = group["items"] else { return [] }
      return items.map { item in if case .record(let change) = item { change["refs"] ?? .null } else { .null } }
    }
    #expect(references == [[["text": "#412", "link": "https://code.harbor.example/issues/412"]], []])
  }

  @Test("notes from elsewhere are not said to ask nothing")
  func advisedElsewhere() async throws {
    var ledger = try sampleLedger()
    for origin in [Notes.Origin.file, .changelog] {
      var plain = try release("2.4.0", on: "2026-10-20", kind: .patch)
      plain.notes = Notes(prose: prose("A cursor stays valid."), origin: origin, at: place())
      ledger.shelves[0].releases[1] = plain
      let values = try await values(of: "products/gateway/2.4.0/index.html", in: ledger)
      guard case .record(let advice)? = values["advice"] else {
        Issue.record("no advice")
        return
      }
      let words =
        origin == .file ? "Nothing. This release asks no action of you." : "The notes name nothing that you must do."
      #expect(advice["lead"] == .text(words))
    }
  }

  @Test("an advisory with fixes on two lines lists versions, for no range is true")
  func advisory() async throws {
    let plan = await SitePlan(try sampleLedger().facts(for: .public), gazetteVersion: "0.1.0", slices: 1)
    let position = try #require(plan.routes.firstIndex { $0.path == "security/CVE-2026-1234.json" })
    guard case .json(.record(let record)) = plan.page(at: position).body else { return }
    let product: Value = ["product": "gateway", "name": "Harbor Gateway"]
    #expect(record["affected"] == [["versions": ["2.0.0", "2.3.0"], "database_specific": product]])
  }

  @Test("a withdrawn release stays, and says what to use instead")
  func withdrawn() async throws {
    guard case .record(let notice)? = try await values(of: "products/gateway/2.3.0/index.html")["notice"] else {
      Issue.record("no notice")
      return
    }
    #expect(notice["tone"] == "stop")
    #expect(notice["instead"] == ["text": "Harbor Gateway 2.4.0", "link": "../2.4.0/"])
  }

  @Test("every document is what its schema says", arguments: Audience.allCases)
  func schemas(audience: Audience) async throws {
    let plan = await SitePlan(try sampleLedger().facts(for: audience), gazetteVersion: "0.1.0", slices: 1)
    var schemas: [String: Value] = [:]
    var documents: [(path: String, value: Value)] = []
    for index in 0..<plan.count where plan.routes[index].path.hasPrefix("api/v1/") {
      guard case .json(let value) = plan.page(at: index).body else { continue }
      let path = plan.routes[index].path
      if path.contains("/schemas/") {
        schemas["https://releases.harbor.example/notes/" + path] = value
      } else {
        documents.append((path, value))
      }
    }
    #expect(documents.count > 8)
    for (path, document) in documents {
      guard case .record(let members) = document, case .text(let name)? = members["$schema"], let schema = schemas[name]
      else {
        Issue.record("\(path) names no schema")
        continue
      }
      #expect(violations(of: document, against: schema, at: path) == [])
    }
  }

  @Test("every JSON file parses") func json() async throws {
    for file in try await RenderedSite(try sampleLedger()).files where file.path.hasSuffix(".json") {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(file.bytes)) }
    }
  }
}

/// What of a value its schema does not allow: the few words of the language that the schemas use.
private func violations(of value: Value, against schema: Value, at path: String) -> [String] {
  guard case .record(let rules) = schema else { return ["\(path): no schema"] }
  if case .list(let choices)? = rules["anyOf"] {
    return choices.contains { violations(of: value, against: $0, at: path).isEmpty } ? [] : ["\(path): none of anyOf"]
  }
  if case .list(let choices)? = rules["enum"] { return choices.contains(value) ? [] : ["\(path): not in enum"] }
  switch (rules["type"], value) {
  case ("string", .text), ("boolean", .flag), ("integer", .number), ("null", .null): return []
  case ("array", .list(let elements)):
    return elements.enumerated().flatMap { violations(of: $1, against: rules["items"] ?? .null, at: "\(path)/\($0)") }
  case ("object", .record(let members)):
    guard case .record(let properties)? = rules["properties"], case .list(let required)? = rules["required"] else {
      return ["\(path): rules"]
    }
    let missing = required.filter { name in
      if case .text(let name) = name { members[name] == nil } else { true }
    }
    return missing.map { "\(path): lacks \($0)" }
      + members.sorted { $0.name < $1.name }.flatMap { name, member in
        properties[name].map { violations(of: member, against: $0, at: "\(path)/\(name)") } ?? [
          "\(path): unknown \(name)"
        ]
      }
  default: return ["\(path): wrong type"]
  }
}
