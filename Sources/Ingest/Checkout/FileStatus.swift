package import Diagnostics
package import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What the system says of a file.
package struct FileStatus: Hashable, Sendable {
  package enum Kind: Hashable, Sendable { case file, folder, link, other }

  package var kind: Kind
  package var size: Int
  package var device: UInt64
  package var inode: UInt64
  /// Nanoseconds since 1970.
  package var modified: Int
  /// Nanoseconds since 1970.
  package var changed: Int

  fileprivate init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    case S_IFLNK: kind = .link
    default: kind = .other
    }
    size = Int(status.st_size)
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(status.st_ino)
    #if canImport(Darwin)
      let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
    #else
      let (modified, changed) = (status.st_mtim, status.st_ctim)
    #endif
    self.modified = Int(modified.tv_sec) * 1_000_000_000 + Int(modified.tv_nsec)
    self.changed = Int(changed.tv_sec) * 1_000_000_000 + Int(changed.tv_nsec)
  }

  /// - Returns: `nil` when there is nothing at the path.
  package init?(ofLinkAt path: String) throws(FileError) {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw FileError(path, Errno(rawValue: errno).description)
    }
    self.init(status)
  }

  /// The same of a name in an open folder.
  fileprivate init?(ofLinkNamed name: [UInt8], in folder: Int32, at path: String) throws(FileError) {
    var status = stat()
    let answer = (name + [0]).withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { name in
        name.baseAddress.map { fstatat(folder, $0, &status, AT_SYMLINK_NOFOLLOW) } ?? -1
      }
    }
    guard answer == 0 else {
      if errno == ENOENT { return nil }
      throw FileError(path + "/" + String(decoding: name, as: UTF8.self), Errno(rawValue: errno).description)
    }
    self.init(status)
  }

  package init(of file: FileDescriptor, at path: String) throws(FileError) {
    var status = stat()
    guard fstat(file.rawValue, &status) == 0 else { throw FileError(path, Errno(rawValue: errno).description) }
    self.init(status)
  }
}

/// The path without links, or `nil` when it leads nowhere, a circle of links included.
package func resolvedPath(_ path: String) throws(FileError) -> String? {
  guard let resolved = realpath(path, nil) else {
    if errno == ENOENT || errno == ENOTDIR || errno == ELOOP { return nil }
    throw FileError(path, Errno(rawValue: errno).description)
  }
  defer { free(resolved) }
  return String(cString: resolved)
}

/// Whether a folder is there, perhaps behind a link.
func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// Something in a folder, by its name as bytes; links are not followed.
package struct FolderEntry: Hashable, Sendable {
  package var name: [UInt8]
  package var status: FileStatus
}

/// What is in a folder, sorted by name. What vanishes meanwhile was not there.
package func entries(inFolder path: String) throws(FileError) -> [FolderEntry] {
  try withNames(inFolder: path) { names, folder throws(FileError) in
    var entries: [FolderEntry] = []
    entries.reserveCapacity(names.count)
    for name in names {
      guard let status = try FileStatus(ofLinkNamed: name, in: folder, at: path) else { continue }
      entries.append(FolderEntry(name: name, status: status))
    }
    return entries
  }
}

/// The names in a folder as bytes, sorted, without `.` and `..`.
package func names(inFolder path: String) throws(FileError) -> [[UInt8]] {
  try withNames(inFolder: path) { names, _ in names }
}

/// - Parameter body: Takes the sorted names and the descriptor of the open folder.
private func withNames<Result>(
  inFolder path: String, _ body: (_ names: [[UInt8]], _ folder: Int32) throws(FileError) -> Result
) throws(FileError) -> Result {
  guard let folder = opendir(path) else { throw FileError(path, Errno(rawValue: errno).description) }
  defer { closedir(folder) }
  var names: [[UInt8]] = []
  while true {
    errno = 0
    guard let entry = readdir(folder) else {
      guard errno == 0 else { throw FileError(path, Errno(rawValue: errno).description) }
      break
    }
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
    if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
  }
  return try body(names.sorted { $0.lexicographicallyPrecedes($1) }, dirfd(folder))
}
