import Synchronization
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A stream that the command speaks on.
struct Console: Sendable {
  /// Findings and results.
  static let standardOutput = Console(stream: .standardOutput)
  /// Progress, and what went wrong with the machine.
  static let standardError = Console(stream: .standardError)

  private let stream: FileDescriptor

  /// Whether a person looks at it and did not ask for plain text.
  ///
  /// - Source: no-color.org: NO_COLOR, when present and not empty.
  var isColoured: Bool { isTerminal && (environment("NO_COLOR") ?? "").isEmpty }

  /// Whether a person looks at it, and lines can be written anew.
  var isTerminal: Bool { isatty(stream.rawValue) == 1 && environment("TERM") != "dumb" }

  /// Why some of a result never reached standard output, such as a full disk; told when the command ends.
  static var failure: Errno? { firstFailure.withLock { $0 } }

  private static let firstFailure = Mutex<Errno?>(nil)

  /// A reader that has gone away misses the text; that is its own decision.
  func write(_ text: String) {
    do {
      _ = try stream.writeAll(text.utf8)
    } catch Errno.brokenPipe {
      return
    } catch {
      guard stream == .standardOutput else { return }
      Console.firstFailure.withLock { $0 = $0 ?? error as? Errno ?? .ioError }
    }
  }

  private func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
