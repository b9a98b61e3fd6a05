/// Finds names that must not be told, such as ids of vulnerabilities, in whatever case.
///
/// A longer number is another name: `CVE-2026-12` does not stand in `CVE-2026-123`. All else that touches a name hides
/// it from nobody. Every check of an embargo asks this, so that none lets pass what another stops at.
package struct NameMatcher: Sendable {
  private let words: WordMatcher

  package init(_ names: [String]) {
    words = WordMatcher(names.filter { !$0.isEmpty })
  }

  package var isEmpty: Bool { words.isEmpty }

  /// Whether one of the names stands there.
  package func isNamed(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var isNamed = false
    words.forEachWord(in: bytes) { _, end in
      isNamed = NameMatcher.isWhole(endingAt: end, in: bytes)
      return !isNamed
    }
    return isNamed
  }

  package func isNamed(in bytes: [UInt8]) -> Bool {
    !isEmpty && bytes.withUnsafeBufferPointer { isNamed(in: $0) }
  }

  package func isNamed(in text: String) -> Bool {
    guard !isEmpty else { return false }
    var text = text
    return text.withUTF8 { isNamed(in: $0) }
  }

  /// Whether what ends there is not the beginning of a longer number.
  package static func isWhole(endingAt end: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    return end == bytes.count || !isDigit(bytes[end - 1]) || !isDigit(bytes[end])
  }
}
