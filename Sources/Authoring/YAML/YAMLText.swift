/// Writes YAML that reads back as what was meant, in this program and in any other.
///
/// A text is plain where nothing could take it for anything else, in single quotes where it fits on a line, a block
/// where it is several lines that show as what they are, and escaped in double quotes otherwise.
package enum YAMLText {
  /// A document: one mapping.
  package static func document(_ fields: [YAMLField]) -> String {
    var text = ""
    append(fields, indent: 0, to: &text)
    return text
  }

  private static func append(_ fields: [YAMLField], indent: Int, to text: inout String) {
    for field in fields {
      text += spaces(indent) + field.key + ":"
      append(field.value, indent: indent, to: &text)
    }
  }

  /// Appends what stands behind a colon or a dash, to the end of the line or further.
  private static func append(_ value: YAMLValue, indent: Int, to text: inout String) {
    switch value {
    case .text(let words): text += " " + scalar(words, blockAt: indent + 2) + "\n"
    case .word(let word): text += " " + word + "\n"
    case .mapping(let fields) where fields.isEmpty: text += " {}\n"
    case .mapping(let fields):
      text += "\n"
      append(fields, indent: indent + 2, to: &text)
    case .list(let elements):
      if let line = flow(elements) {
        text += " " + line + "\n"
      } else {
        text += "\n"
        for element in elements { append(element: element, indent: indent + 2, to: &text) }
      }
    }
  }

  private static func append(element: YAMLValue, indent: Int, to text: inout String) {
    text += spaces(indent) + "-"
    guard case .mapping(let fields) = element, let first = fields.first else {
      return append(element, indent: indent, to: &text)
    }
    // The first key stands beside the dash, the others below it.
    text += " " + first.key + ":"
    append(first.value, indent: indent + 2, to: &text)
    append(Array(fields.dropFirst()), indent: indent + 2, to: &text)
  }

  /// A list of short words on one line; `nil` for any other.
  private static func flow(_ elements: [YAMLValue]) -> String? {
    var words: [String] = []
    for element in elements {
      switch element {
      case .word(let word): words.append(word)
      case .text(let text) where !text.utf8.contains(0x0A): words.append(scalar(text, blockAt: nil))
      case .text, .list, .mapping: return nil
      }
    }
    let line = "[" + words.joined(separator: ", ") + "]"
    return line.utf8.count <= 100 || words.count < 2 ? line : nil
  }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  // MARK: Scalars

  /// - Parameter indent: Where a block of lines would stand; `nil` inside of brackets, where none may.
  static func scalar(_ text: String, blockAt indent: Int?) -> String {
    // Readers drop a byte order mark at the beginning of a text, wherever that stands.
    let text = String(text.unicodeScalars.drop { $0 == "\u{FEFF}" })
    if isPlain(text, inBrackets: indent == nil) { return text }
    if holdsAnchor(text) { return escaped(text) }
    if text.unicodeScalars.allSatisfy(isShown) { return "'" + doubled(text) + "'" }
    if let indent, isBlock(text) {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      return "|-" + lines.map { $0.isEmpty ? "\n" : "\n" + spaces(indent) + $0 }.joined()
    }
    return escaped(text)
  }

  /// With two quotes for one, scalar by scalar: a quote that carries an accent is one all the same.
  private static func doubled(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      result.append(scalar)
      if scalar == "'" { result.append(scalar) }
    }
    return String(result)
  }

  /// Whether a text begins with a letter and holds nothing that means something in YAML or in a reader that guesses.
  private static func isPlain(_ text: String, inBrackets: Bool) -> Bool {
    guard let first = text.utf8.first, isLetter(first), text.utf8.last != 0x20, text.utf8.count <= 200 else {
      return false
    }
    let isHarmless = text.utf8.allSatisfy { byte in
      isLetter(byte) || (byte >= 0x30 && byte <= 0x39) || " _-./+()".utf8.contains(byte)
        || (!inBrackets && byte == UInt8(ascii: ","))
    }
    return isHarmless && !guessedWords.contains(text.lowercased())
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

  private static let guessedWords: Set<String> = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]

  /// Whether a scalar shows as what it is and stands on its line. What turns the direction of text, and what only some
  /// readers take for the end of a line, does not.
  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: false
    // The last two of each plane are no characters.
    case let value: value & 0xFFFF < 0xFFFE
    }
  }

  /// Whether a text of several lines may stand as they are: none begins or ends in a way that a block would change.
  private static func isBlock(_ text: String) -> Bool {
    guard text.unicodeScalars.allSatisfy({ $0 == "\n" || isShown($0) }), let first = text.utf8.first, first > 0x20,
      text.utf8.last != 0x0A
    else { return false }
    return text.split(separator: "\n").allSatisfy { !$0.utf8.allSatisfy { $0 == 0x20 } }
  }

  /// Whether something in it reads like an anchor, which a reader that guards against bombs minds even in quotes.
  private static func holdsAnchor(_ text: String) -> Bool {
    var last: UInt8 = 0x20
    for byte in text.utf8 {
      if last == UInt8(ascii: "&"), byte > 0x20 { return true }
      last = byte
    }
    return false
  }

  /// - Source: YAML 1.2.2 §5.7.
  private static func escaped(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "&": result += "\\x26"
      case _ where isShown(scalar): result.unicodeScalars.append(scalar)
      default:
        let (letter, digits) = scalar.value <= 0xFF ? ("x", 2) : scalar.value <= 0xFFFF ? ("u", 4) : ("U", 8)
        let number = String(scalar.value, radix: 16, uppercase: true)
        result += "\\" + letter + String(repeating: "0", count: digits - number.count) + number
      }
    }
    return result + "\""
  }
}
