/// Terms, each once, and the documents that they occur in. Bytes in one buffer, found by an open hash table.
struct TermTable: Sendable {
  private var arena: [UInt8] = []
  private var starts: [UInt32] = [0]
  private var slots: [Int32]
  /// The last document that each term was noted for.
  private var lastDocuments: [UInt32] = []
  /// Term and posting, in the order of the documents.
  private var log: [(term: UInt32, posting: UInt32)] = []
  /// After ``sort()``: the postings of the term `t` are `postings[bounds[t]..<bounds[t + 1]]`.
  private(set) var postings: [UInt32] = []
  private var bounds: [Int] = []

  init() {
    slots = Array(repeating: -1, count: 1024)
  }

  var count: Int { starts.count - 1 }

  func bytes(of term: Int) -> ArraySlice<UInt8> { arena[Int(starts[term])..<Int(starts[term + 1])] }

  /// The number of the term, a new one if it was not known.
  mutating func number(of term: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in term { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var slot = Int(truncatingIfNeeded: hash ^ (hash >> 29)) & (slots.count - 1)
    while slots[slot] >= 0 {
      let known = Int(slots[slot])
      let start = Int(starts[known])
      if Int(starts[known + 1]) - start == term.count, isEqual(term, at: start) { return known }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = count
    slots[slot] = Int32(number)
    arena.append(contentsOf: term)
    starts.append(UInt32(arena.count))
    lastDocuments.append(.max)
    if count * 2 > slots.count { grow() }
    return number
  }

  /// Notes that a document has the term in a field of this rank; the first rank noted for a document stays.
  mutating func note(_ term: UnsafeBufferPointer<UInt8>, document: Int, rank: Int) {
    let number = number(of: term)
    guard lastDocuments[number] != UInt32(document) else { return }
    lastDocuments[number] = UInt32(document)
    log.append((UInt32(number), UInt32(document) << 2 | UInt32(rank)))
  }

  /// Brings the postings together by term; to be called once, when all is noted.
  mutating func sort() {
    bounds = Array(repeating: 0, count: count + 1)
    for entry in log { bounds[Int(entry.term) + 1] += 1 }
    for term in 0..<count { bounds[term + 1] += bounds[term] }
    var next = bounds
    postings = Array(repeating: 0, count: log.count)
    for entry in log {
      postings[next[Int(entry.term)]] = entry.posting
      next[Int(entry.term)] += 1
    }
    log = []
    lastDocuments = []
  }

  /// Where a term occurs: documents in order, each with the rank of its field.
  func occurrences(of term: Int) -> ArraySlice<UInt32> { postings[bounds[term]..<bounds[term + 1]] }

  private func isEqual(_ term: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    for index in 0..<term.count where arena[start + index] != term[index] { return false }
    return true
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for term in 0..<count {
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for byte in bytes(of: term) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      var slot = Int(truncatingIfNeeded: hash ^ (hash >> 29)) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(term)
    }
  }
}
