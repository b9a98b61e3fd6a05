/// A file of the checkout, with what tells whether it has changed since it was last read.
package struct ContentFile: Hashable, Sendable {
  /// Relative to the checkout's top.
  package var path: String
  /// In bytes.
  package var size: Int
  /// Nanoseconds since 1970; 0 for a file of a commit.
  package var modified: Int
  /// When the file or its status changed, in nanoseconds since 1970; 0 for a file of a commit.
  package var changed: Int
  /// 0 for a file of a commit.
  package var inode: UInt64
}

extension ContentFile {
  init(path: String, _ status: FileStatus) {
    self.init(path: path, size: status.size, modified: status.modified, changed: status.changed, inode: status.inode)
  }
}
