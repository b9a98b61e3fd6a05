import Foundation
import Model

/// How a text is cut into terms: longest runs of letters and digits, with single `.`, `-`, `_`, `/` inside.
///
/// The query is cut by search.js in the same way.
enum SearchTerms {
  /// The longest term, in characters.
  static let limit = 64

  /// Calls `body` with the bytes of each term of the text, and of the pieces of those with joiners.
  static func forEach(in text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    var text = text
    let isASCII = text.withUTF8 { source in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: source.count) { lowered in
        var all: UInt8 = 0
        for index in source.indices {
          all |= source[index]
          lowered.initializeElement(at: index, to: asciiLowercase(source[index]))
        }
        guard all < 0x80 else { return false }
        scan(UnsafeBufferPointer(lowered), body)
        return true
      }
    }
    guard !isASCII else { return }
    text = folded(text)
    text.withUTF8 { scan($0, body) }
  }

  /// Lower case, compatibility-decomposed, without combining marks.
  static func folded(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.lowercased().decomposedStringWithCompatibilityMapping.unicodeScalars
    where scalar.properties.generalCategory != .nonspacingMark {
      result.append(scalar)
    }
    return String(result)
  }

  private enum Class { case letter, digit, joiner, other }

  /// - Parameter bytes: In lower case.
  private static func scan(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    // The ends of the pieces of a term: places of its joiners.
    var joiners: [Int] = []
    var index = 0
    while index < bytes.count {
      let start = index
      while index < bytes.count {
        let (kind, length) = classify(bytes, at: index)
        if kind == .joiner {
          guard index > start, index + 1 < bytes.count, isWord(classify(bytes, at: index + 1).kind) else { break }
          joiners.append(index - start)
        } else if !isWord(kind) {
          break
        }
        index += length
      }
      if index == start {
        index += 1
        while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
      } else {
        emit(bytes.extracting(start..<index), joiners: joiners, body)
        if !joiners.isEmpty { joiners.removeAll(keepingCapacity: true) }
      }
    }
  }

  private static func emit(
    _ term: UnsafeBufferPointer<UInt8>, joiners: [Int], _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    let dropsV = term.count > 1 && term[0] == UInt8(ascii: "v") && term[1] >= 0x30 && term[1] <= 0x39
    let start = dropsV ? 1 : 0
    body(cut(term, start..<term.count))
    guard !joiners.isEmpty else { return }
    var from = start
    for end in joiners + [term.count] {
      let piece = UnsafeBufferPointer(rebasing: term[from..<end])
      let characters = piece.count { $0 & 0xC0 != 0x80 }
      if characters >= 2, hasLetter(piece) { body(cut(term, from..<end)) }
      from = end + 1
    }
  }

  /// The range, at most ``limit`` characters of it.
  private static func cut(_ term: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    guard range.count > limit else { return UnsafeBufferPointer(rebasing: term[range]) }
    var characters = 0
    var end = range.lowerBound
    while end < range.upperBound {
      if term[end] & 0xC0 != 0x80 {
        characters += 1
        if characters > limit { break }
      }
      end += 1
    }
    return UnsafeBufferPointer(rebasing: term[range.lowerBound..<end])
  }

  private static func hasLetter(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count {
      let (kind, length) = classify(bytes, at: index)
      if kind == .letter { return true }
      index += length
    }
    return false
  }

  private static func isWord(_ kind: Class) -> Bool { kind == .letter || kind == .digit }

  private static func classify(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (kind: Class, length: Int) {
    let byte = bytes[index]
    if byte &- 0x61 < 26 { return (.letter, 1) }
    if byte &- 0x30 < 10 { return (.digit, 1) }
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"): return (.joiner, 1)
    default: return byte < 0x80 ? (.other, 1) : classifyScalar(bytes, at: index)
    }
  }

  private static func classifyScalar(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (kind: Class, length: Int) {
    let byte = bytes[index]
    let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    var value = UInt32(byte & (0xFF >> UInt8(length + 1)))
    for offset in 1..<length { value = value << 6 | UInt32(bytes[index + offset] & 0x3F) }
    guard let scalar = Unicode.Scalar(value) else { return (.other, length) }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return (.letter, length)
    case .decimalNumber, .letterNumber, .otherNumber: return (.digit, length)
    default: return (.other, length)
    }
  }
}
