/// What a chart says of itself in words.
package struct Caption: Hashable, Sendable {
  /// Begins the ids of its elements; no other chart of the page may have it.
  package var id: String
  package var title: String
  /// What it shows, for those who do not see it.
  package var description: String

  package init(id: String, title: String, description: String) {
    (self.id, self.title, self.description) = (id, title, description)
  }
}

/// Writes SVG. Every look is a class, for the pages allow no style of their own.
struct Drawing {
  private(set) var markup: String
  let width: Double
  let height: Double

  init(_ caption: Caption, kind: String, width: Double, height: Double) {
    (self.width, self.height) = (width, height)
    markup = "<svg class=\"chart chart-\(kind)\" viewBox=\"0 0 \(number(width)) \(number(height))\" role=\"img\" "
    markup += "aria-labelledby=\"\(caption.id)-t \(caption.id)-d\">\n"
    markup += "<title id=\"\(caption.id)-t\">\(escaped(caption.title))</title>\n"
    markup += "<desc id=\"\(caption.id)-d\">\(escaped(caption.description))</desc>\n"
  }

  var svg: String { markup + "</svg>\n" }

  mutating func add(_ element: String) { markup += element + "\n" }

  mutating func line(_ style: String, _ a: (Double, Double), _ b: (Double, Double)) {
    add(
      "<line class=\"\(style)\" x1=\"\(number(a.0))\" y1=\"\(number(a.1))\" x2=\"\(number(b.0))\" y2=\"\(number(b.1))\"/>"
    )
  }

  mutating func text(_ text: String, at place: (Double, Double), anchor: String = "start", style: String = "chart-text")
  {
    add(
      "<text class=\"\(style)\" x=\"\(number(place.0))\" y=\"\(number(place.1))\" text-anchor=\"\(anchor)\">\(escaped(text))</text>"
    )
  }

  mutating func rectangle(_ style: String, x: Double, y: Double, width: Double, height: Double, title: String? = nil) {
    let place = "x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" height=\"\(number(height))\""
    add("<rect class=\"\(style)\" \(place)" + ending("rect", title))
  }

  mutating func circle(_ style: String, at place: (Double, Double), radius: Double, title: String? = nil) {
    add(
      "<circle class=\"\(style)\" cx=\"\(number(place.0))\" cy=\"\(number(place.1))\" r=\"\(number(radius))\""
        + ending("circle", title))
  }

  /// One that stands on a place.
  mutating func triangle(_ style: String, at place: (Double, Double), title: String) {
    let (x, y) = place
    let corners = [(x - 4, y), (x + 4, y), (x, y - 8)].map { "\(number($0.0)) \(number($0.1))" }
    add("<path class=\"\(style)\" d=\"M\(corners.joined(separator: "L"))Z\"" + ending("path", title))
  }

  mutating func path(_ style: String, through points: [(Double, Double)]) {
    let steps = points.enumerated().map { "\($0 == 0 ? "M" : "L")\(number($1.0)) \(number($1.1))" }
    add("<path class=\"\(style)\" d=\"\(steps.joined())\"/>")
  }

  private func ending(_ name: String, _ title: String?) -> String {
    title.map { "><title>\(escaped($0))</title></\(name)>" } ?? "/>"
  }
}

/// A coordinate with at most one digit behind the point.
func number(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  let rest = abs(tenths % 10)
  return (tenths < 0 && tenths > -10 ? "-" : "") + "\(tenths / 10)" + (rest == 0 ? "" : ".\(rest)")
}

func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
