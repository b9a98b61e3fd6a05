import CArchive
package import Diagnostics

/// Writes a ZIP file that depends on nothing but what goes into it.
///
/// Entries are stored, for what a compressor makes differs with its version; they have no time, which reads as
/// 1980-01-01 in every time zone, and the mode of a plain file that all may read.
/// - Source: PKWARE APPNOTE 6.3.9, through libarchive.
package struct ZIPWriter: ~Copyable {
  private let archive: OpaquePointer
  private let path: String

  /// - Parameter path: Of a new file, or of one to be written anew.
  package init(to path: String) throws(FileError) {
    guard let archive = archive_write_new() else { throw FileError(path, "there is no memory for an archive") }
    archive_write_set_format_zip(archive)
    archive_write_zip_set_compression_store(archive)
    archive_write_set_options(archive, "zip:hdrcharset=UTF-8")
    // Nothing is padded, and all of it goes out as it comes.
    archive_write_set_bytes_per_block(archive, 0)
    guard archive_write_open_filename(archive, path) == ARCHIVE_OK else {
      let failure = ZIPWriter.failure(of: archive, at: path)
      archive_write_free(archive)
      throw failure
    }
    self.archive = archive
    self.path = path
  }

  deinit { archive_write_free(archive) }

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

  package consuming func finish() throws(FileError) {
    try check(archive_write_close(archive))
  }

  private func check(_ status: CInt) throws(FileError) {
    guard status == ARCHIVE_OK else { throw failure }
  }

  private var failure: FileError { ZIPWriter.failure(of: archive, at: path) }

  private static func failure(of archive: OpaquePointer, at path: String) -> FileError {
    FileError(path, archive_error_string(archive).map { String(cString: $0) } ?? "cannot be written")
  }
}
