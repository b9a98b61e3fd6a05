import Model

/// Reads HTML and XML without building a tree: the text, the values, the tags with their attributes.
enum Markup {
  /// Elements that do not part words.
  private static let inline: Set<String> = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s",
    "samp",
    "small", "span", "strong", "sub", "sup", "time", "tspan", "u", "var", "wbr",
  ]

  /// The running text with entities decoded, and the values of attributes, comments and the like, one a line.
  static func parts(of source: UnsafeBufferPointer<UInt8>) -> (text: [UInt8], values: [UInt8]) {
    var text: [UInt8] = []
    var values: [UInt8] = []
    text.reserveCapacity(source.count / 2)
    var index = source.startIndex
    while index < source.endIndex {
      let byte = source[index]
      if byte == UInt8(ascii: "&") {
        index = decodeEntity(source, at: index, into: &text)
      } else if byte == UInt8(ascii: "<"), let end = skipDeclaration(source, at: index, values: &values) {
        index = end
      } else if byte == UInt8(ascii: "<"), index + 1 < source.endIndex, isTagStart(source[index + 1]) {
        let (name, end) = tag(source, at: index) { _, value in
          decoded(UnsafeBufferPointer(rebasing: source[value]), into: &values)
          values.append(UInt8(ascii: "\n"))
        }
        if !isInline(UnsafeBufferPointer(rebasing: source[name])) { text.append(UInt8(ascii: " ")) }
        index = end
      } else {
        let start = index
        index += 1
        while index < source.count, source[index] != UInt8(ascii: "<"), source[index] != UInt8(ascii: "&") {
          index += 1
        }
        text.append(contentsOf: UnsafeBufferPointer(rebasing: source[start..<index]))
      }
    }
    return (text, values)
  }

  /// Calls `body` with each attribute of each tag: places of its name and of its value, which is not decoded yet.
  static func forEachAttribute(
    in source: UnsafeBufferPointer<UInt8>, _ body: (_ name: Range<Int>, _ value: Range<Int>) -> Void
  ) {
    var index = 0
    var ignored: [UInt8] = []
    while let start = firstIndex(of: UInt8(ascii: "<"), in: source, from: index) {
      index = start
      if let end = skipDeclaration(source, at: index, values: &ignored) {
        index = end
        ignored.removeAll(keepingCapacity: true)
      } else if index + 1 < source.count, isTagStart(source[index + 1]) {
        index = tag(source, at: index, attribute: body).end
      } else {
        index += 1
      }
    }
  }

  /// A text or a value with its entities decoded.
  static func decoded(_ source: UnsafeBufferPointer<UInt8>, into text: inout [UInt8]) {
    var index = source.startIndex
    while index < source.endIndex { index = take(source, at: index, into: &text) }
  }

  private static func isTagStart(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == UInt8(ascii: "/")
  }

  /// Passes a comment, CDATA section, declaration or processing instruction; comments and CDATA are values.
  private static func skipDeclaration(_ source: UnsafeBufferPointer<UInt8>, at start: Int, values: inout [UInt8])
    -> Int?
  {
    guard start + 1 < source.endIndex else { return nil }
    let next = source[start + 1]
    guard next == UInt8(ascii: "!") || next == UInt8(ascii: "?") else { return nil }
    let closing: [UInt8]
    if source[start...].starts(with: "<!--".utf8) {
      closing = Array("-->".utf8)
    } else if source[start...].starts(with: "<![CDATA[".utf8) {
      closing = Array("]]>".utf8)
    } else {
      closing = [UInt8(ascii: ">")]
    }
    var index = start + 2
    while index < source.endIndex, !source[index...].starts(with: closing) { index += 1 }
    values.append(contentsOf: source[min(start + 2, index)..<index])
    values.append(UInt8(ascii: "\n"))
    return min(index + closing.count, source.endIndex)
  }

  private static func isInline(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    name.count <= 6 && inline.contains(String(decoding: name, as: UTF8.self).lowercased())
  }

  /// Reads one tag from its `<`: gives the place of its name, and the place after it.
  private static func tag(
    _ source: UnsafeBufferPointer<UInt8>, at start: Int, attribute: (_ name: Range<Int>, _ value: Range<Int>) -> Void
  ) -> (name: Range<Int>, end: Int) {
    var index = start + 1
    if source[index] == UInt8(ascii: "/") { index += 1 }
    let nameStart = index
    while index < source.endIndex, !endsName(source[index]) { index += 1 }
    let name = nameStart..<index
    while index < source.endIndex, source[index] != UInt8(ascii: ">") {
      if isBlank(source[index]) || source[index] == UInt8(ascii: "/") {
        index += 1
        continue
      }
      let attributeStart = index
      index += 1
      while index < source.endIndex, source[index] != UInt8(ascii: "="), !endsName(source[index]) { index += 1 }
      let attributeName = attributeStart..<index
      guard index < source.endIndex, source[index] == UInt8(ascii: "=") else {
        attribute(attributeName, index..<index)
        continue
      }
      index += 1
      let isQuoted =
        index < source.endIndex && (source[index] == UInt8(ascii: "\"") || source[index] == UInt8(ascii: "'"))
      let quote = isQuoted ? source[index] : UInt8(ascii: ">")
      if isQuoted { index += 1 }
      let valueStart = index
      if isQuoted {
        index = firstIndex(of: quote, in: source, from: index) ?? source.endIndex
      } else {
        while index < source.endIndex, source[index] != quote, !isBlank(source[index]) { index += 1 }
      }
      attribute(attributeName, valueStart..<index)
      if isQuoted { index += 1 }
    }
    return (name, min(index + 1, source.endIndex))
  }

  private static func endsName(_ byte: UInt8) -> Bool {
    isBlank(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
  }

  private static func take(_ source: UnsafeBufferPointer<UInt8>, at index: Int, into value: inout [UInt8]) -> Int {
    if source[index] == UInt8(ascii: "&") { return decodeEntity(source, at: index, into: &value) }
    value.append(source[index])
    return index + 1
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D || byte == 0x0C
  }

  private static let entities: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "shy": "", "hyphen": "-", "dash": "-",
    "commat": "@", "period": ".", "colon": ":", "sol": "/", "lowbar": "_", "num": "#", "Tab": " ", "NewLine": " ",
  ]

  /// Decodes what begins with `&`; what is no entity stays as it is.
  private static func decodeEntity(_ source: UnsafeBufferPointer<UInt8>, at start: Int, into text: inout [UInt8]) -> Int
  {
    let limit = min(start + 12, source.endIndex)
    guard let end = source[start..<limit].firstIndex(of: UInt8(ascii: ";")) else {
      text.append(UInt8(ascii: "&"))
      return start + 1
    }
    let name = String(decoding: source[start + 1..<end], as: UTF8.self)
    if name.hasPrefix("#") {
      let isHexadecimal = name.hasPrefix("#x") || name.hasPrefix("#X")
      if let value = UInt32(name.dropFirst(isHexadecimal ? 2 : 1), radix: isHexadecimal ? 16 : 10),
        let scalar = Unicode.Scalar(value)
      {
        text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        return end + 1
      }
    } else if let decoded = entities[name] {
      text.append(contentsOf: decoded.utf8)
      return end + 1
    }
    text.append(UInt8(ascii: "&"))
    return start + 1
  }
}
