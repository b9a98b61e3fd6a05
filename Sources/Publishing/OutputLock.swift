package import Diagnostics
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The right to write one output, held by one build at a time and given back when it ends, however it ends.
package struct OutputLock: ~Copyable {
  private let path: String
  private let file: Int32

  /// - Throws: ``FileError`` at once when another build holds it; the message says which.
  package init(for place: OutputPlace) throws(FileError) {
    path = place.lock
    if let parent = FileSystem.parent(of: place.lock) { try FileSystem.makeFolders(parent) }
    while true {
      let file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o666)
      guard file >= 0 else { throw FileSystem.failure(path) }
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
        let isHeld = errno == EWOULDBLOCK
        let failure = FileSystem.failure(path)
        close(file)
        guard isHeld else { throw failure }
        let holder = try FileSystem.contents(of: path).flatMap { String(validating: $0, as: UTF8.self) } ?? ""
        throw FileError(
          place.folder, "another build is writing this site" + (holder.isEmpty ? "" : " (process \(holder))"),
          help: "wait until it has finished, or name another folder with --output")
      }
      // The one that held it before may have removed the file between our opening and our locking.
      var held = stat()
      var named = stat()
      if fstat(file, &held) == 0, stat(path, &named) == 0, held.st_ino == named.st_ino, held.st_dev == named.st_dev {
        self.file = file
        break
      }
      close(file)
    }
    do {
      _ = try FileDescriptor(rawValue: file).writeAll(String(getpid()).utf8)
    } catch {
      // Whose lock it is only makes another build's message better.
    }
  }

  deinit {
    unlink(path)
    close(file)
  }
}
