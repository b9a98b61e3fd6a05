import Diagnostics
import Ingest
import Model
import Testing

@Suite("What the public reads of a text")
struct PublicMarkdownTests {
  private func open(_ text: String, embargoed: [String] = []) throws -> RichText {
    try #require(MarkdownFixture(text, embargoed: embargoed).rendered.prose.open)
  }

  @Test("a text without anything internal is the same for all")
  func same() {
    #expect(MarkdownFixture("a\n\n> [!NOTE]\n> b\n", embargoed: ["CVE-2026-1"]).rendered.prose.open == nil)
  }

  @Test(
    "internal quotes are left out of HTML, words, headings, assets and Markdown, at any depth",
    arguments: [
      "a\n\n> [!INTERNAL]\n> secret\n> ## secret\n\nb\n", "a\n\n> [!internal] secret\n> secret\n\nb\n",
      "- a\n\n  > [!INTERNAL]\n  > secret\n- b\n", "> a\n>\n> > [!INTERNAL]\n> > secret\n>\n> b\n",
      "a\n> [!INTERNAL]\n> secret\nsecret lazily\n\nb\n",
      "a\n\n>   [!INTERNAL]\n>\n> secret\n>\n> ```\n> secret\n> ```\n\nb\n",
      "> [!NOTE]\n> a\n>\n> > [!INTERNAL]\n> > secret\n\nb\n", "a[^1] b\n\n[^1]:\n    > [!INTERNAL]\n    > secret\n",
      "a b\n\n> [!INTERNAL]\n> [secret][s]\n\n[s]: https://secret.example\n",
      "1. a\n   - b\n     > [!INTERNAL]\n     > secret\n",
      "> [!INTERNAL]\n> secret[^1]\n\na b\n\n[^1]: secret\n", "<div>\n> [!INTERNAL]\n> secret\n</div>\n\na b\n",
      "> text\n> [!INTERNAL]\n> secret\n\na b\n", "a b\n\n[!INTERNAL] secret\n",
    ])
  func internalQuotes(text: String) throws {
    let whole = MarkdownFixture(text).rendered.prose.whole
    #expect(whole.html.contains("secret"))
    let open = try open(text)
    #expect(!open.html.contains("secret"), "\(open.html)")
    #expect(!open.plainText.contains("secret"))
    #expect(!open.markdown.contains("secret"), "\(open.markdown)")
    #expect(!open.markdown.lowercased().contains("[!internal"), "\(open.markdown)")
    #expect(!open.headings.contains { $0.text.contains("secret") })
    #expect(open.plainText.contains("a") && open.plainText.contains("b"), "\(open.plainText)")
  }

  @Test(
    "the public Markdown renders as what the public reads",
    arguments: [
      "a\n\n> [!INTERNAL]\n> secret\n\nb\n", "- a\n\n  > [!INTERNAL]\n  > secret\n- b\n",
      "# A\n\n- x CVE-2026-1\n- y\n\n# B\n\nz\n",
      "|a|\n|-|\n|CVE-2026-1|\n|b|\n", "1. a\n2. CVE-2026-1\n3. c\n", "a <!-- b --> c\n",
      "Head CVE-2026-1\n===\n\na\n\n# B\n\nc\n",
    ])
  func roundTrip(text: String) throws {
    let open = try open(text, embargoed: ["CVE-2026-1"])
    let again = MarkdownFixture(open.markdown).rendered.prose.whole
    #expect(again.plainText == open.plainText, "\(open.markdown)")
  }

  @Test("the smallest block that names something under embargo is left out")
  func embargo() throws {
    let text = """
      # Security

      - Fixed cve-2026-1 in the parser
        - and a detail
      - Fixed CVE-2026-12
      - Other

      | id | what |
      | -- | ---- |
      | CVE-2026-1 | parser |
      | CVE-2026-3 | other |

      A paragraph on [this](https://x.example/CVE-2026-1).

      ## CVE-2026-**1**

      What is under it.

      ## Next

      Text.
      """
    let open = try open(text, embargoed: ["CVE-2026-1"])
    #expect(open.plainText == "Security\nFixed CVE-2026-12\nOther\nid what\nCVE-2026-3 other\nNext\nText.")
    #expect(open.headings.map(\.text) == ["Security", "Next"])
    #expect(!open.markdown.contains("parser") && !open.markdown.contains("What is under it"))
    #expect(open.markdown.contains("- Fixed CVE-2026-12"))
  }

  @Test(
    "links to files are their words in the public Markdown, however they are written",
    arguments: [
      ("[the incident](../../incidents/secret.yml) b", "the incident b"),
      ("[two\nfive](secret.yml) b", "two\nfive b"), ("[a](../../secret.txt \"secret\") b", "a b"),
      ("[a](<secret file.md>) b", "a b"), ("[a](\n  secret.yml\n  'secret') b", "a b"),
      ("> [a](\n> secret.yml) b", "> a b"), ("![a](secret.png) b", "a b"),
      ("[![a](secret.svg)](secret.md) b", "a b"), ("[a [b]](secret(1).md)", "a [b]"),
      ("[a](sec\\_secret.md) b", "a b"), ("[a](/secret&amp;x.md) b", "a b"), ("[`]` a](secret.md) b", "[`]` a] b"),
      ("[a][x] b\n\n[x]: secret.yml 'secret'\n", "[a][x] b\n\n"), ("a\n\n[x]:\n  ../secret.yml\n\nb", "a\n\n\nb"),
      ("- a\n\n  [x]: secret.yml\n- b", "- a\n\n- b"), ("a [x](javascript:secret) b", "a x b"),
    ])
  func relativeLinks(text: String, expected: String) throws {
    let prose = MarkdownFixture(text).rendered.prose
    #expect(prose.whole.linkedMarkdown == [.text(expected)])
    #expect(prose.open == nil)
  }

  @Test(
    "links into the site are parts of their own in the Markdown, however they are written",
    arguments: [
      ("[a](2.3.0.yml) b", "[a](X) b"), ("[a](2.3.0.yml#c 'd') b", "[a](X#c 'd') b"),
      ("[a](<2.3.0.yml>) b", "[a](<X>) b"),
      ("[![a](a.png)](2.3.0.yml)", "[![a](A)](X)"), ("> [a](\n> 2.3.0.yml) b", "> [a](\n> X) b"),
      ("[a][x]\n\n[x]: 2.3.0.yml 'd'\n", "[a][x]\n\n[x]: X 'd'\n"), ("[a](2.3.0.yml) [b](c.yml)", "[a](X) b"),
      ("[x]: <2.3.0.yml>\n\n[x]", "[x]: <X>\n\n[x]"),
      ("[a](2.3.0.yml)\n\n> [!INTERNAL]\n> [b](2.3.0.yml)\n", "[a](X)\n"),
    ])
  func siteLinks(text: String, expected: String) {
    let target = Destination.release(ReleaseID(product: ProductID("gateway"), version: "2.3.0"))
    let prose = MarkdownFixture(
      text, destinations: ["content/releases/gateway/2.3.0.yml": target], files: ["content/releases/gateway/a.png"]
    ).rendered.prose.forPublic.whole
    let markdown = prose.markdown { destination, fragment in
      (destination == target ? "X" : "A") + (fragment.map { "#" + $0 } ?? "")
    }
    #expect(markdown == expected)
    #expect(!prose.markdown.contains("2.3.0") && !prose.markdown.contains("a.png"))
  }

  @Test(
    "links into the web and to headings stay, and code that looks like a link",
    arguments: [
      "[a](https://x.example/a) [b](#c) `d[e](f)`\n\n# c\n", "```\n[a]: b\nx[y](z)\n```\n",
      "[a]\n\n[a]: https://x.example\n",
      "[a]()", "[^1] a\n\n[^1]: b c\n", "[Note]:\n\nword\n", "[Note]: two words\n",
    ])
  func otherLinks(text: String) {
    let prose = MarkdownFixture(text).rendered.prose
    #expect((prose.open ?? prose.whole).markdown == text)
  }

  @Test("a heading under which nothing is left goes too")
  func emptySections() throws {
    let open = try open(
      "# Added\n\n- a\n\n# Security\n\n## High\n\n- CVE-2026-1\n\n# Fixed\n\n- b\n", embargoed: ["CVE-2026-1"])
    #expect(open.plainText == "Added\na\nFixed\nb")
    #expect(!open.markdown.contains("Security"))
  }

  @Test("comments are for those who edit: no rendering and no public Markdown has them")
  func comments() throws {
    let open = try open(
      "a <!-- secret --> b\n\n<!-- secret\nsecret -->\n\n- c <!-- secret -->\n\n> <!-- secret\n> secret -->\n> d\n")
    #expect(!open.html.contains("secret") && !open.markdown.contains("secret"), "\(open.markdown)")
    #expect(open.plainText.contains("d"))
  }

  @Test(
    "footnotes and definitions that nothing refers to hide nothing",
    arguments: [
      "a\n\n[^1]: GHSA-zz\n", "a\n\n[b]: https://x.example/GHSA-zz\n",
      "a\n\n[^1]: x\n\n    > [!INTERNAL]\n    > GHSA-zz\n\nc\n",
      "a\n\n[^1]: x\n    > [!INTERNAL]\n    > secret\n", "a\n\n> [!INTERNAL]\n> b\n\n[^1]: secret\n",
    ])
  func unused(text: String) throws {
    let open = try open(text, embargoed: ["GHSA-zz"])
    #expect(!open.markdown.contains("GHSA-zz") && !open.markdown.contains("secret"), "\(open.markdown)")
    #expect(open.markdown.hasPrefix("a"))
  }

  @Test("an image that only internal text shows is no public asset")
  func assets() {
    let fixture = MarkdownFixture(
      "![a](a.png)\n\n> [!INTERNAL]\n> ![b](b.png)\n",
      files: ["content/releases/gateway/a.png", "content/releases/gateway/b.png"])
    #expect(fixture.rendered.assets.map(\.isPublic) == [true, false])
  }

  @Test("a change that names something under embargo is nothing for the public")
  func inline() {
    let prose = MarkdownFixture("Fixed GHSA-aaaa-bbbb-cccc", as: .inline, embargoed: ["ghsa-AAAA-bbbb-cccc"]).rendered
      .prose
    #expect(prose.open?.isEmpty == true && prose.open?.markdown == "")
  }

  @Test("a marker of internal text in the wrong place is reported")
  func misplaced() {
    #expect(MarkdownFixture("> a\n> [!INTERNAL]\n> b\n").findings == ["2:3 M010"])
  }

  @Test(
    "HTML that is shown as text is escaped in Markdown that goes elsewhere, and no other",
    arguments: [
      ("A `<T>` Map<T> is <b>fast</b> <T>.", "A `<T>` Map\\<T> is <b>fast</b> \\<T>."),
      ("a\n\n> - <x\n>   y> <br> <z>", "a\n\n> - \\<x\n>   y> <br> \\<z>"),
      ("<div>\n<p>a</p>\n</div>\n\nb", "\\<div>\n\\<p>a\\</p>\n\\</div>\n\nb"),
      ("<details>\n\na\n\n</details>", "<details>\n\na\n\n</details>"),
      ("[a <i-x>](2.3.0.yml) <y>", "[a \\<i-x>](X) \\<y>"), ("[a <i-x>](none.yml) <y>", "a \\<i-x> \\<y>"),
      ("> [!INTERNAL]\n> <T>\n\n`<T>` or <T>", "`<T>` or \\<T>"),
    ])
  func shownHTML(text: String, expected: String) throws {
    let target = Destination.release(ReleaseID(product: ProductID("gateway"), version: "2.3.0"))
    let prose = MarkdownFixture(text, destinations: ["content/releases/gateway/2.3.0.yml": target]).rendered.prose
    let open = prose.forPublic.whole
    #expect(open.markdown { _, _ in "X" } == expected)
    // As written, so that no seal of an older site takes it for another text.
    #expect(!open.markdown.contains("\\"))
  }
}
