package import Diagnostics
import Ingest

/// Where a site goes, and where its writer keeps what it needs while it works.
package struct OutputPlace: Hashable, Sendable {
  /// The folder of the site: absolute, without links.
  package let folder: String
  /// What the paths of lock and work begin with: beside the site, so that a rename puts it in place; in the site
  /// where beside is another file system or may not be written.
  private let base: String
  private let isInside: Bool

  static let namesOfOurs = [SiteManifest.name, SitePart.name, "." + lockName, "." + workName]
  private static let lockName = "gazette-lock"
  private static let cacheName = "gazette-cache"
  private static let workName = "gazette-work"

  /// - Parameter path: Absolute; nothing, a folder or a link to a folder.
  package init(_ path: String) throws(FileError) {
    var folder = path
    while folder.utf8.count > 1, folder.utf8.last == UInt8(ascii: "/") { folder.removeLast() }
    self.folder = try OutputPlace.withoutLinks(folder)
    let parent = FileSystem.parent(of: self.folder) ?? "/"
    let above = try OutputPlace.existing(parent)
    var isBeside = FileSystem.isWritable(above)
    if isBeside, try FileSystem.kind(of: self.folder) == .folder {
      isBeside = try FileStatus(ofLinkAt: self.folder)?.device == FileStatus(ofLinkAt: above)?.device
    }
    isInside = !isBeside
    base = isBeside ? FileSystem.path(parent, ".\(FileSystem.name(of: self.folder)).") : self.folder + "/."
  }

  var lock: String { base + OutputPlace.lockName }

  /// What is staged, and the journal.
  var work: String { base + OutputPlace.workName }

  /// What the next build need not read again; only beside the site, for in it somebody might publish it.
  var cache: String? { isInside ? nil : base + OutputPlace.cacheName }

  var staging: String { work + "/site" }

  var journal: String { work + "/journal" }

  var manifest: String { folder + "/" + SiteManifest.name }

  /// Whether nothing is there that a finished site could not simply take the place of.
  func isVacant() throws(FileError) -> Bool {
    switch try FileSystem.kind(of: folder) {
    case nil: return true
    case .folder where !isInside: return try FileSystem.names(in: folder).isEmpty
    default: return false
    }
  }

  /// Whether the path is the folder or in it.
  package static func contains(_ folder: String, _ path: String) -> Bool {
    path == folder || folder == "/" || path.hasPrefix(folder + "/")
  }

  /// The path with the links of its existing part followed.
  package static func withoutLinks(_ path: String) throws(FileError) -> String {
    if let resolved = try resolvedPath(path) { return resolved }
    if try FileSystem.kind(of: path) == .link {
      throw FileError(
        path, "is a link that leads nowhere", help: "remove the link, or name another folder with --output")
    }
    guard let parent = FileSystem.parent(of: path) else { return path }
    return FileSystem.path(try withoutLinks(parent), FileSystem.name(of: path))
  }

  private static func existing(_ path: String) throws(FileError) -> String {
    if try FileSystem.kind(of: path) != nil { return path }
    guard let parent = FileSystem.parent(of: path) else { return "/" }
    return try existing(parent)
  }
}
