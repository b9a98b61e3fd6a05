import CArchive
package import Diagnostics

/// Writes a ZIP file that depends on nothing but what goes into it.
///
/// Entries are stored, for what a compressor makes differs with its version; they have no time, which reads as
/// 1980-01-01 in every time zone, and the mode of a plain file that all may read.
/// - Source: PKWARE APPNOTE 6.3.9, through libarchive.
package struct ZIPWriter: ~Copyable {
  private let archive: OpaquePointer
  /// What messages name.
  private let path: String
  /// Where the bytes go that go to no file.
  private let memory: UnsafeMutablePointer<[UInt8]>

  /// - Parameter path: Of a new file, or of one to be written anew; `nil` to write to memory.
  package init(to path: String? = nil) throws(FileError) {
    self.path = path ?? "a ZIP archive"
    guard let archive = archive_write_new() else { throw FileError(self.path, "there is no memory for an archive") }
    let memory = UnsafeMutablePointer<[UInt8]>.allocate(capacity: 1)
    memory.initialize(to: [])
    archive_write_set_format_zip(archive)
    archive_write_zip_set_compression_store(archive)
    archive_write_set_options(archive, "zip:hdrcharset=UTF-8")
    // Nothing is padded, and all of it goes out as it comes.
    archive_write_set_bytes_per_block(archive, 0)
    let status =
      if let path {
        archive_write_open_filename(archive, path)
      } else {
        archive_write_open(archive, memory, nil, keepInMemory, nil)
      }
    guard status == ARCHIVE_OK else {
      let failure = ZIPWriter.failure(of: archive, at: self.path)
      archive_write_free(archive)
      memory.deinitialize(count: 1)
      memory.deallocate()
      throw failure
    }
    self.archive = archive
    self.memory = memory
  }

  deinit {
    // It may still write while it is freed.
    archive_write_free(archive)
    memory.deinitialize(count: 1)
    memory.deallocate()
  }

  /// - Parameter name: The path in the archive, with `/` between folders.
  package func add(_ bytes: [UInt8], as name: String) throws(FileError) {
    guard let entry = archive_entry_new() else { throw FileError(path, "there is no memory for an entry") }
    defer { archive_entry_free(entry) }
    archive_entry_set_pathname_utf8(entry, name)
    archive_entry_set_size(entry, la_int64_t(bytes.count))
    archive_entry_set_filetype(entry, 0o100_000)
    archive_entry_set_perm(entry, 0o644)
    try check(archive_write_header(archive, entry))
    let written = bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
    guard written == bytes.count else { throw failure }
  }

  /// - Returns: The bytes of the archive where it is in memory, else none.
  package consuming func finish() throws(FileError) -> [UInt8] {
    try check(archive_write_close(archive))
    return memory.pointee
  }

  private func check(_ status: CInt) throws(FileError) {
    guard status == ARCHIVE_OK else { throw failure }
  }

  private var failure: FileError { ZIPWriter.failure(of: archive, at: path) }

  private static func failure(of archive: OpaquePointer, at path: String) -> FileError {
    FileError(path, archive_error_string(archive).map { String(cString: $0) } ?? "cannot be written")
  }
}

/// What libarchive calls with each piece.
private func keepInMemory(
  _: OpaquePointer?, memory: UnsafeMutableRawPointer?, piece: UnsafeRawPointer?, count: Int
) -> la_ssize_t {
  memory?.assumingMemoryBound(to: [UInt8].self).pointee.append(
    contentsOf: UnsafeRawBufferPointer(start: piece, count: count))
  return count
}
