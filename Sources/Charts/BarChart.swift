/// Bars over columns, side by side or on top of each other; told apart by patterns as well as by colour.
package struct BarChart: Sendable {
  package var caption: Caption
  package var unit: String
  package var labels: [String]
  package var series: [(name: String, values: [Double?])]
  package var isStacked: Bool
  package var unfinished: Set<Int> = []

  package init(
    _ caption: Caption, unit: String, labels: [String], series: [(name: String, values: [Double?])],
    isStacked: Bool = false
  ) {
    (self.caption, self.unit, self.labels, self.series) = (caption, unit, labels, series)
    self.isStacked = isStacked
  }

  package var svg: String {
    let heights: [Double] =
      isStacked
      ? labels.indices.map { column in series.reduce(0) { $0 + max(0, drawable($1.values[column]) ?? 0) } }
      : series.flatMap(\.values).compactMap(drawable)
    let ticks = Ticks(heights.min() ?? 0, heights.max() ?? 1, fromZero: true)
    let frame = Frame(ticks, labels: labels, legend: series.count)
    var drawing = Drawing(caption, kind: "bars", width: Frame.width, height: frame.height)
    drawPatterns(into: &drawing)
    frame.draw(unit: unit, into: &drawing)
    let whole = frame.columnWidth * (frame.columnWidth > 4 ? 0.76 : 1)
    let width = isStacked ? whole : whole / Double(max(1, series.count))
    for column in labels.indices {
      var base = 0.0
      for (place, entry) in series.enumerated() {
        guard let value = drawable(entry.values[column]) else { continue }
        let (low, high) = isStacked ? (base, base + max(0, value)) : (min(0, value), max(0, value))
        if isStacked { base = high }
        guard high > low else { continue }
        let x = frame.x(column) - whole / 2 + (isStacked ? 0 : Double(place) * width)
        let title = (series.count > 1 ? "\(entry.name), " : "") + "\(labels[column]): \(plainNumber(value))"
        drawing.add(
          bar(
            place, x: x, y: frame.y(high), width: width, height: frame.y(low) - frame.y(high),
            isOpen: unfinished.contains(column), title: labels.count <= LineChart.mostPoints ? title : nil))
      }
    }
    if series.allSatisfy({ $0.values.allSatisfy { $0 == nil } }) { frame.drawNothing(into: &drawing) }
    frame.drawLegend(series.map(\.name), into: &drawing) { index, at, drawing in
      drawing.add(bar(index, x: at.0, y: at.1 - 6, width: 22, height: 12, isOpen: false, title: nil))
    }
    return drawing.svg
  }

  private func bar(
    _ place: Int, x: Double, y: Double, width: Double, height: Double, isOpen: Bool, title: String?
  ) -> String {
    let style = place % 4 + 1
    let fill = style == 1 ? "" : " fill=\"url(#\(caption.id)-p\(style))\""
    let look = "chart-bar chart-bar-\(style)" + (isOpen ? " chart-open" : "")
    let size = "x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" height=\"\(number(max(0.5, height)))\""
    let open = isOpen ? ", not over yet" : ""
    return "<rect class=\"\(look)\"\(fill) \(size)"
      + (title.map { "><title>\(escaped($0 + open))</title></rect>" } ?? "/>")
  }

  /// Strokes, dots and crossed strokes for the second to the fourth.
  private func drawPatterns(into drawing: inout Drawing) {
    let shapes = ["M0 6L6 0", "M2 3h2", "M0 6L6 0M0 0L6 6"]
    for (index, shape) in shapes.prefix(max(0, series.count - 1)).enumerated() {
      drawing.add(
        "<pattern id=\"\(caption.id)-p\(index + 2)\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
          + "<path class=\"chart-hatch chart-hatch-\(index + 2)\" d=\"\(shape)\"/></pattern>")
    }
  }
}
