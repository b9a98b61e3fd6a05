import Testing

@testable import Ingest

@Suite("Texts from bytes")
struct TextDecodingTests {
  @Test("a byte order mark is dropped and every line end is `\\n`")
  func lineEnds() {
    #expect(text([0xEF, 0xBB, 0xBF] + Array("a\r\nb\rc\n\r\r\n".utf8)) == "a\nb\nc\n\n\n")
    #expect(text(Array("é 日本 🎉".utf8)) == "é 日本 🎉")
    #expect(text([]) == "")
    #expect(text([0xEF, 0xBB, 0xBF]) == "")
  }

  @Test(
    "another encoding is named with its place",
    arguments: [
      ([0xFF, 0xFE, 0x61, 0x00], "1:1 UTF-16"), ([0xFE, 0xFF, 0x00, 0x61], "1:1 UTF-16"),
      ([0x61, 0x00, 0x62, 0x00], "1:1 UTF-16"), ([0x00, 0x61, 0x00, 0x62], "1:1 UTF-16"),
      ([0xFF, 0xFE, 0x00, 0x00], "1:1 UTF-32"), ([0x61, 0x0A, 0x62, 0x00], "2:2 a binary file"),
      (Array("one\r\ntwo\ré".utf8) + [0x20, 0xE9], "3:3 ISO 8859-1 or Windows-1252"),
      ([0x61, 0xE9, 0x0A, 0x93], "1:2 Windows-1252 or binary"), ([0xC0, 0x80], "1:1 Windows-1252 or binary"),
      ([0xEF, 0xBB, 0xBF, 0x61, 0xE9], "1:2 ISO 8859-1 or Windows-1252"),
      ([0xED, 0xA0, 0x80, 0x61], "1:1 Windows-1252 or binary"),
    ] as [([UInt8], String)])
  func otherEncodings(bytes: [UInt8], expected: String) {
    guard case .undecodable(let line, let column, let guess) = decodedText(bytes) else {
      Issue.record("decoded")
      return
    }
    #expect("\(line):\(column) \(guess)" == expected)
  }

  @Test("bytes that are not UTF-8 are repaired as ISO 8859-1, one by one")
  func repair() {
    #expect(repairedText([0x4A, 0x6F, 0x73, 0xE9] as [UInt8]) == "José")
    #expect(repairedText(Array("é".utf8) + [0xE9, 0xFF] + Array("日".utf8)) == "ééÿ日")
    #expect(repairedText([0xF4, 0x90, 0x80, 0x80] as [UInt8]).unicodeScalars.count == 4)
  }

  private func text(_ bytes: [UInt8]) -> String? {
    guard case .text(let text) = decodedText(bytes) else { return nil }
    return text
  }
}
