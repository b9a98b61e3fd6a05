import CCmarkGFM
import Diagnostics
import Foundation
import Model
import Synchronization
import TestSupport
import Testing

@testable import Ingest

private let registered: Void = cmark_gfm_core_extensions_ensure_registered()

/// cmark's own HTML, with raw HTML left out. Under the lock of the reader, for cmark has its tables once a process.
private func cmarkHTML(_ text: String) -> String? {
  _ = registered
  return CommonMarkTree.parsing.withLock { _ in
    guard let parser = cmark_parser_new(CMARK_OPT_FOOTNOTES) else { return nil }
    defer { cmark_parser_free(parser) }
    for name in ["table", "strikethrough", "autolink", "tasklist"] {
      if let syntax = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, syntax) }
    }
    cmark_parser_feed(parser, text, text.utf8.count)
    guard let document = cmark_parser_finish(parser) else { return nil }
    defer { cmark_node_free(document) }
    guard let html = cmark_render_html(document, 0, cmark_parser_get_syntax_extensions(parser)) else { return nil }
    defer { free(html) }
    return String(cString: html)
  }
}

/// HTML without what ``ProseWriter`` means to do differently: levels and anchors of headings, wrappers of tables, links
/// that are no web addresses, images.
private func compared(_ html: String) -> [HTMLTokens.Token] {
  var tokens: [HTMLTokens.Token] = []
  var openLinks: [Bool] = []
  func addText(_ text: String) {
    let words = text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    guard !words.isEmpty else { return }
    if case .text(let before)? = tokens.last {
      tokens[tokens.count - 1] = .text(before + " " + words)
    } else {
      tokens.append(.text(words))
    }
  }
  for token in HTMLTokens(html).tokens {
    switch token {
    case .text(let text): addText(text)
    case .start("div", _), .end("div"): break
    case .start("a", let attributes):
      let isWeb = ["http:", "https:", "mailto:"].contains { attributes["href", default: ""].lowercased().hasPrefix($0) }
      openLinks.append(isWeb)
      if isWeb { tokens.append(.start("a", attributes: attributes)) }
    case .end("a"): if openLinks.popLast() == true { tokens.append(token) }
    case .start("img", let attributes):
      let source = attributes["src", default: ""]
      let isShown = source.hasPrefix("http") && openLinks.last != true
      if isShown { tokens.append(.start("a", attributes: ["href": source])) }
      addText(attributes["alt", default: ""])
      if isShown { tokens.append(.end("a")) }
    case .start(let name, let attributes):
      let isHeading = name.count == 2 && name.first == "h" && name != "hr"
      tokens.append(
        .start(isHeading ? "h" : name, attributes: attributes.filter { $0.key == "title" || $0.key == "start" }))
    case .end(let name): tokens.append(.end(name.count == 2 && name.first == "h" ? "h" : name))
    }
  }
  return tokens
}

@Suite("Markdown against cmark")
struct CommonMarkOracleTests {
  private static let files = [
    "a0x8o__kubernetes__CHANGELOG-1.10.md", "angular__components__CHANGELOG.md",
    "brandingowls__nodejs-postgresql__CHANGELOG_V18.md", "kedacore__keda__CHANGELOG.md",
    "olivierlacan__keep-a-changelog__CHANGELOG.md", "swiftpp__swift__CHANGELOG.md", "vitejs__vite__CHANGELOG.md",
    "withastro__astro__CHANGELOG.md",
  ]

  @Test(
    "every section of real changelogs is written as cmark writes it, but for what is meant to differ",
    .enabled(if: SharedData.folder != nil, "needs ../shared/data"), arguments: files)
  func changelogs(file: String) throws {
    let folder = try #require(SharedData.folder).appending(path: "changelogs")
    let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
    var report = Report()
    let sections = Changelog.read(
      MarkdownSource(text, at: SourceLocation(file: file)), scheme: file.contains("swift") ? .numeric : .semver,
      into: &report)
    let reader = MarkdownReader(references: [], links: LinkMap(destinations: [:], exists: []), into: &report)
    var count = 0
    for section in sections {
      let oracle = try #require(cmarkHTML(section.body.text))
      if oracle.contains("raw HTML omitted") || oracle.contains("footnote") || oracle.contains("[!") { continue }
      let ours = reader.prose(section.body, as: .block(headingBase: 3, anchorPrefix: ""), into: &report).prose.whole
        .html
      let (expected, actual) = (compared(oracle), compared(ours))
      if let difference = zip(expected, actual).first(where: { $0 != $1 }) {
        Issue.record("\(section.title.value): \(difference.0) became \(difference.1)")
        return
      }
      #expect(expected.count == actual.count, "\(section.title.value)")
      count += 1
    }
    #expect(count * 10 >= sections.count * 8, "\(count) of \(sections.count) could be compared")
  }

  @Test(
    "plain CommonMark is written byte for byte as cmark writes it",
    arguments: [
      "a *b* **c** `d & <e>` \\* &copy; &#0; \"q\"\n", "> a\n> > b\n", "- a\n- b\n  - c\n\n    d\n- e\n",
      "1. a\n1. b\n",
      "7) a\n\n   b\n8) c\n", "***\n", "a  \nb\\\nc\nd\n", "    code <x>\n",
      "[a](https://x.example/?b=1&c='d' \"t<\\\"\")\n",
      "<https://x.example/ä b>\n", "<https://x.example/ä>\n", "~~a~~\n", "- a\n\n  ```\n  b\n  ```\n", "a\n\n\n\nb",
      "- > a\n", "> - a\n> - b\n",
      "![](https://", "*a **b*** _c_ ___d___\n", "https://x.example/a_b_c. www.x.example a@x.example\n",
    ])
  func plain(text: String) throws {
    let html = MarkdownFixture(text).html
      .replacing("<pre tabindex=\"0\">", with: "<pre>")
    #expect(html == cmarkHTML(text))
  }
}
