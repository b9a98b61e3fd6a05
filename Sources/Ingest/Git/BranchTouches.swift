import Diagnostics
import Model

/// Which commits touched each file of a folder, on all branches that lead to HEAD.
struct BranchTouches: Sendable {
  /// One file in one commit; a merge only where the result is that of none of its parents.
  struct Touch: Sendable {
    /// The full id of the commit.
    var commit: String
    /// The ids of the blobs of the parents that have the file.
    var before: [String]
    /// The id of the blob; `nil` when it was removed.
    var after: String?
  }

  /// Children before their parents.
  private var touchesByPath: [String: [Touch]] = [:]

  /// Every path that ever stood in the folder on any of the branches, by bytes.
  var paths: [String] { touchesByPath.keys.sorted(by: precedesInBytes) }

  func touches(of path: String) -> [Touch] { touchesByPath[path] ?? [] }

  fileprivate mutating func add(_ touch: Touch, to path: String) { touchesByPath[path, default: []].append(touch) }
}

extension GitRepository {
  /// - Parameter paths: Relative to the top of the repository.
  func branchTouches(of paths: [String]) async throws(FileError) -> BranchTouches {
    guard let tip else { return BranchTouches() }
    var reader = BranchReader()
    var stream = FieldStream(fieldsPerRecord: 1)
    try await run(
      [
        "log", "-z", "--topo-order", "--full-history", "--diff-merges=combined", "--raw", "--no-abbrev", "--no-renames",
        "--no-ext-diff", "--no-textconv", "--no-color", "--no-notes", "--format=tformat:%x01%H", tip, "--",
      ] + paths.map { ":(top,literal)\($0)" }
    ) { piece in
      stream.append(piece) { reader.read($0[0]) }
    }
    return reader.result
  }

  /// The merges that have a line which none of their parents has: those in which somebody wrote something.
  /// - Parameter paths: Pathspecs.
  func mergesWithOwnLines(_ paths: [String]) async throws(FileError) -> Set<String> {
    var merges: Set<String> = []
    var current = ""
    var stream = FieldStream(fieldsPerRecord: 1)
    try await run(
      [
        "log", "-z", "--merges", "--diff-merges=dense-combined", "-p", "-U0", "--no-ext-diff", "--no-textconv",
        "--no-color", "--no-notes", "--no-renames", "--format=tformat:%x01%H", "--branches", "--tags", "--remotes",
      ] + [tip].compactMap(\.self) + ["--"] + paths
    ) { piece in
      stream.append(piece) { fields in
        if fields[0].first == 0x01 {
          let line = fields[0].dropFirst().prefix { $0 != UInt8(ascii: "\n") }
          current = String(decoding: line, as: UTF8.self)
          if fields[0].count > line.count + 2 { merges.insert(current) }
        } else if fields[0].contains(where: { $0 != UInt8(ascii: "\n") }) {
          merges.insert(current)
        }
      }
    }
    return merges
  }
}

/// Makes touches of the fields of `git log --raw -z`: one for a commit, beginning with U+0001, then two for each file.
private struct BranchReader {
  var result = BranchTouches()
  private var commit = ""
  private var change: (before: [String], after: String?)?

  mutating func read(_ field: UnsafeRawBufferPointer) {
    if let change {
      result.add(
        BranchTouches.Touch(commit: commit, before: change.before, after: change.after), to: repairedText(field))
      self.change = nil
    } else if field.first == 0x01 {
      commit = repairedText(field.dropFirst())
    } else {
      readChange(field)
    }
  }

  /// `:<mode> <mode> <blob> <blob> <status>`, of a merge with a colon, a mode and a blob for each parent.
  private mutating func readChange(_ field: UnsafeRawBufferPointer) {
    guard let start = field.firstIndex(of: UInt8(ascii: ":")) else { return }
    let text = field[start...]
    let parents = text.prefix { $0 == UInt8(ascii: ":") }.count
    let words = text.dropFirst(parents).split(separator: UInt8(ascii: " "))
    guard words.count == 2 * parents + 3 else { return }
    let blobs = words[(parents + 1)...(2 * parents + 1)].map { word -> String? in
      word.allSatisfy { $0 == UInt8(ascii: "0") } ? nil : String(decoding: word, as: UTF8.self)
    }
    change = (blobs.dropLast().compactMap { $0 }, blobs.last ?? nil)
  }
}
