import Foundation
import Testing

@Suite("gazette metrics")
struct MetricsCommandTests {
  private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  private static let root = tests.deletingLastPathComponent().deletingLastPathComponent().path
  private static let script = tests.appendingPathComponent("Oracles/metrics.py").path

  private static func canRun(_ program: String) -> Bool {
    (try? GazetteProcess.run(["-c", program], in: "/tmp", program: "/usr/bin/python3").status) == 0
  }

  private struct Written: Decodable {
    struct Entry: Decodable {
      struct Total: Decodable {
        var name: String
        var value: Double?
        var n: Int
      }
      var of: String
      var id: String
      var totals: [Total]
    }
    var figures: [Entry]
  }

  private func agree(_ a: Double?, _ b: Double?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return abs(a - b) <= 1e-9 * max(1, abs(a), abs(b))
  }

  @Test("the figures of rule health are the outcomes that the documents of the releases tell, counted")
  func ruleHealth()
    throws
  {
    struct Release: Decodable {
      struct Internal: Decodable {
        struct Outcome: Decodable {
          var result: String
        }
        var outcomes: [Outcome]
      }
      var `internal`: Internal
    }
    let asOf = "2026-11-02T09:00Z"
    let ours = try GazetteProcess.run(["metrics", "--format", "json", "--as-of", asOf], in: Self.root)
    let written = try JSONDecoder().decode(Written.self, from: Data(ours.output.utf8))
    let output = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: output) }
    let built = try GazetteProcess.run(
      ["build", "--quiet", "--allow-shallow", "--audience", "internal", "--as-of", asOf, "--output", output.path],
      in: Self.root)
    try #require(built.status == 0, "\(built.errors)")
    let releases = output.appending(path: "api/v1/releases")
    for product in ["console", "gateway", "lantern", "vault"] {
      var counts: [String: Int] = [:]
      let folder = releases.appending(path: product)
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
        let data = try Data(contentsOf: folder.appending(path: name))
        let release = try JSONDecoder().decode(Release.self, from: data)
        for outcome in release.internal.outcomes { counts[outcome.result, default: 0] += 1 }
      }
      let totals = written.figures.first { $0.of == product && $0.id == "rule-health" }?.totals ?? []
      for name in ["Passed", "Failed", "Waived", "Unverifiable"] {
        let value = totals.first { $0.name == name }?.value
        #expect(value == Double(counts[name.lowercased()] ?? 0), "\(product) \(name)")
      }
      #expect(counts["passed"] ?? 0 > 10)
    }
  }

  @Test(
    "a script that knows nothing of Gazette finds the same figures in the demonstration's files",
    .enabled(if: canRun("import yaml, zoneinfo")))
  func demonstration() throws {
    let asOf = "2026-11-02T09:00Z"
    let ours = try GazetteProcess.run(["metrics", "--format", "json", "--as-of", asOf], in: Self.root)
    try #require(ours.status == 0, "\(ours.errors)")
    let written = try JSONDecoder().decode(Written.self, from: Data(ours.output.utf8))
    let theirs = try GazetteProcess.run(
      [Self.script, "content", Self.root + "/content", asOf], in: Self.root, program: "/usr/bin/python3")
    try #require(theirs.status == 0, "\(theirs.errors)")
    let expected = try JSONDecoder().decode(
      [String: [String: [String: Double?]]].self, from: Data(theirs.output.utf8))
    var compared = 0
    for (product, figures) in expected {
      for (id, totals) in figures {
        let entry = written.figures.first { $0.of == product && $0.id == id }
        for (name, value) in totals {
          let total = entry?.totals.first { $0.name == name }
          #expect(total != nil, "\(product) \(id) has no \(name)")
          #expect(
            agree(total?.value, value),
            "\(product) \(id) \(name): \(String(describing: total?.value)), not \(String(describing: value))")
          compared += 1
        }
      }
    }
    #expect(compared > 110)
    // Whatever the demonstration has, the script has too; what rules say of a release is not in raw files.
    for entry in written.figures {
      guard let known = expected[entry.of] else { continue }
      let names = Set(entry.totals.map(\.name)).subtracting(known[entry.id].map { Set($0.keys) } ?? [])
      let judged: Set<String> = entry.id == "rule-health" ? ["Passed", "Failed", "Waived", "Unverifiable"] : []
      #expect(names.isSubset(of: judged), "\(entry.of) \(entry.id)")
    }
    // A team is its products together.
    func deployments(_ id: String) -> Int? {
      written.figures.first { $0.of == id && $0.id == "deployment-frequency" }?.totals.first?.n
    }
    #expect(deployments("platform") == (deployments("gateway") ?? 0) + (deployments("console") ?? 0))
  }

  @Test(
    "lead times of a product with tags only are those that Git gives",
    .enabled(if: canRun("import subprocess")))
  func tagsOnly() throws {
    let repository = try TemporaryRepository(files: [
      "content/gazette.yml": "title: Tools\nbots: ['*[bot]@*']\n",
      "content/products/tool.yml":
        "name: Tool\nkind: package\nsource: {id: main, tags: 'v{version}', discover: true}\n",
    ])
    try repository.commit("Start", tag: "v1.0.0")
    for number in 1...6 { try repository.commit("Change \(number)", tag: number == 3 ? "v1.1.0" : nil) }
    try repository.git("checkout", "--quiet", "-b", "side", "HEAD~2")
    try repository.commit("On the side")
    try repository.git("checkout", "--quiet", "main")
    try repository.git(
      "merge", "--quiet", "--no-ff", "-m", "Merge", "side",
      environment: [
        "GIT_AUTHOR_DATE": "2024-01-12T12:00:00Z", "GIT_COMMITTER_DATE": "2024-01-12T12:00:00Z",
      ])
    for number in 9...12 { try repository.commit("Change \(number)", tag: number == 12 ? "v1.2.0" : nil) }
    let ours = try repository.gazette("metrics", "tool", "--format", "json", "--as-of", "2024-03-01T00:00Z")
    try #require(ours.status == 0, "\(ours.errors)")
    let written = try JSONDecoder().decode(Written.self, from: Data(ours.output.utf8))
    let lead = try #require(written.figures.first { $0.id == "lead-time" })
    let theirs = try GazetteProcess.run(
      [Self.script, "tags", repository.path, "v"], in: Self.root, program: "/usr/bin/python3")
    let expected = try JSONDecoder().decode([String: Double?].self, from: Data(theirs.output.utf8))
    for total in lead.totals {
      #expect(agree(total.value, expected[total.name] ?? nil), "\(total.name)")
      #expect(total.n == Int((expected["count"] ?? nil) ?? 0))
    }
    #expect(lead.totals.first?.value != nil)
  }

  @Test("a week, a month or a quarter is asked for by name") func sizes() throws {
    let repository = try SmallSite.repository()
    for (size, label) in [("week", "2024-W01"), ("month", "2024-01"), ("quarter", "2024-Q1")] {
      let csv = try repository.gazette("metrics", "gw", "--by", size, "--format", "csv")
      #expect(csv.status == 0)
      #expect(csv.output.contains("gw,deployment-frequency,\(label),2024-01-01,"), "\(csv.output.prefix(300))")
    }
    #expect(try repository.gazette("metrics", "--by", "day").status == 2)
  }

  @Test("text and CSV say the same, and an unknown product is wrong usage") func formats() throws {
    let repository = try SmallSite.repository()
    let text = try repository.gazette("metrics")
    #expect(text.status == 0)
    #expect(text.output.hasPrefix("Gateway\n  Deployment frequency\n    Deployments: 1\n"))
    #expect(text.output.contains("Share: not enough data (n = 1)"))
    let csv = try repository.gazette("metrics", "gw", "--format", "csv")
    #expect(csv.output.hasPrefix("of,figure,bucket,starts,unfinished,line,value,unit,n,releases\n"))
    #expect(csv.output.contains("gw,deployment-frequency,2024-01,2024-01-01,"))
    let unknown = try repository.gazette("metrics", "gv")
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("there is no product `gv`"))
  }

  @Test("without anything to measure it says so") func nothing() throws {
    let repository = try TemporaryRepository(files: ["content/gazette.yml": "title: Harbor\n"])
    try repository.commit("Begin")
    let outcome = try repository.gazette("metrics")
    #expect(outcome.status == 0 && outcome.output.hasPrefix("There is nothing to measure"), "\(outcome.output)")
  }
}
