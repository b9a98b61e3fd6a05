import Diagnostics
import Model
import Templates

/// Products and which needs which, drawn in columns: who needs stands left of what is needed.
struct DependencyGraph {
  private struct Edge: Hashable {
    var from: Int
    var to: Int
  }

  /// The products by their places, then those that are only named.
  let names: [String]
  private let known: Int
  /// What each needs, in order.
  private let targets: [[Int]]
  private let broken: Set<Edge>

  init(of edition: Edition, _ needs: [ReleaseNeed]) {
    var names = edition.products.map(\.product.name)
    known = names.count
    let ids = Dictionary(
      edition.products.enumerated().map { ($1.product.id.text, $0) }, uniquingKeysWith: { first, _ in first })
    var strangers: [String: Int] = [:]
    func place(_ id: String) -> Int {
      if let facts = edition.product(named: id), let place = ids[facts.product.id.text] { return place }
      if let place = strangers[id] { return place }
      strangers[id] = names.count
      names.append(id)
      return names.count - 1
    }
    var edges: [Edge: Bool] = [:]
    for (product, facts) in edition.products.enumerated() {
      for id in facts.product.dependsOn { edges[Edge(from: product, to: place(id.value)), default: false] = false }
    }
    for need in needs {
      let edge = Edge(from: need.release.product, to: place(need.dependency.product.value))
      edges[edge] = edges[edge] ?? false || need.isMissing
    }
    var targets: [[Int]] = Array(repeating: [], count: names.count)
    for edge in edges.keys where edge.from != edge.to { targets[edge.from].append(edge.to) }
    self.names = names
    self.targets = targets.map { $0.sorted() }
    broken = Set(edges.filter { [known] edge in edge.value || edge.key.to >= known }.keys)
  }

  var isEmpty: Bool { targets.allSatisfy(\.isEmpty) }

  func needed(by product: Int) -> [Int] { targets[product] }

  func needing(_ product: Int) -> [Int] { targets.indices.filter { targets[$0].contains(product) } }

  func isAlone(_ product: Int) -> Bool { targets[product].isEmpty && needing(product).isEmpty }

  // MARK: The picture

  private static let box = (width: 176, height: 40)
  private static let gap = (across: 88, down: 20)

  /// How far each product is from those that need nothing. What closes a circle does not count.
  private var depths: [Int] {
    var depths: [Int?] = Array(repeating: nil, count: names.count)
    // No recursion: a chain may be as long as there are products.
    for start in names.indices where depths[start] == nil {
      var path: [(product: Int, next: Int)] = [(start, 0)]
      var isOnPath = Set([start])
      while let (product, next) = path.last {
        if next < targets[product].count {
          path[path.count - 1].next += 1
          let target = targets[product][next]
          if depths[target] == nil, isOnPath.insert(target).inserted { path.append((target, 0)) }
        } else {
          depths[product] = (targets[product].compactMap { isOnPath.contains($0) ? nil : depths[$0] }.max() ?? -1) + 1
          isOnPath.remove(product)
          path.removeLast()
        }
      }
    }
    return depths.map { $0 ?? 0 }
  }

  var value: Value {
    let depths = self.depths
    let drawn = names.indices.filter { !isAlone($0) }
    let deepest = drawn.map { depths[$0] }.max() ?? 0
    var rows = Array(repeating: 0, count: deepest + 1)
    var places: [Int: (x: Int, y: Int)] = [:]
    for product in drawn {
      let column = deepest - depths[product]
      places[product] = (
        1 + column * (DependencyGraph.box.width + DependencyGraph.gap.across),
        1 + rows[column] * (DependencyGraph.box.height + DependencyGraph.gap.down)
      )
      rows[column] += 1
    }
    let edges = drawn.flatMap { from in targets[from].map { Edge(from: from, to: $0) } }
    return [
      "width": .number(
        (deepest + 1) * (DependencyGraph.box.width + DependencyGraph.gap.across) - DependencyGraph.gap.across + 2),
      "height": .number(
        (rows.max() ?? 0) * (DependencyGraph.box.height + DependencyGraph.gap.down) - DependencyGraph.gap.down + 2),
      "label": .text(label(drawn.count, edges)),
      "edges": .list(
        edges.compactMap { edge in
          guard let from = places[edge.from], let to = places[edge.to] else { return nil }
          return line(from: from, to: to, isBroken: broken.contains(edge))
        }),
      "boxes": .list(drawn.compactMap { product in places[product].map { box(product, $0.x, $0.y) } }),
    ]
  }

  private func label(_ count: Int, _ edges: [Edge]) -> String {
    let words =
      "\(count) products and \(Wording.count(edges.count, "line", "lines")) from those that need to what they need"
    let missing = edges.count(where: broken.contains)
    return missing == 0 ? words : words + ", \(missing) of them not met"
  }

  private func box(_ product: Int, _ x: Int, _ y: Int) -> Value {
    let name = names[product]
    let isLong = name.count > 22
    return [
      "x": .number(x), "y": .number(y), "width": .number(DependencyGraph.box.width),
      "height": .number(DependencyGraph.box.height), "middle": .number(x + DependencyGraph.box.width / 2),
      "base": .number(y + DependencyGraph.box.height / 2 + 5),
      "text": .text(isLong ? String(name.prefix(21)) + "…" : name), "unknown": .flag(product >= known),
    ]
  }

  /// A curve from the right side of one box to the left side of the other; in a circle, back above.
  private func line(from: (x: Int, y: Int), to: (x: Int, y: Int), isBroken: Bool) -> Value {
    let (box, gap) = (DependencyGraph.box, DependencyGraph.gap)
    let (x1, y1) = (from.x + box.width, from.y + box.height / 2)
    let (x2, y2) = (to.x, to.y + box.height / 2)
    let bend = gap.across / 2
    return [
      "path": .text("M\(x1) \(y1)C\(x1 + bend) \(y1) \(x2 - bend) \(y2) \(x2 - 8) \(y2)"),
      "head": .text("M\(x2 - 9) \(y2 - 5)L\(x2) \(y2)L\(x2 - 9) \(y2 + 5)z"), "broken": .flag(isBroken),
    ]
  }
}
