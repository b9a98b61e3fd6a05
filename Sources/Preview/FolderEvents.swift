import Diagnostics
import Ingest

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What has happened in folders.
struct FolderNews: Hashable, Sendable {
  /// Where; `nil` where it is not known.
  var paths: Set<String>? = []
  /// Whether something of it happened to what is looked at.
  var counts = false

  mutating func add(_ other: FolderNews) {
    paths = paths.flatMap { paths in other.paths.map(paths.union) }
    counts = counts || other.counts
  }
}

/// Asks the system to tell when something happens in folders, so that their files need not be looked at again and again.
final class FolderEvents: Sendable {
  #if os(Linux)
    private let descriptor: Int32
    /// By the number that the system gives them.
    private let folders: [Int32: [Watch.Folder]]

    /// - Parameter folders: What is no folder is left out.
    /// - Returns: `nil` where the system cannot watch all of them.
    init?(in folders: [Watch.Folder]) {
      let descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
      guard descriptor >= 0 else { return nil }
      let kinds = FolderEvents.mask([
        IN_CLOSE_WRITE, IN_MODIFY, IN_ATTRIB, IN_CREATE, IN_DELETE, IN_MOVED_FROM, IN_MOVED_TO, IN_DELETE_SELF,
        IN_MOVE_SELF, IN_ONLYDIR,
      ])
      var watched: [Int32: [Watch.Folder]] = [:]
      for folder in folders {
        let number = inotify_add_watch(descriptor, folder.path, kinds)
        if number >= 0 {
          watched[number, default: []].append(folder)
        } else if errno != ENOENT, errno != ENOTDIR {
          // One that went away is a change, which the next look sees.
          close(descriptor)
          return nil
        }
      }
      (self.descriptor, self.folders) = (descriptor, watched)
    }

    deinit { close(descriptor) }

    /// What has happened since it was last asked.
    func news() -> FolderNews {
      var news = FolderNews()
      withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 8) { buffer in
        while true {
          let count = read(descriptor, buffer.baseAddress, buffer.count)
          guard count > 0 else { return }
          add(UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: &news)
        }
      }
      return news
    }

    /// The folder itself went away, or more has happened than the system could remember.
    private static let nameless = mask([IN_DELETE_SELF, IN_MOVE_SELF, IN_Q_OVERFLOW])

    private static func mask(_ kinds: [some BinaryInteger]) -> UInt32 {
      kinds.reduce(0) { $0 | UInt32(truncatingIfNeeded: $1) }
    }

    /// - Source: inotify(7), `struct inotify_event`.
    private func add(_ events: UnsafeRawBufferPointer, to news: inout FolderNews) {
      var start = 0
      while start + 16 <= events.count {
        let number = events.loadUnaligned(fromByteOffset: start, as: Int32.self)
        let kind = events.loadUnaligned(fromByteOffset: start + 4, as: UInt32.self)
        let length = Int(events.loadUnaligned(fromByteOffset: start + 12, as: UInt32.self))
        let end = min(start + 16 + length, events.count)
        let name = events[(start + 16)..<end].prefix { $0 != 0 }
        start = end
        if name.isEmpty {
          guard kind & FolderEvents.nameless != 0 else { continue }
          news.add(FolderNews(paths: nil, counts: true))
        } else if let text = String(validating: name, as: UTF8.self), let folders = folders[number] {
          news.add(
            FolderNews(
              paths: Set(folders.map { $0.path + "/" + text }), counts: folders.contains { $0.counts(text) }))
        } else {
          news.add(FolderNews(paths: nil, counts: true))
        }
      }
    }
  #else
    init?(in folders: [Watch.Folder]) { return nil }

    func news() -> FolderNews { FolderNews(paths: nil, counts: true) }
  #endif
}
