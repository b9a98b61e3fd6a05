import Model
import Testing

@Suite("The order of texts by their bytes")
struct ByteOrderTests {
  @Test("is that of the bytes, one by one, for texts that begin alike and differ anywhere, or end")
  func order() {
    let stem = "products/gateway/2.4.0/index.html"
    var texts = ["", "a", "é", "\u{0}", "\u{7F}", "\u{FFFD}"]
    for length in 0...stem.utf8.count {
      let start = String(stem.prefix(length))
      texts += [start, start + "a", start + "z", start + "\u{0}", start + "é/index.html"]
    }
    for a in texts {
      for b in texts { #expect(precedesInBytes(a, b) == a.utf8.lexicographicallyPrecedes(b.utf8), "\(a) before \(b)") }
    }
  }
}
