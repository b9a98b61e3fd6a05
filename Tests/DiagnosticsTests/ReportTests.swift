import Diagnostics
import Foundation
import Testing

@Suite("Reports")
struct ReportTests {
  /// One report with every kind of part, for all formats.
  private var sample: Report {
    var report = Report()
    report.warning(
      second, "the image `a.png` is missing", at: SourceLocation(file: "content/b.md", line: 1, column: 3, length: 5))
    report.error(
      first, "the key `relased` is unknown", at: SourceLocation(file: "content/a.yml", line: 2, column: 1, length: 7),
      label: "not a key of a release",
      notes: [Diagnostic.Note("keys are declared", at: SourceLocation(file: "content/c.yml", line: 9, column: 4))],
      help: "did you mean `released`?")
    report.error(first, "nothing to read")
    return report
  }

  private let first = Code("C901", "a first code", why: "because", fix: "mend it")
  private let second = Code("M902", "a second code", why: "because", fix: "mend it")

  private func lines(of file: String) -> [Substring]? {
    switch file {
    case "content/a.yml": ["status: released", "relased: 2026-10-20"]
    case "content/b.md": ["\t![\u{1B}[31m](a.png)"]
    default: nil
    }
  }

  @Test("for people show the place, the line and the help, sorted by place")
  func text() {
    let text = TextReport(colour: false, source: lines).text(of: sample)
    #expect(
      text == """
        error[C901]: nothing to read

        error[C901]: the key `relased` is unknown
         --> content/a.yml:2:1
          |
        2 | relased: 2026-10-20
          | ^^^^^^^ not a key of a release
          = note: keys are declared at content/c.yml:9:4
          = help: did you mean `released`?

        warning[M902]: the image `a.png` is missing
         --> content/b.md:1:3
          |
        1 |  ![\u{FFFD}[31m](a.png)
          |   ^^^^^

        2 errors, 1 warning

        """)
  }

  @Test("in colour hold the same words")
  func colour() {
    let coloured = TextReport(colour: true, source: lines).text(of: sample)
    var plain = ""
    var rest = coloured[...]
    while let escape = rest.firstIndex(of: "\u{1B}") {
      plain += rest[..<escape]
      rest = rest[escape...].drop { $0 != "m" }.dropFirst()
    }
    plain += rest
    #expect(coloured.contains("\u{1B}[1;31merror[C901]\u{1B}[0m"))
    #expect(plain == TextReport(colour: false, source: lines).text(of: sample))
  }

  @Test("of nothing are empty") func empty() {
    #expect(TextReport(colour: false, source: lines).text(of: Report()).isEmpty)
  }

  @Test("for programs are JSON with the same facts")
  func json() throws {
    struct Shape: Decodable {
      struct Row: Decodable {
        var severity, code, message: String
        var file: String?
        var line: Int?
        var help: String?
      }
      var diagnostics: [Row]
      var errors, warnings: Int
    }
    let shape = try JSONDecoder().decode(Shape.self, from: Data(JSONReport().text(of: sample).utf8))
    #expect(shape.errors == 2)
    #expect(shape.warnings == 1)
    #expect(shape.diagnostics.map(\.file) == [nil, "content/a.yml", "content/b.md"])
    #expect(shape.diagnostics[1].help == "did you mean `released`?")
    #expect(shape.diagnostics[1].line == 2)
  }

  @Test("do not depend on the order in which things were found, and say each once")
  func order() {
    var other = Report()
    for diagnostic in sample.diagnostics.reversed() + sample.diagnostics { other.add(diagnostic) }
    #expect(other.diagnostics == sample.diagnostics)
  }

  @Test("that are strict hold no warning") func strict() {
    #expect(sample.strict.count(of: .warning) == 0)
    #expect(sample.strict.count(of: .error) == 3)
  }
}

@Suite("Suggestions")
struct SuggestionTests {
  @Test(
    "name the nearest word",
    arguments: [("relased", "released"), ("stauts", "status"), ("RISK", "risk"), ("chnages", "changes")])
  func near(word: String, expected: String) {
    #expect(nearest(to: word, among: ["changes", "released", "risk", "status", "title"]) == expected)
  }

  @Test("stay silent when nothing is near") func far() {
    #expect(nearest(to: "colour", among: ["status", "title"]) == nil)
    #expect(suggestion(for: "colour", among: ["status", "title"]) == "use one of `status`, `title`")
  }
}

@Suite("JSON text")
struct JSONTextTests {
  @Test(
    "decodes to what was written, whatever it holds",
    arguments: ["", "plain", "\"\\/\n\t\u{0}\u{1F}\u{7F}", "<script>&amp;", "é 😀 \u{2028}\u{2029}\u{2027}", "e2\u{80}"])
  func roundTrip(text: String) throws {
    var bytes: [UInt8] = []
    JSONText.append(text, to: &bytes)
    #expect(
      try JSONDecoder().decode([String].self, from: Data([UInt8(ascii: "[")] + bytes + [UInt8(ascii: "]")])) == [text])
    #expect(!bytes.contains(UInt8(ascii: "<")))
  }
}
