package import Diagnostics
package import Model

extension GitRepository {
  /// The commits that branches, tags and HEAD lead to, in one `git log`.
  ///
  /// Names and addresses are after the mailmap. What is not UTF-8 is repaired.
  /// - Parameter memory: Where to look for what was read before; `nil` to read all anew and keep nothing.
  package func graph(keptBy memory: GraphMemory? = nil) async throws(FileError) -> CommitGraph {
    if let memory, let cache = try await GraphCache(of: self, memory) {
      return CommitGraph(try await table(in: cache), isShallow: isShallow)
    }
    var reader = CommitReader()
    var stream = FieldStream(fieldsPerRecord: CommitReader.fields.count)
    try await run(CommitReader.question + ["--branches", "--tags", "--remotes"] + [tip].compactMap(\.self) + ["--"]) {
      stream.append($0) { reader.read($0) }
    }
    guard let columns = reader.columns(), let table = CommitTable(columns.ordered(by: columns.order())) else {
      throw FileError("git log", "its commits do not go together")
    }
    return CommitGraph(table, isShallow: isShallow)
  }

  /// The ids of the commits that change something at the path; a merge counts when it differs from each parent.
  /// - Parameters:
  ///   - path: Relative to the top of the repository; `.` for everything.
  ///   - exclude: Paths relative to the same top that do not count.
  package func commitsTouching(path: String, exclude: [String]) async throws(FileError) -> Set<String> {
    let paths = [path == "." ? ":(top)" : ":(top,literal)\(path)"] + exclude.map { ":(top,exclude,literal)\($0)" }
    var ids = Set<String>()
    var stream = FieldStream(fieldsPerRecord: 1)
    try await run(
      ["log", "-z", "--format=tformat:%H", "--full-history", "--branches", "--tags", "--remotes"]
        + [tip].compactMap(\.self) + ["--"] + paths
    ) { piece in
      stream.append(piece) { ids.insert(String(decoding: $0[0], as: UTF8.self)) }
    }
    return ids
  }

  /// The newest committer date on HEAD's first-parent history: the default as-of. `nil` before the first commit.
  package func newestCommitterDateOnFirstParent() async throws(FileError) -> Moment? {
    guard let tip else { return nil }
    var newest: Int?
    var stream = FieldStream(fieldsPerRecord: 1)
    try await run(["log", "-z", "--first-parent", "--format=tformat:%ct", tip, "--"]) { piece in
      stream.append(piece) { fields in
        if let seconds = Int(String(decoding: fields[0], as: UTF8.self)) { newest = max(newest ?? seconds, seconds) }
      }
    }
    return newest.map(Moment.init(seconds:))
  }
}
