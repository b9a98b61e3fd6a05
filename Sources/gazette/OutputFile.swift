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
    guard let path else { return Console.standardOutput.write(String(decoding: bytes, as: UTF8.self)) }
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw unwritable(path)
    }
  }

  /// The same piece by piece. A file has all of it or is as it was.
  /// - Parameter pieces: Hands each piece on as soon as it is made.
  static func write(to path: String?, pieces: (_ receive: ([UInt8]) -> Void) -> Void) throws(FileError) {
    guard let path else { return pieces { Console.standardOutput.write(String(decoding: $0, as: UTF8.self)) } }
    // Beside it under a name that nobody has, so that a rename puts it in place; what is no file, such as a pipe, is
    // written into.
    let isInPlace = isSpecial(path)
    let draft = isInPlace ? path : path + ".\(ProcessInfo.processInfo.processIdentifier)"
    do {
      let file = try FileDescriptor.open(
        FilePath(draft), .writeOnly,
        options: isInPlace ? [.closeOnExec] : [.create, .exclusiveCreate, .noFollow, .closeOnExec],
        permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
      var failure: (any Error)?
      try file.closeAfter {
        pieces { bytes in
          guard failure == nil else { return }
          do { try file.writeAll(bytes) } catch { failure = error }
        }
      }
      if let failure { throw failure }
      guard isInPlace || rename(draft, path) == 0 else { throw Errno(rawValue: errno) }
    } catch {
      if !isInPlace { unlink(draft) }
      throw unwritable(path)
    }
  }

  /// Whether something is there that is no regular file.
  private static func isSpecial(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }

  private static func unwritable(_ path: String) -> FileError {
    FileError(path, "the file cannot be written", help: "name a file in a folder that exists and may be written")
  }
}
