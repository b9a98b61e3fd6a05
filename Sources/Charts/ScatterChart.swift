/// Single values over time, with the band in which most of them lie.
package struct ScatterChart: Sendable {
  package struct Dot: Sendable {
    /// From the left, in columns: 2.5 is the middle of the third.
    package var column: Double
    package var value: Double
    package var name: String
    package init(column: Double, value: Double, name: String) {
      (self.column, self.value, self.name) = (column, value, name)
    }
  }

  package var caption: Caption
  package var unit: String
  package var labels: [String]
  package var dots: [Dot]
  /// From half of the values to nine of ten; `nil` where there are too few to say it.
  package var band: (half: Double, most: Double)?

  package init(
    _ caption: Caption, unit: String, labels: [String], dots: [Dot], band: (half: Double, most: Double)? = nil
  ) {
    (self.caption, self.unit, self.labels, self.dots, self.band) = (caption, unit, labels, dots, band)
  }

  package var svg: String {
    let values = dots.compactMap { drawable($0.value) }
    let frame = Frame(
      Ticks(values.min() ?? 0, values.max() ?? 1, fromZero: true), labels: labels, legend: 0)
    var drawing = Drawing(caption, kind: "dots", width: Frame.width, height: frame.height)
    frame.draw(unit: unit, into: &drawing)
    if let band {
      drawing.rectangle(
        "chart-band", x: frame.left, y: frame.y(band.most), width: frame.right - frame.left,
        height: max(0.5, frame.y(band.half) - frame.y(band.most)))
      drawing.line("chart-half", (frame.left, frame.y(band.half)), (frame.right, frame.y(band.half)))
      drawing.text("half", at: (frame.right, frame.y(band.half) + 13), anchor: "end")
      drawing.text("nine of ten", at: (frame.right, frame.y(band.most) - 4), anchor: "end")
    }
    for dot in dots {
      guard let value = drawable(dot.value) else { continue }
      drawing.circle(
        "chart-dot", at: (frame.left + dot.column * frame.columnWidth, frame.y(value)), radius: 3.5,
        title: dots.count <= 200 ? "\(dot.name): \(plainNumber(dot.value))" : nil)
    }
    if dots.isEmpty { frame.drawNothing(into: &drawing) }
    return drawing.svg
  }
}
