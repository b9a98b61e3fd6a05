import Diagnostics
import Model
import Synchronization

/// One way in which texts name something elsewhere, such as `#412`, and the address that it leads to.
///
/// A `Regex` may not be used by two threads at once, so each pattern has its own lock; it is only taken for texts that
/// hold the ``literal``.
final class ReferencePattern: Sendable {
  private let regex: Mutex<Regex<AnyRegexOutput>>
  /// Bytes that every match holds, so that most texts need not be searched; empty when not known.
  private let literal: [UInt8]
  private let url: String

  struct Match {
    /// Of the bytes of the text.
    var range: Range<Int>
    var url: String
  }

  /// Reports a pattern that is no regular expression, or that would link to where no link may lead.
  init?(_ reference: Site.Reference, into report: inout Report) {
    let pattern = reference.match.value
    var place = reference.match.location
    place.length = max(1, pattern.unicodeScalars.count)
    guard LinkTarget(Array(reference.url.utf8), from: "") == .web else {
      report.error(
        .referencePattern, "references lead to `\(reference.url)`, which is no web address", at: place,
        help: "give an address that begins with `https://`")
      return nil
    }
    do {
      let regex = try Regex(pattern).matchingSemantics(.unicodeScalar)
      if "".firstMatch(of: regex) != nil {
        report.error(
          .referencePattern, "the pattern `\(pattern)` also matches nothing at all", at: place,
          help: "demand at least one character, for instance with `+` instead of `*`")
        return nil
      }
      self.regex = Mutex(regex)
    } catch {
      report.error(
        .referencePattern, "the pattern `\(pattern)` is no regular expression", at: place,
        notes: [.init("\(error)")], help: "mend the pattern; `#(\\d+)` matches a number with its sign")
      return nil
    }
    literal = ReferencePattern.literal(of: pattern)
    url = reference.url
  }

  /// The longest run of plain characters that a match must hold; none where alternatives or flags make that unsure.
  static func literal(of pattern: String) -> [UInt8] {
    let bytes = Array(pattern.utf8)
    guard !bytes.contains(UInt8(ascii: "|")), !pattern.contains("(?") else { return [] }
    var best: [UInt8] = []
    var run: [UInt8] = []
    var depth = 0
    var index = 0
    func keep() { if run.count > best.count { best = run } }
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\\"):
        keep()
        run = []
        index += 1
      case UInt8(ascii: "["):
        keep()
        run = []
        while index < bytes.count, bytes[index] != UInt8(ascii: "]") {
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        index += 1
      case UInt8(ascii: "("), UInt8(ascii: ")"):
        keep()
        run = []
        depth += byte == UInt8(ascii: "(") ? 1 : -1
      case UInt8(ascii: "?"), UInt8(ascii: "*"), UInt8(ascii: "{"):
        // The character before may be missing.
        if !run.isEmpty { run.removeLast() }
        keep()
        run = []
        if byte == UInt8(ascii: "{") {
          while index < bytes.count, bytes[index] != UInt8(ascii: "}") { index += 1 }
          index += 1
        }
      case UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "$"), 0x80...:
        keep()
        run = []
      default:
        if depth == 0 { run.append(byte) }
      }
    }
    keep()
    return best
  }

  /// The matches in a text, in its order.
  func matches(in bytes: UnsafeBufferPointer<UInt8>) -> [Match] {
    guard mayMatch(bytes) else { return [] }
    let text = String(decoding: bytes, as: UTF8.self)
    return regex.withLock { regex in
      text.matches(of: regex).compactMap { match in
        let start = text.utf8.distance(from: text.startIndex, to: match.range.lowerBound)
        let end = text.utf8.distance(from: text.startIndex, to: match.range.upperBound)
        guard start < end else { return nil }
        let groups = (0..<match.output.count).map { match.output[$0].substring }
        return Match(range: start..<end, url: address(with: groups))
      }
    }
  }

  /// Whether the literal is there.
  func mayMatch(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = literal.first else { return true }
    guard bytes.count >= literal.count else { return false }
    for start in 0...(bytes.count - literal.count) where bytes[start] == first {
      if literal.indices.allSatisfy({ bytes[start + $0] == literal[$0] }) { return true }
    }
    return false
  }

  /// The address with `$1` as what the first group matched, `$0` as all of it.
  private func address(with groups: [Substring?]) -> String {
    var address = ""
    var rest = url[...]
    while let dollar = rest.firstIndex(of: "$") {
      address += rest[..<dollar]
      rest = rest[rest.index(after: dollar)...]
      guard let digit = rest.first?.wholeNumberValue, rest.first?.isASCII == true else {
        address += "$"
        continue
      }
      rest = rest.dropFirst()
      if digit < groups.count, let group = groups[digit] { address += group }
    }
    return address + rest
  }
}
