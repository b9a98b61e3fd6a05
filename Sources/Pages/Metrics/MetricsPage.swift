import Metrics
import Model
import Templates

/// The figures of one product or team, each with its definition, what it is made of, and the releases behind it.
struct MetricsPage {
  let scope: PageScope
  let place: Int

  /// How many releases are named behind one point; its files name all.
  private static let namedReleases = 6
  /// How many single values are listed, the newest first.
  private static let listedValues = 100

  private var edition: Edition { scope.edition }
  private var card: DeliveryFigures.Card { edition.cards[place] }

  var page: Page {
    scope.page(
      "metrics", title: "Metrics of \(card.name)", section: .metrics,
      description: "Delivery figures of \(card.name), with their definitions and what they are made of.",
      trail: [(edition.site.title, .home), ("Metrics", .metrics)],
      fields: [
        "name": .text(card.name),
        "product": edition.product(ProductID(card.id)).map { scope.reference(to: $0) } ?? .null,
        "span": .text(span),
        "contents": .list(
          card.figures.map { figure in
            ["title": .text(figure.title), "link": .text("#" + anchor(figure))]
          }),
        "figures": .list(card.figures.enumerated().map { value($1) }), "risks": risks,
      ])
  }

  private func anchor(_ figure: Figure) -> String { "m-" + pageID(figure.id) }

  private var span: String {
    guard let first = card.scale.buckets.first else { return "" }
    return
      "By \(card.scale.size.rawValue), from \(first.start.words) to \(edition.dates.zone.local(of: edition.ledger.asOf).date.words)."
  }

  private func value(_ figure: Figure) -> Value {
    let id = anchor(figure)
    let chart = FigureChart(figure: figure, scale: card.scale, zone: edition.zone, id: id)
    return [
      "id": .text(id), "title": .text(figure.title), "definition": .text(figure.definition),
      "totals": .list(figure.totals.map(total)), "complete": .text(completeness(of: figure)),
      "left_out": .text(leftOut(of: figure)),
      "notes": .list(figure.notes.map { .text($0) }),
      "svg": figure.isEmpty ? .null : .html(SafeHTML(trusted: chart.svg)),
      "words": .text(chart.description),
      "csv": scope.link(to: edition.route(ofCard: place, file: figure.fileName + ".csv")),
      "json": scope.link(to: edition.route(ofCard: place, file: figure.fileName + ".json")),
      "columns": .list(figure.lines.map { .text($0.name) }), "rows": .list(rows(of: figure)),
      "dots": items(figure.dots.suffix(MetricsPage.listedValues).reversed().map(dot)),
      "hints": items(figure.hints.map { .text($0) }),
      "marked": .flag(figure.marksReleases), "days": days(of: figure, chart),
    ]
  }

  private func leftOut(of figure: Figure) -> String? {
    let parts = figure.leftOut.map { "\(Wording.grouped($0.count)) \($0.what)" }
    return parts.isEmpty ? nil : "Left out: " + parts.joined(separator: "; ") + "."
  }

  private func days(of figure: Figure, _ chart: FigureChart) -> Value {
    let today = edition.zone.local(of: edition.ledger.asOf).date
    guard let svg = chart.calendar(to: today) else { return .null }
    return [
      "svg": .html(SafeHTML(trusted: svg)),
      "rows": .list(
        figure.days.reversed().map { day in
          [
            "date": scope.dates.day(day.date), "n": .text(Wording.grouped(day.count)),
            "releases": .list(day.releases.prefix(MetricsPage.namedReleases).map(release)),
            "more": more(day.releases.count),
          ]
        }),
    ]
  }

  private func more(_ count: Int) -> Value {
    count > MetricsPage.namedReleases ? .text("and \(count - MetricsPage.namedReleases) more") : .null
  }

  private func total(_ total: Figure.Total) -> Value {
    [
      "name": .text(total.name), "value": .text(total.words), "n": .text(Wording.grouped(total.count)),
      "known": .flag(total.value != nil), "counts": .flag(total.unit != .count),
    ]
  }

  private func completeness(of figure: Figure) -> String {
    guard figure.outOf > 0 else { return "Nothing says how complete it is." }
    return "\(Wording.grouped(figure.complete)) of \(Wording.grouped(figure.outOf)) have complete data "
      + "(\(Wording.percent(Double(min(figure.complete, figure.outOf)) / Double(figure.outOf))))."
  }

  /// The newest bucket first, for that is what people look for.
  private func rows(of figure: Figure) -> [Value] {
    card.scale.buckets.indices.reversed().map { index in
      let bucket = card.scale.buckets[index]
      let points = figure.lines.map { $0.points[index] }
      var seen = Set<ReleaseID>()
      let releases = points.flatMap(\.releases).filter { seen.insert($0).inserted }
      let named = releases.prefix(MetricsPage.namedReleases)
      return [
        "label": .text(bucket.label), "unfinished": .flag(bucket.isUnfinished),
        "cells": .list(
          points.map { .text($0.value.map(figure.unit.words) ?? ($0.count > 0 ? "not enough data" : "no data")) }),
        "n": .text(points.map { Wording.grouped($0.count) }.joined(separator: " / ")),
        "releases": .list(named.map(release)),
        "more": more(releases.count),
      ]
    }
  }

  private func dot(_ dot: Figure.Dot) -> Value {
    [
      "release": release(dot.release), "date": scope.dates.date(.moment(dot.at)),
      "value": .text(Figure.Unit.seconds.words(dot.value)),
    ]
  }

  private func release(_ id: ReleaseID) -> Value {
    guard let facts = edition.product(id.product), let position = facts.positions[id.version] else {
      return ["name": .text(id.description), "link": .null]
    }
    let name = card.id == id.product.text ? id.version : "\(facts.product.name) \(id.version)"
    return ["name": .text(name), "link": scope.link(to: edition.isInternal ? .dossier(id) : facts.routes[position])]
  }

  private var risks: Value {
    items(
      card.risks.map { risk in
        [
          "release": release(risk.release), "alike": .text(Wording.grouped(risk.alike.count)),
          "failed": .text(Wording.grouped(risk.failed.count)),
          "low": .text(Figure.Unit.share.words(risk.interval.lowerBound)),
          "high": .text(Figure.Unit.share.words(risk.interval.upperBound)),
          "releases": .list(risk.alike.prefix(20).map(release)),
        ]
      })
  }
}

extension Figure {
  /// Whether there is nothing to draw.
  var isEmpty: Bool { dots.isEmpty && lines.allSatisfy { $0.points.allSatisfy { $0.value == nil } } }
}

/// The figures of all products and teams at one glance.
struct MetricsOverviewPage {
  let scope: PageScope

  private var edition: Edition { scope.edition }

  var page: Page {
    let cards = edition.cards
    let productCount = edition.figures?.products.count ?? 0
    return scope.page(
      "metrics-overview", title: "Metrics", section: .metrics,
      description: "Delivery figures by product and team, with their definitions.",
      trail: [(edition.site.title, .home)],
      fields: [
        "products": .list((0..<productCount).map(value)),
        "teams": items((productCount..<cards.count).map(value)), "bands": bands, "definitions": definitions,
      ])
  }

  private func value(_ place: Int) -> Value {
    let card = edition.cards[place]
    let shown = card.figures.filter { Metric.dora.contains($0.id) || $0.id.hasPrefix("measured-") }
    let chosen = shown.isEmpty ? Array(card.figures.prefix(4)) : shown
    return [
      "name": .text(card.name), "link": scope.link(to: edition.route(ofCard: place)),
      "id": .text("card-\(place + 1)"),
      "tiles": .list(
        chosen.map { figure in
          let id = "s\(place + 1)-" + pageID(figure.id)
          let chart = FigureChart(figure: figure, scale: card.scale, zone: edition.zone, id: id)
          return [
            "title": .text(figure.title), "value": .text(figure.totals.first?.words ?? "not enough data"),
            "name": .text(figure.totals.first?.name ?? ""), "n": .text(Wording.grouped(figure.count)),
            "link": scope.link(to: edition.route(ofCard: place), fragment: "m-" + pageID(figure.id)),
            "svg": chart.sparkline.map { .html(SafeHTML(trusted: $0)) } ?? .null,
          ]
        }),
    ]
  }

  /// What others reported, by year. Not a target.
  private var bands: Value {
    var table = Table(
      "What DORA reported",
      [
        .init("Year, group"), .init("Deployment frequency"), .init("Change lead time"), .init("Change fail rate"),
        .init("Recovery time"),
      ])
    for band in edition.bands {
      table.add([
        Cell("\(band.year), \(band.name)"), Cell(band.deploymentFrequency), Cell(band.leadTime),
        Cell(band.changeFailRate), Cell(band.recoveryTime),
      ])
    }
    return table.value
  }

  private var definitions: Value {
    var terms = Terms()
    for metric in Metric.all { terms.add(metric.title, metric.definition) }
    return terms.value
  }
}
