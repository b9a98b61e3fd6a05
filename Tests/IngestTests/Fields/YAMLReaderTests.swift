import Diagnostics
import TestSupport
import Testing

@testable import Ingest

/// What reading a marked text finds.
private func findings(_ marked: String) -> [String] {
  let input = MarkedText(marked)
  var report = Report()
  _ = YAMLNode.read(input.text, file: "a.yml", into: &report)
  return input.findings(of: report, in: "a.yml")
}

private func node(_ text: String) -> YAMLNode? {
  var report = Report()
  return YAMLNode.read(text, file: "a.yml", into: &report)
}

@Suite struct YAMLReaderTests {
  @Test("a key that stands twice is reported at both places, and the rest of the file is read")
  func duplicates() {
    #expect(findings("1️⃣a: 1\nb: 2\n2️⃣a: 3\n") == ["1 C003", "2 C003"])
    #expect(
      findings("x:\n  - {1️⃣a: 1, 2️⃣a: 2, 3️⃣a: 3}\n4️⃣'b c': 1\n5️⃣'b c': 2") == [
        "1 C003", "2 C003", "3 C003", "4 C003", "5 C003",
      ])
    guard case .mapping(let entries)? = node("a: 1\na: 2\nb: 3")?.content else {
      Issue.record("not a mapping")
      return
    }
    #expect(entries.map(\.key) == ["a", "b"])
    #expect(entries.first?.value.text == "1")
  }

  @Test("anchors, aliases and tags are refused where they stand")
  func beyondTheFormat() {
    #expect(findings("a: 1️⃣&x 1\nb: *x") == ["1 C006", "1 C006"] || findings("a: 1️⃣&x 1\nb: *x") == ["1 C006"])
    #expect(findings("a: 1️⃣*nothing") == ["1 C006"])
    #expect(findings("a: 1️⃣!!int 5") == ["1 C006"])
    #expect(findings("a: 1️⃣!thing {b: 1}") == ["1 C006"])
    #expect(findings("a: R&D, *emphasis* and 5 * 3") == [])
  }

  @Test("an alias bomb is refused before it unfolds", .timeLimit(.minutes(1)))
  func bomb() {
    var lines = ["a0: 1️⃣&a0 [x, x, x, x, x, x, x, x, x]"]
    for level in 1...9 {
      let uses = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      lines.append("a\(level): &a\(level) [\(uses)]")
    }
    lines.append("? *a9\n: key")
    #expect(findings(lines.joined(separator: "\n")) == ["1 C006"])
  }

  @Test("a second document, a tab, an open quote and a control character are named with their place")
  func malformed() {
    #expect(findings("a: 1\n1️⃣---\na: 2\n") == ["1 C007"])
    #expect(findings("a:\n1️⃣\tb: 1\n") == ["1 C001"])
    #expect(findings("title: Search1️⃣: faster\n") == ["1 C001"])
    #expect(findings("a: 1️⃣@home\n") == ["1 C001"])
    #expect(findings("a: \"open\nb: 11️⃣\n").count == 1)
    #expect(findings("a: x1️⃣\u{1}y\n") == ["1 C001"])
  }

  @Test("a byte order mark, CRLF and letters of several bytes leave lines and columns right")
  func places() {
    #expect(findings("\u{FEFF}a: 1\r\nb: 2\r\n1️⃣ä: 1\r\n2️⃣ä: 2\r\n") == ["1 C003", "2 C003"])
    #expect(findings("{名: 1, 🚀: 2, 1️⃣a: 3, 2️⃣a: 4}") == ["1 C003", "2 C003"])
  }

  @Test("the length of a place is that of its token")
  func lengths() throws {
    guard
      case .mapping(let entries)? = node("owner: ana\n'quoted key': \"three words here\"\nlong: |\n  text\n")?.content
    else {
      Issue.record("not a mapping")
      return
    }
    #expect(entries.map(\.keyLocation.length) == [5, 12, 4])
    #expect(entries.map(\.value.location.length) == [3, 18, 1])
  }

  @Test("null is told by its text and its style")
  func null() {
    guard case .mapping(let entries)? = node("a: null\nb: ~\nc:\nd: 'null'\ne: ''\nf: 0")?.content else {
      Issue.record("not a mapping")
      return
    }
    #expect(entries.map(\.value.isNull) == [true, true, true, false, false, false])
    #expect(node("# nothing\n")?.isNull == true)
  }

  @Test("nesting without end is a diagnostic")
  func depth() {
    #expect(findings(String(repeating: "[", count: 20_000)).count == 1)
    #expect(findings(String(repeating: "- ", count: 900) + "x") == [])
  }

  @Test("an unresolved conflict of a merge is named at its first marker, whatever the parser makes of it")
  func conflict() {
    let text = "status: released\n1️⃣<<<<<<< HEAD\nrisk: low\n=======\nrisk: high\n>>>>>>> other\n"
    #expect(findings(text) == ["1 C001"])
    var report = Report()
    _ = YAMLNode.read(MarkedText(text).text, file: "a.yml", into: &report)
    #expect(report.diagnostics.map(\.message) == ["an unresolved merge conflict"])
    // What only looks like one is a text.
    #expect(findings("a: |\n  x\n  <<<<<<< HEAD\n") == [])
  }
}
