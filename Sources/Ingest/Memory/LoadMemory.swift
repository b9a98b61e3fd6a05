import Diagnostics
package import Model

/// What one load has read and set, so that the next of the same checkout does anew only what has changed.
///
/// It changes nothing but the time: a load with it gives what one without it gives. A file counts as unchanged when
/// size, times and inode agree and nobody wrote to it shortly before it was read.
package struct LoadMemory: Sendable {
  var records = RecordMemory()
  var shelves = ShelfMemory()
  var history: HistoryMemory? = HistoryMemory()

  /// What tells whether Git would tell the same of the repositories that were asked.
  package private(set) var git: [String] = []

  package init() {}

  /// Takes note of what may have changed since the last load, so that it looks at nothing else.
  ///
  /// Without a note everything is looked at.
  /// - Parameters:
  ///   - paths: All paths at which something happened; `nil` where that is not known.
  ///   - top: What they are relative to.
  package mutating func note(_ paths: Set<String>?, below top: String) { records.note(paths, below: top) }

  /// Begins to join records with what Git knows.
  mutating func join(_ records: Records, at asOf: Moment, git: [String], in content: String) {
    self.git = git
    shelves.begin(
      in: self.records.file(content + "/gazette.yml").map { site in
        ShelfMemory.JoinSurroundings(
          site: site, asOf: asOf, git: git, pages: records.files.filter { $0.hasPrefix(content + "/pages/") })
      })
  }

  /// What tells whether a product's files are those of the last load; `nil` where that cannot be told.
  func key(of product: Product, readings: [Int]?) -> ShelfMemory.Key? {
    records.file(product.location.file).map { ShelfMemory.Key(product: $0, readings: readings ?? []) }
  }

  /// Which making of a product's shelf the last load gave; equal numbers mean the same shelf.
  package func making(of product: ProductID) -> Int? { shelves.making(of: product) }
}
