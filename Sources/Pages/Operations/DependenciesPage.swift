import Diagnostics
import Model
import Templates

/// What a release needs of another product, and whether that is there.
struct ReleaseNeed {
  enum State {
    case met(Int)
    case planned(Int)
    case notMet, unknownProduct
  }

  /// Whose need it is: positions of the product and on its shelf.
  var release: ReleasePosition
  var dependency: ReleaseDependency
  /// The position of the product that it names.
  var provider: Int?
  var state: State

  var isMissing: Bool {
    switch state {
    case .met, .planned: false
    case .notMet, .unknownProduct: true
    }
  }
}

extension Edition {
  /// What a release needs, each with the highest release that fits and was out in time; for one to come also with one
  /// that is planned before it.
  func needs(of position: ReleasePosition) -> [ReleaseNeed] {
    let release = self.release(at: position)
    let due = release.date?.end(in: zone)
    return release.dependsOn.map { dependency in
      guard let facts = product(named: dependency.product.value),
        let provider = products.firstIndex(where: { $0.product.id == facts.product.id })
      else { return ReleaseNeed(release: position, dependency: dependency, provider: nil, state: .unknownProduct) }
      let range = dependency.version.map(VersionRange.init)
      let fitting = facts.releases.indices.filter { range?.contains(facts.releases[$0].version) ?? true }
      func isInTime(_ other: Int) -> Bool {
        guard let due, let date = facts.releases[other].date else { return true }
        return date.start(in: zone) < due
      }
      let out = fitting.first { facts.releases[$0].status.hasShipped && isInTime($0) }
      // Of what is planned, what comes first, and an early version only where nothing else does.
      let coming = facts.ahead.filter { fitting.contains($0) && isInTime($0) }
      let planned = coming.first { !facts.releases[$0].version.isPreRelease } ?? coming.first
      let state: ReleaseNeed.State =
        if let out { .met(out) } else if let planned, release.status.isUpcoming { .planned(planned) } else { .notMet }
      return ReleaseNeed(release: position, dependency: dependency, provider: provider, state: state)
    }
  }

  /// The needs of what is out now and of what comes next, by product.
  var currentNeeds: [ReleaseNeed] {
    products.enumerated().flatMap { product, facts in
      ([facts.latest].compactMap { $0 } + facts.ahead.filter { $0 != facts.latest })
        .flatMap { needs(of: ReleasePosition(product: product, release: $0)) }
    }
  }
}

/// Which products need which, and whether what their releases need is there.
struct DependenciesPage {
  let scope: PageScope

  /// How many needs of older releases are listed.
  private static let listed = 200

  private var edition: Edition { scope.edition }

  var page: Page {
    let current = edition.currentNeeds
    let missing = unmet(without: current)
    let open = current.count(where: \.isMissing)
    let graph = DependencyGraph(of: edition, current)
    return scope.registerPage(
      "dependencies", title: "Dependencies", description: "Which products need which, and what is not there.",
      lead: open == 0
        ? "Everything that current and coming releases need is there or planned."
        : "\(Wording.count(open, "need", "needs")) of current and coming releases cannot be met.",
      sections: [
        RegisterSection("Products", id: "products", isWide: true, products(graph)),
        RegisterSection("Releases", id: "releases", isWide: true, [releases(current)]),
        RegisterSection("Not met before", id: "earlier", isWide: true, [earlier(missing)]),
      ])
  }

  // MARK: Products

  private func products(_ graph: DependencyGraph) -> [RegisterSection.Block] {
    var picture = RegisterSection.Block(
      note: "What a line leads to is needed by what it comes from. The table says the same.")
    picture.graph = graph.value
    var table = Table("Products", [.init("Product"), .init("Needs"), .init("Is needed by")])
    for (product, name) in graph.names.enumerated() where !graph.isAlone(product) {
      table.add([
        Cell(name, link: link(name: name)),
        Cell(graph.needed(by: product).map { graph.names[$0] }.joined(separator: ", ").nonEmpty ?? "nothing"),
        Cell(graph.needing(product).map { graph.names[$0] }.joined(separator: ", ").nonEmpty ?? "nothing"),
      ])
    }
    let list = RegisterSection.Block(table: table, missing: "No product is said to need another.")
    return graph.isEmpty ? [list] : [picture, list]
  }

  private func link(name: String) -> Value {
    edition.products.first { $0.product.name == name }.map { scope.link(to: $0.route) } ?? .null
  }

  // MARK: Releases

  private static let columns: [Table.Column] = [.init("Release"), .init("Needs"), .init("State"), .init("Met by")]

  private func releases(_ needs: [ReleaseNeed]) -> RegisterSection.Block {
    var table = Table("What current and coming releases need", DependenciesPage.columns)
    for need in needs { table.add(cells(of: need)) }
    return RegisterSection.Block(
      note: "The latest release of each product, and those to come.", table: table,
      missing: "No current or coming release says what it needs.")
  }

  private func earlier(_ needs: [ReleaseNeed]) -> RegisterSection.Block {
    var table = Table("Needs of earlier releases that were not met", DependenciesPage.columns)
    for need in needs.prefix(DependenciesPage.listed) { table.add(cells(of: need)) }
    let rest = needs.count - DependenciesPage.listed
    return RegisterSection.Block(
      note: "What earlier releases needed and was not out on their day."
        + (rest > 0 ? " The newest \(DependenciesPage.listed) of \(Wording.grouped(needs.count))." : ""),
      table: table, missing: "Nothing that an earlier release needed was missing on its day.")
  }

  /// What older releases needed in vain, newest first.
  private func unmet(without current: [ReleaseNeed]) -> [ReleaseNeed] {
    let shown = Set(current.map(\.release))
    return edition.byDate.filter { !shown.contains($0) && !edition.release(at: $0).dependsOn.isEmpty }
      .flatMap { edition.needs(of: $0) }.filter(\.isMissing)
  }

  private func cells(of need: ReleaseNeed) -> [Cell] {
    let id = edition.release(at: need.release).id
    let name = need.provider.map { edition.products[$0].product.name } ?? need.dependency.product.value
    let wanted = name + (need.dependency.version.map { " " + constraintWords($0) } ?? "")
    func provider(_ position: Int) -> Cell {
      need.provider.map { scope.cell(edition.products[$0].releases[position].id) } ?? Cell(nil)
    }
    let (state, met): (Cell, Cell) =
      switch need.state {
      case .met(let position): (Cell("met", chip: "passed"), provider(position))
      case .planned(let position): (Cell("planned", chip: "pending"), provider(position))
      case .notMet: (Cell("not met", chip: "failed"), Cell("no release that was out in time fits", style: "none"))
      case .unknownProduct: (Cell("not met", chip: "failed"), Cell("nobody knows this product", style: "none"))
      }
    return [scope.cell(id), Cell(wanted), state, met]
  }
}
