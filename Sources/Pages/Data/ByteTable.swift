/// Texts as bytes, each once and numbered in the order in which they came: a set of strings without making any.
struct ByteTable: Sendable {
  private var bytes: [UInt8] = []
  /// Where each text ends in ``bytes``.
  private var ends: [Int] = []
  /// The numbers of the texts by their hashes, with room to spare; -1 where there is none.
  private var slots: [Int32]

  init(minimumCapacity: Int = 24) {
    slots = Array(repeating: -1, count: ByteTable.size(for: minimumCapacity))
  }

  var count: Int { ends.count }

  /// The text with this number.
  subscript(number: Int) -> ArraySlice<UInt8> { bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]] }

  func text(_ number: Int) -> String { String(decoding: self[number], as: UTF8.self) }

  /// The number of a text; `nil` when it is not here.
  func number(of text: UnsafeBufferPointer<UInt8>) -> Int? {
    let number = slots[slot(for: text)]
    return number < 0 ? nil : Int(number)
  }

  func number(of text: some Collection<UInt8>) -> Int? {
    text.withContiguousStorageIfAvailable { number(of: $0) } ?? Array(text).withUnsafeBufferPointer { number(of: $0) }
  }

  /// The number that a text has from now on, and whether it is new.
  @discardableResult
  mutating func insert(_ text: UnsafeBufferPointer<UInt8>) -> (number: Int, isNew: Bool) {
    let slot = slot(for: text)
    if slots[slot] >= 0 { return (Int(slots[slot]), false) }
    slots[slot] = Int32(ends.count)
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
    if ends.count * 2 > slots.count { grow() }
    return (ends.count - 1, true)
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      for (number, end) in ends.enumerated() {
        slots[freeSlot(for: UnsafeBufferPointer(rebasing: bytes[start..<end]))] = Int32(number)
        start = end
      }
    }
  }

  private static func size(for capacity: Int) -> Int {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    return size
  }

  /// Where the text is, or would be.
  private func slot(for text: UnsafeBufferPointer<UInt8>) -> Int {
    var slot = Int(truncatingIfNeeded: ByteTable.hash(text)) & (slots.count - 1)
    while slots[slot] >= 0, !isEqual(Int(slots[slot]), text) { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private func freeSlot(for text: UnsafeBufferPointer<UInt8>) -> Int {
    var slot = Int(truncatingIfNeeded: ByteTable.hash(text)) & (slots.count - 1)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private func isEqual(_ number: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = number == 0 ? 0 : ends[number - 1]
    guard ends[number] - start == text.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      for index in text.indices where bytes[start + index] != text[index] { return false }
      return true
    }
  }

  /// - Source: FNV-1a with 64 bits, its upper half folded into the lower.
  private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash ^ hash >> 32
  }
}
