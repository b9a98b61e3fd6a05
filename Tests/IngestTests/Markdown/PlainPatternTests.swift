import TestSupport
import Testing

@testable import Ingest

@Suite("Patterns of references") struct PlainPatternTests {
  private static let simple = [
    "#(\\d+)", "HARB-\\d+", "([A-Z][A-Z0-9]+)-(\\d+)", "(?:x)", "!(\\d+)", "GH-([0-9]+)", "[a-z]+/[a-z]+#(\\d+)",
    "v(\\d+)\\.(\\d+)\\.(\\d+)", "ab?c", "ab*c", "\\w+@", "(#|!)\\d+", "a+ab", "[^a]b", "#\\d{2}", "\\bx", "x\\b",
    "#\\d+?",
    "([a-z])(\\d)", "[A-Za-z_-]+:", "\\[(\\d+)\\]",
  ]

  @Test("those that are simple find what a regular expression finds", arguments: simple)
  func agrees(pattern: String) throws {
    guard let plain = PlainPattern(pattern) else { return }
    let regex = try Regex(pattern).matchingSemantics(.unicodeScalar)
    var random = SeededGenerator(seed: 7)
    let alphabet = Array("#!aabcxvABHRG019-./:@_[] (")
    for _ in 0..<400 {
      let text = String(
        (0..<Int.random(in: 0...24, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "a" })
      let wanted = text.matches(of: regex).map { match in
        (0..<match.output.count).map { String(match.output[$0].substring ?? "") }
      }
      var found: [[String]] = []
      let bytes = Array(text.utf8)
      bytes.withUnsafeBufferPointer { bytes in
        var index = 0
        while let groups = plain.firstMatch(in: bytes, from: index) {
          found.append(groups.map { String(decoding: bytes[$0], as: UTF8.self) })
          index = groups[0].upperBound
        }
      }
      #expect(found == wanted, "in `\(text)`")
    }
  }

  @Test(
    "patterns that need more are left to a regular expression",
    arguments: [
      "(#|!)\\d+", "a+ab", "[^a]b", "#\\d{2}", "\\bx", "#\\d+?", "(?i)x", "é", "x.", "(\\d+)+", "\\d*", "",
    ])
  func leaves(pattern: String) {
    #expect(PlainPattern(pattern) == nil)
  }

  @Test(
    "the patterns of most sites are simple",
    arguments: ["#(\\d+)", "HARB-\\d+", "([A-Z][A-Z0-9]+)-(\\d+)", "GH-([0-9]+)"])
  func takes(pattern: String) {
    #expect(PlainPattern(pattern) != nil)
  }
}
