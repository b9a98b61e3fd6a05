/// Cells in rows as text that spreadsheets read.
///
/// - Source: RFC 4180.
package enum CSVText {
  /// One line a row, each with its line end. A cell that a spreadsheet would take for a formula has an apostrophe
  /// before it; `nil` is an empty cell.
  package static func text(_ rows: some Sequence<[String?]>) -> String {
    var text = ""
    for row in rows { text += row.map { cell($0 ?? "") }.joined(separator: ",") + "\r\n" }
    return text
  }

  /// - Parameter isNumber: Whether it is one, so that a minus is no formula.
  package static func cell(_ value: String, isNumber: Bool = false) -> String {
    var value = value
    if !isNumber, let first = value.utf8.first, "=+-@\t\r".utf8.contains(first) { value = "'" + value }
    guard value.utf8.contains(where: { "\",\r\n".utf8.contains($0) }) || value.hasPrefix(" ") || value.hasSuffix(" ")
    else {
      return value
    }
    return "\"" + value.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
