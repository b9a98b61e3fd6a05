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

  private var portions: [String: Portion] = [:]
  private var lastNumber = 0
  /// The files of the load at hand, by path.
  private var files: [String: ContentFile] = [:]
  /// Files that were written later may be written again within the same tick. Nanoseconds since 1970.
  private var settled = 0

  /// How many records a portion has at most.
  private static let largestPortion = 64

  /// Begins a load.
  /// - Parameter clock: What the clock says.
  mutating func begin(with files: [ContentFile], at clock: Moment) {
    self.files = Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    settled = (clock.seconds - 2) * 1_000_000_000
  }

  /// The file as it was before it was read, if it can be known again.
  func file(_ path: String) -> ContentFile? {
    // Those of a commit have no times.
    files[path].flatMap { $0.inode > 0 && max($0.modified, $0.changed) < settled ? $0 : nil }
  }

  /// The records of all jobs, in their order.
  ///
  /// - Returns: Also, by product, which readings they came from; equal numbers mean the same records. What cannot be
  ///   known again is read each time.
  mutating func read(
    _ jobs: [RecordJob], from source: ContentSource, slices: Int
  ) async -> (slices: [RecordSlice], readings: [ProductID: [Int]]) {
    let cuts = RecordMemory.portions(of: jobs)
    let known = cuts.map { cut in
      portions[cut.key].flatMap { portion in
        portion.jobs == jobs[cut.range] && portion.files == cut.paths.map(file) && !portion.files.contains(nil)
          ? portion : nil
      }
    }
    let missing = cuts.indices.filter { known[$0] == nil }
    let work = missing.flatMap { cuts[$0].range }
    let read = await inSlices(of: work.count, slices: slices) { range in
      range.map { RecordSlice(of: jobs[work[$0]...work[$0]], files: source) }
    }.flatMap(\.self)
    var result: [RecordSlice] = []
    var readings: [ProductID: [Int]] = [:]
    var next: [String: Portion] = [:]
    var position = 0
    for (cut, known) in zip(cuts, known) {
      var portion: Portion
      if let known {
        portion = known
      } else {
        lastNumber += 1
        let count = cut.range.count
        portion = Portion(
          jobs: jobs[cut.range], files: cut.paths.map(file),
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

  private struct Cut: Sendable {
    var key: String
    var product: ProductID?
    var range: Range<Int>
    var paths: [String]
  }

  private static func portions(of jobs: [RecordJob]) -> [Cut] {
    var cuts: [Cut] = []
    for (index, job) in jobs.enumerated() {
      let shelf = job.shelf
      if let last = cuts.indices.last, cuts[last].key.hasPrefix(shelf.name + "#"),
        cuts[last].range.count < largestPortion
      {
        cuts[last].range = cuts[last].range.lowerBound..<index + 1
        cuts[last].paths += job.paths
      } else {
        let number = cuts.last.map { $0.key.hasPrefix(shelf.name + "#") } == true ? index : 0
        cuts.append(
          Cut(key: "\(shelf.name)#\(number)", product: shelf.product, range: index..<index + 1, paths: job.paths))
      }
    }
    return cuts
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
