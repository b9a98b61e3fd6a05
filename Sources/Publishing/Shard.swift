import Export

/// One of several parts of a site, each rendered by a build of its own.
package struct Shard: Hashable, Sendable, CustomStringConvertible {
  /// From 1 to ``count``.
  package let number: Int
  package let count: Int

  /// More parts than this gain nothing, for each build reads and judges everything.
  package static let most = 1000

  /// - Parameter text: Such as `3/16`; `nil` for anything else.
  package init?(_ text: String) {
    let numbers = text.split(separator: "/").compactMap { Int($0) }
    guard numbers.count == 2, (1...Shard.most).contains(numbers[1]), (1...numbers[1]).contains(numbers[0]) else {
      return nil
    }
    (number, count) = (numbers[0], numbers[1])
    guard description == text else { return nil }
  }

  package var description: String { "\(number)/\(count)" }

  /// Whether the file at this address of a site belongs to it.
  ///
  /// By a digest of the address and not by the place in the plan, for what costs most comes at regular places there: of
  /// two neighbours one is the page of a release, the other its text.
  func holds(_ address: String) -> Bool {
    let digest = Fingerprint(of: address).bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    return digest % UInt64(count) == UInt64(number - 1)
  }
}
