package import Diagnostics
import Governance
import Ingest
package import Metrics
import Model
import Pages

/// The figures of a site, as text, JSON or CSV.
package struct MetricsReport: Sendable {
  package enum Format: String, CaseIterable, Sendable { case text, json, csv }

  private let cards: [DeliveryFigures.Card]
  private let asOf: Moment

  package func written(as format: Format) -> String {
    switch format {
    case .text:
      cards.isEmpty
        ? "There is nothing to measure: no product has a release.\n" : cards.map(text).joined(separator: "\n")
    case .csv:
      "of," + FigureData.columns + "\n"
        + cards.flatMap { card in
          card.figures.flatMap { figure in
            FigureData(figure, of: card).rows.split(separator: "\n").map { "\(card.id),\($0)\n" }
          }
        }.joined()
    case .json: json
    }
  }

  private var json: String {
    let figures = cards.flatMap { card in card.figures.map { FigureData($0, of: card).json } }
    let risks = cards.flatMap(\.risks).map { json(of: $0) }
    return "{\"as_of\":\"\(asOf.iso)\",\"figures\":[" + figures.joined(separator: ",") + "],\"risks\":["
      + risks.joined(separator: ",") + "]}\n"
  }

  private func json(of risk: ReleaseRisk) -> String {
    func list(_ releases: [ReleaseID]) -> String { releases.map { "\"\($0)\"" }.joined(separator: ",") }
    return "{\"alike\":[\(list(risk.alike))],\"failed\":[\(list(risk.failed))],\"high\":\(risk.interval.upperBound),"
      + "\"low\":\(risk.interval.lowerBound),\"release\":\"\(risk.release)\"}"
  }

  private func text(_ card: DeliveryFigures.Card) -> String {
    var text = "\(card.name)\n"
    for figure in card.figures {
      text += "  \(figure.title)\n"
      for total in figure.totals {
        text += "    \(total.name): \(total.words)" + (total.unit == .count ? "" : " (n = \(total.count))") + "\n"
      }
      if figure.outOf > 0 { text += "    complete: \(figure.complete) of \(figure.outOf)\n" }
      for left in figure.leftOut { text += "    left out: \(left.what): \(left.count)\n" }
      for hint in figure.hints { text += "    hint: \(hint)\n" }
    }
    for risk in card.risks {
      let (low, high) = (risk.interval.lowerBound, risk.interval.upperBound)
      text +=
        "  Risk of \(risk.release): \(Figure.Unit.share.words(low)) to \(Figure.Unit.share.words(high)); "
        + "of \(risk.alike.count) like it \(risk.failed.count) failed\n"
    }
    return text
  }

  /// Reads the ledger, judges it, and counts.
  ///
  /// - Parameters:
  ///   - product: One of them, by a name that it has or had; `nil` for all, and the teams.
  ///   - size: Of the periods; `nil` for months, or quarters where there would be too many.
  /// - Returns: A failure when the product is unknown; `nil` when the report says why nothing could be read.
  package static func read(
    _ request: SourceRequest, product: String?, by size: Bucket.Size? = nil
  ) async throws(FileError) -> (build: SiteBuild, result: Result<MetricsReport, UnknownName>?) {
    var build = SiteBuild(report: Report())
    var request = request
    request.asks.insert(.calendar)
    guard let source = try await load(request, into: &build) else { return (build, nil) }
    let judgement = await source.judge(request)
    let figures = await DeliveryFigures(
      of: source.ledger, judgement: judgement, by: size, slices: request.options.slices)
    request.options.reached(.figures)
    let result = Result { () throws(UnknownName) in
      guard let product else {
        return MetricsReport(cards: figures.products + figures.teams, asOf: source.ledger.asOf)
      }
      let id = try source.ledger.shelf(named: product).product.id
      return MetricsReport(cards: [figures.card(of: id)].compactMap { $0 }, asOf: source.ledger.asOf)
    }
    return (build, result)
  }
}
