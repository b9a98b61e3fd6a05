import Diagnostics
import Model

/// Sets every text of the content once and puts the results into the ledger.
struct Typesetting: Sendable {
  let records: Records
  /// Those that people wrote down and those that events tell of.
  let incidents: [Incident]
  let assemblers: [ReleaseAssembler]
  let reader: MarkdownReader

  func fill(
    _ ledger: inout Ledger, slices: Int, remembering memory: inout LoadMemory?, into report: inout Report
  ) async {
    let known = assemblers.map { assembler in
      memory?.shelves.made(assembler.product.product.id, with: assembler.changelog)
    }
    var texts = Texts(reader: reader)
    var made = await makeShelves(of: assemblers.indices.filter { known[$0] == nil }, slices: slices)[...]
    let shelves = zip(assemblers, known).map { assembler, known in
      guard known == nil, let made = made.popFirst() else { return known }
      memory?.shelves.keep(made, of: assembler.product.product.id, with: assembler.changelog)
      return made
    }.compactMap { $0 }
    ledger.shelves = shelves.map(\.shelf)
    ledger.fragments = records.fragments.map { fragment($0, texts: &texts) }
    ledger.incidents = incidents.map { incident in
      var incident = incident
      incident.postmortem = records.postmortems[incident.id].map { texts.block($0, level: 3) }
      return incident
    }
    ledger.pages = records.pages.map { page($0, texts: &texts) }.sorted {
      ($0.order ?? .max, $0.title, $0.id) < ($1.order ?? .max, $1.title, $1.id)
    }
    for shelf in shelves {
      report.merge(shelf.report)
      ledger.referenceLinks.merge(shelf.links) { first, _ in first }
    }
    report.merge(texts.report)
    ledger.assets = Asset.each(of: shelves.flatMap(\.assets) + texts.assets)
  }

  private struct Slice: Sendable {
    var releases: [Release] = []
    var report = Report()
    var assets: [AssetUse] = []
  }

  /// Sets the releases of all products in one row, so that a product with many is shared between the cores too.
  private func makeShelves(of products: [Int], slices: Int) async -> [ShelfMemory.Made] {
    let row = products.flatMap { product in
      assemblers[product].product.drafts.indices.map { (product: product, draft: $0) }
    }
    let parts = await inSlices(of: row.count, slices: slices) { range in
      var parts: [(product: Int, slice: Slice)] = []
      var start = range.lowerBound
      while start < range.upperBound {
        let product = row[start].product
        let end = row[start..<range.upperBound].firstIndex { $0.product != product } ?? range.upperBound
        var texts = Texts(reader: reader)
        let releases = row[start..<end].map { assemblers[product].release(at: $0.draft, texts: &texts) }
        parts.append((product, Slice(releases: releases, report: texts.report, assets: texts.assets)))
        start = end
      }
      return parts
    }
    var rest = parts.flatMap { $0 }[...]
    return products.map { product in
      var slice = Slice()
      while let part = rest.first, part.product == product {
        slice.releases += part.slice.releases
        slice.report.merge(part.slice.report)
        slice.assets += part.slice.assets
        rest.removeFirst()
      }
      var texts = Texts(reader: reader)
      let shelf = shelf(of: assemblers[product], releases: slice.releases, texts: &texts)
      slice.report.merge(texts.report)
      return ShelfMemory.Made(
        shelf: shelf, report: slice.report, assets: slice.assets + texts.assets,
        links: reader.links(of: shelf.references))
    }
  }

  /// - Parameter releases: In ascending order, as the drafts are.
  private func shelf(of assembler: ReleaseAssembler, releases: [Release], texts: inout Texts) -> Ledger.Shelf {
    let count = releases.count
    let descending = assembler.product.parents.reversed().map { $0.map { count - 1 - $0 } }
    var product = assembler.product.product
    product.summary = texts.inline(records.productSummaries[product.id])
    return Ledger.Shelf(product: product, releases: releases.reversed(), lineage: Lineage(parents: Array(descending)))
  }

  private func fragment(_ record: FragmentRecord, texts: inout Texts) -> Fragment {
    var change = Change(record.entry, origin: .fragment, texts: &texts)
    change.text = texts.block(record.body)
    return Fragment(product: record.product, products: record.products.map { ProductID($0.value) }, change: change)
  }

  private func page(_ record: PageRecord, texts: inout Texts) -> GuidePage {
    let body = texts.block(record.body, level: 2)
    let title = record.title?.value ?? body.whole.headings.first?.text ?? record.id
    var page = GuidePage(id: record.id, title: title, body: body, at: record.body.location)
    page.summary = record.summary?.value
    page.audience = record.audience
    page.products = record.products
    page.order = record.order
    page.reviewed = record.reviewed
    page.owner = record.owner
    page.formerly = record.formerly.map(\.value)
    return page
  }
}

extension Asset {
  /// Each file once, for the most public of its readers; sorted by address.
  static func each(of uses: [AssetUse]) -> [Asset] {
    var assets: [String: Asset] = [:]
    for use in uses {
      let audience: Audience = use.isPublic ? .public : .internal
      assets[use.address, default: Asset(address: use.address, path: use.path, audience: audience)].audience.lower(
        to: audience)
    }
    return assets.values.sorted { $0.address < $1.address }
  }
}

extension Audience {
  fileprivate mutating func lower(to other: Audience) { self = min(self, other) }
}
