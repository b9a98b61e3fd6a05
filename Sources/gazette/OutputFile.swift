import Diagnostics
import Foundation
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Where a command puts what it makes: a file, or standard output.
enum OutputFile {
  /// - Parameter path: Relative to where the command was started; standard output without one.
  static func write(_ bytes: [UInt8], to path: String?) throws(FileError) {
    try write(to: path) { receive in receive(bytes) }
  }

  /// The same piece by piece. A file has all of it or is as it was, and keeps its permissions.
  /// - Parameter pieces: Hands each piece on as soon as it is made.
  static func write(to path: String?, pieces: (_ receive: ([UInt8]) -> Void) -> Void) throws(FileError) {
    guard let path else { return pieces { Console.standardOutput.write(String(decoding: $0, as: UTF8.self)) } }
    let place = target(of: path)
    let known = status(of: place)
    // Beside it under a name that nobody has, so that a rename puts it in place; what is no file, such as a pipe, is
    // written into.
    let isInPlace = known.map { $0.st_mode & S_IFMT != S_IFREG } ?? false
    let draft = isInPlace ? place : place + ".\(ProcessInfo.processInfo.processIdentifier)"
    do {
      let file = try FileDescriptor.open(
        FilePath(draft), .writeOnly,
        options: isInPlace ? [.closeOnExec] : [.create, .exclusiveCreate, .noFollow, .closeOnExec],
        permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
      var failure: (any Error)?
      try file.closeAfter {
        if let known, !isInPlace, fchmod(file.rawValue, known.st_mode & 0o777) != 0 { throw Errno(rawValue: errno) }
        pieces { bytes in
          guard failure == nil else { return }
          do { try file.writeAll(bytes) } catch { failure = error }
        }
      }
      if let failure { throw failure }
      guard isInPlace || rename(draft, place) == 0 else { throw Errno(rawValue: errno) }
    } catch {
      if !isInPlace { unlink(draft) }
      throw unwritable(path)
    }
  }

  private static func status(of path: String) -> stat? {
    var status = stat()
    return stat(path, &status) == 0 ? status : nil
  }

  /// The path behind a symbolic link, so that the link stays one; of one that leads to nothing yet, where it leads.
  private static func target(of path: String) -> String {
    var place = FilePath(path)
    // As many as Linux follows.
    for _ in 0..<40 {
      var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(place.string, &bytes, bytes.count)
      guard count > 0, count < bytes.count else { break }
      let target = FilePath(String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self))
      place = target.isAbsolute ? target : place.removingLastComponent().pushing(target)
    }
    return place.string
  }

  private static func unwritable(_ path: String) -> FileError {
    FileError(path, "the file cannot be written", help: "name a file in a folder that exists and may be written")
  }
}
