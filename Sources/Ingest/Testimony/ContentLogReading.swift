import Diagnostics
import Model

/// Puts together what happened to the content: commits, the files that they touched, and what became of the fields.
struct ContentLogReading: Sendable {
  let states: ContentStates
  let content: String
  /// What is known of signatures already, by the id of the commit.
  let signatures: [String: CommitSignature]

  /// The states of YAML files, whose fields are told.
  static func blobs(of states: ContentStates) -> Set<String> {
    states.blobIDs(of: states.branches.paths.filter { $0.hasSuffix(".yml") })
  }

  func log(of repository: GitRepository, slices: Int) async throws(FileError) -> ContentLog {
    let files = await files(slices: slices)
    let published = publishedFiles
    let ids = Set(files.keys).union(published.keys)
    // In the graph children stand before their parents.
    let positions = ids.compactMap { states.graph.position(of: $0) }.sorted(by: >)
    let commits = positions.map { states.graph.commits[$0] }.enumerated().sorted { a, b in
      a.element.committed == b.element.committed ? a.offset < b.offset : a.element.committed < b.element.committed
    }.map(\.element)
    let kinds = try await repository.signatureKinds(of: commits.map(\.id))
    var log = ContentLog()
    log.entries = commits.map { commit in
      let signature: ContentLogEntry.Signature
      if let known = signatures[commit.id] {
        signature = known == .unsigned ? .unsigned : .checked(known)
      } else {
        signature = kinds[commit.id].map { ContentLogEntry.Signature.unchecked(kind: $0) } ?? .unsigned
      }
      return ContentLogEntry(
        commit: commit, signature: signature, published: published[commit.id], files: files[commit.id] ?? [])
    }
    return log
  }

  /// How many files each merge on HEAD's first-parent history brought there.
  private var publishedFiles: [String: Int] {
    var counts = [Int](repeating: 0, count: states.history.revisions.count)
    for path in states.paths { for touch in states.history.touches(of: path) { counts[touch.revision] += 1 } }
    var published: [String: Int] = [:]
    for (revision, count) in zip(states.history.revisions, counts) {
      guard let position = states.graph.position(of: revision.id), states.graph.commits.isMerge(at: position) else {
        continue
      }
      published[revision.id] = count
    }
    return published
  }

  /// What each commit did, by its id; the files by the bytes of their paths.
  private func files(slices: Int) async -> [String: [ContentLogFile]] {
    let paths = states.branches.paths
    let parts = await inSlices(of: paths.count, slices: slices) { range in
      paths[range].flatMap(touches)
    }
    var files: [String: [ContentLogFile]] = [:]
    for (commit, file) in parts.joined() { files[commit, default: []].append(file) }
    return files
  }

  private func touches(of path: String) -> [(commit: String, file: ContentLogFile)] {
    let subject = ContentSubject(path, in: content)
    let isTold = path.hasSuffix(".yml")
    func node(_ blob: String?) -> YAMLNode? {
      guard isTold, let blob, states.blobs[blob].map({ $0.count <= ContentStates.largestFile }) ?? false else {
        return nil
      }
      return states.node(blob, path: path)
    }
    return states.branches.touches(of: path).map { touch in
      let change: ContentLogFile.Change = touch.after == nil ? .removed : touch.before.isEmpty ? .added : .changed
      let facts = FieldChanges.words(from: node(touch.before.first), to: node(touch.after))
      return (touch.commit, ContentLogFile(path: path, change: change, subject: subject, facts: facts))
    }
  }
}

extension GitRepository {
  /// Which kind of signature each commit has, such as `SSH`; no entry for one without. Nothing is checked.
  ///
  /// - Source: gitformat-signature(5).
  func signatureKinds(of commits: [String]) async throws(FileError) -> [String: String] {
    let objects = try await blobs(Set(commits))
    var kinds: [String: String] = [:]
    for (id, bytes) in objects {
      var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).makeIterator()
      while let line = lines.next(), !line.isEmpty {
        guard line.starts(with: "gpgsig".utf8) else { continue }
        let text = String(decoding: line, as: UTF8.self)
        kinds[id] = text.contains("SSH") ? "SSH" : text.contains("PGP") ? "OpenPGP" : "X.509"
        break
      }
    }
    return kinds
  }
}
