/// The shelves of the last public ledger.
package struct PublicShelves: Sendable {
  struct Entry: Sendable {
    /// See ``Ledger/facts(for:slices:remembering:makings:)``.
    var making: Int?
    /// `nil` where the public may know nothing of it.
    var shelf: Ledger.Shelf?
  }

  private var key: PublicFields.Key?
  private var entries: [ProductID: Entry] = [:]

  package init() {}

  /// Forgets what was made under other conditions.
  mutating func begin(with fields: PublicFields) {
    let key = fields.key
    if key != self.key { entries = [:] }
    self.key = key
  }

  func entry(of product: ProductID, making: Int?) -> Entry? {
    guard let making, let entry = entries[product], entry.making == making else { return nil }
    return entry
  }

  mutating func keep(_ entries: [(ProductID, Entry)]) {
    self.entries = Dictionary(entries.filter { $0.1.making != nil }, uniquingKeysWith: { first, _ in first })
  }
}
