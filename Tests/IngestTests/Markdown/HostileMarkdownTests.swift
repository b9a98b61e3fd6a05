import Diagnostics
import Ingest
import Model
import TestSupport
import Testing

/// What a rendering may hold; anything else is a hole.
private let allowed: [String: Set<String>] = [
  "p": ["class"], "h2": ["id"], "h3": ["id"], "h4": ["id"], "h5": ["id"], "h6": ["id"], "ul": [], "ol": ["start"],
  "li": ["class", "id"], "input": ["type", "disabled", "aria-label", "checked"], "blockquote": [],
  "pre": ["tabindex"], "code": ["class"], "hr": [], "br": [], "em": [], "strong": [], "del": [], "b": [], "i": [],
  "kbd": [], "sub": [], "sup": ["class"], "small": [], "details": ["open"], "summary": [],
  "div": ["class", "role", "aria-label", "tabindex"], "table": [], "thead": [], "tbody": [], "tr": [],
  "th": ["class"], "td": ["class"], "a": ["href", "title", "id", "aria-label"],
  "img": ["src", "alt", "title", "width", "height", "loading"], "section": ["class", "aria-label"],
]

/// What is wrong with HTML that pages print as it is.
private func holes(in html: String) -> [String] {
  let tokens = HTMLTokens(html)
  var holes = tokens.faults
  var open: [String] = []
  for token in tokens.tokens {
    switch token {
    case .text: break
    case .start(let name, let attributes):
      guard let known = allowed[name] else {
        holes.append("<\(name)>")
        continue
      }
      for (attribute, value) in attributes {
        if !known.contains(attribute) { holes.append("\(name) \(attribute)") }
        guard attribute == "href" || attribute == "src" else { continue }
        let isSafe =
          value.hasPrefix("https://") || value.hasPrefix("http://") || value.hasPrefix("mailto:")
          || value.hasPrefix("#") || value.hasPrefix("{")
        if !isSafe { holes.append("\(attribute)=\(value)") }
        if value.utf8.contains(where: { $0 <= 0x20 }) { holes.append("blank in \(value)") }
      }
      if !["input", "hr", "br", "img"].contains(name) { open.append(name) }
    case .end(let name):
      if open.popLast() != name { holes.append("</\(name)> closes nothing") }
    }
  }
  return holes + open.map { "<\($0)> stays open" }
}

@Suite("Hostile Markdown")
struct HostileMarkdownTests {
  @Test(
    "HTML that is not known to be harmless is shown as text",
    arguments: [
      "<script>alert(1)</script>", "<SCRIPT SRC=x></SCRIPT>\n\nx", "a <img src=x onerror=alert(1)> b",
      "<details ontoggle=alert(1) open>\n\nx\n\n</details>", "<kbd onclick=x>a</kbd>", "<a href='javascript:x'>a</a>",
      "<iframe src=//x>", "<b", "<style>*{}</style>", "<svg/onload=alert(1)>", "<!DOCTYPE html>", "<![CDATA[ x ]]>",
      "<?php x ?>", "<kbd>a", "a</sub>", "<b><i>a</b></i>", "</details>", "<details>\n\na", "<summary>a</summary>",
      "<details><summary>a<script></summary></details>", "<!-- a --><script>x</script>", "<!-- a", "<a id=\"x\">y</a>",
      "<a name=\"x\" onclick=\"y\"></a>", "<p>\n<b>x", "<br onclick=x>", "<math><mi//xlink:href=\"data:x,<script>\">",
    ])
  func html(text: String) {
    for form in [MarkdownReader.Form.block(headingBase: 2, anchorPrefix: "n-"), .inline] {
      let fixture = MarkdownFixture(text, as: form)
      #expect(holes(in: fixture.html).isEmpty, "\(fixture.html)")
      #expect(!fixture.html.contains("<script"))
    }
  }

  @Test("what is shown as text is reported once, at its place")
  func shownHTML() {
    let text = MarkedText("a\n\nb 1️⃣<font color=red>c</font>\n\n<table>\n</table>\n")
    let fixture = MarkdownFixture(text.text)
    #expect(text.findings(of: fixture.report, in: "content/releases/gateway/2.4.0.md") == ["1 M009"])
    #expect(fixture.html.contains("b &lt;font color=red&gt;c&lt;/font&gt;"))
    #expect(fixture.report.diagnostics.first?.message.hasSuffix("and 2 more") == true)
  }

  @Test(
    "harmless HTML is markup",
    arguments: [
      ("a<br>b", "<p>a<br />b</p>\n"), ("<kbd>Ctrl</kbd>", "<p><kbd>Ctrl</kbd></p>\n"),
      ("H<sub>2</sub>O<sup>*x*</sup>", "<p>H<sub>2</sub>O<sup><em>x</em></sup></p>\n"),
      (
        "<details>\n<summary>More</summary>\n\n- a\n\n</details>\n",
        "<details>\n<summary>More</summary>\n<ul>\n<li>a</li>\n</ul>\n</details>\n"
      ),
      ("a <!-- b --> c", "<p>a  c</p>\n"), ("<!-- a\n\nb -->\n\nc", "<p>c</p>\n"),
      ("<a name=\"x\"></a>\n\nc", "<p>c</p>\n"), ("<a id=\"18.1.0\"></a>a", "<p>a</p>\n"),
    ])
  func harmless(text: String, html: String) {
    let fixture = MarkdownFixture(text)
    #expect(fixture.html == html)
    #expect(fixture.report.isEmpty)
  }

  @Test(
    "links with other schemes lose their target and keep their words, however they are written",
    arguments: [
      "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](&#106;avascript:alert(1))",
      "[a](javascript&colon;alert(1))", "[a](<java\tscript:alert(1)>)", "[a]( javascript:alert(1))",
      "[a][b]\n\n[b]: javascript:x",
      "[a](vbscript:x)", "[a](data:text/html;base64,PHNjcmlwdD4=)", "[a](file:///etc/passwd)", "[a](//evil.example)",
      "[a](\\\\evil.example)", "[a](/\\evil.example)", "[a](\u{1}javascript:x)", "[a](java%0ascript:x)",
      "![a](data:image/svg+xml,x)", "![a](javascript:x)", "[![a](x:y)](javascript:z)", "[a](about:blank)",
      "[a](&#x6A&#x61&#x76;ascript:x)", "[a](&Tab;javascript:x)",
    ])
  func schemes(text: String) {
    let fixture = MarkdownFixture(text)
    #expect(!fixture.html.contains("href") && !fixture.html.contains("src"), "\(fixture.html)")
    #expect(fixture.plain.contains("a"))
    #expect(!fixture.report.isEmpty)
  }

  @Test(
    "autolinks with other schemes are words", arguments: ["<javascript:alert(1)>", "<data:x>", "ftp://x.example/y"])
  func autolinks(text: String) {
    #expect(!MarkdownFixture(text).html.contains("href"))
  }

  @Test(
    "attributes cannot be left",
    arguments: [
      "[a](https://x.example/\"onclick=\"y)", "[a](https://x.example \"t\" onclick=\"y\")",
      "[a](<https://x.example/\"><script>>)",
      "![a\" onerror=\"x](https://x.example)", "```x\"onclick=\"y\na\n```", "```<script>\na\n```",
      "[a](https://x.example '\"><script>')", "# a\" onclick=\"b", "[^\"><script>]\n\n[^\"><script>]: x",
    ])
  func attributes(text: String) {
    let html = MarkdownFixture(text).html
    #expect(holes(in: html).isEmpty, "\(html)")
  }

  @Test("NUL bytes and control characters do no harm")
  func controls() {
    let fixture = MarkdownFixture("a\u{0}b \u{202E}c\u{1B}[31m &#0; &#1;\n")
    #expect(fixture.html.hasPrefix("<p>a\u{FFFD}b"))
    #expect(!fixture.html.utf8.contains(0))
    #expect(holes(in: fixture.html).isEmpty)
  }

  @Test(
    "texts that are nested deeply are refused at once",
    arguments: [
      String(repeating: ">", count: 100_000), String(repeating: "> ", count: 101) + "a",
      String(repeating: "- ", count: 50_000) + "a",
      String(repeating: "1. ", count: 5_000) + "a",
      String(repeating: "*a **a ", count: 200) + String(repeating: "b** b*", count: 200),
      (0..<150).map { String(repeating: " ", count: $0 * 2) + "- a\n" }.joined(),
    ])
  func nesting(text: String) {
    let clock = ContinuousClock()
    let time = clock.measure {
      let fixture = MarkdownFixture("fine\n\n" + text)
      #expect(fixture.findings.contains { $0.hasSuffix("M008") }, "\(text.prefix(40))")
      #expect(fixture.html.isEmpty)
    }
    #expect(time < .seconds(2))
  }

  @Test(
    "long runs of delimiters take no long time",
    arguments: [
      "![[]()", "[", "![", "[a](", "_", "**a", "`", "<", "~~a", "[^", "<!--", "a@", "a|b\n-|-\n", "*a_ ", "- \n",
      "# a\n",
      "[^1]: x\n", "a\n=\n", "<details>\n\n", "<kbd>",
    ])
  func delimiters(fragment: String) {
    let text = String(repeating: fragment, count: 60_000 / fragment.utf8.count)
    let time = ContinuousClock().measure { _ = MarkdownFixture(text) }
    #expect(time < .seconds(10))
  }

  @Test("no garbage becomes markup", arguments: 0..<40 as Range<UInt64>)
  func garbage(seed: UInt64) {
    let fragments = [
      "<", ">", "\"", "'", "&", "&#", "&lt;", "<script>", "</script>", "<img src=x onerror=y>", "[", "]", "(", ")",
      "![",
      "](javascript:x)", "](https://x.example)", "](https://x.example \"", "`", "```", "~~~", "\n", "\n\n", "> ", "- ",
      "1. ", "# ", "    ", "\t", "*", "**", "_", "~~", "|", "|-|-|\n", "[^1]", "[^1]: ", "<!--", "-->", "<details>",
      "</details>", "<summary>", "</summary>", "<kbd>", "</kbd>", "<b>", "</b>", "<br>", "<a id=\"x\">", "</a>",
      "- [x] ",
      "> [!NOTE]\n", "> [!INTERNAL]\n", "[a]: javascript:x\n", "[a]", "#412", "GHSA-zz", "www.x.example", "a@x.example",
      "\u{0}", "\u{202E}", "é", "word", " ", "\\", "![a](a.png)", "[g](../g.md#x)", "===\n", "---\n", "data:", "//x",
    ]
    var random = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      let text = (0..<Int.random(in: 1...60, using: &random)).map { _ in fragments.randomElement(using: &random) ?? "" }
        .joined()
      for form in [MarkdownReader.Form.block(headingBase: 2, anchorPrefix: "n-"), .inline] {
        let fixture = MarkdownFixture(
          text, as: form,
          references: [.init("#(\\d+)", "https://x.example/$1"), .init("word", "https://x.example/'\"<>")],
          destinations: ["content/releases/g.md": .home], files: ["content/releases/gateway/a.png"],
          embargoed: ["GHSA-zz"])
        let found = holes(in: fixture.html) + holes(in: fixture.openHTML ?? "")
        #expect(found.isEmpty, "\(text.debugDescription): \(fixture.html)")
        let open = fixture.rendered.prose.forPublic.whole
        #expect(!open.html.lowercased().contains("ghsa-zz"), "\(text.debugDescription): \(open.html)")
        #expect(!open.markdown.lowercased().contains("ghsa-zz"), "\(text.debugDescription)")
        #expect(!open.plainText.lowercased().contains("ghsa-zz"), "\(text.debugDescription)")
      }
    }
  }
}
