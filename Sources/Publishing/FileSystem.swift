import Diagnostics
import Ingest
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The calls on the file system that writing a site needs. Paths are absolute; links are never followed at their end.
enum FileSystem {
  /// What stands at a path; `nil` when nothing does.
  static func kind(of path: String) throws(FileError) -> FileStatus.Kind? { try FileStatus(ofLinkAt: path)?.kind }

  static func isWritable(_ path: String) -> Bool { access(path, W_OK) == 0 }

  /// The names in a folder, sorted by bytes.
  static func names(in folder: String) throws(FileError) -> [String] {
    try Ingest.names(inFolder: folder).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Makes a folder where there is none.
  static func makeFolder(_ path: String) throws(FileError) {
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw failure(path) }
  }

  /// Makes a folder and those above it.
  static func makeFolders(_ path: String) throws(FileError) {
    if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let above = parent(of: path) else { throw failure(path) }
    try makeFolders(above)
    try makeFolder(path)
  }

  /// The folder that holds a path; `nil` for the root.
  static func parent(of path: String) -> String? {
    guard path != "/", let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last name in a path.
  static func name(of path: String) -> Substring {
    path[(path.utf8.lastIndex(of: UInt8(ascii: "/")).map(path.utf8.index(after:)) ?? path.startIndex)...]
  }

  static func path(_ folder: String, _ name: some StringProtocol) -> String {
    folder == "/" ? "/" + name : folder + "/" + name
  }

  /// Writes a new file, or a file anew.
  static func write(_ bytes: [UInt8], to path: String, synced: Bool = false) throws(FileError) {
    do {
      let file = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .truncate, .noFollow],
        permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
      try file.closeAfter {
        _ = try file.writeAll(bytes)
        if synced { guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) } }
      }
    } catch {
      throw failure(path, error)
    }
  }

  /// All bytes of a file; `nil` when there is no file.
  static func contents(of path: String) throws(FileError) -> [UInt8]? {
    do {
      let file = try FileDescriptor.open(path, .readOnly, options: .noFollow)
      return try file.closeAfter {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
          let count = try chunk.withUnsafeMutableBytes { try file.read(into: $0) }
          if count == 0 { return bytes }
          bytes += chunk[..<count]
        }
      }
    } catch Errno.noSuchFileOrDirectory {
      return nil
    } catch {
      throw failure(path, error)
    }
  }

  /// Whether there is a file with exactly these bytes; `nil` when there is nothing at all.
  static func holds(_ bytes: [UInt8], at path: String) throws(FileError) -> Bool? {
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else {
      switch errno {
      case ENOENT, ENOTDIR: return nil
      case ELOOP, EACCES, ENXIO: return false
      default: throw failure(path)
      }
    }
    defer { close(file) }
    let status = try FileStatus(of: FileDescriptor(rawValue: file), at: path)
    guard status.kind == .file, status.size == bytes.count else { return false }
    let size = 32_768
    let isSame = withUnsafeTemporaryAllocation(byteCount: size, alignment: 16) { buffer in
      bytes.withUnsafeBytes { wanted -> Bool? in
        guard let start = buffer.baseAddress else { return false }
        var offset = 0
        while offset < wanted.count {
          let count = read(file, start, min(size, wanted.count - offset))
          guard count >= 0 else { return nil }
          guard count > 0, let expected = wanted.baseAddress, memcmp(start, expected + offset, count) == 0 else {
            return false
          }
          offset += count
        }
        return true
      }
    }
    guard let isSame else { throw failure(path) }
    return isSame
  }

  /// Renames, over what may be there.
  /// - Returns: Whether there was something to rename.
  static func move(_ path: String, to destination: String) throws(FileError) -> Bool {
    if rename(path, destination) == 0 { return true }
    if errno == ENOENT, try kind(of: path) == nil { return false }
    throw failure(destination)
  }

  /// Removes a file or link; a folder, or nothing, is left as it is.
  static func removeFile(_ path: String) throws(FileError) {
    guard unlink(path) != 0, errno != ENOENT, errno != ENOTDIR, errno != EISDIR else { return }
    if errno == EPERM, try kind(of: path) == .folder { return }
    throw failure(path)
  }

  /// Removes a folder, if there is nothing in it.
  static func removeFolderIfEmpty(_ path: String) throws(FileError) {
    guard rmdir(path) != 0 else { return }
    switch errno {
    case ENOENT, ENOTDIR, ENOTEMPTY, EEXIST, EBUSY: return
    default: throw failure(path)
    }
  }

  /// Removes a folder with all that is in it, or a file.
  static func removeTree(_ path: String) throws(FileError) {
    guard try kind(of: path) == .folder else { return try removeFile(path) }
    for name in try names(in: path) { try removeTree(path + "/" + name) }
    guard rmdir(path) == 0 || errno == ENOENT else { throw failure(path) }
  }

  /// What the last call said, in words, with advice where there is some.
  static func failure(_ path: String) -> FileError { failure(path, Errno(rawValue: errno)) }

  private static func failure(_ path: String, _ error: any Error) -> FileError {
    guard let error = error as? Errno else { return FileError(path, "\(error)") }
    let help: String? =
      switch error {
      case .noSpace, .diskQuotaExceeded: "make room and build again; the site is as it was"
      case .permissionDenied, .readOnlyFileSystem, .notPermitted:
        "make it writable, or name another folder with --output"
      case .fileTooLarge: "raise the limit on the size of files and build again; the site is as it was"
      case .fileNameTooLong: "name a folder with a shorter path with --output"
      default: nil
      }
    return FileError(path, error.description, help: help)
  }
}
