/// Cells in rows as text that spreadsheets read.
///
/// - Source: RFC 4180.
package enum CSVText {
  /// One line a row, each with its line end. A cell that a spreadsheet would take for a formula has an apostrophe
  /// before it; `nil` is an empty cell.
  package static func text(_ rows: some Sequence<[String?]>) -> String {
    var text = ""
    for row in rows {
      for (place, value) in row.enumerated() {
        if place > 0 { text += "," }
        if let value { text += cell(value) }
      }
      text += "\r\n"
    }
    return text
  }

  /// - Parameter isNumber: Whether it is one, so that a minus is no formula.
  package static func cell(_ value: String, isNumber: Bool = false) -> String {
    guard let first = value.utf8.first else { return value }
    var value = value
    switch first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D:
      if !isNumber { value = "'" + value }
    default: break
    }
    guard needsMarks(value) else { return value }
    // By bytes, for a mark may be part of a larger character.
    var marked = [UInt8(ascii: "\"")]
    for byte in value.utf8 {
      if byte == UInt8(ascii: "\"") { marked.append(byte) }
      marked.append(byte)
    }
    marked.append(UInt8(ascii: "\""))
    return String(decoding: marked, as: UTF8.self)
  }

  private static func needsMarks(_ value: String) -> Bool {
    let blank = UInt8(ascii: " ")
    return value.utf8.first == blank || value.utf8.last == blank
      || value.utf8.contains { byte in
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: ","), 0x0D, 0x0A: true
        default: false
        }
      }
  }
}
