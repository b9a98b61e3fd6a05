/// Finds a value in a sound JSON text by the keys that lead to it.
struct JSONPath {
  private let bytes: ArraySlice<UInt8>
  private var position: Int

  /// The byte at which the value begins, or the innermost one on the way that is there.
  static func offset(of path: [any CodingKey], in bytes: [UInt8], text: Range<Int>) -> Int {
    var walk = JSONPath(bytes: bytes[text], position: text.lowerBound)
    walk.skipBlanks()
    var found = walk.position
    for key in path {
      let isThere = key.intValue.map { walk.enterElement($0) } ?? walk.enterMember(key.stringValue)
      guard isThere else { break }
      found = walk.position
    }
    return found
  }

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
