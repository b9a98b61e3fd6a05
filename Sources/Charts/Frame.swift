/// The axes of a chart: round ticks on the left, labels below, a legend where there are several lines.
struct Frame {
  static let width = 440.0
  private static let plotHeight = 170.0
  private static let top = 26.0

  let ticks: Ticks
  let labels: [String]
  let left: Double
  let right = Frame.width - 8
  let height: Double

  init(_ ticks: Ticks, labels: [String], legend: Int) {
    (self.ticks, self.labels) = (ticks, labels)
    let widest = ticks.values.map { plainNumber($0).unicodeScalars.count }.max() ?? 1
    left = min(120, 14 + 7 * Double(widest))
    height = Frame.top + Frame.plotHeight + 26 + (legend > 1 ? 18 * Double(legend) : 0)
  }

  var bottom: Double { Frame.top + Frame.plotHeight }

  func y(_ value: Double) -> Double { bottom - ticks.share(of: value) * Frame.plotHeight }

  /// The middle of a column.
  func x(_ index: Int) -> Double { left + (Double(index) + 0.5) * columnWidth }

  var columnWidth: Double { (right - left) / Double(max(1, labels.count)) }

  func draw(unit: String, into drawing: inout Drawing) {
    if !unit.isEmpty { drawing.text(unit, at: (0, 12)) }
    for tick in ticks.values {
      drawing.line(tick == 0 ? "chart-zero" : "chart-grid", (left, y(tick)), (right, y(tick)))
      drawing.text(plainNumber(tick), at: (left - 6, y(tick) + 4), anchor: "end")
    }
    let widest = Double(labels.map(\.unicodeScalars.count).max() ?? 1) * 7 + 12
    let step = max(1, Int((widest / columnWidth).rounded(.up)))
    for index in stride(from: (labels.count - 1) % step, to: labels.count, by: step) {
      let isFirst = x(index) - widest / 2 < 0
      let isLast = x(index) + widest / 2 > Frame.width
      drawing.text(
        labels[index], at: (isLast ? Frame.width : isFirst ? left : x(index), bottom + 17),
        anchor: isLast ? "end" : isFirst ? "start" : "middle")
    }
  }

  /// - Parameter mark: Draws the sign of a line at a place.
  func drawLegend(
    _ names: [String], into drawing: inout Drawing, mark: (Int, (Double, Double), inout Drawing) -> Void
  ) {
    guard names.count > 1 else { return }
    for (index, name) in names.enumerated() {
      let y = bottom + 26 + 18 * Double(index) + 8
      mark(index, (left, y), &drawing)
      drawing.text(name, at: (left + 30, y + 4))
    }
  }

  func drawNothing(into drawing: inout Drawing) {
    drawing.text("No data", at: ((left + right) / 2, (Frame.top + bottom) / 2), anchor: "middle")
  }
}
