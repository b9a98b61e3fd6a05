import Diagnostics
import Model
import Testing

@testable import Ingest

@Suite("SARIF") struct FindingReportTests {
  private func log(_ results: String, rules: String = "", more: String = "") -> EvidenceOutcome {
    reading(
      """
      {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "lint", "version": "3", "rules": [\(rules)]}}\(more),
      "results": [\(results)]}]}
      """)
  }

  @Test("a level falls back to the rule's, then to warning") func levels() throws {
    let report = try #require(
      log(
        """
        {"ruleId": "a", "message": {"text": "x"}}, {"ruleId": "a/sub", "message": {"text": "x"}},
        {"ruleIndex": 0, "message": {"text": "x"}}, {"ruleId": "other", "message": {"text": "x"}},
        {"ruleId": "a", "level": "note", "message": {"text": "x"}}, {"ruleId": "a", "kind": "open", "message": {"text": "x"}}
        """,
        rules: #"{"id": "a", "defaultConfiguration": {"level": "error"}, "properties": {"security-severity": "9.8"}}"#
      ).findings)
    #expect(report.findings.map(\.level) == [.error, .error, .error, .warning, .note, .none])
    #expect(report.findings.map(\.securitySeverity) == [9.8, 9.8, 9.8, nil, 9.8, 9.8])
    #expect(report.findings.map(\.isUndecided) == [false, false, false, false, false, true])
    #expect(log(#"{"level": "fatal", "message": {"text": "x"}}"#).problem == "2:23 E003")
  }

  @Test("what passed or is gone is no finding") func passes() throws {
    let report = try #require(
      log(
        """
        {"kind": "pass", "message": {"text": "x"}}, {"kind": "notApplicable", "message": {"text": "x"}},
        {"baselineState": "absent", "level": "error", "message": {"text": "x"}}, {"baselineState": "new"}
        """
      ).findings)
    #expect(report.findings.count == 1 && report.passed == 3)
  }

  @Test(
    "a suppression counts when nobody has still to accept it",
    arguments: [
      (#"[{"kind": "inSource"}]"#, true), (#"[{"kind": "external", "status": "accepted"}]"#, true),
      (#"[{"kind": "external", "status": "underReview"}]"#, false),
      (#"[{"kind": "external", "status": "rejected"}]"#, false),
      (#"[{"kind": "inSource"}, {"kind": "external", "status": "rejected"}]"#, false), ("[]", false), ("null", false),
    ])
  func suppressions(list: String, isSuppressed: Bool) throws {
    let report = try #require(log(#"{"message": {"text": "x"}, "suppressions": \#(list)}"#).findings)
    #expect((report.findings[0].suppression != nil) == isSuppressed)
    #expect(report.live.count == (isSuppressed ? 0 : 1))
  }

  @Test("a run that did not end or looked for nothing is not clean") func failures() throws {
    #expect(log("").findings?.failures == [])
    let stopped = log(
      "", more: #", "invocations": [{"executionSuccessful": false, "exitCodeDescription": "no memory"}]"#)
    #expect(stopped.findings?.failures == ["lint did not come to its end: no memory"])
    let notified = log(
      "",
      more:
        #", "invocations": [{"executionSuccessful": true, "endTimeUtc": "2026-01-02T03:04:05.678Z", "toolExecutionNotifications": [{"level": "error", "message": {"text": "cannot parse"}}]}]"#
    )
    #expect(notified.findings?.failures == ["lint: cannot parse"])
    #expect(notified.reading.file?.producedAt?.iso == "2026-01-02T03:04:05Z")
    let metadata = reading(#"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "lint"}}, "results": null}]}"#)
    #expect(metadata.findings?.failures == ["lint gives no results, so nothing was examined"])
    #expect(reading(#"{"version": "2.1.0", "runs": []}"#).findings?.tools == [])
    #expect(reading(#"{"version": "2.1.0", "runs": null}"#).problem == "1:30 E003")
  }

  @Test("places, words with arguments and fingerprints come along") func details() throws {
    let outcome = log(
      """
      {"ruleId": "a", "message": {"id": "m", "arguments": ["x{1}", "y"]}, "partialFingerprints": {"b": "2", "a": "1"},
       "locations": [{"physicalLocation": {"artifactLocation": {"index": 0}, "region": {"startLine": 7}}}]}
      """, rules: #"{"id": "a", "messageStrings": {"m": {"text": "{0} and {1}, {2}"}}}"#,
      more:
        #", "artifacts": [{"location": {"uri": "src/a.c"}}], "versionControlProvenance": [{"repositoryUri": "https://x.example", "revisionId": "abc"}]"#
    )
    let finding = try #require(outcome.findings?.findings.first)
    #expect(finding.message == "x{1} and y, {2}")
    #expect(finding.path == "src/a.c" && finding.line == 7 && finding.fingerprint == "1")
    #expect(outcome.reading.file?.subjects == [EvidenceSubject(name: "https://x.example", commit: "abc")])
    #expect(outcome.reading.file?.tool == EvidenceTool(name: "lint", version: "3"))
  }
}

@Suite("Coverage") struct CoverageReportTests {
  @Test("Cobertura: lines of a file count once, sums that are missing are counted") func cobertura() throws {
    let outcome = reading(
      """
      <?xml version="1.0"?><!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
      <coverage line-rate="0.9" branches-valid="NaN" timestamp="1356956242"><packages><package><classes>
      <class name="A" filename="a.py"><methods><method><lines><line number="1" hits="1"/></lines></method></methods>
      <lines><line number="1" hits="1"/><line number="2" hits="0" branch="true" condition-coverage="50% (1/2)"/></lines></class>
      <class name="A.B" filename="a.py"><lines><line number="2" hits="3"/><line number="3" hits="0"/></lines></class>
      </classes></package></packages></coverage>
      """)
    let report = try #require(outcome.coverage)
    #expect(report.lines == .init(covered: 2, valid: 3) && report.branches == .init(covered: 1, valid: 2))
    #expect(report.files.map(\.path) == ["a.py"])
    #expect(outcome.reading.file?.producedAt?.seconds == 1_356_956_242)
    let millis = reading("<coverage timestamp='1187353747005' lines-valid='4' lines-covered='3'/>")
    #expect(millis.reading.file?.producedAt?.seconds == 1_187_353_747)
    #expect(millis.coverage?.lines.rate == 0.75)
    let nothing = try #require(reading("<coverage line-rate='1.0'><packages/></coverage>").coverage)
    #expect(nothing.lines.rate == nil)
  }

  @Test("JaCoCo: source files count, the session is when") func jacoco() throws {
    let outcome = reading(
      """
      <!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd"><report name="x"><sessioninfo id="a" start="1" dump="1538234463280"/>
      <group name="g"><package name="p"><class name="p/A"><counter type="LINE" missed="9" covered="9"/></class>
      <sourcefile name="A.java"><counter type="LINE" missed="1" covered="3"/><counter type="BRANCH" missed="2" covered="0"/></sourcefile>
      <counter type="LINE" missed="1" covered="3"/></package></group></report>
      """)
    let report = try #require(outcome.coverage)
    #expect(report.lines == .init(covered: 3, valid: 4) && report.branches == .init(covered: 0, valid: 2))
    #expect(report.files.map(\.path) == ["p/A.java"])
    #expect(outcome.reading.file?.producedAt?.seconds == 1_538_234_463)
    #expect(reading("<report name='sales'><row/></report>").problem == "- E003")
  }

  @Test("LCOV: tests of one file are joined, sums stand in, what breaks off is refused") func lcov() throws {
    let report = try #require(
      reading(
        """
        TN:one
        SF:a.c
        DA:1,1
        DA:2,0,checksum
        BRDA:1,0,0,1
        BRDA:1,0,1,-
        end_of_record
        TN:two
        SF:a.c
        DA:2,1.5e+20
        DA:3,-4
        BRDA:1,0,1,2
        end_of_record
        """
      ).coverage)
    #expect(report.lines == .init(covered: 2, valid: 3) && report.branches == .init(covered: 2, valid: 2))
    #expect(reading("SF:a\nLF:4\nLH:9\nend_of_record\n").coverage?.lines == .init(covered: 4, valid: 4))
    #expect(reading("TN:\nSF:a\nDA:1,1\n").problem == "4:1 E002")
    #expect(reading("TN:\nSF:a\nDA:1,x\nend_of_record").problem == "3:1 E002")
    #expect(reading("TN:\n").problem == "2:1 E002")
  }
}

@Suite("Accessibility and measurements") struct OtherReportTests {
  private static let page = """
    {"testEngine": {"name": "axe-core", "version": "4.10"}, "timestamp": "2026-01-02T03:04:05.678Z", "url": "https://x.example/",
     "violations": [{"id": "label", "impact": "serious", "help": "Label it", "tags": ["wcag2a"], "nodes": [{"target": ["#a", ["b", "c"]]}]}],
     "incomplete": [{"id": "contrast", "impact": null, "nodes": []}], "passes": [{"id": "lang"}, {"id": "title"}], "inapplicable": []}
    """

  @Test(
    "axe: one result, a list, or wrapped", arguments: ["\(page)", "[\(page)]", "{\"results\": \(page), \"other\": 1}"])
  func axe(text: String) throws {
    let outcome = reading(text)
    let report = try #require(outcome.accessibility)
    #expect(report.pages == ["https://x.example/"] && report.passes == 2)
    #expect(report.violations.map(\.rule) == ["label"] && report.violations[0].impact == .serious)
    #expect(report.violations[0].targets == ["#a b c"] && report.violations[0].count == 1)
    #expect(report.incomplete.map(\.impact) == [nil])
    #expect(outcome.reading.file?.tool == EvidenceTool(name: "axe-core", version: "4.10"))
    #expect(outcome.reading.file?.producedAt?.iso == "2026-01-02T03:04:05Z")
  }

  @Test("axe: an element that is no result is refused, not passed over") func oddElement() {
    #expect(reading("[\(OtherReportTests.page),\n{\"url\": \"x\"}]").problem == "4:1 E003")
  }

  @Test(
    "measurements: a table, or JSON",
    arguments: [
      "metric,value,unit,limit\r\n\"p95, \"\"read\"\"\",120.5,ms,200\r\nuptime,99.8,%,>= 99.9\nfree,1,,\n",
      #"[{"metric": "p95, \"read\"", "value": 120.5, "unit": "ms", "limit": 200}, {"metric": "uptime", "value": 99.8, "unit": "%", "limit": ">= 99.9"}, {"metric": "free", "value": 1}]"#,
      #"{"metrics": [{"metric": "p95, \"read\"", "value": 120.5, "unit": "ms", "limit": 200}, {"metric": "uptime", "value": 99.8, "unit": "%", "limit": ">=99.9"}, {"metric": "free", "value": 1}], "tool": "k6"}"#,
    ])
  func measurements(text: String) throws {
    let report = try #require(reading(text).measurements)
    #expect(report.measurements.map(\.metric) == ["p95, \"read\"", "uptime", "free"])
    #expect(report.measurements.map(\.isWithinLimit) == [true, false, nil])
    #expect(report.measurements.map(\.unit) == ["ms", "%", nil])
  }

  @Test(
    "measurements that are none are refused",
    arguments: [
      ("metric,value\nwait,fast\n", "2:1 E002"), ("metric,value,limit\na,1,none\n", "2:1 E002"),
      ("metric,value\n\"a,1\n", "2:1 E002"), ("metric,value\na,nan\n", "2:1 E002"),
      ("metric,value\na,1,2\n", "2:1 E002"),
    ])
  func refused(text: String, problem: String) {
    #expect(reading(text).problem == problem)
  }
}
