import Diagnostics
import Ingest
import Model
import TestSupport
import Testing

/// A text in a line, rendered with nothing under embargo and so perhaps without cmark, and always by cmark.
private func renderings(_ text: String) -> (quick: RenderedProse, cmark: RenderedProse) {
  let references = [
    Site.Reference(match: Located(#"#(\d+)"#, at: SourceLocation(file: "gazette.yml")), url: "https://example.com/$1")
  ]
  let quick = MarkdownFixture(text, as: .inline, references: references)
  let cmark = MarkdownFixture(text, as: .inline, references: references, embargoed: ["CVE-1999-0001"])
  return (quick.rendered, cmark.rendered)
}

@Suite struct PlainLineTests {
  @Test(
    "words that need no Markdown are what cmark makes of them",
    arguments: [
      "Keeps the last answer", "Waits (see #412), then retries", "Ends. Begins: again", "a-b/c + d = e; 100%?",
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
    ]
    for _ in 0..<100 {
      let text = (0..<Int.random(in: 1...7, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
        .joined()
      let (quick, cmark) = renderings(text)
      #expect(quick.prose == cmark.prose, "\(text.debugDescription)")
    }
  }
}
