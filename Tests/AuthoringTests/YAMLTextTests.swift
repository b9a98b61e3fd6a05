import Diagnostics
import Ingest
import TestSupport
import Testing

@testable import Authoring

@Suite("YAML text") struct YAMLTextTests {
  /// What a reader finds behind `key`.
  private func read(_ text: String) throws -> String? {
    var report = Report()
    let node = try #require(YAMLNode.read(text, file: "x.yml", into: &report), "\(text)")
    #expect(report.isEmpty)
    guard case .mapping(let entries) = node.content, entries.count == 1 else { return nil }
    return entries[0].value.text
  }

  @Test(
    "a text comes back as it was, whatever it looks like",
    arguments: [
      "plain words", "", " ", "2.10", "yes", "No", "~", "null", "2026-01-01", "# no comment", "a: b", "it's",
      "\"quoted\"",
      "- item", "[a]", "{a: b}", "&anchor", "*alias", "!tag", "@at", "%x", "`code`", "a # b", "end:", "tab\tinside",
      "two\nlines", "two\nlines\n", "\nfirst is empty", "  indented\nmore", "trailing  \nblanks ", "a\n\n\nb",
      "three\n\n\n", "\u{85}next", "\u{2028}line", "a\u{FEFF}mark", "\u{7}bell", "\r\n", "🎉 Ünïcode", "...", "---",
      "key: |\n  block", "# heading\n\n- item\n  more", "\\d+", "O'Neil's \\ \"x\"\u{1}",
    ])
  func roundTrip(text: String) throws {
    let yaml = YAMLText([.init("key", .text(text))]).text
    let back = try read(yaml)
    // A text of nothing is null to a reader of plain scalars only.
    #expect(back == text, "\(yaml)")
    let nested = YAMLText([.init("key", .list([.text(text), .record([.init("a", .text(text))])]))]).text
    var report = Report()
    let node = try #require(YAMLNode.read(nested, file: "x.yml", into: &report), "\(nested)")
    guard case .mapping(let entries) = node.content, case .list(let values) = entries[0].value.content,
      case .mapping(let inner) = values[1].content
    else { return #expect(Bool(false), "\(nested)") }
    #expect(values[0].text == text, "\(nested)")
    #expect(inner[0].value.text == text, "\(nested)")
  }

  @Test("a thousand texts of odd characters come back as they were") func random() throws {
    var generator = SeededGenerator(seed: 5)
    let alphabet: [Character] = Array(" \n\t:#-'\"\\[]{},&*!|>%@`ab1.é\u{85}\u{2028}\u{0}?~=<")
    for _ in 0..<1000 {
      let count = Int.random(in: 0..<12, using: &generator)
      let text = String((0..<count).map { _ in alphabet.randomElement(using: &generator) ?? " " })
      let yaml = YAMLText([.init("key", .text(text))]).text
      let back = try read(yaml)
      #expect(back == text, "\(text.debugDescription): \(yaml)")
    }
  }

  @Test("words stay words, keys without values are left out, and lists of words stand on one line") func looks() {
    let text = YAMLText([
      .init("status", .plain("released")), .init("none", nil), .init("title", .text("Faster search")),
      .init("empty", .list([])), .init("labels", .list([.text("pci"), .text("2.0")])),
      .init("changes", .list([.record([.init("kind", .plain("fix")), .init("text", .text("a\nb"))])])),
    ])
    #expect(
      text.text == """
        status: released
        title: Faster search
        labels: [pci, '2.0']
        changes:
          - kind: fix
            text: |-
              a
              b

        """)
  }
}
