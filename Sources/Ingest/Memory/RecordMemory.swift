import Diagnostics
import Model

/// The records of the last load, by portions of the work that came of the same product or kind.
struct RecordMemory: Sendable {
  private struct Portion: Sendable {
    var jobs: ArraySlice<RecordJob>
    var files: [ContentFile?]
    var slice: RecordSlice
    var number: Int
  }

  /// What the content folder held.
  private struct Listing: Sendable {
    var paths: [String]
    var content: String
    var inventory: ContentInventory
    /// What was read of it, and how products count their versions.
    var work: RecordWork?
    var schemes: [ProductID: VersionScheme] = [:]
  }

  private var listing: Listing?
  private var portions: [String: Portion] = [:]
  private var lastNumber = 0
  private(set) var folder = FolderListing()
  /// Files that were written later may be written again within the same tick. Nanoseconds since 1970.
  private var settled = 0

  /// Takes note of what may have changed since the last load, see ``FolderListing/note(_:below:)``.
  mutating func note(_ paths: Set<String>?, below top: String) { folder.note(paths, below: top) }

  /// Begins a load.
  /// - Parameter clock: What the clock says.
  /// - Returns: The paths of the files below the content folder.
  mutating func begin(
    _ checkout: Checkout, at clock: Moment, into report: inout Report
  ) throws(FileError) -> [String] {
    settled = (clock.seconds - 2) * 1_000_000_000
    try folder.look(at: checkout, into: &report)
    return folder.paths
  }

  /// The file as it was before it was read, if it can be known again.
  func file(_ path: String) -> ContentFile? {
    // Those of a commit have no times.
    folder[path].flatMap { $0.inode > 0 && max($0.modified, $0.changed) < settled ? $0 : nil }
  }

  /// The files of a portion; those of the last load where all could be known again and none has changed.
  private func filesRead(for cut: RecordWork.Portion, among jobs: [RecordJob]) -> [ContentFile?] {
    if let changed = folder.changed, let portion = portions[cut.key], portion.jobs == jobs[cut.range],
      !portion.files.contains(nil), changed.isDisjoint(with: cut.paths)
    {
      return portion.files
    }
    return cut.paths.map(file)
  }

  /// The files told apart, which are the same as long as their paths are.
  mutating func inventory(of paths: [String], in content: String) -> ContentInventory {
    if let listing, listing.paths == paths, listing.content == content { return listing.inventory }
    let inventory = ContentInventory(of: paths, in: content)
    listing = Listing(paths: paths, content: content, inventory: inventory)
    return inventory
  }

  /// What is to be read of the files of the last inventory, cut into portions.
  mutating func work(for products: [Product], _ jobs: (inout ShapeCheck) -> [RecordJob]) -> RecordWork {
    let schemes = Dictionary(uniqueKeysWithValues: products.map { ($0.id, $0.versioning) })
    if let work = listing?.work, listing?.schemes == schemes { return work }
    var check = ShapeCheck()
    let work = RecordWork(jobs(&check), check)
    listing?.work = work
    listing?.schemes = schemes
    return work
  }

  /// The records of all jobs, in their order.
  ///
  /// - Returns: Also, by product, which readings they came from; equal numbers mean the same records. What cannot be
  ///   known again is read each time.
  mutating func read(
    _ work: RecordWork, from source: ContentSource, slices: Int
  ) async -> (slices: [RecordSlice], readings: [ProductID: [Int]]) {
    let jobs = work.jobs
    let files = work.portions.map { filesRead(for: $0, among: jobs) }
    let known = zip(work.portions, files).map { cut, files in
      portions[cut.key].flatMap { portion in
        portion.jobs == jobs[cut.range] && portion.files == files && !files.contains(nil) ? portion : nil
      }
    }
    let missing = work.portions.indices.filter { known[$0] == nil }.flatMap { work.portions[$0].range }
    let read = await inSlices(of: missing.count, slices: slices) { range in
      range.map { RecordSlice(of: jobs[missing[$0]...missing[$0]], files: source) }
    }.flatMap(\.self)
    var result: [RecordSlice] = []
    var readings: [ProductID: [Int]] = [:]
    var next: [String: Portion] = [:]
    var position = 0
    for (place, cut) in work.portions.enumerated() {
      var portion: Portion
      if let known = known[place] {
        portion = known
      } else {
        lastNumber += 1
        let count = cut.range.count
        portion = Portion(
          jobs: jobs[cut.range], files: files[place],
          slice: RecordSlice(joining: read[position..<position + count]),
          number: lastNumber)
        position += count
      }
      if portion.slice.error == nil { next[cut.key] = portion }
      result.append(portion.slice)
      if let product = cut.product { readings[product, default: []].append(portion.number) }
    }
    portions = next
    return (result, readings)
  }
}

/// What is to be read, in portions of the same product or kind.
struct RecordWork: Sendable {
  struct Portion: Sendable {
    var key: String
    var product: ProductID?
    var range: Range<Int>
    var paths: [String]
  }

  let jobs: [RecordJob]
  /// What is wrong with what is not read.
  let check: ShapeCheck
  let portions: [Portion]

  /// How many records a portion has at most.
  private static let largestPortion = 64

  init(_ jobs: [RecordJob], _ check: ShapeCheck) {
    (self.jobs, self.check) = (jobs, check)
    var portions: [Portion] = []
    for (index, job) in jobs.enumerated() {
      let shelf = job.shelf
      let isSameShelf = portions.last?.key.hasPrefix(shelf.name + "#") ?? false
      if isSameShelf, let last = portions.indices.last, portions[last].range.count < RecordWork.largestPortion {
        portions[last].range = portions[last].range.lowerBound..<index + 1
        portions[last].paths += job.paths
      } else {
        portions.append(
          Portion(
            key: "\(shelf.name)#\(isSameShelf ? index : 0)", product: shelf.product, range: index..<index + 1,
            paths: job.paths))
      }
    }
    self.portions = portions
  }
}

extension RecordJob {
  /// What is read together with it.
  fileprivate var shelf: (name: String, product: ProductID?) {
    switch self {
    case .release(let entry, _): ("releases/" + entry.product, ProductID(entry.product))
    case .fragment: ("changes", nil)
    case .page: ("pages", nil)
    case .incident: ("incidents", nil)
    }
  }

  fileprivate var paths: [String] {
    switch self {
    case .release(let entry, _): [entry.record, entry.notes].compactMap(\.self) + entry.parts
    case .fragment(let entry), .page(let entry), .incident(let entry): [entry.path]
    }
  }
}
