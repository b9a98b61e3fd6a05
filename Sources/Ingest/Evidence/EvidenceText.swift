/// Plain text out of a file of evidence, no longer than anybody reads.
enum EvidenceText {
  /// The most bytes that a message keeps.
  static let longestMessage = 2048
  /// The most bytes that a name keeps.
  static let longestName = 512

  static func message(_ text: String) -> String { plain(text, limit: longestMessage) }

  static func name(_ text: String) -> String { plain(text, limit: longestName) }

  /// The text without control characters but for line ends and tabs, cut with `…` after so many bytes.
  static func plain(_ text: String, limit: Int) -> String {
    // Almost all text passes as it is.
    let isPlain =
      text.utf8.count <= limit && text.utf8.allSatisfy { ($0 >= 0x20 && $0 < 0x7F) || $0 == 0x0A || $0 == 0x09 }
    if isPlain { return text }
    var result = String.UnicodeScalarView()
    var count = 0
    for scalar in text.unicodeScalars {
      count += UTF8.width(scalar)
      guard count <= limit else {
        result.append("…")
        break
      }
      result.append(isControl(scalar) ? "\u{FFFD}" : scalar)
    }
    return String(result)
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F...0x9F: true
    default: false
    }
  }
}

/// Gives equal texts one storage, for suites, classes and paths that come again and again.
struct SharedTexts {
  private var known: Set<String> = []

  /// How many different ones are worth keeping.
  private static let most = 4096

  mutating func callAsFunction(_ text: String) -> String {
    // Up to 15 bytes stand in the value itself.
    guard text.utf8.count > 15, known.count < SharedTexts.most else { return text }
    return known.insert(text).memberAfterInsert
  }
}
