package import Diagnostics
package import Model

/// What happened to each file of a folder along HEAD's first-parent history: the states that were published.
package struct ContentHistory: Sendable {
  /// A commit that touched the folder; a merge stands for everything that it brought in.
  package struct Revision: Hashable, Sendable {
    /// The full id of the commit.
    package var id: String
    /// After the mailmap.
    package var author: Commit.Identity
    package var committed: Moment
  }

  /// One file in one revision.
  package struct Touch: Hashable, Sendable {
    package enum Kind: Hashable, Sendable { case added, changed, removed }

    /// The position in ``ContentHistory/revisions``.
    package var revision: Int
    package var kind: Kind
    /// The id of the blob before; `nil` when it was added.
    package var before: String?
    /// The id of the blob after; `nil` when it was removed.
    package var after: String?
  }

  /// Newest first.
  package private(set) var revisions: [Revision] = []
  private var touchesByPath: [String: [Touch]] = [:]

  /// The paths that ever stood in the folder, relative to the checkout, by bytes.
  package var paths: [String] { touchesByPath.keys.sorted(by: precedesInBytes) }

  /// What happened to the file, newest first; empty when no commit has it.
  package func touches(of path: String) -> [Touch] { touchesByPath[path] ?? [] }

  fileprivate mutating func begin(_ revision: Revision) { revisions.append(revision) }

  fileprivate mutating func add(_ kind: Touch.Kind, to path: String, before: String?, after: String?) {
    let touch = Touch(revision: revisions.count - 1, kind: kind, before: before, after: after)
    touchesByPath[path, default: []].append(touch)
  }
}

extension GitRepository {
  /// The history of some files, or of those below folders, in one `git log --raw`.
  /// - Parameter paths: Relative to the top of the repository.
  package func contentHistory(of paths: [String]) async throws(FileError) -> ContentHistory {
    guard let tip else { return ContentHistory() }
    var reader = HistoryReader()
    var stream = FieldStream(fieldsPerRecord: 1)
    try await run(
      [
        "log", "-z", "--first-parent", "--diff-merges=first-parent", "--raw", "--no-abbrev", "--no-renames",
        "--no-ext-diff", "--no-textconv", "--no-color", "--no-notes", "--encoding=UTF-8",
        "--format=tformat:%x01%H%x00%aN%x00%aE%x00%ct", tip, "--",
      ] + paths.map { ":(top,literal)\($0)" }
    ) { piece in
      stream.append(piece) { reader.read($0[0]) }
    }
    return reader.history
  }
}

/// Makes a history of the fields of `git log --raw -z`: four for a commit, of which the first begins with U+0001, then
/// two for each file.
private struct HistoryReader {
  var history = ContentHistory()
  private var commit: [String] = []
  /// The status and blobs of the file whose path comes next.
  private var change: (kind: ContentHistory.Touch.Kind, before: String?, after: String?)?

  mutating func read(_ field: UnsafeRawBufferPointer) {
    if let change {
      history.add(change.kind, to: repairedText(field), before: change.before, after: change.after)
      self.change = nil
    } else if field.first == 0x01 {
      commit = [repairedText(field.dropFirst())]
    } else if !commit.isEmpty {
      commit.append(repairedText(field))
      guard commit.count == 4 else { return }
      history.begin(
        ContentHistory.Revision(
          id: commit[0], author: Commit.Identity(name: commit[1], email: commit[2]),
          committed: Moment(seconds: Int(commit[3]) ?? 0)))
      commit = []
    } else {
      readChange(field)
    }
  }

  /// `:100644 100755 <blob> <blob> M`, perhaps after a line end.
  private mutating func readChange(_ field: UnsafeRawBufferPointer) {
    guard let colon = field.firstIndex(of: UInt8(ascii: ":")) else { return }
    let parts = field[(colon + 1)...].split(separator: UInt8(ascii: " "))
    guard parts.count == 5, let status = parts[4].first else { return }
    let (before, after) = (blob(parts[2]), blob(parts[3]))
    switch status {
    case UInt8(ascii: "A"): change = (.added, nil, after)
    case UInt8(ascii: "D"): change = (.removed, before, nil)
    default: change = (.changed, before, after)
    }
  }

  private func blob(_ id: Slice<UnsafeRawBufferPointer>) -> String? {
    id.allSatisfy { $0 == UInt8(ascii: "0") } ? nil : String(decoding: id, as: UTF8.self)
  }
}
