import Testing

@testable import Ingest

@Suite("Image headers")
struct MarkdownImageTests {
  private let png: [UInt8] = [
    0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 2, 128, 0, 0, 1, 224,
  ]
  private let gif: [UInt8] = Array("GIF89a".utf8) + [0x80, 0x02, 0xE0, 0x01]
  private let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC2, 0, 11, 8, 1, 0xE0, 2, 0x80]
  private let webP: [UInt8] =
    Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBPVP8X".utf8) + [10, 0, 0, 0, 0, 0, 0, 0, 0x7F, 2, 0, 0xDF, 1, 0]

  @Test("say how large the image is, in every format")
  func sizes() {
    for bytes in [png, gif, jpeg, webP] {
      #expect(ImageHeader.size(of: bytes).map { [$0.width, $0.height] } == [640, 480])
    }
  }

  @Test(
    "of SVG may be in pixels or only a view box",
    arguments: [
      ("<svg width=\"640\" height=\"480px\" viewBox=\"0 0 1 1\">", [640, 480]),
      ("<?xml version='1.0'?>\n<svg xmlns='x' viewBox='0 0 64.4,48'/>", [64, 48]),
      ("<svg width=\"100%\" height=\"50%\">", nil), ("<html>", nil), ("", nil),
    ] as [(String, [Int]?)])
  func vector(text: String, expected: [Int]?) {
    #expect(ImageHeader.size(of: Array(text.utf8)).map { [$0.width, $0.height] } == expected)
  }

  @Test("that are cut short or wrong give no size, and no trap")
  func truncated() {
    for bytes in [png, gif, jpeg, webP] {
      for count in bytes.indices { #expect(ImageHeader.size(of: Array(bytes.prefix(count))) == nil) }
    }
    #expect(ImageHeader.size(of: [0xFF, 0xD8] + [UInt8](repeating: 0xFF, count: 4000)) == nil)
  }
}
