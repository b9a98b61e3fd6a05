import Foundation
import Testing

@Suite("Reports for pipelines") struct ReportCommandTests {
  /// A site with one warning, of a rule.
  private func site(severity: String = "warning") throws -> TemporaryRepository {
    let repository = try TemporaryRepository(files: [
      "content/gazette.yml": "title: Harbor\npeople: {ana: {name: Ana, roles: [{id: release-manager}]}}\n",
      "content/products/gw.yml": "name: Gateway\n", SmallSite.record: "status: released\nreleased: 2023-12-03\n",
      "content/policy/p.yml": "rules: {risk-classified: {severity: \(severity)}}\n",
    ])
    try repository.commit("Release")
    return repository
  }

  private struct Found: Decodable {
    struct Row: Decodable {
      var severity, code, message: String
      var accepted: String?
    }
    var diagnostics: [Row]
    var errors, warnings: Int
  }

  private func found(_ text: String) throws -> Found { try JSONDecoder().decode(Found.self, from: Data(text.utf8)) }

  @Test("several are written at once, each in its form") func several() throws {
    let repository = try site()
    let outcome = try repository.gazette(
      "check", "--report", "text", "--report", "github", "--report", "json=r.json", "--report", "sarif=r.sarif",
      "--report", "junit=r.xml", "--report", "gitlab=r.gl.json")
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(outcome.output.contains("warning[risk-classified]: "))
    #expect(outcome.output.contains("\n::warning file=\(SmallSite.record),line=1,col=1,title=risk-classified::"))
    for (file, words) in [
      ("r.json", "\"code\": \"risk-classified\""), ("r.sarif", "\"ruleId\": \"risk-classified\""),
      ("r.xml", "<testcase name=\"risk-classified: "), ("r.gl.json", "\"check_name\": \"risk-classified\""),
    ] {
      #expect(repository.text(file)?.contains(words) == true, "\(file)")
    }
    #expect(repository.text("r.sarif")?.contains("What to do") == true, "the help of the rule is in it")
  }

  @Test(
    "what makes no sense together is wrong usage",
    arguments: [
      (["--report", "json", "--report", "text"], "json=FILE"),
      (["--report", "sarif", "--report", "junit"], "sarif=FILE"),
      (["--report", "json=a", "--report", "gitlab=a"], "writes `a` twice"), (["--report", "html"], "html"),
      (["--report", "json="], "json="), (["--since", "HEAD", "--write-baseline", "b.yml"], "leave --since out"),
    ])
  func nonsense(arguments: [String], words: String) throws {
    let repository = try site()
    let outcome = try GazetteProcess.run(["check"] + arguments, in: repository.path)
    #expect(outcome.status == 2 && outcome.output == "")
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }

  @Test(
    "a reader that goes away, or never was there, changes neither the exit status nor what is written elsewhere",
    arguments: ["text", "json", "sarif", "junit", "github", "gitlab"])
  func closedPipe(format: String) throws {
    let repository = try site(severity: "error")
    for redirection in ["| true", "| head -c 1 >/dev/null", ">&-", "2>&- >&-", ">/dev/full"] {
      let outcome = try repository.shell(
        "\"$0\" check --report \(format) --report \(format == "json" ? "sarif" : "json")=beside.txt \(redirection); "
          + "echo ${PIPESTATUS[0]} >status")
      // Nobody decided that a disk is full.
      let status = redirection == ">/dev/full" ? "2\n" : "1\n"
      #expect(repository.text("status") == status, "\(redirection): \(outcome.errors)")
      #expect(repository.text("beside.txt")?.contains("risk-classified") == true, "\(redirection)")
      #expect(repository.text("beside.txt")?.hasSuffix("}\n") == true, "\(redirection)")
    }
    let pipe = try repository.shell("mkfifo p; (exec 3<p; exec 3<&-) & \"$0\" check --report \(format)=p")
    #expect(pipe.status == 1, "\(pipe.errors)")
  }

  @Test("a file that cannot be written is status 2 and named", arguments: ["no/such/folder/r", "content"])
  func unwritable(path: String) throws {
    let outcome = try site().gazette("check", "--report", "junit=\(path)")
    #expect(outcome.status == 2 && outcome.errors.contains(path))
  }

  @Test("the gate tells each rule as a case, and everything as JSON") func gate() throws {
    let repository = try site(severity: "error")
    let outcome = try repository.gazette(
      "gate", "gw", "1.0.0", "--to", "production", "--report", "text", "--report", "junit=g.xml", "--report",
      "json=g.json",
      "--report", "sarif=g.sarif", "--report", "gitlab=g.gl", "--report", "github=g.gh")
    try #require(outcome.status == 2, "there is no such environment yet")
    try repository.write(
      "title: Harbor\nenvironments: [{id: production, production: true}]\n", to: "content/gazette.yml")
    let answer = try repository.gazette(
      "gate", "gw", "1.0.0", "--report", "text", "--report", "junit=g.xml", "--report", "json=g.json",
      "--report", "sarif=g.sarif", "--report", "gitlab=g.gl", "--report", "github=g.gh")
    #expect(answer.status == 1 && answer.output.hasPrefix("gw 1.0.0 may not go to"))
    let cases = try #require(repository.text("g.xml"))
    #expect(cases.contains("<testsuite name=\"gw 1.0.0 to production\""))
    #expect(cases.contains("<testcase name=\"risk-classified\"") && cases.contains("<failure type=\"risk-classified\""))
    struct Answer: Decodable {
      struct Gate: Decodable {
        struct Outcome: Decodable {
          var rule, result: String
          var blocking: Bool
        }
        var product, version, environment: String
        var open: Bool
        var outcomes: [Outcome]
      }
      var gate: Gate
      var errors: Int
    }
    let json = try JSONDecoder().decode(Answer.self, from: Data(#require(repository.text("g.json")).utf8))
    #expect(!json.gate.open && json.errors == 1 && json.gate.environment == "production")
    #expect(json.gate.outcomes.map(\.rule) == ["risk-classified"] && json.gate.outcomes[0].blocking)
    #expect(repository.text("g.gh")?.contains("::error file=\(SmallSite.record),") == true)

    try repository.write("status: approved\nscheduled: 2024-03-01\nrisk: low\n", to: SmallSite.record)
    let open = try repository.gazette("gate", "gw", "1.0.0", "--report", "junit")
    #expect(open.status == 0, "\(open.output)")
    #expect(open.output.contains("failures=\"0\""))
  }

  // MARK: The baseline

  @Test("a baseline affects the exit status only, once it says why and until when") func baseline() throws {
    let repository = try site(severity: "error")
    #expect(try repository.gazette("check").status == 1)
    let written = try repository.gazette("check", "--write-baseline", "b.yml")
    #expect(written.status == 0 && written.output.contains("b.yml accepts 1 finding"), "\(written.output)")
    let text = try #require(repository.text("b.yml"))
    let refused = try repository.gazette("check", "--baseline", "b.yml")
    #expect(refused.status == 1 && refused.output.contains("b.yml:"), "\(refused.output)")

    let filled = text.replacingOccurrences(of: "reason:\n", with: "reason: 'old'\n")
      .replacingOccurrences(of: "expires:\n", with: "expires: 2024-06-30\n")
    try repository.write(filled, to: "b.yml")
    let accepted = try repository.gazette("check", "--baseline", "b.yml", "--report", "json")
    #expect(accepted.status == 0, "\(accepted.output)")
    #expect(try found(accepted.output).diagnostics.map(\.accepted) == ["old (until 2024-06-30)"])
    #expect(try found(accepted.output).errors == 1)

    let plain = try repository.gazette("build", "--audience", "all", "--output", "a")
    let lenient = try repository.gazette("build", "--audience", "all", "--output", "b", "--baseline", "b.yml")
    #expect(plain.status == 1 && lenient.status == 0, "\(lenient.output)")
    #expect(repository.contents(of: "a") == repository.contents(of: "b"), "the site is the same")
    #expect(try repository.gazette("build", "--gated", "--output", "c", "--baseline", "b.yml").status == 1)
    #expect(!repository.exists("c"))

    let later = try repository.gazette("check", "--baseline", "b.yml", "--as-of", "2024-07-01T00:00Z")
    #expect(later.status == 1 && later.output.contains("warning[C070]"), "\(later.output)")

    try repository.write("status: released\nreleased: 2023-12-03\nrisk: low\n", to: SmallSite.record)
    let idle = try repository.gazette("check", "--baseline", "b.yml")
    #expect(idle.status == 0 && idle.output.contains("warning[C071]"), "\(idle.output)")
    #expect(
      try repository.gazette("gate", "gw", "1.0.0", "--baseline", "b.yml").status == 2, "the gate has no such option")
  }

  @Test("a baseline covers warnings that --strict makes errors, and never what keeps rules from being asked")
  func baselineAndErrors() throws {
    let repository = try site()
    #expect(try repository.gazette("check", "--strict").status == 1)
    #expect(try repository.gazette("check", "--write-baseline", "b.yml").status == 0)
    func fill() throws {
      let text = try #require(repository.text("b.yml"))
      try repository.write(
        text.replacingOccurrences(of: "reason:\n", with: "reason: 'old'\n")
          .replacingOccurrences(of: "expires:\n", with: "expires: 2024-06-30\n"), to: "b.yml")
    }
    try fill()
    #expect(try repository.gazette("check", "--strict", "--baseline", "b.yml").status == 0)

    try repository.write("status: relased\n", to: SmallSite.record)
    #expect(try repository.gazette("check", "--write-baseline", "b.yml", "--baseline", "b.yml").status == 0)
    try fill()
    let check = try repository.gazette("check", "--baseline", "b.yml")
    #expect(check.status == 1, "\(check.output)")
    #expect(try repository.gazette("build", "--baseline", "b.yml").status == 1)
  }

  @Test("a baseline that is not there is status 2") func noBaseline() throws {
    let outcome = try site().gazette("check", "--baseline", "none.yml")
    #expect(outcome.status == 2 && outcome.errors.contains("none.yml"))
  }
}
