import Model

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
  package var csv: String { CSVText.text([columns.map(Optional.some)] + rows) }

  /// A list of objects with the columns as members.
  package var json: JSON {
    .list(
      rows.map { row in
        .object(Dictionary(zip(columns, row.map(JSON.init)), uniquingKeysWith: { first, _ in first }))
      })
  }
}
