package import Diagnostics

/// Where the work tree differs from HEAD.
package struct WorkTreeState: Hashable, Sendable {
  /// Files that were changed, added or removed, untracked ones included.
  package fileprivate(set) var changed: Set<String> = []
  /// Files that Git is told to ignore; a folder of nothing else ends in `/`.
  fileprivate var ignored: Set<String> = []

  package init() {}

  /// Whether no commit holds the file as it is.
  package func isUncommitted(_ path: String) -> Bool { changed.contains(path) || isIgnored(path) }

  private func isIgnored(_ path: String) -> Bool {
    guard !ignored.isEmpty else { return false }
    if ignored.contains(path) { return true }
    return path.utf8.indices.contains { index in
      path.utf8[index] == UInt8(ascii: "/") && ignored.contains(String(path[...index]))
    }
  }
}

extension GitRepository {
  /// Asks about files, or those below folders; one run of Git. Nothing differs when another commit is looked at.
  /// - Parameter paths: Relative to the top of the repository.
  package func workTree(of paths: [String]) async throws(FileError) -> WorkTreeState {
    var state = WorkTreeState()
    guard hasWorkTree, isCheckedOut, head != nil, !paths.isEmpty else { return state }
    var stream = FieldStream(fieldsPerRecord: 1)
    try await run(
      [
        "status", "--porcelain", "-z", "--untracked-files=all", "--ignored=matching", "--no-renames",
        "--ignore-submodules=none", "--",
      ] + paths.map { ":(top,literal)\($0)" }
    ) { piece in
      stream.append(piece) { fields in
        // `XY path`, one field each since renames are off.
        let path = repairedText(fields[0].dropFirst(3))
        if fields[0].first == UInt8(ascii: "!") { state.ignored.insert(path) } else { state.changed.insert(path) }
      }
    }
    return state
  }
}
