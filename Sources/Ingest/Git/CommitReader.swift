import Model

/// Makes columns of the records of `git log`, perhaps behind those of commits that are known.
struct CommitReader {
  /// One placeholder of `git log` a field; trailers are parted by U+001F.
  static let fields = [
    "%H", "%P", "%aN", "%aE", "%cN", "%cE", "%at", "%ct", "%s",
    "%(trailers:only,unfold,separator=%x1F" + trailerKeys.map { ",key=\($0)" }.joined() + ")",
  ]

  /// The command, without what it is to begin with. Its order does not matter, for the columns have their own.
  static let question = [
    "log", "-z", "--encoding=UTF-8", "--no-color", "--no-notes",
    "--format=tformat:" + fields.joined(separator: "%x00"),
  ]

  private static let trailerKeys = [
    "Co-authored-by", "Signed-off-by", "Approved-by", "Reviewed-by", "Acked-by", "Tested-by", "Reverts",
  ]

  /// `nil` until the first id tells how long they are.
  private var result: CommitColumns?
  private var names: CommitNames
  /// Of what was known before anything was read.
  private let known: (index: CommitIndex, count: Int)?
  /// The ids of all parents of what was read as Git wrote them, and where those of each commit end, until all
  /// positions are known.
  private var parentIDs: [UInt8] = []
  private var parentEnds: [Int] = []
  /// Most commits are of the same person as the one before.
  private var newest: (bytes: [UInt8], identity: Int32)?

  init() {
    (names, known) = (CommitNames(), nil)
  }

  init(behind columns: CommitColumns) {
    result = columns
    names = CommitNames(in: columns)
    known = (CommitIndex(of: columns), columns.count)
  }

  /// Where a commit stands among those that were known before anything was read.
  func knownPosition(of id: some Collection<UInt8>) -> Int? {
    guard let known, let result else { return nil }
    return known.index.position(of: id, in: result)
  }

  mutating func read(_ fields: [UnsafeRawBufferPointer]) {
    // Clocks that run backwards make Git list what it was told to leave out.
    guard knownPosition(of: fields[0]) == nil else { return }
    var columns = result ?? CommitColumns(idsOfUpTo: fields[0].count)
    result = nil
    defer { result = columns }
    parentIDs.append(contentsOf: fields[1])
    parentEnds.append(parentIDs.count)
    columns.append(id: fields[0])
    columns.authored.append(seconds(fields[6]))
    columns.committed.append(seconds(fields[7]))
    append(subject: fields[8], to: &columns)
    if !fields[9].isEmpty { append(trailers: fields[9], to: &columns) }
    columns.trailerStarts.append(Int32(columns.trailers.count))
    columns.committers.append(identity(fields[4], fields[5], in: &columns))
    columns.authors.append(identity(fields[2], fields[3], in: &columns))
  }

  /// Everything known and read, with the parents as positions; `nil` when the parent of a commit is not among it.
  mutating func columns() -> CommitColumns? {
    guard var columns = result else { return CommitColumns(idsOfUpTo: 0) }
    let index = CommitIndex(of: columns)
    var start = 0
    let isComplete = parentIDs.withUnsafeBytes { ids in
      for end in parentEnds {
        // One id behind the other, with a space between.
        while start < end {
          let stop = ids[start..<end].firstIndex(of: UInt8(ascii: " ")) ?? end
          let id = UnsafeRawBufferPointer(rebasing: ids[start..<stop])
          guard let position = index.position(of: id, in: columns) else { return false }
          columns.parents.append(Int32(position))
          start = min(stop + 1, end)
        }
        columns.parentStarts.append(Int32(columns.parents.count))
      }
      return true
    }
    return isComplete ? columns : nil
  }

  private mutating func identity(
    _ name: UnsafeRawBufferPointer, _ email: UnsafeRawBufferPointer, in columns: inout CommitColumns
  ) -> Int32 {
    if let newest, newest.bytes.count == name.count + email.count + 1, newest.bytes.starts(with: name),
      newest.bytes[name.count] == 0, newest.bytes[(name.count + 1)...].elementsEqual(email)
    {
      return newest.identity
    }
    let identity = Commit.Identity(name: repairedText(name), email: repairedText(email))
    let position = names.position(of: identity, in: &columns)
    newest = (Array(name) + [0] + Array(email), position)
    return position
  }

  /// An author date that Git cannot read is empty; it counts as the beginning of time.
  private func seconds(_ field: UnsafeRawBufferPointer) -> Int { Int(String(decoding: field, as: UTF8.self)) ?? 0 }

  private func append(subject: UnsafeRawBufferPointer, to columns: inout CommitColumns) {
    if subject.allSatisfy({ $0 < 0x80 }) {
      columns.subjects.append(contentsOf: subject)
    } else {
      columns.subjects.append(contentsOf: repairedText(subject).utf8)
    }
    columns.subjectStarts.append(columns.subjects.count)
  }

  private mutating func append(trailers field: UnsafeRawBufferPointer, to columns: inout CommitColumns) {
    for line in field.split(separator: 0x1F) {
      let parts = repairedText(line).split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let key = names.position(of: String(parts[0]), in: &columns)
      let value = names.position(of: String(parts[1].drop { $0 == " " }), in: &columns)
      columns.trailers += [key, value]
    }
  }
}
