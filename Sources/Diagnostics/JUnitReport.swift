/// A report for everything that shows test results: JUnit's XML.
///
/// A file is a suite and a finding one of its cases: an error fails, a warning passes and says so. What a case is
/// called has no line in it, so that it stays the same case when lines move.
package struct JUnitReport: Sendable {
  package struct Suite: Sendable {
    package var name: String
    package var cases: [Case]

    package init(_ name: String, _ cases: [Case]) {
      (self.name, self.cases) = (name, cases)
    }
  }

  package struct Case: Sendable {
    package enum Result: Sendable {
      case passed
      case failed(code: String, message: String)
      case skipped(String)
    }

    package var name: String
    package var result: Result
    /// What there is to read about it.
    package var text: String

    package init(_ name: String, _ result: Result, text: String = "") {
      (self.name, self.result, self.text) = (name, result, text)
    }
  }

  package init() {}

  package func text(of report: Report) -> String { text(of: suites(of: report)) }

  package func text(of suites: [Suite]) -> String {
    let cases = suites.flatMap(\.cases)
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"gazette\"\(counts(of: cases))>\n"
    for suite in suites {
      text += "  <testsuite name=\"\(escaped(suite.name))\"\(counts(of: suite.cases))"
      text += " skipped=\"\(suite.cases.count(where: \.isSkipped))\">\n"
      text += suite.cases.map { element($0, in: suite) }.joined()
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  /// Of nothing there is one case that passed, for readers take a file without cases for one that went wrong.
  private func suites(of report: Report) -> [Suite] {
    var suites: [Suite] = []
    for diagnostic in report.diagnostics {
      let name = diagnostic.location?.file ?? "gazette"
      if suites.last?.name != name { suites.append(Suite(name, [])) }
      suites[suites.count - 1].cases.append(Case(diagnostic))
    }
    return suites.isEmpty ? [Suite("gazette", [Case("nothing is wrong", .passed)])] : suites
  }

  private func counts(of cases: [Case]) -> String {
    " tests=\"\(cases.count)\" failures=\"\(cases.count(where: \.isFailed))\" errors=\"0\""
  }

  private func element(_ element: Case, in suite: Suite) -> String {
    let start = "    <testcase name=\"\(escaped(element.name))\" classname=\"\(escaped(suite.name))\" time=\"0\""
    let words = escaped(element.text)
    let inside: String
    switch element.result {
    case .passed where element.text.isEmpty: return start + "/>\n"
    case .passed: inside = "<system-out>\(words)</system-out>"
    case .skipped(let message): inside = "<skipped message=\"\(escaped(message))\">\(words)</skipped>"
    case .failed(let code, let message):
      inside = "<failure type=\"\(escaped(code))\" message=\"\(escaped(message))\">\(words)</failure>"
    }
    return start + ">\n      \(inside)\n    </testcase>\n"
  }

  /// For text and for attributes, without what XML cannot hold at all.
  ///
  /// - Source: XML 1.0 §2.2, §2.4, §3.3.3.
  private func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D: escaped.append(contentsOf: "&#\(scalar.value);".unicodeScalars)
      case 0x00...0x1F, 0xFFFE, 0xFFFF: continue
      case 0x22: escaped.append(contentsOf: "&quot;".unicodeScalars)
      case 0x26: escaped.append(contentsOf: "&amp;".unicodeScalars)
      case 0x3C: escaped.append(contentsOf: "&lt;".unicodeScalars)
      case 0x3E: escaped.append(contentsOf: "&gt;".unicodeScalars)
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}

extension JUnitReport.Case {
  fileprivate var isFailed: Bool { if case .failed = result { true } else { false } }

  fileprivate var isSkipped: Bool { if case .skipped = result { true } else { false } }

  fileprivate init(_ diagnostic: Diagnostic) {
    let place = diagnostic.location.map { ["\($0.file):\($0.line):\($0.column)"] } ?? []
    name = "\(diagnostic.code): \(diagnostic.message)"
    text = (["\(diagnostic.severity.rawValue)[\(diagnostic.code)]"] + place + diagnostic.sentences)
      .joined(separator: "\n")
    if let acceptance = diagnostic.acceptance {
      result = .skipped("accepted: " + acceptance.text)
    } else if diagnostic.severity == .error {
      result = .failed(code: diagnostic.code, message: diagnostic.message)
    } else {
      result = .passed
    }
  }
}
