import Diagnostics
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The turn of one process to look at a clone, write into it and commit; the others wait, however long its hooks take.
///
/// Git locks the index for each step, and not between them: what one process has added, another that commits at the
/// same time would leave out again. And what one has only just written, another would take for somebody's.
package final class CommitTurn: Sendable {
  private let file: Int32

  /// - Parameter path: Of a file that only this is for; it stays, for others may be waiting for it.
  init(_ path: String) throws(FileError) {
    file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw FileError(path, Errno(rawValue: errno).description) }
    while flock(file, LOCK_EX) != 0 {
      let code = errno
      guard code == EINTR else {
        close(file)
        throw FileError(path, Errno(rawValue: code).description)
      }
    }
  }

  deinit { close(file) }
}
