import Diagnostics
import Export
import Foundation
import Governance
import Model
import Testing

@Suite("A period") struct PeriodTests {
  private func facts() throws -> Ledger {
    var undated = try release("2.0.0")
    undated.released = nil
    var found = try release("2.2.0", on: "2026-07-01")
    (found.isDiscovered, found.commit) = (true, "3f2a000000000000000000000000000000000000")
    var facts = try ledger([
      try release("2.5.0", .planned, on: "2026-11-30"), try release("2.4.0", on: "2026-12-31"),
      try release("2.3.0", .withdrawn, on: "2026-09-01"), found, try release("2.1.0", on: "2026-06-30"), undated,
    ])
    facts.site.periods = [try period()]
    return facts
  }

  private func period() throws -> Site.Period {
    Site.Period(
      id: "2026-h2", from: try #require(CivilDate("2026-07-01")), to: try #require(CivilDate("2026-12-31")))
  }

  @Test("the population is what went out from the first day to the last, whatever became of it") func members() throws {
    let population = Population(of: try period(), in: LedgerFacts(try facts()))
    #expect(population.members.map(\.release.version) == ["2.2.0", "2.3.0", "2.4.0"])
    #expect(
      population.reconciliation.map { "\($0.name) \($0.state.rawValue)" } == [
        "2.4.0 matched", "2.3.0 matched", "2.2.0 unmatched", "2.0.0 undated",
      ])
    #expect(population.reconciliation.map(\.tag) == [.notKept, .notKept, .found("2.2.0"), .notKept])
    #expect(population.reconciliation[2].record == .missing)
  }

  @Test("records and tags are held against each other") func reconciled() throws {
    var facts = try facts()
    var source = SourceRepository(id: "main", at: place())
    source.tags = TagPattern("v{version}")
    facts.shelves[0].product.sources = [source]
    facts.shelves[0].releases[1].commit = "3f2a000000000000000000000000000000000000"
    facts.git.tagsWithoutRecord[ProductID("gateway")] = try ["2026-09-09T09:00Z", "2026-01-09T09:00Z"].map {
      Tag(name: "v9", commit: "ab", isAnnotated: false, date: try #require(Moment($0)), subject: "")
    }
    let reconciliation = Population(of: try period(), in: LedgerFacts(facts)).reconciliation
    #expect(reconciliation.map(\.state) == [.matched, .unmatched, .unmatched, .undated, .unmatched])
    #expect(reconciliation.map(\.name) == ["2.4.0", "2.3.0", "2.2.0", "2.0.0", "v9"])
    #expect(reconciliation[1].tag == .missing && reconciliation[4].record == .missing)
  }

  @Test("events of production and of publication are held against the records; others are not") func told() throws {
    var facts = try facts()
    facts.site.environments = [
      DeploymentEnvironment(id: "staging", name: "Staging"),
      DeploymentEnvironment(id: "live", name: "Live", isProduction: true),
    ]
    facts.shelves[0].product.formerly = ["api"]
    facts.shelves[0].releases[2].artifacts = [Artifact(name: "x", at: place())]
    facts.shelves[0].releases[2].artifacts[0].digest = "sha256:ab"
    var line = 0
    func event(_ type: String, _ subject: String, _ artifact: String?, in environment: String? = "live") throws
      -> ToldEvent
    {
      line += 1
      var event = DeliveryEvent(
        id: "\(line)", source: "/ci", type: type, typeVersion: "0.1.1", at: try #require(Moment("2026-09-09T09:00Z")),
        subject: subject)
      (event.artifact, event.environment) = (artifact, environment)
      return ToldEvent(event, at: place("content/events/a.ndjson", line))
    }
    facts.events = try [
      event("service.deployed", "api", "pkg:oci/gateway@2.4.0"), event("service.upgraded", "x", "pkg:oci/y@sha256:ab"),
      event("service.deployed", "gateway", "pkg:oci/gateway@2.5.0"),
      event("service.deployed", "gateway", "pkg:oci/gateway@7.0.0"),
      event("service.deployed", "gateway", "pkg:oci/gateway@8.0.0", in: "staging"),
      event("service.removed", "gateway", "pkg:oci/gateway@8.0.0"),
      event("artifact.published", "pkg:npm/other@1.0.0", "pkg:npm/other@1.0.0", in: nil),
    ]
    let reconciliation = Population(of: try period(), in: LedgerFacts(facts)).reconciliation
    #expect(
      reconciliation.map { "\($0.name) \($0.state.rawValue)" } == [
        "2.5.0 unmatched", "2.4.0 matched", "2.3.0 matched", "2.2.0 unmatched", "2.0.0 undated",
        "pkg:oci/gateway@7.0.0 unmatched", "pkg:npm/other@1.0.0 unmatched",
      ])
    #expect(reconciliation[0].record == .missing, "it is planned, and went out")
    #expect(reconciliation[1].event == .found("content/events/a.ndjson:1"))
    #expect(reconciliation[2].event == .found("content/events/a.ndjson:2"))
    #expect(reconciliation[3].event == .missing)
    #expect(reconciliation[5].product == ProductID("gateway") && reconciliation[6].product == nil)
  }

  /// Computed with Python: `sorted(ids, key=lambda i: sha256(seed + b"\0" + i).digest())`.
  @Test(
    "the sample is drawn by SHA-256 of seed and release",
    arguments: [
      ("4711", ["2.2.0", "2.4.0", "2.3.0"]), ("2026-h2", ["2.3.0", "2.2.0", "2.4.0"]),
    ])
  func sample(seed: String, order: [String]) throws {
    let population = Population(of: try period(), in: LedgerFacts(try facts()))
    let rank = SampleRank(seed: seed).rank
    #expect(population.sample(9, rank: rank).map(\.release.version) == order)
    #expect(population.sample(2, rank: rank).map(\.release.version) == Array(order.prefix(2)))
    #expect(population.sample(0, rank: rank).isEmpty)
  }

  @Test("a ZIP file has the same bytes each time and in every time zone, and what was put into it") func zip() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func written(_ name: String) throws -> Data {
      let path = folder.appending(path: name).path
      let writer = try ZIPWriter(to: path)
      try writer.add(Array("hello\n".utf8), as: "a.txt")
      try writer.add([], as: "files/Prüfbericht – ж.xml")
      try writer.add(Array(repeating: 7, count: 100_000), as: "files/b.bin")
      _ = try writer.finish()
      let inMemory = try ZIPWriter()
      try inMemory.add(Array("hello\n".utf8), as: "a.txt")
      try inMemory.add([], as: "files/Prüfbericht – ж.xml")
      try inMemory.add(Array(repeating: 7, count: 100_000), as: "files/b.bin")
      #expect(try Data(inMemory.finish()) == Data(contentsOf: folder.appending(path: name)))
      return try Data(contentsOf: folder.appending(path: name))
    }
    let first = try written("one.zip")
    #expect(try written("two.zip") == first)
    // An independent reader.
    let script = """
      import sys, zipfile
      z = zipfile.ZipFile(sys.argv[1])
      assert z.testzip() is None
      for i in z.infolist():
          print(i.filename, i.file_size, i.compress_type, i.date_time, oct(i.external_attr >> 16))
      assert z.read('a.txt') == b'hello\\n'
      """
    guard let python = ["/usr/bin/python3", "/usr/local/bin/python3"].first(where: FileManager.default.fileExists)
    else {
      return
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-X", "utf8", "-c", script, folder.appending(path: "one.zip").path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(
      text == """
        a.txt 6 0 (1980, 1, 1, 0, 0, 0) 0o100644
        files/Prüfbericht – ж.xml 0 0 (1980, 1, 1, 0, 0, 0) 0o100644
        files/b.bin 100000 0 (1980, 1, 1, 0, 0, 0) 0o100644

        """)
  }

  @Test("a ZIP file that cannot be written is the machine's fault") func unwritable() {
    #expect(throws: FileError.self) { _ = try ZIPWriter(to: "/nowhere/at/all.zip").finish() }
  }
}
