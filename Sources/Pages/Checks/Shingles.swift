/// Runs of eight words as numbers: equal runs have equal numbers, whatever stands between the words and in what case.
///
/// - Source: R. Karp, M. Rabin, "Efficient randomized pattern-matching algorithms" (1987), over words in 64 bits.
enum Shingles {
  static let length = 8
  private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15
  /// The weight of the word that leaves a run.
  private static let leaving: UInt64 = (0..<length).reduce(1) { power, _ in power &* base }

  /// Calls `body` with the number of each run of eight words, in order, until it returns `false`.
  static func forEach(in bytes: UnsafeBufferPointer<UInt8>, _ body: (UInt64) -> Bool) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: length) { ring in
      ring.initialize(repeating: 0)
      var (words, run, index) = (0, UInt64(0), 0)
      while index < bytes.count {
        guard let first = wordByte(bytes[index]) else {
          index += 1
          continue
        }
        var hash = (0xCBF2_9CE4_8422_2325 ^ UInt64(first)) &* 0x100_0000_01B3
        index += 1
        while index < bytes.count, let next = wordByte(bytes[index]) {
          hash = (hash ^ UInt64(next)) &* 0x100_0000_01B3
          index += 1
        }
        run = run &* base &+ hash &- ring[words % length] &* leaving
        ring[words % length] = hash
        words += 1
        if words >= length, !body(run ^ (run >> 32)) { return }
      }
    }
  }

  static func forEach(in text: String, _ body: (UInt64) -> Bool) {
    var text = text
    text.withUTF8 { forEach(in: $0, body) }
  }

  /// The byte in lower case when it belongs to a word.
  @inline(__always)
  private static func wordByte(_ byte: UInt8) -> UInt8? {
    let lowered = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
    let isWord = (lowered >= 0x61 && lowered <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte >= 0x80
    return isWord ? lowered : nil
  }
}
