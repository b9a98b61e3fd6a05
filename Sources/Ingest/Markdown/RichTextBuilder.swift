import Model

/// Collects one rendering: HTML with addresses left open, and beside it the plain words.
///
/// What comes from a text goes through ``text(_:)``, ``attribute(_:)`` or ``url(_:)``; only the writer's own markup is
/// taken as it is.
struct RichTextBuilder {
  private var html: [UInt8] = []
  private var pieces: [RichText.Piece] = []
  private var plain: [UInt8] = []

  init(capacity: Int) {
    html.reserveCapacity(capacity)
    plain.reserveCapacity(capacity)
  }

  mutating func markup(_ markup: StaticString) {
    html.append(contentsOf: UnsafeBufferPointer(start: markup.utf8Start, count: markup.utf8CodeUnitCount))
  }

  mutating func number(_ number: Int) {
    html.append(contentsOf: String(number).utf8)
  }

  /// A line feed, unless the HTML is at the beginning of a line.
  mutating func freshLine() {
    if let last = html.last, last != UInt8(ascii: "\n") { html.append(UInt8(ascii: "\n")) }
  }

  /// Words, shown and remembered.
  mutating func text(_ bytes: some Sequence<UInt8>) {
    escape(bytes)
    plain.append(contentsOf: bytes)
  }

  /// Words that only the HTML shows.
  mutating func attribute(_ bytes: some Sequence<UInt8>) { escape(bytes) }

  /// Words that are not in the HTML where they are remembered.
  mutating func words(_ bytes: some Sequence<UInt8>) { plain.append(contentsOf: bytes) }

  /// Begins a new line of the plain text, if there is anything on the last one.
  mutating func endBlock() {
    while plain.last == UInt8(ascii: " ") { plain.removeLast() }
    if let last = plain.last, last != UInt8(ascii: "\n") { plain.append(UInt8(ascii: "\n")) }
  }

  private mutating func escape(_ bytes: some Sequence<UInt8>) {
    if bytes.withContiguousStorageIfAvailable({ escape($0) }) != nil { return }
    Array(bytes).withUnsafeBufferPointer { escape($0) }
  }

  private mutating func escape(_ bytes: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for index in bytes.indices {
      let replacement: StaticString
      switch bytes[index] {
      case UInt8(ascii: "&"): replacement = "&amp;"
      case UInt8(ascii: "<"): replacement = "&lt;"
      case UInt8(ascii: ">"): replacement = "&gt;"
      case UInt8(ascii: "\""): replacement = "&quot;"
      default: continue
      }
      html.append(contentsOf: bytes.extracting(start..<index))
      markup(replacement)
      start = index + 1
    }
    html.append(contentsOf: bytes.extracting(start...))
  }

  /// An address as an attribute's value; what no address may hold is written with percent signs.
  mutating func url(_ bytes: some Sequence<UInt8>) {
    if bytes.withContiguousStorageIfAvailable({ url($0) }) != nil { return }
    Array(bytes).withUnsafeBufferPointer { url($0) }
  }

  private mutating func url(_ bytes: UnsafeBufferPointer<UInt8>) {
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "&"): html.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "'"): html.append(contentsOf: "&#x27;".utf8)
      case let byte where RichTextBuilder.standsInAddress(byte): html.append(byte)
      default:
        html.append(UInt8(ascii: "%"))
        html.append(RichTextBuilder.digit(byte >> 4))
        html.append(RichTextBuilder.digit(byte & 15))
      }
    }
  }

  /// - Source: RFC 3986 §2.2, §2.3, without brackets, as cmark writes addresses.
  private static func standsInAddress(_ byte: UInt8) -> Bool {
    switch byte {
    case _ where isWordByte(byte): true
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "!"),
      UInt8(ascii: "*"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: "%"),
      UInt8(ascii: "#"), UInt8(ascii: "@"), UInt8(ascii: "?"), UInt8(ascii: "="), UInt8(ascii: ";"),
      UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "$"), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }

  /// The address of something in the site.
  mutating func address(_ destination: Destination, fragment: String?) {
    flush()
    pieces.append(.address(destination, fragment: fragment))
  }

  private mutating func flush() {
    guard !html.isEmpty else { return }
    pieces.append(.html(String(decoding: html, as: UTF8.self)))
    html.removeAll(keepingCapacity: true)
  }

  /// The rendering, with nothing after its last word.
  mutating func finish(markdown: [RichText.MarkdownPiece], headings: [RichText.Heading]) -> RichText {
    flush()
    endBlock()
    if plain.last == UInt8(ascii: "\n") { plain.removeLast() }
    return RichText(
      markdown: markdown, pieces: pieces, plainText: String(decoding: plain, as: UTF8.self), headings: headings)
  }
}
