/// YAML that says exactly what it was given, whoever reads it: the one place where content files are put in quotes.
///
/// - Source: YAML 1.2.2 §5.7, §7.3, §8.1. Words that older readers take for something else are quoted too.
package struct YAMLText: Hashable, Sendable {
  /// What may stand behind a key.
  package indirect enum Value: Sendable {
    /// Words of ours, days, numbers and the like, which stand as they are.
    case plain(String)
    /// Whatever somebody wrote; quoted unless it is plainly a word.
    case text(String)
    case list([Value])
    case record([Entry])
  }

  /// A key and its value; one without a value is left out.
  package struct Entry: Sendable {
    package var key: String
    package var value: Value?

    package init(_ key: String, _ value: Value?) { (self.key, self.value) = (key, value) }
  }

  package private(set) var text = ""

  /// A mapping, one key a line.
  package init(_ entries: [Entry]) { append(entries, indent: 0) }

  private mutating func append(_ entries: [Entry], indent: Int, isAfterDash: Bool = false) {
    var isFirst = isAfterDash
    for entry in entries {
      guard let value = entry.value, !value.isEmpty else { continue }
      if !isFirst { text += String(repeating: " ", count: indent) }
      isFirst = false
      text += YAMLText.scalar(entry.key) + ":"
      append(value, indent: indent)
    }
  }

  /// What stands behind a colon, with the end of its last line.
  private mutating func append(_ value: Value, indent: Int) {
    switch value {
    case .plain(let word): text += " " + word + "\n"
    case .text(let words): text += " " + YAMLText.block(words, indent: indent + 2) + "\n"
    case .record(let entries):
      text += "\n"
      append(entries, indent: indent + 2)
    case .list(let values):
      if let line = YAMLText.line(of: values), line.count + indent < 100 {
        text += " [" + line + "]\n"
        return
      }
      text += "\n"
      for value in values { appendElement(value, indent: indent + 2) }
    }
  }

  private mutating func appendElement(_ value: Value, indent: Int) {
    text += String(repeating: " ", count: indent) + "-"
    guard case .record(let entries) = value else { return append(value, indent: indent) }
    text += " "
    append(entries, indent: indent + 2, isAfterDash: true)
  }

  /// Short values, for one line; `nil` when one of them is longer.
  private static func line(of values: [Value]) -> String? {
    var words: [String] = []
    for value in values {
      switch value {
      case .plain(let word): words.append(word)
      case .text(let text) where !text.contains("\n"): words.append(scalar(text))
      default: return nil
      }
    }
    return words.joined(separator: ", ")
  }

  /// A text as a scalar on one line, which may also stand between brackets.
  package static func scalar(_ text: String) -> String {
    if isWord(text) { return text }
    guard text.unicodeScalars.allSatisfy(isPrintable) else { return escaped(text) }
    return "'" + text.replacing("'", with: "''") + "'"
  }

  /// A text as a scalar behind a key: over several lines where it has them.
  private static func block(_ text: String, indent: Int) -> String {
    let scalars = text.unicodeScalars
    guard text.utf8.contains(0x0A), scalars.allSatisfy({ $0 == "\n" || $0 == "\t" || isPrintable($0) }),
      let first = scalars.first, first != " ", first != "\n", first != "\t", !text.hasSuffix("\n\n")
    else { return scalar(text) }
    let endsLine = scalars.last == "\n"
    let lines = (endsLine ? text.dropLast() : text[...]).split(separator: "\n", omittingEmptySubsequences: false)
    let margin = String(repeating: " ", count: indent)
    return (endsLine ? "|" : "|-") + lines.map { $0.isEmpty ? "\n" : "\n" + margin + $0 }.joined()
  }

  /// Whether every reader takes the text for a text, and for this one, without quotes.
  private static func isWord(_ text: String) -> Bool {
    let bytes = text.utf8
    guard let first = bytes.first, let last = bytes.last, isLetter(first), last != 0x20, bytes.count <= 120,
      !reserved.contains(text.lowercased())
    else { return false }
    return bytes.allSatisfy { isLetter($0) || isDigit($0) || " ./+_-()".utf8.contains($0) }
  }

  /// - Source: YAML 1.1, types `bool` and `null`.
  private static let reserved: Set<String> = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf",
  ]

  private static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// Whether it may stand in single quotes; line ends of any kind may not.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x1_0000...0x10_FFFF: true
    default: false
    }
  }

  private static func escaped(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where isPrintable(scalar): result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let (letter, width) = scalar.value <= 0xFF ? ("x", 2) : scalar.value <= 0xFFFF ? ("u", 4) : ("U", 8)
        result += "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
      }
    }
    return result + "\""
  }
}

extension YAMLText.Value {
  fileprivate var isEmpty: Bool {
    switch self {
    case .plain, .text: false
    case .list(let values): values.isEmpty
    case .record(let entries): entries.allSatisfy { $0.value?.isEmpty ?? true }
    }
  }
}
