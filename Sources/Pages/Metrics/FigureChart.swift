import Charts
import Metrics
import Model

/// A figure as a picture.
struct FigureChart {
  let figure: Figure
  let scale: BucketScale
  let zone: Zone
  /// Begins the ids of its elements.
  let id: String

  private var labels: [String] { scale.buckets.map(\.label) }
  private var unfinished: Set<Int> { Set(scale.buckets.indices.filter { scale.buckets[$0].isUnfinished }) }

  private var chartScale: ChartScale {
    let values = figure.lines.flatMap(\.points).compactMap(\.value) + figure.dots.map(\.value)
    return ChartScale(figure.unit, most: values.map(abs).max() ?? 0)
  }

  var svg: String {
    let chartScale = chartScale
    let lines = figure.lines.map { line in
      (name: line.name, values: line.points.map { $0.value.map(chartScale.shown) })
    }
    switch figure.shape {
    case .line:
      var chart = LineChart(caption, unit: chartScale.name, labels: labels, lines: lines)
      chart.unfinished = unfinished
      chart.objective = figure.objective.map(chartScale.shown)
      if figure.marksReleases, let points = figure.lines.first?.points {
        for (column, point) in points.enumerated() where !point.releases.isEmpty {
          chart.marks[column] =
            "\(labels[column]): \(Wording.count(point.releases.count, "release", "releases"))"
        }
      }
      return chart.svg
    case .bars, .stacked:
      var chart = BarChart(
        caption, unit: chartScale.name, labels: labels, series: lines, isStacked: figure.shape == .stacked)
      chart.unfinished = unfinished
      return chart.svg
    case .dots:
      let dots = figure.dots.compactMap { dot in
        column(of: dot.at).map {
          ScatterChart.Dot(
            column: $0, value: chartScale.shown(dot.value),
            name: "\(dot.release), \(Dates.short(zone.local(of: dot.at).date))")
        }
      }
      let totals = figure.totals.prefix(2).compactMap(\.value)
      return ScatterChart(
        caption, unit: chartScale.name, labels: labels, dots: dots,
        band: totals.count == 2 ? (chartScale.shown(totals[0]), chartScale.shown(totals[1])) : nil
      ).svg
    }
  }

  private func column(of moment: Moment) -> Double? {
    let date = zone.local(of: moment).date
    guard let index = scale.index(of: date) else { return nil }
    let days = scale.size == .quarter ? 92.0 : scale.size == .month ? 31 : 7
    return Double(index) + min(0.999, Double(date.dayNumber - scale.buckets[index].start.dayNumber) / days)
  }

  private var caption: Caption {
    Caption(id: id, title: figure.title, description: description)
  }

  /// What the picture shows, in words.
  var description: String {
    var sentences: [String] = []
    if let first = scale.buckets.first, let last = scale.buckets.last, !figure.isEmpty {
      let kind = figure.shape == .dots ? "Single values" : figure.shape == .line ? "Line" : "Bars"
      sentences.append("\(kind) over \(scale.size.words(scale.count)), \(first.label) to \(last.label).")
    }
    for line in figure.lines {
      let known = line.points.enumerated().compactMap { index, point in point.value.map { (index, $0) } }
      guard let low = known.min(by: { $0.1 < $1.1 }), let high = known.max(by: { $0.1 < $1.1 }), let last = known.last
      else {
        sentences.append("\(line.name): no \(scale.size.rawValue) has enough data.")
        continue
      }
      var words = "\(line.name): lowest \(figure.unit.words(low.1)) in \(labels[low.0]), "
      words += "highest \(figure.unit.words(high.1)) in \(labels[high.0]), "
      words += "last \(figure.unit.words(last.1)) in \(labels[last.0])"
      let gaps = line.points.count - known.count
      sentences.append(words + (gaps > 0 ? "; \(scale.size.words(gaps)) without a value." : "."))
    }
    if let last = scale.buckets.last, last.isUnfinished {
      sentences.append("\(last.label) is not over yet.")
    }
    return sentences.joined(separator: " ")
  }

  /// Its days as a calendar, a week a column; `nil` where it has none.
  ///
  /// - Parameter last: The last day.
  func calendar(to last: CivilDate) -> String? {
    guard !figure.days.isEmpty else { return nil }
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let start = last + -364
    let monday = start + (1 - start.isoWeekday)
    let weeks = (last.dayNumber - monday.dayNumber) / 7 + 1
    let counts = Dictionary(figure.days.map { ($0.date, $0.count) }, uniquingKeysWith: +)
    func day(_ row: Int, _ week: Int) -> CivilDate { monday + (week * 7 + row) }
    var map = HeatMap(
      Caption(
        id: id + "-days", title: "\(figure.title), day by day",
        description: Wording.count(figure.days.count, "day has", "days have")
          + " some in the year to \(last.words); the most on one day: \(figure.days.map(\.count).max() ?? 0)."),
      rows: names, columns: (0..<weeks).map { String(Dates.short(day(0, $0)).dropLast(5)) },
      counts: (0..<7).map { row in (0..<weeks).map { counts[day(row, $0)] ?? 0 } })
    map.names = (0..<7).map { row in (0..<weeks).map { "\(names[row]) \(Dates.short(day(row, $0)))" } }
    return map.svg
  }

  /// The first line alone, as small as a word.
  var sparkline: String? {
    guard let line = figure.lines.first, line.points.contains(where: { $0.value != nil }) else { return nil }
    return Sparkline(caption, values: line.points.map(\.value)).svg
  }
}
