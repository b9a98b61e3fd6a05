/// Marks on the positions of a graph, for walks that only go forward. Grows with the furthest mark.
struct PositionSet: Sendable {
  private let firstWord: Int
  private(set) var words: [UInt64] = []

  /// - Parameter start: No position before this one is ever marked.
  init(from start: Int) {
    firstWord = start / 64
  }

  func contains(_ position: Int) -> Bool {
    let word = position / 64 - firstWord
    return word < words.count && words[word] & (1 << UInt64(position % 64)) != 0
  }

  /// - Returns: Whether it was not marked before.
  @discardableResult
  mutating func insert(_ position: Int) -> Bool {
    let word = position / 64 - firstWord
    if word >= words.count { words.append(contentsOf: repeatElement(0, count: word + 1 - words.count)) }
    let bit: UInt64 = 1 << UInt64(position % 64)
    defer { words[word] |= bit }
    return words[word] & bit == 0
  }

  /// The first marked position at or after this one.
  func next(from position: Int) -> Int? {
    var word = position / 64 - firstWord
    guard word < words.count else { return nil }
    var bits = words[word] & (~0 << UInt64(position % 64))
    while bits == 0 {
      word += 1
      guard word < words.count else { return nil }
      bits = words[word]
    }
    return (firstWord + word) * 64 + bits.trailingZeroBitCount
  }
}
