import Diagnostics
import Model
import Synchronization

/// One way in which texts name something elsewhere, such as `#412`, and the address that it leads to.
///
/// A `Regex` may not be used by two threads at once, so each pattern has its own lock; it is only taken for texts that
/// hold the ``literal``.
final class ReferencePattern: Sendable {
  private let regex: Mutex<Regex<AnyRegexOutput>>
  /// The same, for texts of ASCII, where the pattern is that simple.
  private let plain: PlainPattern?
  /// Bytes that every match holds, so that most texts need not be searched; empty when not known.
  private let literal: [UInt8]
  private let url: [UInt8]

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
    literal = Array(literalPart(of: pattern).utf8)
    plain = PlainPattern(pattern)
    url = Array(reference.url.utf8)
  }

  /// The matches in a text, in its order.
  func matches(in bytes: UnsafeBufferPointer<UInt8>) -> [Match] {
    guard mayMatch(bytes) else { return [] }
    if let plain, bytes.allSatisfy({ $0 < 0x80 }) { return matches(of: plain, in: bytes) }
    let text = String(decoding: bytes, as: UTF8.self)
    let found = regex.withLock { regex in
      text.matches(of: regex).map { match in
        (0..<match.output.count).map { group in
          match.output[group].range.map { text.utf8Offset(of: $0.lowerBound)..<text.utf8Offset(of: $0.upperBound) }
            ?? 0..<0
        }
      }
    }
    return found.filter { !$0[0].isEmpty }.map { Match(range: $0[0], url: address(with: $0, of: bytes)) }
  }

  private func matches(of plain: PlainPattern, in bytes: UnsafeBufferPointer<UInt8>) -> [Match] {
    var matches: [Match] = []
    var index = 0
    while let groups = plain.firstMatch(in: bytes, from: index) {
      matches.append(Match(range: groups[0], url: address(with: groups, of: bytes)))
      index = groups[0].upperBound
    }
    return matches
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
  private func address(with groups: [Range<Int>], of bytes: UnsafeBufferPointer<UInt8>) -> String {
    var address: [UInt8] = []
    address.reserveCapacity(url.count + 12)
    var index = 0
    while index < url.count {
      let digit = index + 1 < url.count ? url[index + 1] : 0
      if url[index] == UInt8(ascii: "$"), digit >= 0x30, digit <= 0x39 {
        if digit - 0x30 < groups.count { address.append(contentsOf: bytes[groups[Int(digit - 0x30)]]) }
        index += 2
      } else {
        address.append(url[index])
        index += 1
      }
    }
    return String(decoding: address, as: UTF8.self)
  }
}

extension String {
  fileprivate func utf8Offset(of index: Index) -> Int { utf8.distance(from: startIndex, to: index) }
}
