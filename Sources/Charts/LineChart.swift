/// One or more lines over the same columns; what is not known is a gap.
package struct LineChart: Sendable {
  package var caption: Caption
  package var unit: String
  /// Of the columns.
  package var labels: [String]
  package var lines: [(name: String, values: [Double?])]
  /// The columns that are not over yet.
  package var unfinished: Set<Int> = []
  /// A line that the values are held against.
  package var objective: Double?
  /// What else happened in some of the columns, in words.
  package var marks: [Int: String] = [:]

  package init(_ caption: Caption, unit: String, labels: [String], lines: [(name: String, values: [Double?])]) {
    (self.caption, self.unit, self.labels, self.lines) = (caption, unit, labels, lines)
  }

  /// Beyond it points are too close to be told apart, and the line has to do.
  static let mostPoints = 60

  package var svg: String {
    let values = lines.flatMap(\.values).compactMap(drawable) + (objective.map { [$0] } ?? [])
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    // An axis begins at zero unless that would press everything into a stripe at its top.
    let ticks = Ticks(low, high, fromZero: low <= 0 || low < high / 2)
    let frame = Frame(ticks, labels: labels, legend: lines.count)
    var drawing = Drawing(caption, kind: "lines", width: Frame.width, height: frame.height)
    frame.draw(unit: unit, into: &drawing)
    if let objective {
      drawing.line("chart-objective", (frame.left, frame.y(objective)), (frame.right, frame.y(objective)))
      // At the end that the line is farther away from.
      let ends = lines.first.map { line in [line.values.compactMap { $0 }.first, line.values.compactMap { $0 }.last] }
      let distances = (ends ?? []).map { abs(($0 ?? objective) - objective) }
      let isLeft = distances.count == 2 && distances[0] > distances[1]
      drawing.text(
        "objective", at: (isLeft ? frame.left : frame.right, frame.y(objective) - 4), anchor: isLeft ? "start" : "end")
    }
    for (column, name) in marks.sorted(by: { $0.key < $1.key }) {
      drawing.triangle("chart-mark", at: (frame.x(column), frame.bottom), title: name)
    }
    for (place, line) in lines.enumerated() { draw(line, place, frame, into: &drawing) }
    if lines.allSatisfy({ $0.values.allSatisfy { $0 == nil } }) { frame.drawNothing(into: &drawing) }
    frame.drawLegend(lines.map(\.name), into: &drawing) { index, at, drawing in
      drawing.line("chart-line chart-line-\(index % 4 + 1)", at, (at.0 + 22, at.1))
    }
    return drawing.svg
  }

  private func draw(
    _ line: (name: String, values: [Double?]), _ place: Int, _ frame: Frame, into drawing: inout Drawing
  ) {
    let style = place % 4 + 1
    var run: [(Double, Double)] = []
    func finish() {
      if run.count > 1 { drawing.path("chart-line chart-line-\(style)", through: run) }
      run = []
    }
    for (index, value) in line.values.enumerated() {
      guard let value = drawable(value) else {
        finish()
        continue
      }
      run.append((frame.x(index), frame.y(value)))
    }
    finish()
    let isSparse = labels.count <= LineChart.mostPoints
    for (index, value) in line.values.enumerated() {
      guard let value = drawable(value) else { continue }
      let isAlone =
        (index == 0 || line.values[index - 1] == nil)
        && (index + 1 == line.values.count || line.values[index + 1] == nil)
      guard isSparse || isAlone else { continue }
      let isOpen = unfinished.contains(index)
      drawing.circle(
        "chart-point chart-point-\(style)" + (isOpen ? " chart-open" : ""), at: (frame.x(index), frame.y(value)),
        radius: 3, title: "\(labels[index]): \(plainNumber(value))" + (isOpen ? ", not over yet" : ""))
    }
  }
}
