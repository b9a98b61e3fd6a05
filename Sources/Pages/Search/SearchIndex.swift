import Diagnostics
import Model
import Templates

/// The search index of one audience's site: small scripts by the first two characters of the terms, so that a reader
/// loads only what the query needs.
struct SearchIndex: Sendable {
  /// How many documents one file describes.
  static let chunk = 200
  private static let folder = "search/index/"

  let documents: [SearchDocument]
  private let register: SupplyRegister
  private let parts: [TermTable]
  /// Every term by its bytes: where it is in each part that has it.
  private let terms: [[(part: Int, term: Int)]]
  private let shards: [(key: [UInt8], terms: Range<Int>)]

  init(of edition: Edition, _ register: SupplyRegister, slices: Int) async {
    let documents = SearchDocument.all(in: edition, register)
    (self.documents, self.register) = (documents, register)
    let parts = await inSlices(of: documents.count, slices: slices) { range in
      var table = TermTable()
      for number in range {
        // Who asked may have lost interest.
        if Task.isCancelled { break }
        documents[number].note(as: number, in: &table, of: edition, register)
      }
      table.sort()
      return table
    }
    self.parts = parts
    var all = TermTable()
    var places: [[(part: Int, term: Int)]] = []
    for (part, table) in parts.enumerated() {
      for term in 0..<table.count {
        let number = table.bytes(of: term).withUnsafeBufferPointer { all.number(of: $0) }
        if number == places.count { places.append([]) }
        places[number].append((part, term))
      }
    }
    let order = (0..<all.count).sorted { all.bytes(of: $0).lexicographicallyPrecedes(all.bytes(of: $1)) }
    terms = order.map { places[$0] }
    var shards: [(key: [UInt8], terms: Range<Int>)] = []
    for (place, number) in order.enumerated() {
      let key = SearchIndex.key(of: all.bytes(of: number))
      if let last = shards.last, last.key.elementsEqual(key) {
        shards[shards.count - 1].terms = last.terms.lowerBound..<place + 1
      } else {
        shards.append((Array(key), place..<place + 1))
      }
    }
    self.shards = shards
  }

  /// A term's first two characters, or its only one.
  private static func key(of term: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var characters = 0
    var end = term.startIndex
    while end < term.endIndex {
      if term[end] & 0xC0 != 0x80 {
        characters += 1
        if characters > 2 { break }
      }
      end += 1
    }
    return term[..<end]
  }

  // MARK: Files

  var routes: [Route] {
    [Route(SearchIndex.folder + "index.js")] + chunks.map { Route(SearchIndex.folder + "documents-\($0).js") }
      + shards.map { Route(SearchIndex.folder + "terms-\(SearchIndex.fileName($0.key)).js") }
  }

  private var chunks: Range<Int> { 0..<(documents.count + SearchIndex.chunk - 1) / SearchIndex.chunk }

  private static func fileName(_ key: [UInt8]) -> String {
    var name = ""
    for byte in key {
      switch byte {
      case 0x61...0x7A, 0x30...0x39: name.unicodeScalars.append(Unicode.Scalar(byte))
      default: name += "~" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }
    return name
  }

  /// The file at a place in ``routes``.
  func file(at index: Int, of edition: Edition) -> [UInt8] {
    var bytes = Array("gazette(".utf8)
    if index == 0 {
      appendSummary(to: &bytes)
    } else if index <= chunks.count {
      appendDocuments(index - 1, of: edition, to: &bytes)
    } else {
      appendTerms(shards[index - 1 - chunks.count], to: &bytes)
    }
    bytes.append(contentsOf: ");\n".utf8)
    return bytes
  }

  private func appendSummary(to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "{\"index\":1,\"documents\":\(documents.count),\"keys\":[".utf8)
    for (index, shard) in shards.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      JSONText.append(String(decoding: shard.key, as: UTF8.self), to: &bytes)
    }
    bytes.append(contentsOf: "]}".utf8)
  }

  private func appendDocuments(_ chunk: Int, of edition: Edition, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "{\"documents\":\(chunk),\"rows\":[".utf8)
    let start = chunk * SearchIndex.chunk
    for number in start..<min(start + SearchIndex.chunk, documents.count) {
      if number > start { bytes.append(UInt8(ascii: ",")) }
      JSONWriter.append(.list(documents[number].row(in: edition, register).map { .text($0) }), to: &bytes)
    }
    bytes.append(contentsOf: "]}".utf8)
  }

  private func appendTerms(_ shard: (key: [UInt8], terms: Range<Int>), to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "{\"terms\":".utf8)
    JSONText.append(String(decoding: shard.key, as: UTF8.self), to: &bytes)
    bytes.append(contentsOf: ",\"postings\":{".utf8)
    for place in shard.terms {
      if place > shard.terms.lowerBound { bytes.append(UInt8(ascii: ",")) }
      guard let first = terms[place].first else { continue }
      JSONText.append(String(decoding: parts[first.part].bytes(of: first.term), as: UTF8.self), to: &bytes)
      bytes.append(contentsOf: ":\"".utf8)
      for rank in 0..<3 {
        if rank > 0 { bytes.append(UInt8(ascii: "|")) }
        appendList(of: terms[place], rank: UInt32(rank), to: &bytes)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(contentsOf: "}}".utf8)
  }

  /// The documents with the term in fields of this rank, as differences in base 36.
  private func appendList(of places: [(part: Int, term: Int)], rank: UInt32, to bytes: inout [UInt8]) {
    var last: UInt32?
    for (part, term) in places {
      for posting in parts[part].occurrences(of: term) where posting & 3 == rank {
        if last != nil { bytes.append(UInt8(ascii: " ")) }
        append(base36: (posting >> 2) - (last ?? 0), to: &bytes)
        last = posting >> 2
      }
    }
  }

  private func append(base36 number: UInt32, to bytes: inout [UInt8]) {
    if number >= 36 { append(base36: number / 36, to: &bytes) }
    let digit = UInt8(number % 36)
    bytes.append(digit < 10 ? 0x30 + digit : 0x61 + digit - 10)
  }
}
