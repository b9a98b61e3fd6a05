import Diagnostics
import Model

extension Form where Value == String {
  /// A line or a few words without markup.
  package static let text = Form(ScalarForm("text", "text") { emptyText($0) }) { $0 }

  /// Markdown.
  package static let markdown = Form(ScalarForm("markdown", "text in Markdown") { emptyText($0) }) { $0 }

  /// An id: of the thing itself, of a role, of whatever need not exist elsewhere.
  package static let identifier = Form(.identifier) { $0 }

  package static let person = identifier(of: .person, "the id of a person")
  package static let team = identifier(of: .team, "the id of a team")
  package static let product = identifier(of: .product, "the id of a product")
  package static let environment = identifier(of: .environment, "the id of an environment")
  package static let window = identifier(of: .window, "the id of a window")
  package static let train = identifier(of: .train, "the id of a train")
  package static let incident = identifier(of: .incident, "the id of an incident")
  package static let source = identifier(of: .source, "the id of a source")

  /// A version of the product that the mapping names, or of the record's.
  package static let version = Form(ScalarForm.version(target: .version)) { $0 }

  /// Which versions, such as `>=3.1`.
  package static let versionRange = Form(
    ScalarForm("version-range", "a range of versions such as `>=3.1`") { text in
      let parts = text.split { $0 == "," || $0 == " " }
      let isRange =
        !parts.isEmpty
        && parts.allSatisfy { part in
          let version = part.drop { "<>=~^!".contains($0) }
          return version.isEmpty ? parts.count > 1 : ScalarForm.versionProblem(String(version)) == nil
        }
      return isRange ? nil : .init(.malformedVersion, "not a range of versions", help: "write `>=3.1`, or `>=3.1, <4`")
    }
  ) { $0 }

  private static func identifier(of target: ScalarForm.Target, _ noun: String) -> Form<String> {
    Form(
      ScalarForm(target.rawValue, noun, pattern: ScalarForm.identifierPattern, target: target) {
        ScalarForm.identifier.problem($0)
      }
    ) { $0 }
  }

  private static func emptyText(_ text: String) -> ScalarForm.Problem? {
    guard text.utf8.allSatisfy({ $0 <= 0x20 }) else { return nil }
    return .init(.wrongForm, "which says nothing", help: "write something, or leave the key out")
  }
}

extension ScalarForm {
  static let identifierPattern = "^[a-z0-9][a-z0-9-]{0,63}$"

  package static let identifier = ScalarForm("id", "an id such as `release-manager`", pattern: identifierPattern) {
    text in
    guard !isIdentifier(text) else { return nil }
    if let odd = text.unicodeScalars.first(where: { !$0.isASCII }) {
      let number = String(odd.value, radix: 16, uppercase: true)
      let code = "U+" + String(repeating: "0", count: max(0, 4 - number.count)) + number
      return Problem(.malformedIdentifier, "not an id: it holds `\(odd)` (\(code))", help: "use a–z, 0–9 and `-` only")
    }
    if text.utf8.count > 64 {
      return Problem(.malformedIdentifier, "not an id: it is longer than 64 letters", help: "shorten it")
    }
    return Problem(
      .malformedIdentifier, "not an id",
      help: "use a–z, 0–9 and `-` only" + (identifier(like: text).map { ", such as `\($0)`" } ?? ""))
  }

  fileprivate static func version(target: Target?) -> ScalarForm {
    ScalarForm(target == nil ? "any-version" : "version", "a version", target: target, problem: versionProblem)
  }

  /// What no scheme allows in a version. Whether it is one of the product's scheme is judged where the product is known.
  package static let versionProblem: @Sendable (String) -> Problem? = { text in
    let isPlain =
      !text.isEmpty && text.utf8.count <= 128
      && text.utf8.allSatisfy {
        $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\")
      }
    guard !isPlain else { return nil }
    return Problem(.malformedVersion, "not a version", help: "write it without spaces and slashes, such as `2.4.0`")
  }

  /// The id that was probably meant.
  private static func identifier(like text: String) -> String? {
    let id = slug(text, maxBytes: 64)
    return isIdentifier(id) ? id : nil
  }
}

extension Form where Value == Bool {
  package static let boolean = Form(
    ScalarForm("boolean", "`true` or `false`", type: .boolean) { text in
      guard text != "true", text != "false" else { return nil }
      let help: String? =
        switch text.lowercased() {
        case "yes", "on", "y", "true": "write `true`"
        case "no", "off", "n", "false": "write `false`"
        default: nil
        }
      return .init(.malformedValue, "neither `true` nor `false`", help: help)
    }
  ) { $0 == "true" ? true : $0 == "false" ? false : nil }
}

extension Form where Value == Int {
  /// A whole number, 0 or more.
  package static let count = Form(
    ScalarForm("count", "a whole number", type: .integer) { text in
      Form.number(text) == nil ? .init(.malformedValue, "not a whole number", help: "write digits only") : nil
    }, read: Form.number)

  private static let number: @Sendable (String) -> Int? = { text in
    text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? Int(text) : nil
  }
}

extension Form where Value == Double {
  package static let number = number(named: "number", in: nil)
  /// 0...100.
  package static let percentage = number(named: "percentage", in: 0...100)
  /// A CVSS base score, 0...10.
  package static let score = number(named: "score", in: 0...10)

  private static func number(named name: String, in range: ClosedRange<Double>?) -> Form<Double> {
    let read: @Sendable (String) -> Double? = { text in
      let isDecimal = text.utf8.allSatisfy {
        ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
      }
      guard isDecimal, let number = Double(text), number.isFinite, range?.contains(number) ?? true else { return nil }
      return number
    }
    let noun = range.map { "a number from \(Int($0.lowerBound)) to \(Int($0.upperBound))" } ?? "a number"
    return Form(
      ScalarForm(name, noun, type: .number) { text in
        read(text) == nil ? .init(.malformedValue, "not \(noun)", help: "write digits, with `.` before decimals") : nil
      }, read: read)
  }
}
