import Model

/// The lines of a calendar file.
///
/// - Source: RFC 5545 §3.1: CRLF, and lines longer than 75 octets folded; no character is broken.
struct ContentLines {
  private(set) var bytes: [UInt8] = []

  /// A line whose value stands as it is.
  mutating func add(_ name: String, _ value: String) {
    let start = begin(name)
    append(value, isEscaped: false)
    end(from: start)
  }

  /// - Source: RFC 5545 §3.3.11.
  mutating func add(_ name: String, text: String) { add(name, texts: [text]) }

  mutating func add(_ name: String, texts: [String]) {
    guard !texts.isEmpty else { return }
    let start = begin(name)
    for index in texts.indices {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(texts[index], isEscaped: true)
    }
    end(from: start)
  }

  private mutating func begin(_ name: String) -> Int {
    let start = bytes.count
    append(name, isEscaped: false)
    bytes.append(UInt8(ascii: ":"))
    return start
  }

  private mutating func append(_ text: String, isEscaped: Bool) {
    var text = text
    text.withUTF8 { source in
      for index in source.indices {
        let byte = source[index]
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: ";"), UInt8(ascii: ","):
          if isEscaped { bytes.append(UInt8(ascii: "\\")) }
          bytes.append(byte)
        case UInt8(ascii: "\n") where isEscaped: bytes += "\\n".utf8
        case UInt8(ascii: "\t"): bytes.append(byte)
        // Another control character would end the line for some readers.
        case 0..<0x20, 0x7F: break
        default: bytes.append(byte)
        }
      }
    }
  }

  private mutating func end(from start: Int) {
    if bytes.count - start > 75 { fold(from: start) }
    bytes += "\r\n".utf8
  }

  private mutating func fold(from start: Int) {
    let line = Array(bytes[start...])
    bytes.removeLast(line.count)
    var begin = 0
    var room = 75
    while line.count - begin > room {
      var end = begin + room
      while line[end] & 0xC0 == 0x80 { end -= 1 }
      bytes += line[begin..<end]
      bytes += "\r\n ".utf8
      (begin, room) = (end, 74)
    }
    bytes += line[begin...]
  }

  // MARK: Times

  /// Such as `20261102`.
  static func text(_ date: CivilDate) -> String {
    let (year, month, day) = date.yearMonthDay
    return padded(year, to: 4) + padded(month, to: 2) + padded(day, to: 2)
  }

  /// Such as `20261102T090000`.
  static func text(_ date: CivilDate, secondOfDay: Int) -> String {
    text(date) + "T" + padded(secondOfDay / 3600, to: 2) + padded(secondOfDay / 60 % 60, to: 2)
      + padded(secondOfDay % 60, to: 2)
  }

  /// Such as `20261102T090000Z`.
  static func text(_ moment: Moment) -> String {
    let date = moment.utcDate
    return text(date, secondOfDay: moment.seconds - date.dayNumber * 86_400) + "Z"
  }
}
