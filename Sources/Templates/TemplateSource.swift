import Diagnostics

/// A template as it was read.
package struct TemplateSource: Hashable, Sendable {
  /// The path for diagnostics, such as `templates/release.mustache`.
  package let file: String
  package let bytes: [UInt8]

  package init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }

  /// The byte at which the template begins, after a byte order mark.
  var start: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  /// Where a stretch of the bytes is, as an editor counts. O(n), so for findings only.
  func location(of stretch: Range<Int>) -> SourceLocation {
    let newline = UInt8(ascii: "\n")
    let before = bytes[..<stretch.lowerBound]
    let lineStart = max(start, before.lastIndex(of: newline).map { $0 + 1 } ?? 0)
    let end = bytes[stretch].firstIndex(of: newline) ?? stretch.upperBound
    return SourceLocation(
      file: file, line: before.count { $0 == newline } + 1,
      column: scalarCount(lineStart..<max(lineStart, stretch.lowerBound)) + 1,
      length: max(1, scalarCount(stretch.lowerBound..<end)))
  }

  private func scalarCount(_ stretch: Range<Int>) -> Int {
    bytes[stretch].count { $0 & 0xC0 != 0x80 }
  }

  /// The first bytes that are not UTF-8; `nil` when all are.
  var malformedStretch: Range<Int>? {
    guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var offset = 0
    while true {
      switch parser.parseScalar(from: &rest) {
      case .valid(let scalar): offset += scalar.count
      case .error(let length): return offset..<offset + length
      case .emptyInput: return nil
      }
    }
  }
}
