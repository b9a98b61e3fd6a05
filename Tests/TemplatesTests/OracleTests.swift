import Diagnostics
import Foundation
import Mustache
import Templates
import TestSupport
import Testing

/// Templates and data made at random, in the language that we and swift-mustache have in common, render alike.
///
/// Left out, because swift-mustache differs from the specification or from us by intent: `{{.}}` in a section on a flag
/// (it pushes no context), sections on empty text (truthy there), names that nothing has, indented partials with empty
/// lines or with sections (from the second element on their first line is not indented there), partials of several lines
/// beside other text (indented there), several tags on a line of their own, and the indentation of blocks.
@Suite("swift-mustache as an oracle")
struct OracleTests {
  @Test("A random template renders as there", arguments: 0..<400 as Range<UInt64>)
  func agreement(seed: UInt64) throws {
    var generator = TemplateGenerator(seed: seed)
    let data = generator.record(depth: 0)
    let templates = generator.templates(for: data)
    let (text, report) = TemplateFixture(templates).page("page", data.value)
    #expect(report.isEmpty)
    let library = MustacheLibrary(templates: try templates.mapValues { try MustacheTemplate(string: $0) })
    let expected = try #require(library.render(data.object, withTemplate: "page"))
    // By line, so that a failure shows the line.
    #expect(text.split(separator: "\n") == expected.split(separator: "\n"), "\(templates)")
    #expect(text == expected)
  }
}

/// Data in the shape that both engines take.
private indirect enum Sample {
  case null
  case flag(Bool)
  case number(Int)
  case text(String)
  case html(String)
  case list([Sample])
  case record([String: Sample])

  var value: Value {
    switch self {
    case .null: .null
    case .flag(let flag): .flag(flag)
    case .number(let number): .number(number)
    case .text(let text): .text(text)
    case .html(let markup): .html(SafeHTML(trusted: markup))
    case .list(let elements): .list(elements.map(\.value))
    case .record(let fields): .record(Fields(fields.map { ($0.key, $0.value.value) }))
    }
  }

  var object: Any {
    switch self {
    case .null: NSNull()
    case .flag(let flag): flag
    case .number(let number): number
    case .text(let text), .html(let text): text
    case .list(let elements): elements.map(\.object)
    case .record(let fields): fields.mapValues(\.object)
    }
  }
}

private struct TemplateGenerator {
  private var random: SeededGenerator
  private var partials: [String: String] = [:]

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
  private mutating func pick(_ words: [String]) -> String { words.randomElement(using: &random) ?? "" }

  // MARK: Data

  /// A record whose names say the kind: every record of one depth has the same, so that no name is ever unknown.
  mutating func record(depth: Int) -> Sample {
    var fields: [String: Sample] = [
      "none\(depth)": .null, "flag\(depth)": .flag(Bool.random(using: &random)),
      "number\(depth)": .number(number(-9...99)),
      "text\(depth)": .text(words()), "html\(depth)": .html("<b>\(words())</b>"),
      "texts\(depth)": .list((0..<number(0...3)).map { _ in .text(words()) }),
    ]
    if depth < 3 {
      fields["record\(depth)"] = record(depth: depth + 1)
      fields["records\(depth)"] = .list((0..<number(0...3)).map { _ in record(depth: depth + 1) })
    }
    return .record(fields)
  }

  private mutating func words() -> String {
    (0..<number(1...3)).map { _ in pick(["a", "<i>", "R&D", "\"q\"", "it's", "é", "{{x}}", "1 > 0"]) }.joined(
      separator: " ")
  }

  // MARK: Templates

  mutating func templates(for data: Sample) -> [String: String] {
    let page = lines(depth: 0, nesting: 0)
    return partials.merging(["page": page]) { _, page in page }
  }

  /// A few lines whose names are those of a record of this depth, or of one around it.
  private mutating func lines(depth: Int, nesting: Int) -> String {
    (0..<number(1...4)).map { _ in line(depth: depth, nesting: nesting) }.joined()
  }

  private mutating func line(depth: Int, nesting: Int) -> String {
    let indent = pick(["", "", "  ", "\t"])
    switch number(0...(nesting < 4 ? 8 : 3)) {
    case 0: return "\(indent){{! \(pick(["a", "<i>", "} it's"])) }}\n"
    case 1: return "\(indent)\(inline(depth: depth, nesting: nesting))\n"
    case 2, 3: return "\(indent)x\(inline(depth: depth, nesting: nesting)) \(inline(depth: depth, nesting: nesting))\n"
    case 4:
      let name = "partial\(partials.count)"
      partials[name] = ""
      let first = "p" + inline(depth: depth, nesting: nesting + 1)
      guard number(0...2) > 0 else {
        partials[name] = first
        return "y {{> \(name) }} z\n"
      }
      partials[name] = "\(first)\n" + lines(depth: depth, nesting: indent.isEmpty ? nesting + 1 : 4)
      return "\(indent){{>\(name)}}\n"
    case 5:
      let name = "parent\(partials.count)"
      partials[name] = "<{{$block}}d{{\("text")\(number(0...depth))}}{{/block}}{{$other}}o{{/other}}>"
      return "z{{<\(name)}}{{$block}}\(inline(depth: depth, nesting: nesting + 1)){{/block}}{{/\(name)}} z\n"
    default:
      let (open, close, inner) = section(depth: depth)
      return "\(indent)\(open)\n\(lines(depth: inner, nesting: nesting + 1))\(indent)\(close)\n"
    }
  }

  private mutating func inline(depth: Int, nesting: Int) -> String {
    let level = number(0...depth)
    switch number(0...(nesting < 4 ? 8 : 5)) {
    case 0: return pick(["text", "<a href=\"#\">", "a } b", "é"])
    case 1: return "t{{text\(level)}}"
    case 2: return "t{{{html\(level)}}}{{& html\(level) }}"
    case 3: return "t{{ number\(level) }}{{none\(level)}}"
    case 4: return "t{{#texts\(level)}}[{{.}}]{{/texts\(level)}}"
    case 5 where level < 3: return "t{{record\(level).text\(level + 1)}}"
    case 6, 7:
      let (open, close, inner) = section(depth: depth)
      return "\(open)s\(inline(depth: inner, nesting: nesting + 1))\(close)"
    default: return "u"
    }
  }

  private mutating func section(depth: Int) -> (open: String, close: String, innerDepth: Int) {
    let level = number(0...depth)
    let flag = "\(pick(["none", "flag", "number", "texts", "text"]))\(level)"
    switch number(0...3) {
    case 0: return ("{{^\(flag)}}", "{{/\(flag)}}", depth)
    case 1 where depth < 3: return ("{{#record\(depth)}}", "{{/record\(depth)}}", depth + 1)
    case 2 where depth < 3: return ("{{#records\(depth)}}", "{{/records\(depth)}}", depth + 1)
    default: return ("{{#\(flag)}}", "{{/\(flag)}}", depth)
    }
  }
}
