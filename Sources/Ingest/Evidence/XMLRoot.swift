/// The outermost element of an XML file as it shows in the first bytes, before anything is known to be sound.
struct XMLRoot: Hashable, Sendable {
  /// Without a prefix.
  var name: String
  /// What stands between its name and its `>`, as far as it was looked at.
  var attributes: String

  /// How far into a file it is looked for.
  private static let reach = 16 << 10

  /// - Returns: `nil` where none begins within reach.
  init?(in bytes: [UInt8]) {
    // Names and marks are ASCII in every encoding that is read, so without its NULs UTF-16 reads the same.
    let isWide = bytes.prefix(4).contains(0)
    let head = isWide ? bytes.prefix(XMLRoot.reach).filter { $0 != 0 } : bytes
    var position = 0
    while let open = head[position...].firstIndex(of: UInt8(ascii: "<")), open + 1 < head.count, open < XMLRoot.reach {
      switch head[open + 1] {
      case UInt8(ascii: "?"):
        guard let end = XMLRoot.end(of: "?>", in: head, from: open) else { return nil }
        position = end
      case UInt8(ascii: "!") where head[open...].starts(with: "<!--".utf8):
        guard let end = XMLRoot.end(of: "-->", in: head, from: open + 4) else { return nil }
        position = end
      case UInt8(ascii: "!"):
        guard let end = XMLRoot.endOfDocumentType(in: head, from: open) else { return nil }
        position = end
      default:
        let tag = head[(open + 1)...].prefix { $0 != UInt8(ascii: ">") }
        let name = tag.prefix { !JSONScan.isBlank($0) && $0 != UInt8(ascii: "/") }
        let words = String(decoding: name, as: UTF8.self)
        self.name = words.split(separator: ":").last.map(String.init) ?? words
        attributes = String(decoding: tag.dropFirst(name.count), as: UTF8.self)
        return
      }
    }
    return nil
  }

  private static func end(of mark: String, in head: [UInt8], from start: Int) -> Int? {
    let mark = Array(mark.utf8)
    guard start + mark.count <= head.count else { return nil }
    return (start...head.count - mark.count).first { head[$0..<$0 + mark.count].elementsEqual(mark) }.map {
      $0 + mark.count
    }
  }

  /// Behind the `>` that is neither quoted nor within brackets.
  private static func endOfDocumentType(in head: [UInt8], from start: Int) -> Int? {
    var quote: UInt8?
    var depth = 0
    for index in start..<head.count {
      let byte = head[index]
      if let open = quote {
        if byte == open { quote = nil }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ">") where depth == 0: return index + 1
      default: break
      }
    }
    return nil
  }
}
