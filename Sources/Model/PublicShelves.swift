/// The shelves of the last public ledger.
package struct PublicShelves: Sendable {
  struct Entry: Sendable {
    /// See ``Ledger/facts(for:slices:remembering:makings:)``.
    var making: Int?
    /// `nil` where the public may know nothing of it.
    var shelf: Ledger.Shelf?
    /// Tells this shelf from any that was made before.
    var number = 0
    /// What its changes refer to.
    let references: Set<String>

    init(making: Int?, shelf: Ledger.Shelf?) {
      (self.making, self.shelf) = (making, shelf)
      references = shelf?.references ?? []
    }
  }

  private var key: PublicFields.Key?
  private var entries: [ProductID: Entry] = [:]
  private var lastNumber = 0

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
    self.entries = [:]
    for (product, entry) in entries where entry.making != nil {
      var entry = entry
      if entry.number == 0 {
        lastNumber += 1
        entry.number = lastNumber
      }
      self.entries[product] = entry
    }
  }

  /// Which making of a product's shelf the last ledger holds; equal numbers mean the same shelf.
  package func making(of product: ProductID) -> Int? { entries[product]?.number }
}
