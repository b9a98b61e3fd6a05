/// Facts in rows, for a spreadsheet or a program.
package struct Table: Hashable, Sendable {
  /// Also its name as a file, without the ending.
  package var name: String
  package var columns: [String]
  /// A value for each column; `nil` where nothing is known.
  package var rows: [[String?]]

  package init(_ name: String, columns: [String], rows: [[String?]]) {
    (self.name, self.columns, self.rows) = (name, columns, rows)
  }

  /// One line a row, the names of the columns first.
  ///
  /// A cell that a spreadsheet would take for a formula has an apostrophe before it.
  /// - Source: RFC 4180.
  package var csv: String {
    var text = ""
    for row in [columns] + rows {
      text += row.map { Table.cell($0 ?? "") }.joined(separator: ",") + "\r\n"
    }
    return text
  }

  private static func cell(_ value: String) -> String {
    var value = value
    if let first = value.utf8.first, "=+-@\t\r".utf8.contains(first) { value = "'" + value }
    guard value.utf8.contains(where: { "\",\r\n".utf8.contains($0) }) || value.hasPrefix(" ") || value.hasSuffix(" ")
    else {
      return value
    }
    return "\"" + value.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// A list of objects with the columns as members.
  package var json: JSON {
    .list(
      rows.map { row in
        .object(Dictionary(zip(columns, row.map(JSON.init)), uniquingKeysWith: { first, _ in first }))
      })
  }
}
