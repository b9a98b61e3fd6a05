import Diagnostics
import Ingest
import Model
import TestSupport
import Testing

/// A text in a line, rendered with nothing under embargo and so perhaps without cmark, and always by cmark.
private func renderings(
  _ text: String, as form: MarkdownReader.Form = .inline
) -> (quick: RenderedProse, cmark: RenderedProse) {
  let references = [
    Site.Reference(match: Located(#"#(\d+)"#, at: SourceLocation(file: "gazette.yml")), url: "https://example.com/$1")
  ]
  let quick = MarkdownFixture(text, as: form, references: references)
  let cmark = MarkdownFixture(text, as: form, references: references, embargoed: ["CVE-1999-0001"])
  return (quick.rendered, cmark.rendered)
}

@Suite struct PlainLineTests {
  @Test(
    "words that need no Markdown are what cmark makes of them",
    arguments: [
      "Keeps the last answer", "Waits (see #412), then retries", "Ends. Begins: again", "a-b/c + d = e; 100%?",
      "**Cache**: waits for `a`", "**Big words** and **more**", "See **this**",
      "Über alles, naïve 日本語", "it's done",
      "`--flag` and `a | b`, see #412", "Adds `x<y>&z`", "Says more (see [the docs](https://docs.example.com/a-b#c))",
    ])
  func plain(_ text: String) {
    let (quick, cmark) = renderings(text)
    #expect(quick.prose == cmark.prose)
  }

  @Test("whatever a line is made of, it is what cmark makes of it", arguments: 0..<40 as Range<UInt64>)
  func random(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let parts = [
      "word", "w", "www.", "www.example.com", "https:", "https://example.com", "//", ":", ".", ". ", ": ", " ", "  ",
      "-",
      "- ", "+ ", "# ", "#12", "1. ", "1) ", "=", "'", "\"", "(", ")", "/", "?", "%", ",", ";", "é", "\u{A0}", "日",
      "\u{301}",
      "a@b.de", "mailto:", "x.y", "\n", "\t", "_", "*", "`", "&amp;", "<b>", "[", "]", "!", "~~", "|", "\\", "Z9",
      "`", "`", "`--flag`", "``", "` a`", "[x](https://a.example/b-c#d)", "[x y](https://a.example", ")", "[a](", "](",
      "https://", "[[", "`#12`", "[#12](https://a.example)", "[www.a.b](https://a.example)",
      "**", "**a**", "**a b**:", "** a**", "**a **", "***", "**a-**", "**é**", "**a*b**",
    ]
    for _ in 0..<100 {
      let text = (0..<Int.random(in: 1...7, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
        .joined()
      let (quick, cmark) = renderings(text)
      #expect(quick.prose == cmark.prose, "\(text.debugDescription)")
    }
  }

  @Test(
    "blocks that need no Markdown are what cmark makes of them",
    arguments: [
      "Words.\n\n### Fixed\n\n- **Cache**: waits (#12)\n- Adds `x`\n\n### Added\n- One\n",
      "Words\ngo on\n- One\n- Two\n\nMore\n\n```sh\nrun --all *x*\n\n  y\n```\nEnd\n", "# A\n# A\n### B\n## C",
      "```\n```\n\n```json\n{}\n```",
    ])
  func plainBlocks(_ text: String) {
    let (quick, cmark) = renderings(text, as: .block(headingBase: 3, anchorPrefix: "x-"))
    #expect(quick.prose == cmark.prose)
  }

  @Test("whatever lines a text is made of, it is what cmark makes of it", arguments: 0..<40 as Range<UInt64>)
  func randomBlocks(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let lines = [
      "", "", "", "Words", "More words #12", "### Fixed", "## Added", "# A", "#", "####### x", "## A #", "##  B", "#C",
      "- One", "- Two `x`", "- **Three**: four", "-", "- ", "-  Five", "* Six", "1. Seven", "  - Eight", "  words",
      "    code", "```", "```sh", "``` sh", "````", "---", "===", "> quote", "| a | b |", "| - | - |", "-|-", "a | b",
      "[x](https://a.example)", "[x]: https://a.example", "www.a.example", "- [ ] task", "- [x](https://a.example)",
      "\t- tab", "ends  ", "ends\\", "<b>x</b>", "<!-- x -->", "**Bold**", "**Bold**:", "`code`", "a`", "é", "- é",
      "- # x", "- - x", "[^1]", "~~x~~", "Ends:", "- Ends.", "&amp;",
    ]
    for _ in 0..<100 {
      let text = (0..<Int.random(in: 1...9, using: &random)).map { _ in lines.randomElement(using: &random) ?? "" }
        .joined(separator: "\n")
      let (quick, cmark) = renderings(text, as: .block(headingBase: 3, anchorPrefix: ""))
      #expect(quick.prose == cmark.prose, "\(text.debugDescription)")
    }
  }
}
