package import Diagnostics
import FlyingFox
import FlyingSocks
import Foundation
package import Model
package import Publishing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What is to be shown while it is written.
package struct PreviewRequest: Sendable {
  /// One site for each, on a port of its own.
  package var audiences: [Audience]
  /// Of the first site, the next one has the next; 0 for any that is free.
  package var port: UInt16
  /// The site, with a folder beside which to keep what need not be read again. Asked for anew each time, for the clock
  /// goes on.
  package var build: @Sendable (_ output: String) -> BuildRequest
  /// The time since some moment.
  package var now: @Sendable () -> Duration
  /// What the overlay says of a report; the files are below the folder.
  package var describe: @Sendable (Report, _ root: String?) -> String

  package init(
    audiences: [Audience], port: UInt16, now: @escaping @Sendable () -> Duration,
    build: @escaping @Sendable (String) -> BuildRequest, describe: @escaping @Sendable (Report, String?) -> String
  ) {
    (self.audiences, self.port, self.now, self.build, self.describe) = (audiences, port, now, build, describe)
  }
}

/// What happens meanwhile, for the terminal.
package enum PreviewEvent: Sendable {
  case listens(at: [(audience: Audience, port: UInt16)])
  /// Another site is shown; or, where it is not new, the one that was.
  case built(SiteBuild, isNew: Bool, took: Duration)
  /// All pages of the site that is shown were read, and this is wrong with them.
  case read(SiteBuild)
  /// The last site stays, for the content is wrong.
  case failed(SiteBuild)
  /// The last site stays, for the machine failed, or something is gone.
  case stopped(FileError)
}

/// Builds a site, serves it to this machine only, and builds it anew whenever its files or Git's refs change, until the
/// task is cancelled.
///
/// Nothing is written: a page is made when somebody looks at it, so that a change is seen at once. All pages are read
/// for what is wrong with them behind that, until the next change comes.
/// - Throws: ``FileError`` when the port cannot be had. Nothing else ends it.
package func preview(
  _ request: PreviewRequest, tell: @escaping @Sendable (PreviewEvent) -> Void
) async throws(FileError) {
  let folder = try PrivateFolder()
  defer { folder.remove() }
  let state = PreviewState(run: "\(getpid())")
  do {
    let servers = try request.audiences.indices.map { index in
      let port = request.port == 0 ? request.port : request.port &+ UInt16(index)
      return HTTPServer(
        address: try .inet(ip4: "127.0.0.1", port: port), timeout: 60, logger: .disabled,
        handler: PreviewHandler(state: state, number: index))
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for server in servers { group.addTask { try await server.run() } }
      group.addTask {
        var ports: [(audience: Audience, port: UInt16)] = []
        for (server, audience) in zip(servers, request.audiences) {
          try await server.waitUntilListening()
          if case .ip4(_, let port)? = await server.listeningAddress { ports.append((audience, port)) }
        }
        tell(.listens(at: ports))
        var rebuilding = Rebuilding(request, in: folder.path, state: state, tell: tell)
        try await rebuilding.run()
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  } catch let error as FileError {
    throw error
  } catch let SocketError.failed(_, number, message) where !Task.isCancelled {
    throw failure(of: request, number: number, message: message)
  } catch {
    guard !Task.isCancelled else { return }
    throw FileError("the server", "\(error)")
  }
}

private func failure(of request: PreviewRequest, number: Int32, message: String) -> FileError {
  let (first, count) = (request.port, request.audiences.count)
  let ports = count > 1 ? "ports \(first) and \(first &+ 1)" : "port \(first)"
  switch number {
  case EADDRINUSE:
    return FileError(
      ports, "already in use by another program",
      help: "name another one with --port N, or let --port 0 choose a free one")
  case EACCES:
    return FileError(ports, "may not be used by you", help: "name one above 1023 with --port N")
  default: return FileError(ports, message, help: "name another one with --port N")
  }
}

/// A folder that nobody else may read, for what it holds may be internal.
private struct PrivateFolder {
  let path: String

  init() throws(FileError) {
    var name = Array((NSTemporaryDirectory() + "/gazette-serve-XXXXXX").utf8CString)
    guard mkdtemp(&name) != nil else {
      throw FileError(
        NSTemporaryDirectory(), String(cString: strerror(errno)), help: "name a folder that may be written in TMPDIR")
    }
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  func remove() {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      // It is gone already, or will go with everything else that is temporary.
      return
    }
  }
}
