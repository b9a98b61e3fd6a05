import Diagnostics
import Model
import Scheduling
import Templates

/// A product's releases by line and year, its support, its feeds.
struct ProductPage {
  let scope: PageScope
  let facts: ProductFacts

  private var edition: Edition { scope.edition }
  private var product: Product { facts.product }

  var page: Page {
    scope.page(
      "product", title: product.name, section: .releases,
      description: description, feedsOf: facts,
      trail: [(edition.site.title, .home)],
      fields: [
        "product": productRecord, "latest": facts.latest.map { scope.row($0, of: facts) } ?? .null,
        "next": facts.next.map { scope.row($0, of: facts) } ?? .null,
        "support": scope.support(ofLine: facts.latestRelease?.line, in: facts), "support_change": supportChange,
        "filter": filter,
        "count": .number(facts.releases.count), "lines": .list(lines), "guides": items(guides),
        "depends_on": items(dependencies),
      ])
  }

  /// What becomes of the newest line next, such as `Security fixes only in 149 days`.
  private var supportChange: Value {
    guard let line = facts.line(facts.latestRelease?.line), let change = scope.change(of: line) else { return .null }
    let words: String =
      switch change.phase {
      case .upcoming, .active: "active"
      case .security: "security fixes only"
      case .extended: "extended support"
      case .ended: "no more fixes"
      }
    return .text("\(words) \(change.away)")
  }

  private var description: String {
    let summary = product.summary.flatMap { Wording.excerpt($0.whole.plainText, limit: 200) }
    let latest = facts.latestRelease.map { ", the latest of them \($0.version.text)" } ?? ""
    let count = Wording.count(facts.releases.count, "release", "releases")
    return summary ?? "Release notes of \(product.name): \(count)\(latest)."
  }

  private var productRecord: Value {
    let id = product.id.text
    return [
      "id": .text(id), "name": .text(product.name), "summary": scope.inline(product.summary),
      "kind": product.kind.map(Wording.choice) ?? .null,
      "team": .text(product.team.map { edition.ledger.team($0)?.name ?? $0 }),
      "internal": .flag(product.audience == .internal), "formerly": items(product.formerly.map { .text($0) }),
      "upgrade": scope.link(to: facts.upgradeRoute), "support": scope.link(to: facts.supportRoute),
      "atom": scope.link(to: .product(id, file: "feed.atom")),
      "json_feed": scope.link(to: .product(id, file: "feed.json")),
      "calendar": edition.calendarPlan.feeds.isEmpty ? .null : scope.link(to: .calendar(.product(product.id))),
      "api": scope.link(to: .data("products/\(Route.segment(id)).json")), "notes_from": .text(notesFrom),
    ]
  }

  private var notesFrom: String? {
    let patterns = product.sources.filter(\.discoversTags).compactMap(\.tags)
    guard edition.isInternal, !patterns.isEmpty else { return nil }
    let tags = patterns.map { $0.tag(of: "*") }.joined(separator: ", ")
    let changelogs = product.sources.compactMap(\.changelog?.value)
    return "Releases are the Git tags \(tags)"
      + (changelogs.isEmpty ? "; notes from commits." : "; notes from \(changelogs.joined(separator: ", ")).")
  }

  private var filter: Value {
    guard facts.releases.count > 8 else { return .null }
    var kinds: [Release.Kind: Int] = [:]
    var marks: [Mark: Int] = [:]
    for release in facts.releases {
      kinds[release.kind, default: 0] += 1
      for mark in release.marks { marks[mark, default: 0] += 1 }
    }
    return [
      "types": .list(
        Release.Kind.allCases.compactMap { kind in
          kinds[kind].map {
            ["id": .text(kind.rawValue), "text": .text(Wording.words(for: kind)), "count": .number($0)]
          }
        }),
      "marks": .list(
        Mark.allCases.compactMap { mark in
          marks[mark].map { ["id": .text(mark.rawValue), "text": .text(mark.words), "count": .number($0)] }
        }),
    ]
  }

  /// Newest line first, which is the order in which lines are met going down the versions; lines without a release
  /// are on the support page only.
  private var lines: [Value] {
    let known = Set(product.lines.map(\.id))
    var order: [String?] = []
    var positions: [String?: [Int]] = [:]
    for position in facts.releases.indices {
      let line = facts.releases[position].line.flatMap { known.contains($0) ? $0 : nil }
      if positions[line] == nil, line != nil { order.append(line) }
      positions[line, default: []].append(position)
    }
    if positions[nil] != nil { order.append(nil) }
    return order.map { id in
      let line = facts.line(id)
      return [
        "anchor": .text(id.flatMap { facts.lineAnchors[$0] } ?? (product.lines.isEmpty ? "g-all" : "g-other")),
        "heading": .text(id.map { "Line \($0)" } ?? (product.lines.isEmpty ? nil : "Other releases")),
        "lts": .flag(line?.isLongTerm ?? false), "support": line.map { scope.support(of: $0, in: facts) } ?? .null,
        "years": .list(years(of: positions[id] ?? [])),
      ]
    }
  }

  private func years(of positions: [Int]) -> [Value] {
    let byYear = Dictionary(grouping: positions) { facts.releases[$0].date?.date(in: edition.zone).year ?? 0 }
    return byYear.keys.sorted(by: >).map { year in
      let rows = byYear[year] ?? []
      let isPlanned = rows.allSatisfy { facts.releases[$0].status.isUpcoming }
      return [
        "year": .text(year == 0 ? (isPlanned ? "Planned" : "Undated") : String(year)),
        "items": .list(rows.map { scope.row($0, of: facts) }),
      ]
    }
  }

  private var guides: [Value] {
    edition.guides(about: product.id).map { guide in
      ["title": .text(guide.title), "link": scope.link(to: .guide(guide.id)), "summary": .text(guide.summary)]
    }
  }

  private var dependencies: [Value] {
    product.dependsOn.map { dependency in
      let other = edition.product(named: dependency.value)
      return ["name": .text(other?.product.name ?? dependency.value), "link": scope.link(to: other?.route)]
    }
  }
}

extension Edition {
  func guides(about product: ProductID) -> [GuidePage] {
    ledger.pages.filter { $0.products.contains { self.product(named: $0.value)?.product.id == product } }
  }
}
