/// A line as small as a word, without axes.
package struct Sparkline: Sendable {
  package var caption: Caption
  package var values: [Double?]

  package init(_ caption: Caption, values: [Double?]) {
    (self.caption, self.values) = (caption, values)
  }

  package var svg: String {
    let (width, height) = (120.0, 28.0)
    var drawing = Drawing(caption, kind: "spark", width: width, height: height)
    let known = values.compactMap(drawable)
    let (low, high) = (min(0, known.min() ?? 0), known.max() ?? 1)
    func place(_ index: Int, _ value: Double) -> (Double, Double) {
      let share = high / 2 - low / 2 == 0 ? 0 : (value / 2 - low / 2) / (high / 2 - low / 2)
      return (3 + (width - 6) * (Double(index) + 0.5) / Double(max(1, values.count)), height - 4 - share * (height - 8))
    }
    var run: [(Double, Double)] = []
    for (index, value) in (values + [nil]).enumerated() {
      if let value = drawable(value) {
        run.append(place(index, value))
      } else {
        if run.count > 1 { drawing.path("chart-line chart-line-1", through: run) }
        if run.count == 1 { drawing.circle("chart-point chart-point-1", at: run[0], radius: 1.5) }
        run = []
      }
    }
    return drawing.svg
  }
}
