import Diagnostics
import Model

/// One walk over a folder and everything below it.
struct FolderWalk {
  let reader: FileReader
  private(set) var files: [ContentFile] = []
  private(set) var report = Report()
  /// Whether something of it stands elsewhere.
  private(set) var hasLinks = false

  /// A folder on the way from the top, to notice a link that leads back into it.
  private struct Step: Hashable {
    var device: UInt64
    var inode: UInt64
  }

  /// Links inside linked folders can multiply; deeper than this nobody means it.
  private static let deepestLinks = 4
  private static let mostFiles = 1_000_000

  init(root: String) {
    reader = FileReader(root: root)
  }

  /// Walks a folder that need not exist.
  /// - Parameter path: Normal; empty for the top.
  mutating func walk(_ path: String) throws(FileError) {
    switch try reader.resolve(path) {
    case .failure(.missing): return
    case .failure: report.add(.leavesCheckout(path, at: SourceLocation(file: path)))
    case .success(let place):
      guard let status = try FileStatus(ofLinkAt: place), status.kind == .folder else { return }
      try walk(path, place: place, above: [Step(device: status.device, inode: status.inode)], links: 0)
    }
    files.sort { precedesInBytes($0.path, $1.path) }
  }

  private mutating func walk(_ path: String, place: String, above: [Step], links: Int) throws(FileError) {
    for entry in try entries(inFolder: place) {
      guard let name = String(validating: entry.name, as: UTF8.self),
        !entry.name.contains(where: { $0 < 0x20 || $0 == 0x7F })
      else {
        report.add(.unusableName(entry.name, in: path))
        continue
      }
      guard !CheckoutPath.isGitFolder(name) else { continue }
      let child = path.isEmpty ? name : path + "/" + name
      var childPlace = place + "/" + name
      var (links, status) = (links, entry.status)
      if status.kind == .link {
        guard let target = try follow(child, at: childPlace) else { continue }
        (childPlace, status) = target
        links += 1
      }
      switch status.kind {
      case .file: try add(child, status)
      case .folder:
        let step = Step(device: status.device, inode: status.inode)
        if above.contains(step) || links > FolderWalk.deepestLinks {
          report.add(.circularLink(child))
        } else {
          try walk(child, place: childPlace, above: above + [step], links: links)
        }
      case .link, .other: report.add(.notAFile(child, at: SourceLocation(file: child)))
      }
    }
  }

  /// Where a link leads, if it stays in the checkout.
  private mutating func follow(_ path: String, at place: String) throws(FileError) -> (String, FileStatus)? {
    hasLinks = true
    guard let target = try resolvedPath(place), let status = try FileStatus(ofLinkAt: target) else {
      report.add(.brokenLink(path))
      return nil
    }
    guard reader.isInside(target) else {
      report.add(.leavesCheckout(path, at: SourceLocation(file: path)))
      return nil
    }
    return (target, status)
  }

  private mutating func add(_ path: String, _ status: FileStatus) throws(FileError) {
    guard files.count < FolderWalk.mostFiles else {
      throw FileError(path, "more than \(FolderWalk.mostFiles) files", help: "name a smaller folder with `--content`")
    }
    files.append(ContentFile(path: path, status))
  }
}
