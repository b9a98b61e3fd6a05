import Diagnostics
import Ingest

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Asks the system to tell when something happens in folders, so that their files need not be looked at again and again.
///
/// It only says that it is worth to look. Where the system cannot tell, everything is looked at instead.
final class FolderEvents: Sendable {
  #if os(Linux)
    private let descriptor: Int32

    /// - Parameter folders: Absolute; what is no folder is left out.
    /// - Returns: `nil` where the system cannot watch all of them.
    init?(in folders: [String]) {
      let descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
      guard descriptor >= 0 else { return nil }
      let kinds = [
        IN_CLOSE_WRITE, IN_MODIFY, IN_ATTRIB, IN_CREATE, IN_DELETE, IN_MOVED_FROM, IN_MOVED_TO, IN_DELETE_SELF,
        IN_MOVE_SELF, IN_ONLYDIR,
      ].reduce(UInt32(0)) { $0 | UInt32(truncatingIfNeeded: $1) }
      for folder in folders where inotify_add_watch(descriptor, folder, kinds) < 0 {
        // One that went away is a change, which the next look sees.
        guard errno == ENOENT || errno == ENOTDIR else {
          close(descriptor)
          return nil
        }
      }
      self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Whether something has happened since it was last asked.
    func hasSome() -> Bool {
      var hasSome = false
      withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 8) { buffer in
        while read(descriptor, buffer.baseAddress, buffer.count) > 0 { hasSome = true }
      }
      return hasSome
    }
  #else
    init?(in folders: [String]) { return nil }

    func hasSome() -> Bool { true }
  #endif
}
