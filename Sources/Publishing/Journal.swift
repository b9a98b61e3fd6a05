import Diagnostics

/// What remains to be done to turn the old site into the new one, once everything new is staged.
///
/// Each step may be taken twice, so that a run can finish what a killed one began.
struct Journal: Hashable, Sendable {
  enum Step: Hashable, Sendable {
    /// Removes a file that the new site has not.
    case remove(String)
    /// Removes a folder that nothing is left in.
    case prune(String)
    case makeFolder(String)
    /// Puts a staged file into the site.
    case place(String)
  }

  /// Paths are relative to the site.
  var steps: [Step]

  init(_ steps: [Step]) {
    self.steps = steps
  }

  func take(_ step: Step, in place: OutputPlace) throws(FileError) {
    switch step {
    case .remove(let path): try FileSystem.removeFile(place.folder + "/" + path)
    case .prune(let path): try FileSystem.removeFolderIfEmpty(place.folder + "/" + path)
    case .makeFolder(let path): try FileSystem.makeFolders(place.folder + "/" + path)
    case .place(let path): _ = try FileSystem.move(place.staging + "/" + path, to: place.folder + "/" + path)
    }
  }

  /// A letter, the path and a zero byte for each step; the last letter is a full stop, so that a part is no whole.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for step in steps {
      let (letter, path) = Journal.words(for: step)
      bytes.append(letter)
      bytes += path.utf8
      bytes.append(0)
    }
    bytes.append(UInt8(ascii: "."))
    return bytes
  }

  /// - Returns: `nil` when the bytes are no journal, or not a whole one.
  init?(bytes: [UInt8]) {
    guard bytes.last == UInt8(ascii: ".") else { return nil }
    steps = []
    for entry in bytes.dropLast().split(separator: 0) {
      guard let path = String(validating: entry.dropFirst(), as: UTF8.self), SiteManifest.isInside(path) else {
        return nil
      }
      switch entry.first {
      case UInt8(ascii: "r"): steps.append(.remove(path))
      case UInt8(ascii: "p"): steps.append(.prune(path))
      case UInt8(ascii: "f"): steps.append(.makeFolder(path))
      case UInt8(ascii: "m"): steps.append(.place(path))
      default: return nil
      }
    }
  }

  private static func words(for step: Step) -> (letter: UInt8, path: String) {
    switch step {
    case .remove(let path): (UInt8(ascii: "r"), path)
    case .prune(let path): (UInt8(ascii: "p"), path)
    case .makeFolder(let path): (UInt8(ascii: "f"), path)
    case .place(let path): (UInt8(ascii: "m"), path)
    }
  }
}
