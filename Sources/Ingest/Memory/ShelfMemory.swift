import Diagnostics
import Model

/// The shelves of the last load and what they were made of.
struct ShelfMemory: Sendable {
  /// What the releases of a product are joined from besides the files of the product.
  struct JoinSurroundings: Hashable {
    var site: ContentFile
    var asOf: Moment
    var git: [String]
    /// The paths of the pages, which records name.
    var pages: [String]
  }

  /// What their texts are set with.
  struct TextSurroundings: Hashable {
    var links: LinkMap
    var embargoed: [String]
    var withdrawals: Withdrawals
  }

  /// What tells whether a product's own files are those of the last load.
  struct Key: Hashable {
    var product: ContentFile
    var readings: [Int]
  }

  struct Joined: Sendable {
    var draft: ProductDraft
    var report: Report
  }

  struct Made: Sendable {
    var shelf: Ledger.Shelf
    var report: Report
    var assets: [AssetUse]
    /// Where its references lead, see ``Ledger/referenceLinks``.
    var links: [String: String]
  }

  private struct Entry: Sendable {
    var key: Key
    var joined: Joined
    var changelog: [String: ChangelogSection] = [:]
    var made: Made?
    var number = 0
  }

  /// The last map, and the files that it was made of.
  private var linkMap: (files: LinkMap.Files, map: LinkMap)?
  private var joinSurroundings: JoinSurroundings?
  private var textSurroundings: TextSurroundings?
  private var entries: [ProductID: Entry] = [:]
  private var lastNumber = 0

  func making(of product: ProductID) -> Int? { entries[product].flatMap { $0.made == nil ? nil : $0.number } }

  // MARK: Joining

  /// Forgets what was made in other surroundings.
  /// - Parameter surroundings: `nil` where nothing can be known again.
  mutating func begin(in surroundings: JoinSurroundings?) {
    if surroundings == nil || surroundings != joinSurroundings { entries = [:] }
    joinSurroundings = surroundings
  }

  func joined(_ product: ProductID, of key: Key?) -> Joined? {
    guard let key, let entry = entries[product], entry.key == key else { return nil }
    return entry.joined
  }

  /// Keeps what was joined anew, and forgets the products that are not there any more.
  mutating func keep(_ all: [(product: ProductID, key: Key?, joined: Joined)]) {
    let old = entries
    entries = [:]
    guard joinSurroundings != nil else { return }
    for (product, key, joined) in all {
      guard let key else { continue }
      let known = old[product].flatMap { $0.key == key ? $0 : nil }
      entries[product] = known ?? Entry(key: key, joined: joined)
    }
  }

  // MARK: Setting texts

  /// The last map where it is of the same files, so that it need not be made, and is the same at a glance.
  mutating func linkMap(of files: LinkMap.Files) -> LinkMap {
    if let linkMap, linkMap.files == files { return linkMap.map }
    let map = LinkMap(files)
    linkMap = (files, map)
    return map
  }

  mutating func begin(in surroundings: TextSurroundings) {
    if surroundings != textSurroundings {
      for product in entries.keys { entries[product]?.made = nil }
    }
    textSurroundings = surroundings
  }

  func made(_ product: ProductID, with changelog: [String: ChangelogSection]) -> Made? {
    guard let entry = entries[product], entry.changelog == changelog else { return nil }
    return entry.made
  }

  mutating func keep(_ made: Made, of product: ProductID, with changelog: [String: ChangelogSection]) {
    lastNumber += 1
    entries[product]?.made = made
    entries[product]?.changelog = changelog
    entries[product]?.number = lastNumber
  }
}
