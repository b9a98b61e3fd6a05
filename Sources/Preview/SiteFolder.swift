import Diagnostics
import Ingest
import SystemPackage

/// The files of one built site, read for whoever looks at it. No link is followed, wherever it leads.
struct SiteFolder: Hashable, Sendable {
  /// Absolute.
  let path: String

  enum Answer: Hashable, Sendable {
    case file([UInt8])
    /// A folder was asked for without the slash that its page's links need.
    case folder
    case missing
  }

  /// What stands at a path.
  func answer(_ asked: PreviewPath) throws(FileError) -> Answer {
    var place = path
    var kind = try FileStatus(ofLinkAt: place)?.kind
    for step in asked.steps {
      guard kind == .folder else { return .missing }
      place += "/" + step
      kind = try FileStatus(ofLinkAt: place)?.kind
    }
    if kind == .folder {
      guard asked.isFolder else { return .folder }
      place += "/index.html"
      kind = try FileStatus(ofLinkAt: place)?.kind
    } else if asked.isFolder {
      return .missing
    }
    guard kind == .file, let bytes = try contents(of: place) else { return .missing }
    return .file(bytes)
  }

  /// The bytes of one file of the site by its address; `nil` when there is none.
  func file(_ address: String) throws(FileError) -> [UInt8]? { try contents(of: path + "/" + address) }

  private func contents(of place: String) throws(FileError) -> [UInt8]? {
    do {
      let file = try FileDescriptor.open(place, .readOnly, options: [.noFollow, .nonBlocking, .closeOnExec])
      return try file.closeAfter {
        let status = try FileStatus(of: file, at: place)
        guard status.kind == .file else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(status.size)
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
          let count = try chunk.withUnsafeMutableBytes { try file.read(into: $0) }
          if count == 0 { return bytes }
          bytes += chunk[..<count]
        }
      }
    } catch Errno.noSuchFileOrDirectory, Errno.notDirectory, Errno.tooManySymbolicLinkLevels {
      return nil
    } catch let error as FileError {
      throw error
    } catch {
      throw FileError(place, "\(error)")
    }
  }
}
