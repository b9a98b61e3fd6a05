import Charts
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Charts")
struct ChartTests {
  private let caption = Caption(id: "x", title: "Lead <time>", description: "Falls & rises.")
  private static let golden = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

  /// Compares with a file; `GAZETTE_RECORD=1` writes it.
  private func expect(_ svg: String, is name: String) throws {
    let file = Self.golden.appending(path: name + ".svg")
    if ProcessInfo.processInfo.environment["GAZETTE_RECORD"] == "1" {
      try Data(svg.utf8).write(to: file)
    } else {
      #expect(svg == String(decoding: try Data(contentsOf: file), as: UTF8.self), "\(name)")
    }
  }

  /// The markup without what would be no XML.
  private func parses(_ svg: String) -> Bool { XMLParser(data: Data(svg.utf8)).parse() }

  @Test("each kind of chart is as it was") func golden() throws {
    var lines = LineChart(
      caption, unit: "days", labels: ["2026-01", "2026-02", "2026-03", "2026-04"],
      lines: [("Half within", [3, nil, 2.5, 4]), ("Nine of ten within", [8, nil, nil, 9])])
    lines.unfinished = [3]
    lines.objective = 5
    lines.marks = [1: "1.0.0", 3: "1.1.0"]
    try expect(lines.svg, is: "lines")
    var bars = BarChart(caption, unit: "", labels: ["Q1", "Q2"], series: [("Deployments", [4, 0])])
    bars.unfinished = [1]
    try expect(bars.svg, is: "bars")
    try expect(
      BarChart(
        caption, unit: "", labels: ["Q1", "Q2"], series: [("Passed", [4, 3]), ("Failed", [1, nil])], isStacked: true
      ).svg, is: "stacked")
    try expect(
      ScatterChart(
        caption, unit: "hours", labels: ["Q1", "Q2"],
        dots: [.init(column: 0.5, value: 3, name: "1.0.0"), .init(column: 1.25, value: 9, name: "1.1.0")],
        band: (3, 8)
      ).svg, is: "dots")
    try expect(
      HeatMap(
        caption, rows: ["Monday", "Tuesday"], columns: ["0", "6", "12", "18"], counts: [[0, 1, 4, 0], [0, 0, 2, 0]]
      )
      .svg, is: "heat")
    try expect(Sparkline(caption, values: [1, 2, nil, 4, 3]).svg, is: "spark")
  }

  @Test(
    "whatever the values, the picture stays inside of its frame and is well-formed",
    arguments: [
      [], [nil], [5], [0], [-3], [2, 2, 2], [-1, 4], [1e300, -1e300], [1.7e308], [1e-12, 2e-12], [nil, 3, nil],
      [90.32999999999997, 90.32999999999998], [.leastNonzeroMagnitude], [.leastNonzeroMagnitude, 2.3e-308],
      [Double.infinity, 1], (0..<1000).map { Double($0 % 17) },
    ] as [[Double?]])
  func extremes(values: [Double?]) {
    let labels = values.indices.map { "\($0)" }
    let pictures = [
      LineChart(caption, unit: "", labels: labels, lines: [("a", values)]).svg,
      BarChart(caption, unit: "", labels: labels, series: [("a", values), ("b", values)]).svg,
      BarChart(caption, unit: "", labels: labels, series: [("a", values), ("b", values)], isStacked: true).svg,
      ScatterChart(
        caption, unit: "", labels: labels,
        dots: values.enumerated().compactMap { index, value in
          value.map { ScatterChart.Dot(column: Double(index), value: $0, name: "x") }
        }
      ).svg,
      Sparkline(caption, values: values).svg,
    ]
    for svg in pictures {
      #expect(parses(svg), "\(svg.prefix(200))")
      for match in svg.matches(of: #/ (?:x|y|x1|y1|x2|y2|cx|cy)="(-?[0-9.]+)"/#) {
        let place = Double(match.output.1) ?? .nan
        #expect(place >= -1 && place <= 445, "\(match.output.0) of \(values.prefix(5))")
      }
      #expect(!svg.contains("nan") && !svg.contains("inf"))
    }
  }

  @Test("bars stand on zero, and a single value has one") func zero() {
    let svg = BarChart(caption, unit: "", labels: ["a"], series: [("a", [1000])]).svg
    #expect(svg.contains(">0</text>"))
    #expect(svg.contains(">1000</text>"))
  }

  @Test("a line of large numbers close together does not begin at zero") func tight() {
    let svg = LineChart(caption, unit: "%", labels: ["a", "b"], lines: [("a", [99.9, 99.95])]).svg
    #expect(!svg.contains(">0</text>"))
    #expect(svg.contains(">99.92</text>"))
  }

  @Test("nothing is said in words") func nothing() {
    #expect(LineChart(caption, unit: "", labels: ["a"], lines: [("a", [nil])]).svg.contains("No data"))
  }

  @Test("no chart has a style of its own, and all have a title and a description") func policy() {
    let svg = LineChart(caption, unit: "", labels: ["a", "b"], lines: [("a", [1, 2])]).svg
    #expect(!svg.contains("style=") && !svg.contains("<style"))
    #expect(svg.contains("<title id=\"x-t\">Lead &lt;time&gt;</title>"))
    #expect(svg.contains("<desc id=\"x-d\">Falls &amp; rises.</desc>"))
  }

  @Test("numbers are short and grouped") func numbers() {
    #expect(
      [0, 1, -1.5, 9999, 12345.678, 1e6, 0.0001, 99.95].map(plainNumber)
        == ["0", "1", "−1.5", "9999", "12,345.678", "1,000,000", "0.0001", "99.95"])
  }
}
