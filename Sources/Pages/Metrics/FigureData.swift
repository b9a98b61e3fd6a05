import Diagnostics
package import Metrics
import Model

/// A figure as data, for those who want to go on with it.
package struct FigureData: Sendable {
  let card: DeliveryFigures.Card
  let figure: Figure

  package init(_ figure: Figure, of card: DeliveryFigures.Card) {
    (self.figure, self.card) = (figure, card)
  }

  package static let columns = "figure,bucket,starts,unfinished,line,value,unit,n,releases"

  /// Lines without the heads; each bucket of each line, and an empty value where there is none.
  package var rows: String {
    var text = ""
    for line in figure.lines {
      for (bucket, point) in zip(card.scale.buckets, line.points) {
        let fields = [
          figure.id, bucket.label, bucket.start.iso, bucket.isUnfinished ? "true" : "false", line.name,
          point.value.map(FigureData.number) ?? "", unit, "\(point.count)",
          point.releases.map(\.description).joined(separator: "; "),
        ]
        text += fields.enumerated().map { CSVText.cell($1, isNumber: $0 == 5) }.joined(separator: ",") + "\n"
      }
    }
    return text
  }

  package var csv: String { FigureData.columns + "\n" + rows }

  package var json: String {
    var text = "{\"as_drawn\":" + quoted(figure.shape.rawValue) + ",\"complete\":\(figure.complete),\"definition\":"
    text += quoted(figure.definition) + ",\"hints\":[" + figure.hints.map(quoted).joined(separator: ",")
    text += "],\"id\":" + quoted(figure.id) + ",\"left_out\":["
    text += figure.leftOut.map { "{\"count\":\($0.count),\"what\":\(quoted($0.what))}" }.joined(separator: ",")
    text += "],\"lines\":["
    text += figure.lines.map { line in
      "{\"name\":\(quoted(line.name)),\"points\":["
        + zip(card.scale.buckets, line.points).map(point).joined(separator: ",") + "]}"
    }.joined(separator: ",")
    text += "],\"notes\":[" + figure.notes.map(quoted).joined(separator: ",") + "],\"of\":" + quoted(card.id)
    text += ",\"out_of\":\(figure.outOf),\"title\":" + quoted(figure.title) + ",\"totals\":["
    text += figure.totals.map {
      "{\"n\":\($0.count),\"name\":\(quoted($0.name)),\"unit\":\(quoted(FigureData.word($0.unit))),"
        + "\"value\":\($0.value.map(FigureData.number) ?? "null")}"
    }.joined(separator: ",")
    text += "],\"unit\":" + quoted(unit)
    if !figure.days.isEmpty {
      text += ",\"days\":["
      text +=
        figure.days.map {
          "{\"date\":\(quoted($0.date.iso)),\"n\":\($0.count),\"releases\":["
            + $0.releases.map { quoted($0.description) }.joined(separator: ",") + "]}"
        }.joined(separator: ",") + "]"
    }
    if figure.shape == .dots {
      text += ",\"values\":["
      text +=
        figure.dots.map {
          "{\"at\":\(quoted($0.at.iso)),\"release\":\(quoted($0.release.description)),"
            + "\"value\":\(FigureData.number($0.value))}"
        }.joined(separator: ",") + "]"
    }
    return text + "}"
  }

  private func point(_ bucket: Bucket, _ point: Figure.Point) -> String {
    "{\"bucket\":\(quoted(bucket.label)),\"n\":\(point.count),\"releases\":["
      + point.releases.map { quoted($0.description) }.joined(separator: ",")
      + "],\"starts\":\(quoted(bucket.start.iso)),\"unfinished\":\(bucket.isUnfinished),"
      + "\"value\":\(point.value.map(FigureData.number) ?? "null")}"
  }

  private var unit: String { FigureData.word(figure.unit) }

  private static func word(_ unit: Figure.Unit) -> String {
    switch unit {
    case .seconds: "seconds"
    case .days: "days"
    case .count: "count"
    case .share: "share"
    case .named(let name): name
    }
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }

  private func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONText.append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
