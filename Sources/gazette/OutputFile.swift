import Diagnostics
import Foundation

/// Where a command puts what it makes: a file, or standard output.
enum OutputFile {
  /// - Parameter path: Relative to where the command was started; standard output without one.
  static func write(_ bytes: [UInt8], to path: String?) throws(FileError) {
    guard let path else { return Console.standardOutput.write(String(decoding: bytes, as: UTF8.self)) }
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw FileError(
        path, "the file cannot be written", help: "name a file in a folder that exists and may be written")
    }
  }
}
