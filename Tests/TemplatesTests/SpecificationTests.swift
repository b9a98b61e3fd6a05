import Diagnostics
import Foundation
import Templates
import TestSupport
import Testing

/// The cases of the public Mustache specification.
///
/// Their data is mapped like this: a number with a fraction becomes text, as our values have whole numbers only; and in a
/// case that has a `{{{triple}}}` or `{{&ampersand}}` tag all text becomes HTML, as nothing else may be shown unescaped.
@Suite("The Mustache specification")
struct SpecificationTests {
  @Test(
    "A case renders as specified",
    .enabled(if: SharedData.folder != nil, "needs ../shared/data"), arguments: SpecificationCase.inTheLanguage)
  func rendering(specified: SpecificationCase) throws {
    let (text, report) = specified.fixture.page("page", specified.value)
    #expect(Set(report.diagnostics.map(\.code)) == specified.codes)
    let isCompiled = specified.codes.isDisjoint(with: ["T009", "T010"])
    #expect(text == (isCompiled ? specified.expected : ""))
  }

  @Test(
    "Names of templates are never looked up in the data",
    .enabled(if: SharedData.folder != nil, "needs ../shared/data"), arguments: SpecificationCase.of(["dynamic-names"]))
  func dynamicNames(specified: SpecificationCase) {
    #expect(specified.fixture.compiling.diagnostics.contains { $0.code == "T008" })
    #expect(specified.fixture.page("page", specified.value).text == "")
  }

  @Test("No case is forgotten", .enabled(if: SharedData.folder != nil, "needs ../shared/data"))
  func completeness() throws {
    let folder = try #require(SharedData.folder).appending(path: "mustache-spec")
    let modules = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
    #expect(Set(modules) == Set(SpecificationCase.modules + ["dynamic-names"]))
    let found = SpecificationCase.inTheLanguage.map(\.description)
    #expect(Set(SpecificationCase.findings.keys).subtracting(found) == [])
    #expect(found.count == 163)
  }
}

struct SpecificationCase: Decodable, Sendable, CustomTestStringConvertible {
  private let name: String
  private let template: String
  private let partials: [String: String]?
  private let data: SpecifiedData
  let expected: String
  /// The file that it is from.
  private(set) var module = ""

  private enum CodingKeys: CodingKey {
    case name, template, partials, data, expected
  }

  /// The modules of the language. Not in it: `~lambdas`, as a template computes nothing, and `~dynamic-names`, as what is
  /// included is known before there is data.
  static let modules = ["comments", "delimiters", "inheritance", "interpolation", "inverted", "partials", "sections"]

  /// The cases that the specification renders as nothing, or as far as it goes, and we report.
  static let findings: [String: Set<String>] = [
    "interpolation: Basic Context Miss Interpolation": ["T001"],
    "interpolation: Triple Mustache Context Miss Interpolation": ["T001"],
    "interpolation: Ampersand Context Miss Interpolation": ["T001"],
    "interpolation: Dotted Names - Broken Chains": ["T001"],
    "interpolation: Dotted Names - Broken Chain Resolution": ["T001"],
    "interpolation: Dotted Names - Context Precedence": ["T001"],
    "interpolation: Dotted Names are never single keys": ["T001"],
    "sections: Context Misses": ["T001"],
    "sections: Dotted Names - Broken Chains": ["T001"],
    "inverted: Context Misses": ["T001"],
    "inheritance: Negative Sections": ["T001"],
    "inverted: Dotted Names - Broken Chains": ["T001"],
    "partials: Failed Lookup": ["T009"],
    // Partials are put in place before there is data, so a cycle that data would end is refused too.
    "partials: Recursion": ["T010"],
    "inheritance: Recursion": ["T010"],
    // The text is ignored as specified, with a warning.
    "inheritance: Text inside parent": ["T013"],
  ]

  static let inTheLanguage = of(modules)

  static func of(_ modules: [String]) -> [SpecificationCase] {
    guard let folder = SharedData.folder else { return [] }
    struct Module: Decodable { let tests: [SpecificationCase] }
    return modules.flatMap { module in
      let file = folder.appending(path: "mustache-spec/\(module).json")
      do {
        return try JSONDecoder().decode(Module.self, from: Data(contentsOf: file)).tests.map { specified in
          var specified = specified
          specified.module = module
          return specified
        }
      } catch {
        fatalError("\(file.path): \(error)")
      }
    }
  }

  var description: String { "\(module): \(name)" }
  var testDescription: String { description }

  var codes: Set<String> { Self.findings[description] ?? [] }

  var fixture: TemplateFixture {
    TemplateFixture((partials ?? [:]).merging(["page": template]) { _, page in page })
  }

  var value: Value {
    let texts = [template] + (partials ?? [:]).values
    return data.value(textIsHTML: texts.contains { $0.contains("{{{") || $0.contains("{{&") })
  }
}

private enum SpecifiedData: Decodable, Sendable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([SpecifiedData])
  case record([String: SpecifiedData])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([SpecifiedData].self) {
      self = .list(list)
    } else {
      self = .record(try container.decode([String: SpecifiedData].self))
    }
  }

  func value(textIsHTML: Bool) -> Value {
    switch self {
    case .null: .null
    case .flag(let flag): .flag(flag)
    case .number(let number):
      Int(exactly: number).map { .number($0) } ?? SpecifiedData.text("\(number)").value(textIsHTML: textIsHTML)
    case .text(let text): textIsHTML ? .html(SafeHTML(trusted: text)) : .text(text)
    case .list(let elements): .list(elements.map { $0.value(textIsHTML: textIsHTML) })
    case .record(let fields):
      .record(Fields(fields.map { ($0.key, $0.value.value(textIsHTML: textIsHTML)) }))
    }
  }
}
