package import Diagnostics
package import Model

extension GitRepository {
  /// The commits that branches, tags and HEAD lead to, in one `git log`.
  ///
  /// Names and addresses are after the mailmap. What is not UTF-8 is repaired.
  package func graph() async throws(FileError) -> CommitGraph {
    var reader = CommitReader()
    var stream = FieldStream(fieldsPerRecord: CommitReader.fields.count)
    try await run(
      [
        "log", "-z", "--topo-order", "--encoding=UTF-8", "--no-color", "--no-notes",
        "--format=tformat:" + CommitReader.fields.joined(separator: "%x00"), "--branches", "--tags", "--remotes",
      ] + [tip].compactMap(\.self) + ["--"]
    ) { piece in
      stream.append(piece) { reader.read($0) }
    }
    return CommitGraph(commits: reader.commitsWithParents(), isShallow: isShallow)
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

/// Makes commits of the records of `git log`.
private struct CommitReader {
  /// One placeholder of `git log` a field; trailers are parted by U+001F.
  static let fields = [
    "%H", "%P", "%aN", "%aE", "%cN", "%cE", "%at", "%ct", "%s",
    "%(trailers:only,unfold,separator=%x1F" + trailerKeys.map { ",key=\($0)" }.joined() + ")",
  ]

  private static let trailerKeys = [
    "Co-authored-by", "Signed-off-by", "Approved-by", "Reviewed-by", "Acked-by", "Tested-by", "Reverts",
  ]

  private var commits: [Commit] = []
  /// The ids of all parents as Git wrote them, and where those of each commit end, until all positions are known.
  private var parentIDs: [UInt8] = []
  private var parentEnds: [Int] = []
  private var identities: [Key: Commit.Identity] = [:]
  private var trailerValues = Set<String>()

  /// Name and address as Git wrote them; most commits share theirs with others.
  private struct Key: Hashable {
    var name: [UInt8]
    var email: [UInt8]
  }

  mutating func read(_ fields: [UnsafeRawBufferPointer]) {
    parentIDs.append(contentsOf: fields[1])
    parentEnds.append(parentIDs.count)
    commits.append(
      Commit(
        id: String(decoding: fields[0], as: UTF8.self), parents: [],
        author: identity(fields[2], fields[3]), committer: identity(fields[4], fields[5]),
        authored: moment(fields[6]), committed: moment(fields[7]), subject: repairedText(fields[8]),
        trailers: fields[9].isEmpty ? [] : trailers(fields[9])))
  }

  /// Everything read, with the parents as positions.
  mutating func commitsWithParents() -> [Commit] {
    let index = CommitIndex(of: commits)
    var start = 0
    for (position, end) in parentEnds.enumerated() where end > start {
      commits[position].parents = parentIDs[start..<end].split(separator: UInt8(ascii: " ")).compactMap {
        index.position(of: String(decoding: $0, as: UTF8.self), in: commits)
      }
      start = end
    }
    return commits
  }

  private mutating func identity(_ name: UnsafeRawBufferPointer, _ email: UnsafeRawBufferPointer) -> Commit.Identity {
    let key = Key(name: Array(name), email: Array(email))
    if let known = identities[key] { return known }
    let identity = Commit.Identity(name: repairedText(name), email: repairedText(email))
    identities[key] = identity
    return identity
  }

  /// An author date that Git cannot read is empty; it counts as the beginning of time.
  private func moment(_ field: UnsafeRawBufferPointer) -> Moment {
    Moment(seconds: Int(String(decoding: field, as: UTF8.self)) ?? 0)
  }

  private mutating func trailers(_ field: UnsafeRawBufferPointer) -> [Commit.Trailer] {
    field.split(separator: 0x1F).compactMap { line in
      let parts = repairedText(line).split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      // The same people sign again and again; their names are held once.
      let value = trailerValues.insert(String(parts[1].drop { $0 == " " })).memberAfterInsert
      return Commit.Trailer(key: String(parts[0]), value: value)
    }
  }
}
