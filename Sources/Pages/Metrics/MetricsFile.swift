import Metrics
import Model

/// A page or a file of figures by what it is, not yet made.
enum MetricsFile: Sendable {
  case overview
  /// A product's or a team's, by its place in ``Edition/cards``.
  case card(Int)
  case csv(card: Int, figure: Int)
  case json(card: Int, figure: Int)

  typealias Planned = (file: MetricsFile, route: Route)

  static func all(in edition: Edition) -> [Planned] {
    guard edition.figures != nil else { return [] }
    var files: [Planned] = [(.overview, .metrics)]
    for (place, card) in edition.cards.enumerated() {
      files.append((.card(place), edition.route(ofCard: place)))
      for (figure, entry) in card.figures.enumerated() {
        files.append((.csv(card: place, figure: figure), edition.route(ofCard: place, file: entry.fileName + ".csv")))
        files.append((.json(card: place, figure: figure), edition.route(ofCard: place, file: entry.fileName + ".json")))
      }
    }
    return files
  }
}

extension Figure {
  /// What its files are called, without an ending.
  var fileName: String { Route.segment(id) }
}

extension Edition {
  func route(ofCard place: Int, file: String = "index.html") -> Route {
    let isTeam = place >= figures?.products.count ?? 0
    return Route("metrics/" + (isTeam ? "teams/" : "") + Route.segment(cards[place].id) + "/" + file)
  }
}

extension Route {
  static let metrics = Route("metrics/index.html")
}

extension PageScope {
  func page(of file: MetricsFile) -> Page {
    switch file {
    case .overview: return MetricsOverviewPage(scope: self).page
    case .card(let place): return MetricsPage(scope: self, place: place).page
    case .csv(let card, let figure):
      return Page(route: route, body: .bytes(Array(data(card, figure).csv.utf8)))
    case .json(let card, let figure):
      return Page(route: route, body: .bytes(Array((data(card, figure).json + "\n").utf8)))
    }
  }

  private func data(_ card: Int, _ figure: Int) -> FigureData {
    let card = edition.cards[card]
    return FigureData(card.figures[figure], of: card)
  }
}
