import Diagnostics
import Model

/// The files of the content folder as the last load found them. Where somebody tells which of them may have changed, the
/// others are not looked at again.
struct FolderListing: Sendable {
  private enum Told {
    case nothing
    /// Paths relative to a folder.
    case paths(Set<String>, top: String)
    case anything
  }

  /// Where the files are.
  private struct Place: Hashable {
    var root: String
    var content: String
  }

  /// Sorted by the bytes of their paths.
  private(set) var files: [ContentFile] = []
  private(set) var paths: [String] = []
  /// What may have changed since the look before the last; `nil` for anything.
  private(set) var changed: Set<String>?
  /// Of the files, by their paths.
  private var positions: [String: Int] = [:]
  private var findings = Report()
  /// `nil` where a change need not have been told, as behind links.
  private var place: Place?
  private var told = Told.nothing

  subscript(path: String) -> ContentFile? { positions[path].map { files[$0] } }

  /// Takes note of what may have changed since the last look.
  /// - Parameters:
  ///   - paths: All paths at which something happened; `nil` where that is not known.
  ///   - top: What they are relative to.
  mutating func note(_ paths: Set<String>?, below top: String) {
    guard let paths else {
      told = .anything
      return
    }
    switch told {
    case .nothing: told = .paths(paths, top: top)
    case .paths(let known, top): told = .paths(known.union(paths), top: top)
    case .paths, .anything: told = .anything
    }
  }

  /// Looks at the files below the content folder: at all of them where nobody told which ones may have changed.
  mutating func look(at checkout: Checkout, into report: inout Report) throws(FileError) {
    let told = told
    // What stops a look leaves nothing to build upon.
    self.told = .anything
    if try !follow(told, in: checkout) { try walk(checkout) }
    self.told = .nothing
    report.merge(findings)
  }

  private mutating func walk(_ checkout: Checkout) throws(FileError) {
    findings = Report()
    (place, changed) = (nil, nil)
    if checkout.reader.commit == nil {
      let walk = try checkout.walk(checkout.content)
      (files, findings) = (walk.files, walk.report)
      if !walk.hasLinks { place = Place(root: checkout.root, content: checkout.content) }
    } else {
      files = try checkout.files(under: checkout.content, into: &findings)
    }
    paths = files.map(\.path)
    positions = Dictionary(paths.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// - Returns: Whether all that was told is about the contents of files that were there and still are.
  private mutating func follow(_ told: Told, in checkout: Checkout) throws(FileError) -> Bool {
    guard case .paths(let paths, let top) = told, let place,
      place == Place(root: checkout.root, content: checkout.content), try resolvedPath(top) == checkout.root
    else { return false }
    var changed: Set<String> = []
    for path in paths {
      guard path.hasPrefix(place.content + "/") else {
        if path == place.content || place.content.hasPrefix(path + "/") { return false }
        continue
      }
      let status = try FileStatus(ofLinkAt: place.root + "/" + path)
      switch (positions[path], status?.kind) {
      case (let position?, .file):
        if let status { files[position] = ContentFile(path: path, status) }
        changed.insert(path)
      case (nil, nil) where !hasFiles(below: path + "/"): continue
      default: return false
      }
    }
    self.changed = changed
    return true
  }

  private func hasFiles(below prefix: String) -> Bool {
    var (low, high) = (0, files.count)
    while low < high {
      let middle = (low + high) / 2
      if precedesInBytes(files[middle].path, prefix) { low = middle + 1 } else { high = middle }
    }
    return low < files.count && files[low].path.hasPrefix(prefix)
  }
}
