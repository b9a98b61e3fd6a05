import Diagnostics

extension GitRepository {
  /// The bytes of blobs by their full ids, in one process; what Git does not have is missing.
  func blobs(_ ids: Set<String>) async throws(FileError) -> [String: [UInt8]] {
    let found = try await objects(ids.sorted())
    return Dictionary(found.compactMap { $0.map { ($0.id, $0.bytes) } }, uniquingKeysWith: { first, _ in first })
  }

  /// What Git has under names of any kind, in their order, in one process; `nil` for what it does not have.
  /// - Parameter names: Without line ends.
  func objects(_ names: [String]) async throws(FileError) -> [(id: String, bytes: [UInt8])?] {
    guard !names.isEmpty else { return [] }
    var output: [UInt8] = []
    let input = names.map { $0 + "\n" }.joined()
    let ending = try await git.run(["cat-file", "--batch"], in: folder, input: Array(input.utf8)) {
      output.append(contentsOf: $0)
    }
    guard ending.isSuccess else { throw FileError("git cat-file", ending.reason) }
    var objects: [(id: String, bytes: [UInt8])?] = []
    var rest = output[...]
    // `<id> <type> <size>`, the bytes and a line end; or `<name> missing`.
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let words = rest[..<end].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      rest = rest[(end + 1)...]
      guard words.count == 3, let size = Int(words[2]), size <= rest.count else {
        objects.append(nil)
        continue
      }
      objects.append((words[0], Array(rest.prefix(size))))
      rest = rest.dropFirst(size + 1)
    }
    return objects
  }
}
