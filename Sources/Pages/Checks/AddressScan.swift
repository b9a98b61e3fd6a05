/// Finds where an address stands in a text, passing most bytes unread.
///
/// - Source: Horspool, *Practical fast searching in strings* (1980).
struct AddressScan: Sendable {
  private let address: [UInt8]
  /// How far to go on when the window ends in a byte.
  private let steps: [Int]

  /// - Returns: `nil` for no address at all.
  init?(_ address: [UInt8]) {
    guard !address.isEmpty else { return nil }
    var steps = Array(repeating: address.count, count: 256)
    for (index, byte) in address.dropLast().enumerated() { steps[Int(byte)] = address.count - 1 - index }
    (self.address, self.steps) = (address, steps)
  }

  /// Where it stands next; `nil` when it does not.
  func next(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var index = start
    while index + address.count <= bytes.count {
      let last = bytes[index + address.count - 1]
      if last == address[address.count - 1], bytes[index...].starts(with: address) { return index }
      index += steps[Int(last)]
    }
    return nil
  }
}
