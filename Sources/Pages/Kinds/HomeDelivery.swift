import Metrics
import Model
import Templates

/// How the products go out, in a line each, for those who may know it.
struct HomeDelivery {
  let scope: PageScope

  private var edition: Edition { scope.edition }

  /// Null for the public, and where no figure is known.
  var value: Value {
    guard edition.isInternal, let figures = edition.figures else { return .null }
    let metrics = Metric.all.filter(\.isDORA)
    let columns = ["Product"] + metrics.map(\.shortTitle)
    var table = Table("Delivery figures", columns.map { Table.Column($0) })
    for (place, card) in figures.products.enumerated() {
      let cells = metrics.map { metric in cell(card.figure(metric.id)) }
      let name = Cell(card.name, link: scope.link(to: edition.route(ofCard: place)))
      table.add([name] + cells)
    }
    return ["table": table.value, "link": scope.link(to: .metrics)]
  }

  private func cell(_ figure: Figure?) -> Cell {
    guard let figure, let total = figure.totals.first else { return Cell("no data", style: "none") }
    let isKnown = total.value != nil
    return Cell(
      total.words, style: isKnown ? nil : "none",
      notes: total.unit == .count ? [] : ["\(total.name.lowercasedFirst), n = \(Wording.grouped(total.count))"])
  }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
