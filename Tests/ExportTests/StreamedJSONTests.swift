import Foundation
import Testing

@testable import Export

@Suite("JSON that is written while it is made") struct StreamedJSONTests {
  private func bytes(_ document: StreamedJSON) -> (all: [UInt8], pieces: [Int]) {
    var all: [UInt8] = []
    var pieces: [Int] = []
    document.write { piece in
      all += piece
      pieces.append(piece.count)
    }
    return (all, pieces)
  }

  @Test("it has the bytes of the whole, in pieces that stay small") func same() {
    let elements = (0..<20_000).map { number in
      JSON.object(["z": .number(number), "a": .list([.text("ä\n\(number)"), .null, .flag(true)])])
    }
    let whole = JSON.object([
      "list": .list(elements), "only": .list([.object(["b": .text("1"), "a": .list([])])]), "empty": .object([:]),
    ])
    let streamed = StreamedJSON.object([
      "only": .only(.object(["b": .whole(.text("1")), "a": .list { _ in }])),
      "list": .list { element in for one in elements { element(one) } }, "empty": .object([:]),
    ])
    let (all, pieces) = bytes(streamed)
    #expect(all == whole.bytes)
    #expect(pieces.count > 10 && pieces.allSatisfy { $0 < 70_000 })
  }

  @Test("a single value is itself") func single() {
    #expect(bytes(.whole(.null)).all == JSON.null.bytes)
  }
}
