import Diagnostics
import Ingest
import Model
import TestSupport
import Testing

@Suite("Markdown")
struct MarkdownTests {
  @Test("headings get levels without gaps, and the path of headings as anchor")
  func headings() {
    let text = MarkdownFixture("## Upgrading\n\n#### Database\n\n## Database\n\n### Upgrading\n\n## Upgrading\n")
    #expect(
      text.html == """
        <h2 id="upgrading">Upgrading</h2>
        <h3 id="upgrading-database">Database</h3>
        <h2 id="database">Database</h2>
        <h3 id="database-upgrading">Upgrading</h3>
        <h2 id="upgrading-2">Upgrading</h2>

        """)
    #expect(text.rendered.prose.whole.headings.map(\.level) == [1, 2, 1, 2, 1])
    #expect(text.rendered.prose.whole.headings[1].text == "Database")
  }

  @Test("anchors have the prefix, and none is an id of the page itself")
  func anchors() {
    #expect(MarkdownFixture("# Security\n").html == "<h2 id=\"security-2\">Security</h2>\n")
    let prefixed = MarkdownFixture("# Security\n", as: .block(headingBase: 3, anchorPrefix: "n-"))
    #expect(prefixed.html == "<h3 id=\"n-security\">Security</h3>\n")
    #expect(MarkdownFixture("# G *x*\n").html == "<h2 id=\"section-g-x\">G <em>x</em></h2>\n")
    #expect(MarkdownFixture("# ⚠️\n").html == "<h2 id=\"section\">⚠️</h2>\n")
    #expect(MarkdownFixture("# Änderungen für Ärzte\n").html.contains("id=\"änderungen-für-ärzte\""))
  }

  @Test("the levels of a text that begins deep begin high, and end at six")
  func levels() {
    let text = MarkdownFixture(
      "### A\n\n# B\n\n## C\n\n### D\n\n#### E\n", as: .block(headingBase: 4, anchorPrefix: ""))
    let levels = text.html.matches(of: /<h(\d)/).map { String($0.1) }
    #expect(levels == ["4", "4", "5", "6", "6"])
  }

  @Test("tables scroll, and align by class")
  func tables() {
    #expect(
      MarkdownFixture("| a | b |\n|:-:|--:|\n| 1 | *2* |\n").html == """
        <div class="scroll" role="group" aria-label="Table" tabindex="0">
        <table>
        <thead>
        <tr>
        <th class="center">a</th>
        <th class="right">b</th>
        </tr>
        </thead>
        <tbody>
        <tr>
        <td class="center">1</td>
        <td class="right"><em>2</em></td>
        </tr>
        </tbody>
        </table>
        </div>

        """)
  }

  @Test("tasks say whether they are done")
  func tasks() {
    #expect(
      MarkdownFixture("- [x] a\n- [ ] b\n").html == """
        <ul>
        <li class="task"><input type="checkbox" disabled aria-label="done" checked> a</li>
        <li class="task"><input type="checkbox" disabled aria-label="open"> b</li>
        </ul>

        """)
  }

  @Test("alerts are named; other quotes stay quotes")
  func alerts() {
    #expect(
      MarkdownFixture("> [!warning]\n> a\n>\n> b\n").html == """
        <div class="alert alert-warning">
        <p class="alert-title">Warning</p>
        <p>a</p>
        <p>b</p>
        </div>

        """)
    #expect(MarkdownFixture("> [!NOTE] a\n").html == "<blockquote>\n<p>[!NOTE] a</p>\n</blockquote>\n")
    #expect(MarkdownFixture("> [!OTHER]\n> a\n").html.hasPrefix("<blockquote>"))
    #expect(MarkdownFixture("> [!TIP]\n").html.contains("alert-tip"))
  }

  @Test("footnotes are numbered by their first references and lead back from each")
  func footnotes() {
    let text = MarkdownFixture(
      "a[^b] c[^a] d[^b]\n\n[^a]: A\n[^b]: B\n", as: .block(headingBase: 2, anchorPrefix: "n-"))
    #expect(text.html.contains("<sup class=\"footnote-ref\"><a href=\"#n-fn-1\" id=\"n-fnref-1-2\">1</a></sup>"))
    #expect(text.html.contains("<li id=\"n-fn-1\">\n<p>B</p>"))
    #expect(text.html.contains("<li id=\"n-fn-2\">\n<p>A</p>"))
    #expect(MarkdownFixture("a[^1]\n", as: .inline).html == "a[^1]")
  }

  @Test("one line of a text is words without paragraphs, several are parted")
  func inline() {
    #expect(MarkdownFixture("a *b*\nc\n", as: .inline).html == "a <em>b</em>\nc")
    #expect(MarkdownFixture("a\n\n- b\n- c\n", as: .inline).html == "a<br />\n• b<br />\n• c")
    #expect(MarkdownFixture("# a\n\n    b\n", as: .inline).html == "a<br />\n<code>b\n</code>")
    #expect(MarkdownFixture("|a|b|\n|-|-|\n|1|2|\n", as: .inline).html == "a · b<br />\n1 · 2")
  }

  @Test("the plain text has the words of each block on a line")
  func plainText() {
    let text = MarkdownFixture(
      "# A *b*\n\nc `d`\ne <kbd>f</kbd> [g](https://x.example)\n\n- h\n  - i\n\n|j|k|\n|-|-|\n|l|m|\n\n![n](https://x.example/n.png)\n<!-- o -->\n"
    )
    #expect(text.plain == "A b\nc d e f g\nh\ni\nj k\nl m\nn")
  }

  @Test("words that match become links, but not in code and not in links")
  func references() {
    let references = [
      Site.Reference("#(\\d+)", "https://x.example/$1?a&b"), Site.Reference("HARB-\\d+", "https://y.example/$0"),
    ]
    let text = MarkdownFixture("See #12, (HARB-7)#3 `#4` [#5](https://z.example) **#6**\n", references: references)
    #expect(
      text.html == """
        <p>See <a href="https://x.example/12?a&amp;b">#12</a>, (<a href="https://y.example/HARB-7">HARB-7</a>)\
        <a href="https://x.example/3?a&amp;b">#3</a> <code>#4</code> <a href="https://z.example">#5</a> \
        <strong><a href="https://x.example/6?a&amp;b">#6</a></strong></p>

        """)
    #expect(text.plain == "See #12, (HARB-7)#3 #4 #5 #6")
  }

  @Test("a reference alone is a link where a pattern matches all of it, or where it is an address")
  func referenceLinks() {
    var report = Report()
    let reader = MarkdownReader(
      references: [Site.Reference("#(\\d+)", "https://x.example/$1")], links: LinkMap(destinations: [:], exists: []),
      into: &report)
    #expect(
      reader.links(of: ["#12", "#12b", "https://y.example", "CVE-1"]) == [
        "#12": "https://x.example/12", "https://y.example": "https://y.example",
      ])
  }

  @Test(
    "a reference that cannot be used is reported",
    arguments: [
      ("#(\\d+", "https://x.example/$1"), ("\\d*", "https://x.example/$0"), ("#\\d+", "javascript:$0"),
      ("#\\d+", "/issues/$0"),
    ])
  func badReferences(pattern: String, url: String) {
    #expect(MarkdownFixture("#1", references: [.init(pattern, url)]).findings == ["1:1 M001"])
  }

  @Test("links into the checkout lead into the site")
  func links() {
    let release = Destination.release(ReleaseID(product: ProductID("gateway"), version: "2.3.1"))
    let text = MarkdownFixture(
      "[a](2.3.1.md) [b](./../gateway/2.3.1.md#upgrading) [c](/content/pages/a%20b.md?x) [d](#sec-tion) [e](#Sec-tion)\n\n# Sec-tion\n",
      destinations: ["content/releases/gateway/2.3.1.md": release, "content/pages/a b.md": .guide(page: "a b")])
    #expect(text.rendered.prose.whole.pieces.contains(.address(release, fragment: nil)))
    #expect(text.rendered.prose.whole.pieces.contains(.address(release, fragment: "upgrading")))
    #expect(text.rendered.prose.whole.pieces.contains(.address(.guide(page: "a b"), fragment: nil)))
    #expect(text.html.contains("<a href=\"#sec-tion\">d</a>") && text.html.contains("<a href=\"#sec-tion\">e</a>"))
    #expect(text.report.isEmpty)
  }

  @Test("links that lead nowhere are words, and are reported at their place")
  func deadLinks() {
    let marked = MarkedText(
      """
      - a [b](1️⃣2.3.9.md)
      - c [d](2️⃣../../../../x.md) é[e](3️⃣notes.txt)

      | f |
      | - |
      | [g](4️⃣#nowhere) |

      <5️⃣javascript:x> [h](6️⃣//x.example)

      """)
    let text = MarkdownFixture(
      marked.text, destinations: ["content/releases/gateway/2.3.1.md": .home],
      files: ["content/releases/gateway/2.3.1.md", "content/releases/gateway/notes.txt"])
    #expect(!text.html.contains("<a "))
    #expect(
      marked.findings(of: text.report, in: "content/releases/gateway/2.4.0.md")
        == ["1 M003", "2 M003", "3 M004", "4 M007", "5 M002", "6 M002"])
    #expect(text.report.diagnostics[0].help == "did you mean `content/releases/gateway/2.3.1.md`?")
  }

  @Test("places are those of the file that the text is a part of")
  func places() {
    #expect(MarkdownFixture("a\n\n[b](c.md)\n", line: 40).findings == ["42:5 M003"])
  }

  @Test("images of the checkout become assets; others do not load")
  func images() {
    let text = MarkdownFixture(
      "![a \"b\"](x.PNG 't')\n\n![c](https://x.example/c.png)\n\n![d](d.exe)\n\n![e](e.png)\n\n[![f](x.PNG)](https://x.example)\n",
      files: ["content/releases/gateway/x.PNG"],
      sizes: ["content/releases/gateway/x.PNG": ImageSize(width: 10, height: 20)])
    #expect(
      text.html == """
        <p><img src="{asset('assets/releases/gateway/x.PNG')}" alt="a &quot;b&quot;" title="t" width="10" height="20" loading="lazy" /></p>
        <p><a href="https://x.example/c.png">c</a></p>
        <p>d</p>
        <p>e</p>
        <p><a href="https://x.example"><img src="{asset('assets/releases/gateway/x.PNG')}" alt="f" width="10" height="20" loading="lazy" /></a></p>

        """)
    #expect(
      text.rendered.assets == [
        AssetUse(path: "content/releases/gateway/x.PNG", address: "assets/releases/gateway/x.PNG", isPublic: true)
      ])
    #expect(text.findings == ["3:6 M006", "5:6 M005", "7:6 M005"])
  }

  @Test("parallel rendering gives what serial rendering gives")
  func parallel() async {
    let texts = (0..<400).map { index in
      "# A\(index % 7)\n\n~~b~~ www.x.example *c* a@x.example ~d~\n\n|e|\n|-|\n|~~f~~|\n\n- [x] g `h`\n\n"
        + String(repeating: "~~i~~ https://x.example/\(index)\n\n", count: index % 20)
    }
    let serial = texts.map { MarkdownFixture($0).html }
    let parallel = await inSlices(of: texts.count, slices: 64) { range in range.map { MarkdownFixture(texts[$0]).html }
    }
    #expect(parallel.flatMap { $0 } == serial)
  }
}
