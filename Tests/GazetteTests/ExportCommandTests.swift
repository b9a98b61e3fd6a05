import Foundation
import Testing

/// What leaves the site by `gazette export` and `gazette gate --attest`.
@Suite("Exports, by the command") struct ExportCommandTests {
  private func repository() throws -> TemporaryRepository {
    let repository = try SmallSite.repository()
    try repository.write(
      """
      title: Harbor
      environments: [{id: production, name: Production, production: true}]
      people: {ana: {name: Ana Ruiz, emails: [ana@harbor.example]}}
      periods: [{id: 2024-q1, from: 2024-01-01, to: 2024-03-31, frameworks: [soc2-2017], sample: 5}]

      """, to: "content/gazette.yml")
    try repository.write("extends: [baseline]\n", to: "content/policy/releases.yml")
    try repository.write(
      """
      status: released
      released: 2024-01-01
      commit: 3f2a000000000000000000000000000000000000
      artifacts: [{name: gw.tgz, digest: 'sha256:\(String(repeating: "ab", count: 32))'}]
      evidence: [{id: log, kind: document, path: content/evidence/gw/log — ж.txt}]
      approvals: [{by: ana, decision: approved, at: 2023-12-31T10:00Z}]

      """, to: SmallSite.record)
    try repository.write("it went well\n", to: "content/evidence/gw/log — ж.txt")
    try repository.commit("Govern")
    return repository
  }

  @Test("every table is there as CSV, and all of them as JSON") func tables() throws {
    let repository = try repository()
    for (table, words) in [
      ("releases", "gw,1.0.0,released"), ("outcomes", "gw,1.0.0,change-described,passed"),
      ("approvals", "gw,1.0.0,ana"), ("evidence", "content/evidence/gw/log — ж.txt"), ("waivers", "id,rule,product"),
    ] {
      let outcome = try repository.gazette("export", "csv", table)
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
      #expect(outcome.output.contains(words), "\(outcome.output)")
    }
    #expect(try repository.gazette("export", "json", "--output", "all.json").status == 0)
    let text = try #require(repository.text("all.json"))
    let all = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(Set(all.keys) == ["as_of", "commit", "releases", "outcomes", "approvals", "evidence", "waivers"])
    #expect(try repository.gazette("export", "csv", "relases").errors.contains("relases"))
  }

  @Test("nothing is exported that no commit holds") func uncommitted() throws {
    let repository = try repository()
    try repository.write("# Notes\n\n- Another thing\n", to: SmallSite.notes)
    for arguments in [["csv", "releases"], ["json"], ["oscal"], ["period", "2024-q1", "--output", "x.zip"]] {
      let outcome = try GazetteProcess.run(["export"] + arguments, in: repository.path)
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("S030"), "\(outcome.output)")
    }
    #expect(try repository.gazette("export", "verdict", "gw", "1.0.0").status == 2)
    #expect(!repository.exists("x.zip"))
  }

  @Test("evidence that Git is told to ignore, or that lies outside the content, counts as not committed") func ignored()
    throws
  {
    for path in ["content/evidence/gw/log — ж.txt", "reports/log.txt"] {
      let repository = try repository()
      let record = try #require(repository.text(SmallSite.record))
      try repository.write(record.replacing("content/evidence/gw/log — ж.txt", with: path), to: SmallSite.record)
      try repository.write("*.txt\n", to: ".gitignore")
      try repository.git("rm", "-r", "--quiet", "--cached", "content/evidence")
      try repository.commit("Ignore evidence")
      try repository.write("it went well\n", to: path)
      let outcome = try repository.gazette("export", "csv", "evidence")
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("`\(path)` differs"), "\(outcome.output)")
    }
  }

  @Test("an approval goes out with the commit that brought it, whatever the policy asks") func approvals() throws {
    let repository = try repository()
    let lines = try repository.gazette("export", "csv", "approvals").output.split(separator: "\r\n")
    try #require(lines.count == 2)
    #expect(lines[0].hasSuffix("place,origin,commit,authored_by,authored_at,committed_by,committed_at,merge,signature"))
    #expect(lines[1].firstMatch(of: /:6:13,commit,[0-9a-f]{40},Ana <ana@harbor.example>,/) != nil, "\(lines[1])")
    #expect(lines[1].hasSuffix(",,unsigned"), "\(lines[1])")
  }

  @Test("the verdict is the gate's, and the same each time") func verdict() throws {
    let repository = try repository()
    let gate = try repository.gazette("gate", "gw", "1.0.0", "--attest", "gate.json")
    #expect(gate.status == 1 || gate.status == 0, "\(gate.errors)")
    #expect(try repository.gazette("export", "verdict", "gw", "1.0.0", "--output", "verdict.json").status == 0)
    let text = try #require(repository.text("verdict.json"))
    #expect(text == repository.text("gate.json"))
    #expect(text.contains(gate.status == 0 ? "\"PASSED\"" : "\"FAILED\""))
    #expect(try repository.gazette("export", "verdict", "gw", "1.0.1").status == 2)
  }

  /// What the schema of assessment results requires, and forbids, of the parts that are written.
  @Test("the OSCAL document has the members that are required, and links that lead somewhere") func oscal() throws {
    let repository = try repository()
    let outcome = try repository.gazette("export", "oscal", "--framework", "soc2-2017")
    let written = try repository.gazette("export", "oscal", "--framework", "soc2-2017", "--output", "o.json")
    #expect(written.status == 0 && written.output == "" && repository.text("o.json") == outcome.output)
    #expect(repository.files(in: ".").filter { $0.hasPrefix("o.json") } == ["o.json"])
    let nowhere = try repository.gazette("export", "oscal", "--output", "none/o.json")
    #expect(nowhere.status == 2 && nowhere.errors.contains("the file cannot be written"), "\(nowhere.errors)")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(try repository.gazette("export", "oscal", "--framework", "soc2-2017").output == outcome.output)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: [String: Any]])
    #expect(OSCALForm.document.faults(in: document) == [])
    let broken = outcome.output.replacingOccurrences(of: "\"collected\":", with: "\"colected\":")
      .replacingOccurrences(of: "\"EXAMINE\"", with: "\"LOOK\"")
    let faults = OSCALForm.document.faults(in: try JSONSerialization.jsonObject(with: Data(broken.utf8)))
    #expect(
      ["colected is not allowed", "collected is no text", "is “LOOK”"].allSatisfy { words in
        faults.contains { $0.contains(words) }
      })
    let results = try #require(document["assessment-results"])
    #expect(Set(results.keys) == ["uuid", "metadata", "import-ap", "results", "back-matter"])
    let metadata = try #require(results["metadata"] as? [String: Any])
    #expect(Set(metadata.keys).isSuperset(of: ["title", "last-modified", "version", "oscal-version"]))
    let result = try #require((results["results"] as? [[String: Any]])?.first)
    #expect(Set(result.keys).isSuperset(of: ["uuid", "title", "description", "start", "reviewed-controls"]))
    let observations = try #require(result["observations"] as? [[String: Any]])
    // What is left out is counted, so that outcomes add up to rules times releases.
    let counts = Dictionary(
      (result["props"] as? [[String: String]] ?? []).map { ($0["name"] ?? "", Int($0["value"] ?? "") ?? -1) },
      uniquingKeysWith: { first, _ in first })
    #expect(
      counts["not-applicable"].map { $0 + observations.count } == (counts["rules"] ?? 0) * (counts["releases"] ?? 0))
    #expect(Set(observations.compactMap { $0["collected"] as? String }).count == 1)
    for observation in observations {
      #expect(Set(observation.keys).isSuperset(of: ["uuid", "description", "methods", "collected"]))
    }
    let uuids = outcome.output.matches(of: /"uuid":"([^"]*)"/).map { String($0.output.1) }
    #expect(Set(uuids).count == uuids.count)
    for uuid in uuids {
      #expect(
        uuid.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil, "\(uuid)")
    }
    for link in outcome.output.matches(of: /"href":"#([^"]*)"|"subject-uuid":"([^"]*)"/) {
      #expect(uuids.contains(String(link.output.1 ?? link.output.2 ?? "")))
    }
    #expect(try repository.gazette("export", "oscal", "--framework", "soc3").errors.contains("soc2-2017"))
  }

  @Test("the ZIP of a period has all, says so in its manifest, and has the same bytes in every time zone") func period()
    throws
  {
    let repository = try repository()
    let made = try repository.gazette("export", "period", "2024-q1", "--seed", "4711", "--output", "a.zip")
    #expect(made.status == 0, "\(made.output)\(made.errors)")
    #expect(made.output.contains("1 release from 2024-01-01 to 2024-03-31, 1 drawn with the seed `4711`"))
    for (zone, locale, name) in [("Asia/Kathmandu", "C", "b.zip"), ("America/New_York", "C.UTF-8", "c.zip")] {
      let again = try GazetteProcess.run(
        ["export", "period", "2024-q1", "--seed", "4711", "--output", name], in: repository.path,
        environment: ["TZ": zone, "LC_ALL": locale])
      #expect(again.status == 0, "\(again.output)\(again.errors)")
      #expect(repository.contents(of: ".")[name] == repository.contents(of: ".")["a.zip"])
    }
    #expect(try repository.gazette("export", "period", "2024-q9", "--output", "d.zip").status == 2)
    #expect(try repository.gazette("export", "period", "2024-q1", "--output", "no/d.zip").status == 2)
    guard FileManager.default.fileExists(atPath: "/usr/bin/python3") else { return }
    let script = """
      import hashlib, sys, zipfile
      z = zipfile.ZipFile('a.zip')
      names = z.namelist()
      for line in z.read('manifest.sha256').decode().splitlines():
          digest, name = line.split('  ', 1)
          assert hashlib.sha256(z.read(name)).hexdigest() == digest, name
          names.remove(name)
      assert names == ['manifest.sha256'], names
      assert z.read('files/content/evidence/gw/log — ж.txt') == b'it went well\\n'
      print(*sorted(z.namelist()), sep='\\n')
      """
    let opened = try GazetteProcess.run(
      ["-X", "utf8", "-c", script], in: repository.path, program: "/usr/bin/python3")
    #expect(opened.status == 0, "\(opened.errors)")
    #expect(
      opened.output.split(separator: "\n").map(String.init) == [
        "README.txt", "approvals.csv", "evidence.csv", "files/built-in/policy/baseline.yml",
        "files/content/evidence/gw/log — ж.txt", "files/content/gazette.yml", "files/content/policy/releases.yml",
        "files/content/releases/gw/1.0.0.md", "files/content/releases/gw/1.0.0.yml", "manifest.sha256", "outcomes.csv",
        "period.json", "population.csv", "reconciliation.csv", "releases.csv", "sample.csv",
        "waivers.csv",
      ])
  }

  @Test("the internal site has the period with the archive that the export makes, and the log with its data")
  func pages()
    throws
  {
    let repository = try repository()
    #expect(try repository.gazette("build", "--audience", "all").status != 2)
    let site = repository.contents(of: "_site")
    let archive = try #require(site["internal/audit/periods/2024-q1/2024-q1.zip"])
    #expect(try repository.gazette("export", "period", "2024-q1", "--output", "x.zip").status == 0)
    #expect(archive == repository.contents(of: ".")["x.zip"])
    let page = String(decoding: try #require(site["internal/audit/periods/2024-q1/index.html"]), as: UTF8.self)
    #expect(page.contains("href=\"2024-q1.zip\""))
    let months = site.keys.filter { $0.hasPrefix("internal/audit/log/") && $0.hasSuffix("/log.csv") }
    let csv = months.map { String(decoding: site[$0] ?? Data(), as: UTF8.self) }.joined()
    #expect(csv.contains(",content/policy/releases.yml,added,policy,,,"))
    #expect(csv.contains("approvals: added ana (approved)"))
    #expect(!site.keys.contains { $0.hasPrefix("public/audit") })
    let again = try repository.gazette("build", "--audience", "all", "--jobs", "1")
    #expect(again.output.contains("nothing changed"), "\(again.output)")
    try repository.write("# Notes\n\n- Another thing\n", to: SmallSite.notes)
    #expect(try repository.gazette("build", "--audience", "all").status != 2)
    let changed = repository.contents(of: "_site")
    #expect(changed["internal/audit/periods/2024-q1/2024-q1.zip"] == nil)
    #expect(
      String(decoding: try #require(changed["internal/audit/periods/2024-q1/index.html"]), as: UTF8.self)
        .contains("differs from the commit"))
  }

  @Test("a release that comes from a tag has it in the table") func tags() throws {
    let repository = try SmallSite.repository()
    try repository.write("name: Gateway\nsource: {tags: 'v{version}', discover: true}\n", to: "content/products/gw.yml")
    try repository.commit("More", tag: "v1.1.0")
    let lines = try repository.gazette("export", "csv", "releases").output.split(separator: "\r\n")
    let column = try #require(lines.first?.split(separator: ",").firstIndex(of: "tag"))
    let tags = lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false)[column] }
    #expect(Set(tags) == ["v1.1.0", ""], "\(lines)")
  }
}
