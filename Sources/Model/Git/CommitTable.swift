/// The commits of a graph, children before their parents, each put together when it is asked for.
///
/// What is asked of every one of a million commits is better asked of the table than of the commit.
package struct CommitTable: Sendable {
  package let columns: CommitColumns

  /// - Returns: `nil` when the columns are none of a graph.
  package init?(_ columns: CommitColumns) {
    guard columns.isSound else { return nil }
    self.columns = columns
  }

  /// - Parameter commits: In topological order; a parent before its child is left out, for it would turn a walk back.
  package init(_ commits: [Commit]) {
    var columns = CommitColumns(idsOfUpTo: commits.lazy.map(\.id.utf8.count).max() ?? 0)
    var names = CommitNames()
    for (position, commit) in commits.enumerated() {
      columns.append(id: commit.id.utf8)
      columns.parents += commit.parents.lazy.filter { $0 > position && $0 < commits.count }.map(Int32.init)
      columns.parentStarts.append(Int32(columns.parents.count))
      columns.authored.append(commit.authored.seconds)
      columns.committed.append(commit.committed.seconds)
      columns.subjects += Array(commit.subject.utf8)
      columns.subjectStarts.append(columns.subjects.count)
      for trailer in commit.trailers {
        columns.trailers += [names.position(of: trailer.key, in: &columns)]
        columns.trailers += [names.position(of: trailer.value, in: &columns)]
      }
      columns.trailerStarts.append(Int32(columns.trailers.count))
      columns.committers.append(names.position(of: commit.committer, in: &columns))
      columns.authors.append(names.position(of: commit.author, in: &columns))
    }
    self.columns = columns
  }

  package func id(at position: Int) -> String {
    let id = columns.id(at: position)
    return String(decoding: id.last == 0 ? id.prefix { $0 != 0 } : id, as: UTF8.self)
  }

  /// In the order of Git: what a merge was made on first.
  package func parents(at position: Int) -> [Int] { columns.parents(of: position).map(Int.init) }

  package func isMerge(at position: Int) -> Bool { columns.parents(of: position).count > 1 }

  package func committed(at position: Int) -> Moment { Moment(seconds: columns.committed[position]) }

  /// Whether somebody else than its author committed it, or the author at another time.
  package func isRewritten(at position: Int) -> Bool {
    if columns.authored[position] != columns.committed[position] { return true }
    let (author, committer) = (columns.authors[position], columns.committers[position])
    return author != committer
      && columns.identities[Int(author)].email.lowercased() != columns.identities[Int(committer)].email.lowercased()
  }

  /// What is true of the author of each commit, by position; asked once for each author.
  package func ofAuthors<Fact>(_ fact: (Commit.Identity) -> Fact) -> [Fact] {
    let facts = columns.identities.map(fact)
    return columns.authors.map { facts[Int($0)] }
  }

  /// The positions of the commits whose ids begin so.
  package func positions(ofPrefix prefix: String) -> [Int] {
    let prefix = Array(prefix.utf8)
    return indices.filter { columns.id(at: $0).starts(with: prefix) }
  }
}

extension CommitTable: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { columns.count }

  package subscript(position: Int) -> Commit {
    let trailers = Int(columns.trailerStarts[position])..<Int(columns.trailerStarts[position + 1])
    return Commit(
      id: id(at: position), parents: parents(at: position), author: columns.identities[Int(columns.authors[position])],
      committer: columns.identities[Int(columns.committers[position])],
      authored: Moment(seconds: columns.authored[position]), committed: committed(at: position),
      subject: String(
        decoding: columns.subjects[columns.subjectStarts[position]..<columns.subjectStarts[position + 1]],
        as: UTF8.self),
      trailers: stride(from: trailers.lowerBound, to: trailers.upperBound, by: 2).map {
        Commit.Trailer(
          key: columns.texts[Int(columns.trailers[$0])], value: columns.texts[Int(columns.trailers[$0 + 1])])
      })
  }
}

/// Finds where identities and texts stand in columns, so that each is there once.
package struct CommitNames: Sendable {
  private var identities: [Commit.Identity: Int32] = [:]
  private var texts: [String: Int32] = [:]

  package init() {}

  /// - Parameter columns: Whose names are known from the start.
  package init(in columns: CommitColumns) {
    for (index, identity) in columns.identities.enumerated() { identities[identity] = Int32(index) }
    for (index, text) in columns.texts.enumerated() { texts[text] = Int32(index) }
  }

  package mutating func position(of identity: Commit.Identity, in columns: inout CommitColumns) -> Int32 {
    if let known = identities[identity] { return known }
    let position = Int32(columns.identities.count)
    columns.identities.append(identity)
    identities[identity] = position
    return position
  }

  package mutating func position(of text: String, in columns: inout CommitColumns) -> Int32 {
    if let known = texts[text] { return known }
    let position = Int32(columns.texts.count)
    columns.texts.append(text)
    texts[text] = position
    return position
  }
}
