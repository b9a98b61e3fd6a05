/// Runs of eight words as numbers: equal runs have equal numbers, whatever stands between the words and in what case.
struct Shingles {
  static let length = 8

  /// Calls `body` with the number of each run of eight words, in order, until it returns `false`.
  static func forEach(in bytes: UnsafeBufferPointer<UInt8>, _ body: (UInt64) -> Bool) {
    // The hashes of the last eight words, in a ring; a run's number mixes them in order.
    var ring = [UInt64](repeating: 0, count: length)
    var words = 0
    var hash: UInt64 = 0
    var isInWord = false
    let sum = { (ring: [UInt64], from: Int) -> UInt64 in
      var number: UInt64 = 0xCBF2_9CE4_8422_2325
      for offset in 0..<length { number = (number ^ ring[(from + offset) % length]) &* 0x9E37_79B9_7F4A_7C15 &+ (number >> 31) }
      return number
    }
    for index in 0...bytes.count {
      let byte = index < bytes.count ? lowered(bytes[index]) : 0x20
      if isWordByte(byte) {
        if !isInWord { (hash, isInWord) = (0xCBF2_9CE4_8422_2325, true) }
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
      } else if isInWord {
        isInWord = false
        ring[words % length] = hash
        words += 1
        if words >= length, !body(sum(ring, words % length)) { return }
      }
    }
  }

  static func forEach(in text: String, _ body: (UInt64) -> Bool) {
    var text = text
    text.withUTF8 { forEach(in: $0, body) }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte >= 0x80
  }
}
