import Diagnostics
import FlyingFox
import FlyingSocks
import Foundation
import Publishing

/// Answers requests for one audience's site: its files, and what makes its pages follow them.
struct PreviewHandler: HTTPHandler {
  let state: PreviewState
  /// Which of the sites.
  let number: Int

  func handleRequest(_ request: HTTPRequest) async -> HTTPResponse {
    guard let host = request.headers[.host], PreviewHandler.isLoopback(host) else {
      // A page elsewhere could give its own name this machine's address, and read what is internal.
      return text(.forbidden, "This server answers to localhost only.\n", for: request)
    }
    guard request.method == .GET || request.method == .HEAD else {
      var answer = text(.methodNotAllowed, "Only GET and HEAD.\n", for: request)
      answer.headers[HTTPHeader("Allow")] = "GET, HEAD"
      return answer
    }
    let target = request.target.path()
    switch target {
    case LiveReload.events where request.method == .GET: return await events()
    case LiveReload.script: return response(.ok, Array(LiveReload.code.utf8), type: mediaType(of: target), request)
    case LiveReload.problems:
      return response(.ok, await state.problemsText, type: mediaType(of: target), request)
    default: break
    }
    do {
      return try await file(PreviewPath(target), for: request)
    } catch PreviewPath.Refusal.malformed {
      return text(.badRequest, "This is no address of a page.\n", for: request)
    } catch PreviewPath.Refusal.outside {
      return text(.notFound, "There is no such page.\n", for: request)
    } catch {
      return text(.internalServerError, "The page cannot be read: \(error)\n", for: request)
    }
  }

  private func file(_ path: PreviewPath, for request: HTTPRequest) async throws -> HTTPResponse {
    guard let site = await state.site else {
      return response(
        .serviceUnavailable, LiveReload.waitingPage(build: await state.build), type: mediaType(of: ".html"), request)
    }
    switch try await answer(path, of: site) {
    case .file(let bytes):
      return response(.ok, served(bytes, named: path.name, of: site), type: mediaType(of: path.name), request)
    case .folder:
      var answer = text(.movedPermanently, "The page ends in a slash.\n", for: request)
      // Two slashes at the beginning would name another host.
      answer.headers[HTTPHeader("Location")] = "/\(request.target.path().drop { $0 == "/" })/\(query(of: request))"
      return answer
    case .missing:
      guard case .file(let page) = try site.sites[number].answer("404.html", isFolder: false) else {
        return text(.notFound, "There is no such page.\n", for: request)
      }
      return response(
        .notFound, served(page, named: "404.html", of: site), type: mediaType(of: "404.html"), request)
    }
  }

  /// What stands at a path. What takes longer than the pages, such as the index for searching, is waited for.
  private func answer(_ path: PreviewPath, of site: PreviewState.Site) async throws -> LiveSite.Answer {
    let address = path.steps.joined(separator: "/")
    var shown = site.sites[number]
    var answer = try shown.answer(address, isFolder: path.isFolder)
    while answer == .missing, !shown.isWhole, LiveSite.isLater(address) {
      try await Task.sleep(for: .milliseconds(50))
      guard let now = await state.site, now.build == site.build else { break }
      shown = now.sites[number]
      answer = try shown.answer(address, isFolder: path.isFolder)
    }
    return answer
  }

  private func query(of request: HTTPRequest) -> String {
    let query = request.target.query()
    return query.isEmpty || !query.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) ? "" : "?" + query
  }

  /// Pages with the script, everything else as it is on disk.
  private func served(_ bytes: [UInt8], named name: String, of site: PreviewState.Site) -> [UInt8] {
    guard name.hasSuffix(".html") else { return bytes }
    return LiveReload.injected(into: PagePolicy.widened(bytes), build: site.build)
  }

  private func events() async -> HTTPResponse {
    let stream = EventStream(pieces: await state.events())
    return HTTPResponse(
      statusCode: .ok, headers: headers(type: "text/event-stream"), body: HTTPBodySequence(from: stream))
  }

  // MARK: Answers

  private func text(_ status: HTTPStatusCode, _ words: String, for request: HTTPRequest) -> HTTPResponse {
    response(status, Array(words.utf8), type: mediaType(of: ".txt"), request)
  }

  private func response(
    _ status: HTTPStatusCode, _ body: [UInt8], type: String, _ request: HTTPRequest
  ) -> HTTPResponse {
    var headers = headers(type: type)
    headers[.contentLength] = String(body.count)
    return HTTPResponse(statusCode: status, headers: headers, body: request.method == .HEAD ? Data() : Data(body))
  }

  /// A connection that is kept makes each further answer wait for the acknowledgement of its header, 40 ms.
  private func headers(type: String) -> HTTPHeaders {
    var headers = HTTPHeaders()
    headers[.contentType] = type
    headers[.connection] = "close"
    headers[HTTPHeader("Cache-Control")] = "no-store"
    headers[HTTPHeader("X-Content-Type-Options")] = "nosniff"
    headers[HTTPHeader("Cross-Origin-Resource-Policy")] = "same-origin"
    return headers
  }

  /// Whether a Host header names this machine's own address, with any port.
  static func isLoopback(_ host: String) -> Bool {
    var name = host.lowercased()[...]
    if name.hasPrefix("["), let end = name.firstIndex(of: "]") {
      guard isPort(name[name.index(after: end)...]) else { return false }
      return name[...end] == "[::1]"
    }
    if let colon = name.firstIndex(of: ":") {
      guard isPort(name[colon...]) else { return false }
      name = name[..<colon]
    }
    return name == "127.0.0.1" || name == "localhost"
  }

  private static func isPort(_ text: Substring) -> Bool {
    text.isEmpty || text.first == ":" && text.utf8.dropFirst().allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }
}

/// Events as the body of an answer that does not end.
private struct EventStream: AsyncBufferedSequence {
  typealias Element = UInt8

  let pieces: AsyncStream<[UInt8]>

  func makeAsyncIterator() -> Iterator { Iterator(pieces: pieces.makeAsyncIterator()) }

  struct Iterator: AsyncBufferedIteratorProtocol {
    fileprivate var pieces: AsyncStream<[UInt8]>.Iterator
    private var rest: ArraySlice<UInt8> = []

    fileprivate init(pieces: AsyncStream<[UInt8]>.Iterator) { self.pieces = pieces }

    mutating func next() async -> UInt8? {
      if rest.isEmpty { rest = (await pieces.next() ?? [])[...] }
      return rest.popFirst()
    }

    mutating func nextBuffer(suggested count: Int) async -> [UInt8]? {
      guard rest.isEmpty else {
        defer { rest = [] }
        return Array(rest)
      }
      return await pieces.next()
    }
  }
}
