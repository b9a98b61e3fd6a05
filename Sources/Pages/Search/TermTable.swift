/// Terms, each once, and the documents that they occur in.
struct TermTable: Sendable {
  private var terms = ByteTable(minimumCapacity: 512)
  /// The last document that each term was noted for.
  private var lastDocuments: [UInt32] = []
  /// Term and posting, in the order of the documents.
  private var log: [(term: UInt32, posting: UInt32)] = []
  /// After ``sort()``: the postings of the term `t` are `postings[bounds[t]..<bounds[t + 1]]`.
  private(set) var postings: [UInt32] = []
  private var bounds: [Int] = []

  var count: Int { terms.count }

  func bytes(of term: Int) -> ArraySlice<UInt8> { terms[term] }

  /// The number of the term, a new one if it was not known.
  mutating func number(of term: UnsafeBufferPointer<UInt8>) -> Int {
    let (number, isNew) = terms.insert(term)
    if isNew { lastDocuments.append(.max) }
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
}
