import Foundation
import Testing

/// Notes that try to bring their own scripts into the pages.
@Suite("Hostile notes") struct HostileNotesTests {
  private static let checker = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Scripts/allowed_html.py").path

  private static let hasPython = ["/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3"]
    .contains { FileManager.default.isExecutableFile(atPath: $0) }

  private static let notes = #"""
    # Hi <script>alert(1)</script>

    <script>alert('EVIL')</script>

    <img src=x onerror=alert(1)> <a href="javascript:alert(1)">x</a> <svg onload=alert(1)><math>

    [a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](data:text/html;base64,PHNjcmlwdD4=) [e](&#106;avascript:alert(1))
    [f](vbscript:x) [g](java&Tab;script:alert(1)) [h](%6Aavascript:x) [i](//evil.example/x) [j](\\evil.example) [k](file:///etc/passwd)
    ![x](javascript:alert(1)) ![y](data:image/svg+xml;base64,PHN2Zz4=) <javascript:alert(1)> <data:text/html,x>
    [q][]

    [q]: https://x.example/?a="onmouseover=alert(1) 'title" onx="1'

    - a `<script>` [x](https://ok.example/"onclick="x) **bold <b onclick=x>**
    - &lt;script&gt;alert(1)&lt;/script&gt; &amp;lt; &#60;img src=x onerror=1&#62;

    | a"b | <td onclick=x> |
    |---|---|
    | `x` | </table><script>1</script> |

    ```"><script>alert(1)</script>
    </code></pre><script>alert(2)</script>
    ```

    [^"><script>]: foot <script>
    text[^"><script>]

    ## Title "quoted" <img src=x onerror=1> {#id onclick=x}

    <!-- comment -- > <script>x</script> -->

    <div
     onclick="x"

    unterminated <a href="x

    <![CDATA[ x ]]> <?php x ?> <textarea><title><plaintext><style>*{}</style
    """#

  @Test(
    "no script, handler or address of theirs comes into a page", .enabled(if: hasPython, "needs Python's HTML parser"))
  func pages() throws {
    let repository = try SmallSite.repository()
    try repository.write(Self.notes, to: SmallSite.notes)
    try repository.write(
      "---\ntitle: '<script>alert(1)</script>'\nsummary: '<b onclick=x>'\n---\n" + Self.notes, to: "content/pages/h.md")
    try repository.write(
      """
      status: released
      released: 2023-01-02
      title: '"><script>alert("x")</script>'
      summary: '<b onclick=x> [a](javascript:alert(1))'
      changes:
        - {id: a, kind: fix, text: '<img src=x onerror=alert(1)> [a](javascript:x)', action: '<script>x</script>', component: '"><script>'}
      artifacts: [{name: '"><script>', url: 'https://y.example/"onclick="x'}]
      known_issues: [{id: k, text: '<script>x</script>', workaround: '[x](data:text/html,x)'}]
      compatibility: [{name: '<script>', versions: '"><b onclick=x>'}]
      """, to: "content/releases/gw/1.1.0.yml")
    let outcome = try repository.gazette("build", "--audience", "all")
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("warning[M002]") && outcome.output.contains("warning[M009]"))
    let check = try GazetteProcess.run(
      ["python3", Self.checker, repository.path + "/_site"], in: repository.path, program: "/usr/bin/env")
    #expect(check.status == 0, "\(check.output)\(check.errors)")
    // What was written is shown, as text.
    #expect(
      repository.text("_site/public/products/gw/1.0.0/index.html")?.contains("&lt;script&gt;alert('EVIL')") == true
        || repository.text("_site/public/products/gw/1.0.0/index.html")?.contains("&lt;script&gt;alert(&#39;EVIL&#39;)")
          == true
    )
  }
}
