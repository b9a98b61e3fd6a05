/// Reads how large an image is from the beginning of its file.
enum ImageHeader {
  /// - Returns: `nil` when the bytes are no image of a known format, or do not say.
  /// - Source: PNG (ISO/IEC 15948) §11.2.2, GIF89a §18, JPEG (ITU-T T.81) §B.2.2, WebP container specification,
  ///   SVG 2 §8.2.
  static func size(of bytes: [UInt8]) -> ImageSize? {
    let reader = ByteReader(bytes: bytes)
    let size: ImageSize?
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
      size = reader.size(width: reader.big(16, 4), height: reader.big(20, 4))
    } else if bytes.starts(with: Array("GIF8".utf8)) {
      size = reader.size(width: reader.little(6, 2), height: reader.little(8, 2))
    } else if bytes.starts(with: [0xFF, 0xD8]) {
      size = jpegSize(reader)
    } else if bytes.starts(with: Array("RIFF".utf8)) {
      size = webPSize(reader)
    } else {
      size = svgSize(bytes)
    }
    guard let size, (1...100_000).contains(size.width), (1...100_000).contains(size.height) else { return nil }
    return size
  }

  /// Follows the segments to the frame header.
  private static func jpegSize(_ reader: ByteReader) -> ImageSize? {
    var position = 2
    while let marker = reader.big(position, 2), marker >> 8 == 0xFF, let length = reader.big(position + 2, 2) {
      let kind = marker & 0xFF
      if (0xC0...0xCF).contains(kind), ![0xC4, 0xC8, 0xCC].contains(kind) {
        return reader.size(width: reader.big(position + 7, 2), height: reader.big(position + 5, 2))
      }
      position += 2 + max(2, length)
    }
    return nil
  }

  private static func webPSize(_ reader: ByteReader) -> ImageSize? {
    switch reader.text(12, 4) {
    case "VP8X":
      return reader.size(width: reader.little(24, 3).map { $0 + 1 }, height: reader.little(27, 3).map { $0 + 1 })
    case "VP8 ":
      return reader.size(
        width: reader.little(26, 2).map { $0 & 0x3FFF }, height: reader.little(28, 2).map { $0 & 0x3FFF })
    case "VP8L":
      guard let bits = reader.little(21, 4) else { return nil }
      return ImageSize(width: bits & 0x3FFF + 1, height: bits >> 14 & 0x3FFF + 1)
    default: return nil
    }
  }

  /// The width and height of the root element in pixels, or else those of its view box.
  private static func svgSize(_ bytes: [UInt8]) -> ImageSize? {
    let head = String(decoding: bytes.prefix(4096), as: UTF8.self)
    guard let start = head.firstRange(of: "<svg") else { return nil }
    let tag = head[start.upperBound...].prefix { $0 != ">" }
    if let width = attribute("width", of: tag).flatMap(pixels),
      let height = attribute("height", of: tag).flatMap(pixels)
    {
      return ImageSize(width: width, height: height)
    }
    let box = attribute("viewBox", of: tag)?.split { $0 == " " || $0 == "," }.map(pixels) ?? []
    guard box.count == 4, let width = box[2], let height = box[3] else { return nil }
    return ImageSize(width: width, height: height)
  }

  private static func attribute(_ name: String, of tag: Substring) -> Substring? {
    for quote in ["\"", "'"] {
      guard let start = tag.firstRange(of: " \(name)=\(quote)") else { continue }
      return tag[start.upperBound...].prefix { String($0) != quote }
    }
    return nil
  }

  /// A length in pixels, rounded; `nil` for per cent and other units.
  private static func pixels(_ text: Substring) -> Int? {
    let number = text.hasSuffix("px") ? text.dropLast(2) : text
    guard let value = Double(number), value.isFinite, value > 0, value < 100_000 else { return nil }
    return Int(value.rounded())
  }
}

/// Numbers and words at places of a file that may be cut short.
private struct ByteReader {
  let bytes: [UInt8]

  func big(_ offset: Int, _ count: Int) -> Int? {
    guard offset >= 0, offset + count <= bytes.count else { return nil }
    return bytes[offset..<offset + count].reduce(0) { $0 << 8 | Int($1) }
  }

  func little(_ offset: Int, _ count: Int) -> Int? {
    guard offset >= 0, offset + count <= bytes.count else { return nil }
    return bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  func text(_ offset: Int, _ count: Int) -> String? {
    guard offset + count <= bytes.count else { return nil }
    return String(decoding: bytes[offset..<offset + count], as: UTF8.self)
  }

  func size(width: Int?, height: Int?) -> ImageSize? {
    guard let width, let height else { return nil }
    return ImageSize(width: width, height: height)
  }
}
