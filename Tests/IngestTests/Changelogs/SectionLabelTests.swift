import Diagnostics
import Ingest
import Model
import Testing

@Suite("Labels above lists in changelogs") struct SectionLabelTests {
  private func scan(_ text: String) -> ChangeScan {
    ChangeScan(MarkdownSource(text, at: SourceLocation(file: "CHANGELOG.md")))
  }

  private func kinds(_ text: String) -> [Change.Kind?] { scan(text).entries.map(\.kind) }

  @Test(
    "words in bold, or before a colon, are read like a heading",
    arguments: ["**Bugfixes**\n- one\n- two", "Bug fixes:\n\n* one\n* two", "**Fixed:**\n\n- one\n- two\n"])
  func label(text: String) {
    #expect(kinds(text) == [.fix, .fix])
    #expect(scan(text).isAllChanges)
  }

  @Test("a label that is not known ends the one before") func unknownLabel() {
    let text = "Bug fixes:\n\n* one\n\nPlatforms:\n\n* two\n\n**Security**\n* three"
    #expect(kinds(text) == [.fix, .security])
    #expect(!scan(text).isAllChanges)
  }

  @Test("a heading ends a label") func heading() {
    #expect(kinds("**Security**\n- one\n\n## Added\n\n- two") == [.security, .feature])
  }

  @Test(
    "a section that has to be there, and says nothing, is no change", arguments: ["None.", "none", "N/A", "*None*"])
  func nothing(words: String) {
    let text = "##### Breaking\n\n* \(words)\n\n##### Enhancements\n\n* Faster\n"
    #expect(kinds(text) == [.improvement])
    #expect(scan(text).isAllChanges)
  }

  @Test("words that only begin so are one") func notNothing() {
    #expect(kinds("## Breaking\n\n* None of the old names work") == [.breaking])
  }
}
