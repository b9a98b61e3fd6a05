import Diagnostics
import Ingest
import TestSupport
import Testing

@testable import Authoring

@Suite("YAML that is written") struct YAMLTextTests {
  /// Pieces that mean something to YAML, to a terminal or to nobody.
  private static let pieces: [String] = [
    "a", "Search", "answers", " ", "  ", "\n", "\n\n", "\n  ", "\t", "\r", "\r\n", ": ", ":", " #", "#", "- ", "---",
    "\n---\n", "...", "? ", "! ", "!!str", "&", "&x", "*x", " &x *x *x *x *x *x *x *x *x *x", "%", "@", "`", "'", "''",
    "'\u{301}",
    "\"", "\\", "\\n", "|", "|-", ">", "[", "]", "{", "}", ",", ", ", "~", "null", "true", "No", "2.10", "2026-11-02",
    "0x1F", "1e3", "<<", "=", "é", "e\u{301}", "漢字", "🎉", "👩‍👩‍👧", "\u{202E}", "\u{2066}", "\u{200F}", "\u{FEFF}", "\u{85}",
    "\u{2028}", "\u{A0}", "\u{7F}", "\u{1B}[31m", "\u{0}", "\u{FFFE}", "\u{1FFFE}", "\u{10FFFF}", "\u{E000}",
    "\u{FFFD}",
  ]

  private func text(_ generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: 0...8, using: &generator)).map { _ in
      Self.pieces.randomElement(using: &generator) ?? ""
    }.joined()
  }

  private func value(_ depth: Int, _ generator: inout SeededGenerator) -> YAMLValue {
    switch Int.random(in: 0...(depth > 2 ? 0 : 3), using: &generator) {
    case 1: .list((0..<Int.random(in: 1...4, using: &generator)).map { _ in value(depth + 1, &generator) })
    case 2:
      .mapping(
        (0..<Int.random(in: 1...4, using: &generator)).map { YAMLField("key_\($0)", value(depth + 1, &generator)) })
    default: .text(text(&generator))
    }
  }

  /// What the reader made of it, by scalars: two spellings of an é are two texts.
  private func isSame(_ node: YAMLNode, _ value: YAMLValue) -> Bool {
    switch (node.content, value) {
    case (.scalar(let read, _), .text(let meant)):
      return !node.isNull && Array(read.unicodeScalars) == Array(meant.unicodeScalars.drop { $0 == "\u{FEFF}" })
    case (.scalar(let read, _), .word(let meant)): return read == meant
    case (.list(let nodes), .list(let values)):
      return nodes.count == values.count && zip(nodes, values).allSatisfy { isSame($0, $1) }
    case (.mapping(let entries), .mapping(let fields)):
      return entries.map(\.key) == fields.map(\.key) && zip(entries, fields).allSatisfy { isSame($0.value, $1.value) }
    default: return false
    }
  }

  @Test("whatever somebody writes reads back as it was, and shows as what it is", arguments: 0..<4)
  func roundTrip(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let fields = (0..<3).map { YAMLField("field_\($0)", value(0, &generator)) }
      let document = YAMLText.document(fields)
      var report = Report()
      let node = YAMLNode.read(document, file: "x.yml", into: &report)
      #expect(report.isEmpty, "\(document)\n\(report.diagnostics)")
      #expect(node.map { isSame($0, .mapping(fields)) } == true, "\(document)")
      let odd = document.unicodeScalars.first { scalar in
        scalar != "\n" && (scalar.value < 0x20 || (0x202A...0x202E).contains(scalar.value) || scalar.value == 0x2066)
      }
      #expect(odd == nil, "\(document)")
    }
  }

  @Test("plain words stay plain, and what a reader could mistake is in quotes") func layout() {
    let text = YAMLText.document([
      YAMLField("by", .text("dana")), YAMLField("at", .word("2026-11-02T09:00:00Z")),
      YAMLField("version", .text("2.10")), YAMLField("answer", .text("No")), YAMLField("ratio", .text("a: b")),
      YAMLField("said", .text("it's")), YAMLField("long", .text("one\ntwo\n\n  three")),
      YAMLField("refs", .list([.text("#412"), .text("a, b")])),
      YAMLField(
        "approvals",
        .list([
          .mapping([YAMLField("by", .text("dana")), YAMLField("role", .text("security"))]),
          .mapping([YAMLField("checks", .list([.mapping([YAMLField("name", .text("smoke"))])]))]),
        ])),
    ])
    #expect(
      text == """
        by: dana
        at: 2026-11-02T09:00:00Z
        version: '2.10'
        answer: 'No'
        ratio: 'a: b'
        said: 'it''s'
        long: |-
          one
          two

            three
        refs: ['#412', 'a, b']
        approvals:
          - by: dana
            role: security
          - checks:
              - name: smoke

        """)
  }
}
