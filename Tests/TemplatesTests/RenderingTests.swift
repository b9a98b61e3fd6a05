import Diagnostics
import Templates
import TestSupport
import Testing

/// What the specification leaves open, and what its cases do not reach.
@Suite("Rendering")
struct RenderingTests {
  @Test("Null, false, the empty list and empty text are falsy; zero and an empty record are not")
  func truthiness() {
    let data: Value = [
      "null": nil, "no": false, "empty": "", "none": [], "blank": .html(SafeHTML(trusted: "")), "zero": 0,
      "record": [:],
      "yes": true, "nested": [[]],
    ]
    for name in ["null", "no", "empty", "none", "blank"] {
      #expect(page("{{#\(name)}}+{{/\(name)}}{{^\(name)}}-{{/\(name)}}", data).text == "-", "\(name)")
    }
    for name in ["zero", "record", "yes", "nested"] {
      #expect(page("{{#\(name)}}+{{/\(name)}}{{^\(name)}}-{{/\(name)}}", data).text == "+", "\(name)")
    }
    #expect(page("{{#zero}}{{zero}} incidents{{/zero}}", data).text == "0 incidents")
  }

  @Test("Values that may be absent are null")
  func optionals() {
    let absent: (String?, Int?, SafeHTML?) = (nil, nil, nil)
    #expect(Value.text(absent.0) == nil)
    #expect(Value.number(absent.1) == nil)
    #expect(Value.html(absent.2) == nil)
    #expect(Value.text(Optional("a")) == "a")
    #expect("\(1) a" as Value == .text("1 a"))
  }

  @Test("Text is escaped for elements and attributes alike, byte for byte")
  func escaping() {
    for byte in UInt8(0)..<0x80 {
      let character = String(UnicodeScalar(byte))
      let expected =
        switch character {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        case "\"": "&quot;"
        case "'": "&#39;"
        case "\t", "\n", "\r": character
        default: byte < 0x20 ? "\u{FFFD}" : character
        }
      #expect(page("{{x}}", ["x": .text("ab\(character)cd")]).text == "ab\(expected)cd")
    }
    #expect(
      page("{{x}}", ["x": "\u{FFFE}é\u{FFFF}\u{FFFD}😀\u{F8FF}\u{85}"]).text
        == "\u{FFFD}é\u{FFFD}\u{FFFD}😀\u{F8FF}\u{85}")
  }

  @Test("Escaped text holds nothing that markup could be made of", arguments: 0..<20 as Range<UInt64>)
  func escapedTextIsText(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let pieces = ["<", ">", "\"", "'", "&", "&lt;", "</script>", "\0", "\u{1B}", "é", "😀", "a", " ", "\u{FFFE}"]
    let text = (0..<50).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
    let (shown, report) = page("{{x}}{{#list}}{{.}}{{/list}}{{{x}}}", ["x": .text(text), "list": [.text(text)]])
    #expect(!shown.utf8.contains { "<>\"'".utf8.contains($0) || ($0 < 0x20 && $0 != 0x0A) })
    #expect(report.diagnostics.map(\.code) == ["T002"])
    let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"]
    #expect(
      shown.split(separator: "&", omittingEmptySubsequences: false).dropFirst().allSatisfy { rest in
        known.contains { rest.hasPrefix($0.dropFirst()) }
      })
  }

  @Test("A partial on its own line is indented, its empty lines are not, and values keep their lines")
  func indentation() {
    let templates = [
      "page": "<ul>\n  {{>item}}\n</ul>\n", "item": "<li>\n\n  {{x}}\n\t{{>deep}}\n</li>\n", "deep": "{{x}}\nz",
    ]
    #expect(
      TemplateFixture(templates).page("page", ["x": "1\n2"]).text
        == "<ul>\n  <li>\n\n    1\n2\n  \t1\n2\n  \tz  </li>\n</ul>\n")
  }

  @Test("Sections and blocks in an indented partial keep its indentation on every line")
  func indentedSections() {
    let templates = [
      "page": " {{<list}}{{$row}}\n<b>\n{{.}}\n</b>\n{{/row}}{{/list}}\n",
      "list": "{{#rows}}\n<i>\n{{$row}}\n    none\n{{/row}}\n</i>\n{{/rows}}\n",
    ]
    #expect(
      TemplateFixture(templates).page("page", ["rows": ["a", "b"]]).text
        == " <i>\n     <b>\n     a\n     </b>\n </i>\n <i>\n     <b>\n     b\n     </b>\n </i>\n")
  }

  @Test("The outermost parent tag decides on a block, and a block may be given in terms of itself")
  func outermostBlock() {
    let templates = [
      "base": "{{$a}}base{{/a}}-{{$b}}base{{/b}}", "mid": "{{<base}}{{$a}}mid{{/a}}{{$b}}mid{{/b}}{{/base}}",
      "page": "{{<mid}}{{$a}}[{{$a}}page{{/a}}]{{/a}}{{/mid}}",
    ]
    #expect(TemplateFixture(templates).page().text == "[page]-mid")
    #expect(TemplateFixture(templates).page("mid").text == "mid-mid")
    #expect(TemplateFixture(templates).page("base").text == "base-base")
  }

  @Test("A block beside other text and a block with a line to itself")
  func placesOfBlocks() {
    let base = "<title>{{$title}}None{{/title}}</title>\n  {{$head}}{{/head}}\n{{$main}}\n  empty\n{{/main}}\nend\n"
    #expect(page(base).text == "<title>None</title>\n\n  empty\nend\n")
    let child =
      "{{<base}}\n{{$title}}T{{/title}}\n{{$head}}<link>{{/head}}\n{{$main}}\n<p>\n</p>\n{{/main}}\n{{/base}}\n"
    #expect(
      TemplateFixture(["base": base, "page": child]).page().text
        == "<title>T</title>\n  <link>\n  <p>\n  </p>\nend\n")
  }

  @Test("A byte order mark is no part of the page, and lines may end in CRLF")
  func lineEnds() {
    #expect(page("\u{FEFF}{{#a}}\r\nx\r\n{{/a}}\r\ny", ["a": true]).text == "x\r\ny")
    let input = MarkedText("{{1️⃣b}}\r\n{{2️⃣c}}")
    let report = TemplateFixture(["page": "\u{FEFF}" + input.text]).page().report
    #expect(input.findings(of: report, in: "page.mustache") == ["1 T001", "2 T001"])
  }

  @Test("Delimiters that are set in a section stay set after it, and not in partials")
  func delimiters() {
    let templates = ["page": "{{#a}}{{=<% %>=}}<%#b%>{{x}}<%/b%><%/a%><%>p%>", "p": "{{x}}<%x%>"]
    #expect(TemplateFixture(templates).page("page", ["a": true, "b": true, "x": "1"]).text == "{{x}}1<%x%>")
    #expect(page("{{=<% %>=}}<%{h}%><%& h %>", ["h": .html(SafeHTML(trusted: "<b>"))]).text == "<b><b>")
  }
}
