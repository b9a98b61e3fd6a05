import Diagnostics

extension GitRepository {
  /// The bytes of blobs by their full ids, in one process; what Git does not have is missing.
  func blobs(_ ids: Set<String>) async throws(FileError) -> [String: [UInt8]] {
    guard !ids.isEmpty else { return [:] }
    var output: [UInt8] = []
    let input = ids.sorted().map { $0 + "\n" }.joined()
    let ending = try await git.run(["cat-file", "--batch"], in: folder, input: Array(input.utf8)) {
      output.append(contentsOf: $0)
    }
    guard ending.isSuccess else { throw FileError("git cat-file", ending.reason) }
    var blobs: [String: [UInt8]] = [:]
    var rest = output[...]
    // `<id> blob <size>`, the bytes and a line end; or `<id> missing`.
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let words = rest[..<end].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      rest = rest[(end + 1)...]
      guard words.count == 3, let size = Int(words[2]), size <= rest.count else { continue }
      blobs[words[0]] = Array(rest.prefix(size))
      rest = rest.dropFirst(size + 1)
    }
    return blobs
  }
}
