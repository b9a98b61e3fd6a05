import Model

/// The lines of a calendar file.
///
/// - Source: RFC 5545 §3.1: CRLF, and lines longer than 75 octets folded; no character is broken.
struct ContentLines {
  private(set) var bytes: [UInt8] = []

  /// A line whose value stands as it is.
  mutating func add(_ name: String, _ value: String) {
    var room = 75
    for scalar in (name + ":" + value).unicodeScalars {
      // A control character would end the line for some readers.
      guard scalar.value >= 0x20 || scalar == "\t", scalar.value != 0x7F else { continue }
      let width = UTF8.width(scalar)
      if width > room {
        bytes += [13, 10, 32]
        room = 74
      }
      room -= width
      bytes.append(contentsOf: String(scalar).utf8)
    }
    bytes += [13, 10]
  }

  /// - Source: RFC 5545 §3.3.11.
  mutating func add(_ name: String, text: String) { add(name, ContentLines.escaped(text)) }

  mutating func add(_ name: String, texts: [String]) {
    guard !texts.isEmpty else { return }
    add(name, texts.map(ContentLines.escaped).joined(separator: ","))
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case ";": escaped += "\\;"
      case ",": escaped += "\\,"
      case "\n": escaped += "\\n"
      case "\r": break
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
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
