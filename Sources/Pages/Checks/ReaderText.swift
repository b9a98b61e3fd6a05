/// What a reader gets to see of a file: markup, escapes and folded lines undone, as bytes of UTF-8.
struct ReaderText {
  /// Running texts and values, each parted from the next by a line end.
  private(set) var bytes: [UInt8] = []

  /// - Parameter path: The file's path in the site; its ending says how it is read.
  init(of file: [UInt8], path: String) {
    let ending = path.utf8.lastIndex(of: UInt8(ascii: ".")).map { path[path.index(after: $0)...].lowercased() } ?? ""
    switch ending {
    case "html", "htm", "xml", "atom", "svg", "xhtml", "rss": appendMarkup(file, depth: 0)
    case "json", "js", "map": appendStrings(of: file)
    case "ics": appendMarkup(ReaderText.unfolded(file), depth: 0)
    case "md", "txt", "csv", "css":
      appendMarkup(file, depth: 0)
      appendWithoutBackslashes(file)
    default:
      bytes = file
      // Texts in pictures are often UTF-16, which is ASCII with zeros between.
      bytes.append(UInt8(ascii: "\n"))
      bytes.append(contentsOf: file.lazy.filter { $0 != 0 })
    }
  }

  /// A text outside any file, such as a file's name.
  init(of text: String) {
    bytes = Array(text.utf8)
    appendUnescaped(bytes[...])
  }

  // MARK: HTML and XML

  /// Texts without tags and with entities decoded, then the values of attributes and the comments. What still looks
  /// like markup, as in a feed, is read once more.
  private mutating func appendMarkup(_ source: [UInt8], depth: Int) {
    let (text, values) = source.withUnsafeBufferPointer { Markup.parts(of: $0) }
    for part in [text, values] {
      bytes.append(contentsOf: part)
      bytes.append(UInt8(ascii: "\n"))
      if part.contains(UInt8(ascii: "%")) { appendUnescaped(part[...]) }
      if depth < 2, part.contains(UInt8(ascii: "<")) || part.contains(UInt8(ascii: "&")) {
        appendMarkup(part, depth: depth + 1)
      }
    }
  }

  /// The bytes with `%hh`, and `~hh` of file names, decoded.
  private mutating func appendUnescaped(_ source: ArraySlice<UInt8>) {
    var index = source.startIndex
    while index < source.endIndex {
      let byte = source[index]
      if byte == UInt8(ascii: "%") || byte == UInt8(ascii: "~"), index + 2 < source.endIndex,
        let high = hexDigit(source[index + 1]), let low = hexDigit(source[index + 2])
      {
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(byte)
        index += 1
      }
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func appendWithoutBackslashes(_ source: [UInt8]) {
    guard source.contains(UInt8(ascii: "\\")) else { return }
    bytes.append(contentsOf: source.lazy.filter { $0 != UInt8(ascii: "\\") })
    bytes.append(UInt8(ascii: "\n"))
  }

  // MARK: JSON

  /// Every string literal, decoded; those that look like markup also as markup.
  private mutating func appendStrings(of source: [UInt8]) {
    var index = 0
    var string: [UInt8] = []
    while index < source.count {
      guard source[index] == UInt8(ascii: "\"") else {
        index += 1
        continue
      }
      string.removeAll(keepingCapacity: true)
      index = source.withUnsafeBufferPointer { decodeString($0, from: index + 1, into: &string) }
      bytes.append(contentsOf: string)
      bytes.append(UInt8(ascii: "\n"))
      if string.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "%") }) {
        appendMarkup(string, depth: 1)
      }
    }
  }

  /// - Returns: The place after the closing quotation mark.
  private func decodeString(_ source: UnsafeBufferPointer<UInt8>, from start: Int, into string: inout [UInt8]) -> Int {
    var index = start
    while index < source.count, source[index] != UInt8(ascii: "\"") {
      guard source[index] == UInt8(ascii: "\\"), index + 1 < source.count else {
        let start = index
        index += 1
        while index < source.count, source[index] != UInt8(ascii: "\""), source[index] != UInt8(ascii: "\\") {
          index += 1
        }
        string.append(contentsOf: UnsafeBufferPointer(rebasing: source[start..<index]))
        continue
      }
      index += 1
      switch source[index] {
      case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"): string.append(UInt8(ascii: " "))
      case UInt8(ascii: "u"):
        guard var value = hex4(source, at: index + 1) else { break }
        index += 4
        if value >> 10 == 0x36, index + 2 < source.count, source[index + 1] == UInt8(ascii: "\\"),
          let low = hex4(source, at: index + 3), low >> 10 == 0x37
        {
          value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
          index += 6
        }
        if let scalar = Unicode.Scalar(value) {
          string.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
      default: string.append(source[index])
      }
      index += 1
    }
    return index + 1
  }

  private func hex4(_ source: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt32? {
    guard start + 4 <= source.count else { return nil }
    var value: UInt32 = 0
    for byte in source[start..<start + 4] {
      guard let digit = hexDigit(byte) else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  // MARK: iCalendar

  /// Lines joined that were folded, and `\n`, `\,`, `\;` decoded.
  /// - Source: RFC 5545 §3.1 and §3.3.11.
  private static func unfolded(_ source: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < source.count {
      let byte = source[index]
      if byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") {
        let next =
          byte == UInt8(ascii: "\r") && index + 1 < source.count && source[index + 1] == UInt8(ascii: "\n")
          ? index + 2 : index + 1
        if next < source.count, source[next] == UInt8(ascii: " ") || source[next] == UInt8(ascii: "\t") {
          index = next + 1
          continue
        }
        result.append(UInt8(ascii: "\n"))
        index = next
      } else if byte == UInt8(ascii: "\\"), index + 1 < source.count {
        let next = source[index + 1]
        result.append(next == UInt8(ascii: "n") || next == UInt8(ascii: "N") ? UInt8(ascii: " ") : next)
        index += 2
      } else {
        result.append(byte)
        index += 1
      }
    }
    return result
  }
}

func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 0x30...0x39: byte - 0x30
  case 0x41...0x46: byte - 0x37
  case 0x61...0x66: byte - 0x57
  default: nil
  }
}
