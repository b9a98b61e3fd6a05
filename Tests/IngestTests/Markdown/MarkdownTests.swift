import Diagnostics
import Ingest
import Model
import Testing

@Suite("Markdown")
struct MarkdownTests {
  @Test("headings get levels without gaps, and the path of headings as anchor")
  func headings() {
    let text = MarkdownFixture("## Upgrading\n\n#### Database\n\n## Database\n\n### Upgrading\n\n## Upgrading\n")
    #expect(text.html == """
      <h2 id="upgrading">Upgrading</h2>
      <h3 id="upgrading-database">Database</h3>
      <h2 id="database">Database</h2>
      <h3 id="database-upgrading">Upgrading</h3>
      <h2 id="upgrading-2">Upgrading</h2>

      """)
  }
}
