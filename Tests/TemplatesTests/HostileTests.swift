import Diagnostics
import Templates
import TestSupport
import Testing

/// Templates come from users, and some arrive broken: findings, never a trap.
@Suite("Broken templates")
struct HostileTests {
  private static let layout = Array(
    "\u{FEFF}<title>{{$title}}{{site.name}}{{/title}}</title>\n  {{$main}}{{/main}}\n{{! c }}{{=<% %>=}}\n<%#x%>é<%/x%>"
      .utf8)
  private static let page = Array(
    "{{<layout}}{{$title}}{{a.b}} – é{{/title}}\n{{$main}}\n  {{#rows}}\n  <li>{{{h}}}{{&h}}{{^.}}x{{/.}}\n  {{/rows}}\n {{>row}}\n{{/main}}\n{{/layout}}\r\n"
      .utf8)
  private static let row = Array("{{#rows}}{{.}}\n  {{>empty}}\n{{/rows}}".utf8)

  private func render(layout: [UInt8] = Self.layout, page: [UInt8] = Self.page, row: [UInt8] = Self.row) -> Report {
    let fixture = TemplateFixture(bytes: ["layout": layout, "page": page, "row": row, "empty": []])
    let data: Value = [
      "site": ["name": "S"], "a": ["b": "t"], "rows": ["r", ["h": .html(SafeHTML(trusted: "<b>"))]], "x": 1,
    ]
    return fixture.page("page", data).report
  }

  @Test("A template cut off anywhere gives findings or a page")
  func truncated() {
    for length in Self.page.indices { _ = render(page: Array(Self.page[..<length])) }
    for length in Self.layout.indices { _ = render(layout: Array(Self.layout[..<length])) }
    #expect(render(page: Array(Self.page.dropLast(8))).hasErrors)
  }

  @Test("A template with bytes flipped gives findings or a page", arguments: 0..<8 as Range<UInt64>)
  func flipped(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let interesting = Array("{}#^/<>$&!=.* \n\r\t\u{FEFF}".utf8)
    for _ in 0..<100 {
      var page = Self.page
      var layout = Self.layout
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        page[Int.random(in: page.indices, using: &generator)] = interesting.randomElement(using: &generator) ?? 0
        layout[Int.random(in: layout.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      _ = render(layout: layout, page: page)
    }
  }

  @Test("Tags alone, in any order, give findings or a page", arguments: 0..<8 as Range<UInt64>)
  func shuffled(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "{{", "}}", "{{{", "}}}", "{{#rows}}", "{{/rows}}", "{{^x}}", "{{/x}}", "{{<layout}}", "{{/layout}}", "{{$main}}",
      "{{/main}}", "{{>row}}", "{{=", "=}}", "{{!", "{{.}}", "{{a.b}}", "\n", "  ", "x", "|", " | ",
    ]
    for _ in 0..<200 {
      let count = Int.random(in: 1...12, using: &generator)
      let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      _ = render(page: Array(text.utf8))
    }
  }

  @Test(
    "Long nonsense is read in one pass", arguments: ["{{", "{{{", "{{=", "{{!", "{{#a}}", "{{/a}}", "}}", "\n", "{{a "])
  func repeated(piece: String) {
    let page = Array(String(repeating: piece, count: 20_000).utf8)
    _ = render(page: page)
  }
}
