import Diagnostics
import Model

/// The shelves of the last load and what they were made of.
struct ShelfMemory: Sendable {
  /// What the shelf of a product is made of besides the files of the product.
  struct Surroundings: Hashable {
    var site: ContentFile
    var asOf: Moment
    var git: [String]
    var links: LinkMap
    var embargoed: [String]
    var withdrawals: Withdrawals
  }

  /// What tells whether a product's own files are those of the last load.
  struct Key: Hashable {
    var product: ContentFile
    var readings: [Int]
    var changelog: [String: ChangelogSection]
  }

  struct Made: Sendable {
    var shelf: Ledger.Shelf
    var report: Report
    var assets: [AssetUse]
  }

  private struct Entry: Sendable {
    var key: Key
    var made: Made
    var number: Int
  }

  private var surroundings: Surroundings?
  private var entries: [ProductID: Entry] = [:]
  private var lastNumber = 0

  func making(of product: ProductID) -> Int? { entries[product]?.number }

  /// Forgets everything that was made in other surroundings.
  mutating func begin(in surroundings: Surroundings?) {
    if surroundings == nil || surroundings != self.surroundings { entries = [:] }
    self.surroundings = surroundings
  }

  func made(_ product: ProductID, of key: Key?) -> Made? {
    guard let key, let entry = entries[product], entry.key == key else { return nil }
    return entry.made
  }

  /// Keeps what was made anew, and forgets the products that are not there any more.
  mutating func keep(_ shelves: [(product: ProductID, key: Key?, made: Made)]) {
    let old = entries
    entries = [:]
    guard surroundings != nil else { return }
    for (product, key, made) in shelves {
      guard let key else { continue }
      if let known = old[product], known.key == key {
        entries[product] = known
      } else {
        lastNumber += 1
        entries[product] = Entry(key: key, made: made, number: lastNumber)
      }
    }
  }
}
