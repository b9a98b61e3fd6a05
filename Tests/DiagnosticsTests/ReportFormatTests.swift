import Diagnostics
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Reports for other programs")
struct ReportFormatTests {
  private let first = Code("C901", "a first code", why: "because", fix: "mend it")
  private let second = Code("M902", "a second code", why: "because", fix: "mend it")

  /// One report with every kind of part, for all formats.
  /// - Parameter shift: How far the lines have moved.
  private func sample(shift: Int = 0) -> Report {
    var report = Report()
    report.warning(
      second, "100 % of it,\r\nreally: yes",
      at: SourceLocation(file: "content/a, b: 50%.md", line: 1, column: 3, length: 5))
    report.error(
      first, "the key `<a>` is \"unknown\"",
      at: SourceLocation(file: "content/a.yml", line: 2 + shift, column: 1, length: 7), label: "no key",
      notes: [Diagnostic.Note("keys are declared", at: SourceLocation(file: "content/c.yml", line: 9, column: 4))],
      help: "write `<b>` & go")
    report.error(
      first, "the key `<a>` is \"unknown\"",
      at: SourceLocation(file: "content/a.yml", line: 5 + shift, column: 1, length: 7))
    report.error(first, "nothing to read")
    report.add(.info(second, "by the way", at: SourceLocation(file: "content/z.yml")))
    return report
  }

  private func accepted(_ report: Report) -> Report {
    report.map { diagnostic in
      var diagnostic = diagnostic
      diagnostic.acceptance = Diagnostic.Note("known (until 2026-12-31)")
      return diagnostic
    }
  }

  @Test("GitHub's are commands with everything escaped that would end them") func github() {
    #expect(
      GitHubReport().text(of: sample()) == """
        ::error title=C901::nothing to read
        ::warning file=content/a%2C b%3A 50%25.md,line=1,col=3,endColumn=8,title=M902::100 %25 of it,%0D%0Areally: yes
        ::error file=content/a.yml,line=2,col=1,endColumn=8,title=C901::the key `<a>` is "unknown" (no key)%0Anote: \
        keys are declared%0Ahelp: write `<b>` & go
        ::error file=content/a.yml,line=5,col=1,endColumn=8,title=C901::the key `<a>` is "unknown"
        ::notice file=content/z.yml,line=1,col=1,title=M902::by the way

        """)
    #expect(GitHubReport().text(of: Report()).isEmpty)
  }

  @Test("no text of ours begins a command of its own in GitHub's log")
  func githubInjection() {
    var report = Report()
    report.error(
      first, "x\n::stop-commands::y\r::add-mask::z", at: SourceLocation(file: "a\n::error::b", line: 1),
      help: "h\n::x::")
    let lines = GitHubReport().text(of: report).split(whereSeparator: \.isNewline)
    #expect(lines.count == 1)
  }

  @Test("GitLab's are a list with what it needs, each finding with a fingerprint of its own") func gitlab() throws {
    struct Issue: Decodable, Equatable {
      struct Location: Decodable, Equatable {
        struct Lines: Decodable, Equatable { var begin: Int }
        var path: String
        var lines: Lines
      }
      var description, check_name, fingerprint, severity: String
      var location: Location
    }
    let issues = try JSONDecoder().decode([Issue].self, from: Data(GitLabReport().text(of: sample()).utf8))
    #expect(issues.map(\.severity) == ["major", "minor", "major", "major", "info"])
    #expect(issues.map(\.location.path).prefix(3) == [".", "content/a, b: 50%.md", "content/a.yml"])
    #expect(issues.map(\.location.lines.begin) == [1, 1, 2, 5, 1])
    #expect(Set(issues.map(\.fingerprint)).count == 5)
    #expect(issues.allSatisfy { $0.fingerprint.count == 32 })
    let moved = try JSONDecoder().decode([Issue].self, from: Data(GitLabReport().text(of: sample(shift: 7)).utf8))
    #expect(moved.map(\.fingerprint) == issues.map(\.fingerprint))
    #expect(GitLabReport().text(of: Report()) == "[]\n")
  }

  private struct Log: Decodable {
    struct Text: Decodable { var text: String }
    struct Place: Decodable {
      struct Physical: Decodable {
        struct Artifact: Decodable { var uri, uriBaseId: String }
        struct Region: Decodable { var startLine, startColumn, endColumn: Int }
        var artifactLocation: Artifact
        var region: Region
      }
      var physicalLocation: Physical
      var message: Text?
    }
    struct Result: Decodable {
      struct Suppression: Decodable { var kind, justification: String }
      var ruleId, level: String
      var ruleIndex: Int
      var message: Text
      var locations, relatedLocations: [Place]?
      var partialFingerprints: [String: String]
      var suppressions: [Suppression]?
    }
    struct Run: Decodable {
      struct Tool: Decodable {
        struct Driver: Decodable {
          struct Rule: Decodable {
            var id: String
            var shortDescription, help: Text?
          }
          var name, version: String
          var rules: [Rule]
        }
        var driver: Driver
      }
      var tool: Tool
      var columnKind: String
      var results: [Result]
    }
    var version: String
    var runs: [Run]
  }

  private func log(of report: Report) throws -> Log.Run {
    let text = SARIFReport(version: "1.2.3") { code in
      code == "C901" ? SARIFReport.Rule(title: "a first code", why: "because", help: "mend it") : nil
    }.text(of: report)
    let log = try JSONDecoder().decode(Log.self, from: Data(text.utf8))
    #expect(log.version == "2.1.0")
    return try #require(log.runs.first)
  }

  @Test("SARIF's have the rules, the regions, relative addresses and related places") func sarif() throws {
    let run = try log(of: sample())
    #expect(run.tool.driver.rules.map(\.id) == ["C901", "M902"])
    #expect(run.tool.driver.rules[0].help?.text == "mend it")
    #expect(run.tool.driver.version == "1.2.3")
    #expect(run.columnKind == "unicodeCodePoints")
    #expect(run.results.map(\.level) == ["error", "warning", "error", "error", "note"])
    #expect(run.results.map(\.ruleIndex) == [0, 1, 0, 0, 1])
    #expect(run.results[0].locations == nil)
    let place = try #require(run.results[1].locations?.first?.physicalLocation)
    #expect(place.artifactLocation.uri == "content/a%2C%20b%3A%2050%25.md")
    #expect(place.region.startLine == 1 && place.region.startColumn == 3 && place.region.endColumn == 8)
    #expect(
      run.results[2].message.text
        == "the key `<a>` is \"unknown\" (no key)\nnote: keys are declared\nhelp: write `<b>` & go")
    #expect(run.results[2].relatedLocations?.first?.physicalLocation.region.startLine == 9)
  }

  @Test("SARIF's fingerprints stay when lines move, and tell findings that are alike apart") func fingerprints() throws
  {
    let here = try log(of: sample()).results.map(\.partialFingerprints)
    #expect(try log(of: sample(shift: 40)).results.map(\.partialFingerprints) == here)
    #expect(Set(here).count == 5)
  }

  @Test("SARIF's findings that the baseline accepts are suppressed, with the reason") func suppressed() throws {
    let results = try log(of: accepted(sample())).results
    #expect(results.allSatisfy { $0.suppressions?.first?.kind == "external" })
    #expect(results[0].suppressions?.first?.justification == "known (until 2026-12-31)")
  }

  /// What is in an XML file, as Foundation's own parser sees it.
  private final class Elements: NSObject, XMLParserDelegate {
    var names: [String] = []
    var attributes: [[String: String]] = []
    var text = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      names.append(name)
      self.attributes.append(attributes)
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    static func of(_ text: String) throws -> Elements {
      let parser = XMLParser(data: Data(text.utf8))
      let elements = Elements()
      parser.delegate = elements
      try #require(parser.parse(), "\(String(describing: parser.parserError))")
      return elements
    }
  }

  @Test("JUnit's have a suite for each file and a case for each finding, of which errors fail") func junit() throws {
    let found = try Elements.of(JUnitReport().text(of: sample()))
    #expect(found.names.count { $0 == "testsuite" } == 4)
    #expect(found.names.count { $0 == "testcase" } == 5)
    #expect(found.names.count { $0 == "failure" } == 3)
    #expect(found.attributes[0] == ["name": "gazette", "tests": "5", "failures": "3", "errors": "0"])
    let cases = zip(found.names, found.attributes).filter { $0.0 == "testcase" }.compactMap { $0.1["name"] }
    #expect(cases[2] == "C901: the key `<a>` is \"unknown\"")
    #expect(found.text.contains("help: write `<b>` & go"))
    #expect(found.text.contains("content/a.yml:2:1"))
  }

  @Test("JUnit's of nothing are one case that passed") func junitOfNothing() throws {
    let found = try Elements.of(JUnitReport().text(of: Report()))
    #expect(found.names == ["testsuites", "testsuite", "testcase"])
    #expect(found.attributes[0]["failures"] == "0")
  }

  @Test("JUnit's of what is accepted are skipped cases") func junitAccepted() throws {
    let found = try Elements.of(JUnitReport().text(of: accepted(sample())))
    #expect(!found.names.contains("failure"))
    #expect(found.names.count { $0 == "skipped" } == 5)
  }

  @Test(
    "JUnit's are XML whatever the text",
    arguments: [0x00...0x1F, 0x7F...0x9F, 0xD7F0...0xD7FF, 0xFFF0...0xFFFF, 0x1F600...0x1F610])
  func junitText(scalars: ClosedRange<UInt32>) throws {
    let text = String(String.UnicodeScalarView(scalars.compactMap { Unicode.Scalar($0) }))
    var report = Report()
    report.error(first, "a]]>" + text, at: SourceLocation(file: "f" + text), label: text, help: "<!--" + text)
    let suites = [
      JUnitReport.Suite("s" + text, [.init(text, .skipped(text), text: text), .init("&", .passed, text: text)])
    ]
    _ = try Elements.of(JUnitReport().text(of: report))
    _ = try Elements.of(JUnitReport().text(of: suites))
  }

  @Test("what is accepted is no error, and people are told why") func acceptance() {
    let report = accepted(sample())
    #expect(sample().hasErrors && !report.hasErrors)
    let text = TextReport(colour: false, source: { _ in nil }).text(of: report)
    #expect(text.contains("= accepted: known (until 2026-12-31)"))
    #expect(text.hasSuffix("3 errors, 1 warning, 1 for your information; 5 accepted by the baseline\n"))
    #expect(JSONReport().text(of: report).contains("\"accepted\": 5"))
    #expect(GitHubReport().text(of: report).split(separator: "\n").allSatisfy { $0.hasPrefix("::notice ") })
  }

  @Test("the object for programs may begin with what a command answers") func head() throws {
    struct Shape: Decodable {
      var gate: [String: Bool]
      var errors: Int
    }
    let text = JSONReport().text(of: sample(), head: [.init(name: "gate", value: .object(["open": .flag(true)]))])
    let shape = try JSONDecoder().decode(Shape.self, from: Data(text.utf8))
    #expect(shape.gate == ["open": true] && shape.errors == 3)
  }
}
