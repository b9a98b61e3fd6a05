/// Counts in rows and columns: the more, the larger the square.
package struct HeatMap: Sendable {
  package var caption: Caption
  package var rows: [String]
  package var columns: [String]
  /// By row, then column.
  package var counts: [[Int]]
  /// What each cell is called, likewise; empty to call it by its row and column.
  package var names: [[String]] = []

  package init(_ caption: Caption, rows: [String], columns: [String], counts: [[Int]]) {
    (self.caption, self.rows, self.columns, self.counts) = (caption, rows, columns, counts)
  }

  package var svg: String {
    let left = 12 + 7 * Double(rows.map(\.unicodeScalars.count).max() ?? 0)
    let cell = (Frame.width - left) / Double(max(1, columns.count))
    var drawing = Drawing(caption, kind: "heat", width: Frame.width, height: 22 + cell * Double(rows.count))
    let most = counts.joined().max() ?? 0
    let widest = Double(columns.map(\.unicodeScalars.count).max() ?? 1) * 7 + 4
    let step = max(1, Int((widest / cell).rounded(.up)))
    for column in stride(from: 0, to: columns.count, by: step) {
      drawing.text(columns[column], at: (left + (Double(column) + 0.5) * cell, 12), anchor: "middle")
    }
    let rowStep = max(1, Int((13 / cell).rounded(.up)))
    for (row, name) in rows.enumerated() {
      let y = 18 + Double(row) * cell
      if row % rowStep == 0 { drawing.text(name, at: (0, y + cell / 2 + 4)) }
      for column in columns.indices {
        let count = counts[row][column]
        let x = left + Double(column) * cell
        drawing.rectangle("chart-cell", x: x + 0.5, y: y + 0.5, width: cell - 1, height: cell - 1)
        guard count > 0 else { continue }
        // The area says how many, so that it can be told without colour.
        let side = (cell - 1) * max(0.3, (Double(count) / Double(most)).squareRoot())
        drawing.rectangle(
          "chart-heat", x: x + (cell - side) / 2, y: y + (cell - side) / 2, width: side, height: side,
          title: "\(names.isEmpty ? "\(name), \(columns[column])" : names[row][column]): \(count)")
      }
    }
    return drawing.svg
  }
}
