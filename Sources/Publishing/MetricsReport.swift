package import Diagnostics
import Governance
import Ingest
import Metrics
import Model
import Pages

/// The figures of a site, as text, JSON or CSV.
package struct MetricsReport: Sendable {
  package enum Format: String, CaseIterable, Sendable { case text, json, csv }

  private let cards: [DeliveryFigures.Card]
  private let asOf: Moment

  package func written(as format: Format) -> String {
    switch format {
    case .text: cards.map(text).joined(separator: "\n")
    case .csv:
      "of," + FigureData.columns + "\n"
        + cards.flatMap { card in
          card.figures.flatMap { figure in
            FigureData(figure, of: card).rows.split(separator: "\n").map { "\(card.id),\($0)\n" }
          }
        }.joined()
    case .json:
      "{\"as_of\":\"\(asOf.iso)\",\"figures\":["
        + cards.flatMap { card in card.figures.map { FigureData($0, of: card).json } }.joined(separator: ",") + "]}\n"
    }
  }

  private func text(_ card: DeliveryFigures.Card) -> String {
    var text = "\(card.name)\n"
    for figure in card.figures {
      text += "  \(figure.title)\n"
      for total in figure.totals {
        text += "    \(total.name): \(total.words)" + (total.unit == .count ? "" : " (n = \(total.count))") + "\n"
      }
      if figure.outOf > 0 { text += "    complete: \(figure.complete) of \(figure.outOf)\n" }
      for left in figure.leftOut { text += "    left out: \(left.count) \(left.what)\n" }
    }
    return text
  }

  /// Reads the ledger, judges it, and counts.
  ///
  /// - Parameter product: One of them, by a name that it has or had; `nil` for all, and the teams.
  /// - Returns: A failure when the product is unknown; `nil` when the report says why nothing could be read.
  package static func read(
    _ request: SourceRequest, product: String?
  ) async throws(FileError) -> (build: SiteBuild, result: Result<MetricsReport, UnknownName>?) {
    var build = SiteBuild(report: Report())
    guard let source = try await load(request, into: &build) else { return (build, nil) }
    let judgement = await source.book.judge(source.ledger, slices: request.options.slices)
    let figures = await DeliveryFigures(of: source.ledger, judgement: judgement, slices: request.options.slices)
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
