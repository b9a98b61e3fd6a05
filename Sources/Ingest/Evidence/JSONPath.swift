/// Walks over a sound JSON text: to the value that some keys lead to, or from member to member.
struct JSONPath {
  private let bytes: ArraySlice<UInt8>
  private var position: Int

  /// The byte at which the value begins, or the innermost one on the way that is there.
  static func offset(of path: [any CodingKey], in bytes: [UInt8], text: Range<Int>) -> Int {
    var walk = JSONPath(bytes, text: text)
    var found = walk.position
    for key in path {
      let isThere = key.intValue.map { walk.enterElement($0) } ?? walk.enterMember(key.stringValue)
      guard isThere else { break }
      found = walk.position
    }
    return found
  }

  init(_ bytes: [UInt8], text: Range<Int>) {
    (self.bytes, position) = (bytes[text], text.lowerBound)
    skipBlanks()
  }

  /// Goes through the object that begins here.
  /// - Parameter member: Called with each key, and with the walk at its value, which may go through it or stay; false
  ///   to go no further.
  /// - Returns: Whether all of it was gone through: not where there is no object.
  mutating func members(_ member: (String, inout JSONPath) -> Bool) -> Bool {
    guard byte == UInt8(ascii: "{") else { return false }
    repeat {
      position += 1
      skipBlanks()
      // An empty object.
      if byte == UInt8(ascii: "}") { break }
      guard let key = text() else { return false }
      skipBlanks()
      position += 1
      skipBlanks()
      let start = position
      guard member(key, &self) else { return false }
      if position == start { skipValue() }
      skipBlanks()
    } while byte == UInt8(ascii: ",")
    position += 1
    return true
  }

  /// The text that stands here, and goes behind it; `nil` for any other value.
  mutating func text() -> String? {
    guard byte == UInt8(ascii: "\"") else { return nil }
    let start = position + 1
    skipString()
    let text = bytes[start..<position - 1]
    guard text.contains(UInt8(ascii: "\\")) else { return String(decoding: text, as: UTF8.self) }
    return text.withUnsafeBufferPointer { JSONScan.unescaped($0[...]) }
  }

  /// Whether `null` stands here.
  var isNull: Bool { byte == UInt8(ascii: "n") }

  private var byte: UInt8 { position < bytes.endIndex ? bytes[position] : 0 }

  private mutating func skipBlanks() {
    while JSONScan.isBlank(byte) { position += 1 }
  }

  private mutating func enterElement(_ index: Int) -> Bool {
    guard byte == UInt8(ascii: "[") else { return false }
    position += 1
    skipBlanks()
    for _ in 0..<index {
      skipValue()
      skipBlanks()
      guard byte == UInt8(ascii: ",") else { return false }
      position += 1
      skipBlanks()
    }
    return byte != UInt8(ascii: "]")
  }

  private mutating func enterMember(_ key: String) -> Bool {
    guard byte == UInt8(ascii: "{") else { return false }
    position += 1
    while position < bytes.endIndex {
      skipBlanks()
      guard byte == UInt8(ascii: "\"") else { return false }
      let start = position + 1
      skipString()
      let isIt = bytes[start..<position - 1].withUnsafeBufferPointer { JSONScan.unescaped($0[...]) } == key
      skipBlanks()
      position += 1
      skipBlanks()
      if isIt { return true }
      skipValue()
      skipBlanks()
      guard byte == UInt8(ascii: ",") else { return false }
      position += 1
    }
    return false
  }

  private mutating func skipString() {
    position += 1
    while position < bytes.endIndex, byte != UInt8(ascii: "\"") {
      position += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    position += 1
  }

  private mutating func skipValue() {
    var depth = 0
    repeat {
      skipBlanks()
      switch byte {
      case UInt8(ascii: "\""): skipString()
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        position += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"): position += 1
      default:
        while position < bytes.endIndex, !JSONPath.endsWord(byte) { position += 1 }
      }
    } while depth > 0 && position < bytes.endIndex
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    JSONScan.isBlank(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
  }
}
