import Foundation
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// `gazette serve`, running for one test.
final class ServeProcess {
  private let process = Process()
  private let base = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path

  /// Where it keeps what is temporary.
  var temporary: String { base + ".tmp" }

  init(_ arguments: [String] = [], in folder: String) throws {
    try FileManager.default.createDirectory(atPath: base + ".tmp", withIntermediateDirectories: true)
    for end in [".out", ".err"] { _ = FileManager.default.createFile(atPath: base + end, contents: nil) }
    process.executableURL = URL(fileURLWithPath: GazetteProcess.program)
    process.arguments = ["serve", "--port", "0"] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": base + ".tmp"]) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: base + ".out")
    process.standardError = FileHandle(forWritingAtPath: base + ".err")
    try process.run()
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    for end in [".out", ".err", ".tmp"] { try? FileManager.default.removeItem(atPath: base + end) }
  }

  var output: String { text(".out") + text(".err") }

  private func text(_ end: String) -> String {
    String(decoding: FileManager.default.contents(atPath: base + end) ?? Data(), as: UTF8.self)
  }

  /// Waits until the server has said something so many times.
  func wait(for words: String, times: Int = 1) throws {
    for _ in 0..<1000 {
      if output.components(separatedBy: words).count > times { return }
      guard process.isRunning else { break }
      usleep(20_000)
    }
    try #require(Bool(false), "never said `\(words)`: \(output)")
  }

  /// The ports, once it listens.
  func ports() throws -> [UInt16] {
    try wait(for: "Ctrl-C stops.")
    return output.matches(of: /127\.0\.0\.1:(\d+)\//).compactMap { UInt16($0.output.1) }
  }

  /// Asks it to stop, and waits until it has.
  func stop() -> Int32 {
    process.interrupt()
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : -1
  }
}

/// One connection, byte by byte, so that nothing is made right on the way.
final class RawConnection {
  private let socket: Int32

  init(port: UInt16) throws {
    #if canImport(Darwin)
      socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
    #else
      socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(status == 0, "no connection to port \(port)")
  }

  deinit { close(socket) }

  func send(_ text: String) { _ = Array(text.utf8).withUnsafeBytes { write(socket, $0.baseAddress, $0.count) } }

  /// All that comes until the text is there, or to the end.
  func receive(until words: String? = nil) -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = chunk.withUnsafeMutableBytes { read(socket, $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      bytes += chunk[..<count]
      if let words, String(decoding: bytes, as: UTF8.self).contains(words) { break }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// What a server answered.
struct RawAnswer {
  var status: Int
  var headers: [String: String]
  var body: String

  static func to(
    _ target: String, port: UInt16, method: String = "GET", host: String? = "127.0.0.1"
  ) throws -> RawAnswer {
    let connection = try RawConnection(port: port)
    let header = host.map { "Host: \($0)\r\n" } ?? ""
    connection.send("\(method) \(target) HTTP/1.1\r\n\(header)Connection: close\r\n\r\n")
    let text = connection.receive()
    let parts = text.components(separatedBy: "\r\n\r\n")
    var lines = parts[0].components(separatedBy: "\r\n")
    let status = lines.removeFirst().split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    let headers = lines.compactMap { line -> (String, String)? in
      let pair = line.split(separator: ":", maxSplits: 1)
      return pair.count == 2 ? (pair[0].lowercased(), pair[1].trimmingCharacters(in: .whitespaces)) : nil
    }
    return RawAnswer(
      status: status, headers: Dictionary(headers, uniquingKeysWith: { first, _ in first }),
      body: parts.dropFirst().joined(separator: "\r\n\r\n"))
  }
}
