import Diagnostics
import Model
import Testing

@testable import Ingest

/// What a reader says of bytes: a payload, or the problem as `3:7 E002`.
func reading(_ bytes: [UInt8], as format: EvidenceFormat? = nil) -> EvidenceOutcome {
  EvidenceFiles.outcome(of: bytes, path: "file", as: format)
}

func reading(_ text: String, as format: EvidenceFormat? = nil) -> EvidenceOutcome {
  reading(Array(text.utf8), as: format)
}

extension EvidenceOutcome {
  /// Such as `3:7 E002`; empty when the file could be read.
  var problem: String {
    problems.map { "\($0.place.map { "\($0.line):\($0.column)" } ?? "-") \($0.code.id)" }.joined(separator: ", ")
  }

  var tests: TestReport? {
    if case .tests(let report) = reading.file?.payload { report } else { nil }
  }

  var findings: FindingReport? {
    if case .findings(let report) = reading.file?.payload { report } else { nil }
  }

  var coverage: CoverageReport? {
    if case .coverage(let report) = reading.file?.payload { report } else { nil }
  }

  var accessibility: AccessibilityReport? {
    if case .accessibility(let report) = reading.file?.payload { report } else { nil }
  }

  var measurements: MeasurementReport? {
    if case .measurements(let report) = reading.file?.payload { report } else { nil }
  }
}

@Suite("JUnit XML") struct TestReportTests {
  @Test("suites nest, and their names lead to a case") func nested() throws {
    let report = try #require(
      reading(
        """
        <testsuites><testsuite name="api"><testsuite name="auth"><testcase classname="Login" name="works" time="0.5"/>
        </testsuite><testcase name="answers" time="1,234.5"/></testsuite><testsuite name=""><testcase name="c" time="&lt;&lt;computed>>"/>
        </testsuite></testsuites>
        """
      ).tests)
    #expect(report.cases.map(\.suite) == ["api › auth", "api", ""])
    #expect(report.cases.map(\.seconds) == [0.5, 1234.5, nil])
    #expect(report.cases.map(\.className) == ["Login", nil, nil])
    #expect(report.seconds == 1235)
  }

  @Test("what the file says of its own totals is not believed") func totals() throws {
    let report = try #require(
      reading("<testsuite tests='9' failures='0' errors='0'><testcase name='a'><failure/></testcase></testsuite>").tests
    )
    #expect(report.counts.cases == 1 && report.counts.failed == 1)
  }

  @Test("a rerun that passed is flaky, one that failed again has failed") func reruns() throws {
    let report = try #require(
      reading(
        """
        <testsuite><testcase name="a"><flakyFailure message="once"><stackTrace>x</stackTrace></flakyFailure></testcase>
        <testcase name="b"><failure message="first">at line 3</failure><rerunFailure message="second"/></testcase>
        <testcase name="c"><flakyError/></testcase></testsuite>
        """
      ).tests)
    #expect(report.counts.passed == 2 && report.counts.flaky == 2 && report.counts.failed == 1)
    #expect(report.cases[1].message == "first\nat line 3")
  }

  @Test("an error beats a failure beats a skip, wherever it stands") func worst() throws {
    let report = try #require(
      reading(
        """
        <testsuite><testcase name="a"><skipped message="later"/><failure>no</failure><error type="E"/></testcase>
        <testcase name="b"><failure/><skipped/></testcase><testcase name="c" status="notrun"/>
        <testcase name="d"><properties><property name="error" value="1"/></properties><system-out>failure</system-out></testcase>
        </testsuite>
        """
      ).tests)
    #expect(report.cases.map(\.outcome) == [.errored, .failed, .skipped, .passed])
  }

  @Test("what went wrong outside of any case is a case") func suiteError() throws {
    let report = try #require(
      reading(
        "<testsuites><testsuite name='db'><testcase name='a'/><error message='no database'/></testsuite></testsuites>"
      ).tests)
    #expect(report.counts.errored == 1)
    #expect(report.cases.last?.message == "no database" && report.cases.last?.suite == "db")
  }

  @Test("an empty report has no cases") func empty() throws {
    #expect(reading("<testsuites tests='12'/>").tests?.cases.isEmpty == true)
  }

  @Test("a time with its zone is when it was made, one without is only shown") func time() throws {
    let zoned = reading("<testsuite timestamp='2026-10-22T09:52:00+01:00'><testcase name='a'/></testsuite>")
    #expect(zoned.reading.file?.producedAt?.iso == "2026-10-22T08:52:00Z")
    let local = reading("<testsuite timestamp='2026-10-22T09:52:00'><testcase name='a'/></testsuite>")
    #expect(local.reading.file?.producedAt == nil)
    #expect(local.tests?.timeWithoutZone == "2026-10-22T09:52:00")
  }

  @Test("other encodings are read, and one that is not known is refused") func encodings() throws {
    let latin =
      Array("<?xml version='1.0' encoding='ISO-8859-1'?><testsuite><testcase name='Gr".utf8) + [0xFC, 0xDF, 0x65]
      + Array("'/></testsuite>".utf8)
    #expect(reading(latin).tests?.cases.first?.name == "Grüße")
    let windows =
      Array("<?xml version='1.0' encoding='Windows-1252'?><testsuite><testcase name='".utf8) + [0x80, 0xFC]
      + Array("'/></testsuite>".utf8)
    #expect(reading(windows).tests?.cases.first?.name == "€ü")
    let wide = "<?xml version='1.0' encoding='UTF-16'?><testsuite><testcase name='ü😀'/></testsuite>"
    for mark in [[UInt8](arrayLiteral: 0xFF, 0xFE), [0xFE, 0xFF]] {
      let units = wide.utf16.flatMap {
        mark[0] == 0xFF ? [UInt8($0 & 255), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 255)]
      }
      #expect(reading(mark + units).tests?.cases.first?.name == "ü😀")
    }
    #expect(reading("<?xml version='1.0' encoding='Shift_JIS'?><testsuite/>").problem == "1:31 E006")
  }

  @Test("blanks before the declaration and a document type do no harm") func preamble() {
    let text =
      "\n  <?xml version='1.0'?>\n<!DOCTYPE testsuite SYSTEM 'http://x.example/junit.dtd'>\n<testsuite><testcase name='a'/></testsuite>"
    #expect(reading(text).tests?.counts.passed == 1)
    #expect(reading("\n\n<testsuite>\n<testcase name='a'></testsuite>").problem.hasPrefix("4:"))
  }

  @Test(
    "what is not well-formed is refused with its place",
    arguments: [
      ("<testsuite>\n<testcase name='a'/>\n", "3:1 E002"),
      ("<testsuite><testcase name='\u{1}'/></testsuite>", "1:28 E002"),
      ("<testsuite>&#27;</testsuite>", "1:12 E002"), ("<testsuite/><testsuite/>", "1:13 E002"),
      ("<testsuite>&host;</testsuite>", "1:12 E005"),
      ("<!DOCTYPE testsuite [<!ENTITY host 'x'>]><testsuite>&host;</testsuite>", "1:36 E005"),
      ("<!DOCTYPE testsuite SYSTEM 'x.dtd'><testsuite>&host;</testsuite>", "1:47 E005"),
      ("<!DOCTYPE t [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><testsuite>&x;</testsuite>", "1:52 E005"),
      ("<html/>", "1:1 E003"),
    ])
  func refused(text: String, problem: String) {
    #expect(reading(text, as: .junit).problem == problem)
  }

  @Test("messages are plain text, without control characters and not too long") func messages() throws {
    let report = try #require(
      reading(
        "<testsuite><testcase name='&lt;script>alert(1)&lt;/script>'><failure message='\(String(repeating: "é", count: 5000))'/></testcase></testsuite>"
      ).tests)
    #expect(report.cases[0].name == "<script>alert(1)</script>")
    #expect(report.cases[0].message?.utf8.count == EvidenceText.longestMessage + 3)
    #expect(EvidenceText.name("a\u{9B}b\0c") == "a\u{FFFD}b\u{FFFD}c")
  }
}
