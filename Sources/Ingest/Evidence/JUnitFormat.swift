import Diagnostics
import Model

/// JUnit XML, in the dialects of the tools that write it. There is no specification; what Surefire, pytest, Jest and
/// others write is read, and what they agree on is believed.
extension EvidenceReader {
  static let junit = EvidenceReader(
    format: .junit,
    recognises: { content in ["testsuites", "testsuite"].contains(content.root?.name) },
    read: { content throws(EvidenceProblem) in
      let walk = JUnitWalk()
      try XMLEvents.read(content.bytes, into: walk)
      return walk.report
    })
}

private final class JUnitWalk: XMLHandler {
  private struct Suite {
    var path: String
    /// What went wrong outside of any case.
    var trouble: (outcome: TestReport.Outcome, message: String)?
  }

  private var cases: [TestReport.Case] = []
  private var suites: [Suite] = []
  private var test: TestReport.Case?
  private var shared = SharedTexts()
  /// Elements that are open, from the outermost.
  private var depth = 0
  /// The depth of the outcome's element whose text is gathered, and the text.
  private var gathering: Int?
  private var gathered: [UInt8] = []
  private var time: String?

  func begin(_ tag: XMLTag) throws(EvidenceProblem) {
    depth += 1
    if depth == 1, tag.name != "testsuites", tag.name != "testsuite" {
      throw EvidenceProblem(
        .unexpectedEvidence, "begins with \(quoted(tag.name)) and not with `testsuites` or `testsuite`")
    }
    // What stands within an outcome, such as the output of a run before, is not another one.
    guard gathering == nil else { return }
    switch tag.name {
    case "testsuites", "testsuite": beginSuite(tag)
    case "testcase" where test == nil: beginCase(tag)
    case "failure": note(.failed, tag)
    case "error": note(.errored, tag)
    case "skipped", "disabled": note(.skipped, tag)
    case "flakyFailure", "flakyError": test?.isFlaky = true
    default: break
    }
  }

  func end(_ name: String) {
    depth -= 1
    if let open = gathering {
      guard depth < open else { return }
      endGathering()
    }
    switch name {
    case "testsuites", "testsuite": endSuite()
    case "testcase":
      if let test { cases.append(test) }
      test = nil
    default: break
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard gathering != nil, gathered.count < EvidenceText.longestMessage * 2 else { return }
    gathered.append(contentsOf: bytes.prefix(EvidenceText.longestMessage * 2 - gathered.count))
  }

  private func beginSuite(_ tag: XMLTag) {
    let outer = suites.last?.path ?? ""
    let name = EvidenceText.name(tag["name"] ?? "")
    let path = outer.isEmpty || name.isEmpty ? outer + name : outer + " › " + name
    suites.append(Suite(path: shared(EvidenceText.name(path))))
    if time == nil { time = tag["timestamp"].map(EvidenceText.name) }
  }

  private func endSuite() {
    guard let suite = suites.popLast(), let trouble = suite.trouble else { return }
    var test = TestReport.Case(suite: suite.path, name: "the suite itself", outcome: trouble.outcome)
    test.message = trouble.message
    cases.append(test)
  }

  private func beginCase(_ tag: XMLTag) {
    var test = TestReport.Case(
      suite: suites.last?.path ?? "", className: tag["classname"].map { shared(EvidenceText.name($0)) },
      name: EvidenceText.name(tag["name"] ?? ""), seconds: tag["time"].flatMap(JUnitTime.seconds), outcome: .passed)
    // GoogleTest and xUnit say here that a case was not run.
    if let status = tag["status"] ?? tag["result"] {
      let wasNotRun = ["notrun", "skipped", "disabled", "suppressed"].contains(status.lowercased())
      if wasNotRun { test.outcome = .skipped }
    }
    self.test = test
  }

  /// An outcome other than passed; the worst one of a case counts.
  private func note(_ outcome: TestReport.Outcome, _ tag: XMLTag) {
    let message = tag["message"] ?? ""
    if test != nil {
      guard test?.outcome.isMilder(than: outcome) == true else { return }
      test?.outcome = outcome
      test?.message = message
    } else if outcome != .skipped, !suites.isEmpty, suites[suites.count - 1].trouble == nil {
      suites[suites.count - 1].trouble = (outcome, message)
    } else {
      return
    }
    gathering = depth
    gathered.removeAll(keepingCapacity: true)
  }

  private func endGathering() {
    gathering = nil
    let said = test.map { $0.message ?? "" } ?? suites.last?.trouble?.message ?? ""
    let message = JUnitWalk.message(said, details: String(decoding: gathered, as: UTF8.self))
    if test != nil {
      test?.message = message.isEmpty ? nil : message
    } else if !suites.isEmpty {
      suites[suites.count - 1].trouble?.message = message
    }
  }

  /// What an outcome says, in its attribute and in its text, once.
  private static func message(_ said: String, details: String) -> String {
    let details = trimmed(details)
    let said = trimmed(said)
    if details.isEmpty || details == said { return EvidenceText.message(said) }
    return EvidenceText.message(said.isEmpty || details.hasPrefix(said) ? details : said + "\n" + details)
  }

  var report: EvidenceReport {
    var tests = TestReport(cases: cases)
    var report = EvidenceReport(.tests(tests))
    report.producedAt = time.flatMap { Moment($0) }
    if report.producedAt == nil, let time {
      tests.timeWithoutZone = time
      report.payload = .tests(tests)
    }
    return report
  }
}

extension TestReport.Outcome {
  private var weight: Int {
    switch self {
    case .passed: 0
    case .skipped: 1
    case .failed: 2
    case .errored: 3
    }
  }

  fileprivate func isMilder(than other: TestReport.Outcome) -> Bool { weight < other.weight }
}

/// How long a case took, as tools write it.
enum JUnitTime {
  /// - Returns: `nil` for what is no number, such as `<<computed>>`, and for negative and infinite ones.
  static func seconds(_ text: String) -> Double? {
    // A comma groups thousands: `1,234.5`.
    let digits = text.utf8.contains(UInt8(ascii: ",")) ? text.filter { $0 != "," } : text
    guard let seconds = Double(digits), seconds.isFinite, seconds >= 0 else { return nil }
    return seconds
  }
}

/// The text without blanks at either end.
func trimmed(_ text: String) -> String {
  let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
  let utf8 = text.utf8
  guard let first = utf8.first, let last = utf8.last, isBlank(first) || isBlank(last) else { return text }
  let rest = utf8.drop(while: isBlank)
  return String(
    Substring(rest.prefix(upTo: (rest.lastIndex { !isBlank($0) }).map(rest.index(after:)) ?? rest.startIndex)))
}
