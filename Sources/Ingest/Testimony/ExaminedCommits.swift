import Diagnostics
import Model

/// Finds the commits that evidence names and whose files are those of the release that it is of, the content left
/// aside: whoever records evidence or an approval commits on top of what was examined.
///
/// The trees are compared, and no walk is taken through history: that is right for merges of any kind, and for
/// commits that were rewritten.
struct ExaminedCommits: Sendable {
  let repository: GitRepository
  /// The content folder, relative to the top.
  let content: String

  /// What a commit holds besides the content.
  private struct Files: Hashable {
    /// The folders on the way to the content, each without its step towards it.
    var folders: [[UInt8]]
    var committed: Moment
  }

  func commits(of ledger: Ledger) async throws(FileError) -> [ReleaseID: [String: Moment]] {
    var named: [(release: ReleaseID, released: [String], examined: [String])] = []
    for release in ledger.shelves.lazy.flatMap(\.releases) where !release.evidence.isEmpty {
      let released = release.statedCommits.filter(ExaminedCommits.isID)
      guard !released.isEmpty else { continue }
      let stated = release.evidence.flatMap { entry in
        [entry.commit?.value].compactMap(\.self)
          + (ledger.evidence[release.id, entry.id.value]?.file?.commits ?? [])
      }
      let examined = Set(stated.map { $0.lowercased() }).filter { ExaminedCommits.isID($0) && !released.contains($0) }
      if !examined.isEmpty { named.append((release.id, released, examined.sorted())) }
    }
    let files = try await files(of: Set(named.flatMap { $0.released + $0.examined }))
    var found: [ReleaseID: [String: Moment]] = [:]
    for (release, released, examined) in named {
      let wanted = released.compactMap { files[$0]?.folders }
      for commit in examined {
        guard let own = files[commit], wanted.contains(own.folders) else { continue }
        found[release, default: [:]][commit] = own.committed
      }
    }
    return found
  }

  private func files(of commits: Set<String>) async throws(FileError) -> [String: Files] {
    let steps = content.split(separator: "/").map(String.init)
    let folders = steps.indices.map { steps[..<$0].joined(separator: "/") }
    let commits = commits.sorted()
    let objects = try await repository.objects(
      commits.flatMap { commit in [commit + "^{commit}"] + folders.map { "\(commit):\($0)" } })
    var found: [String: Files] = [:]
    for (position, commit) in commits.enumerated() {
      let own = objects.dropFirst(position * (1 + folders.count)).prefix(1 + folders.count)
      guard let object = own.first ?? nil, let committed = ExaminedCommits.committed(object.bytes) else { continue }
      let trees = zip(own.dropFirst(), steps).map { folder, step in
        folder.map { ExaminedCommits.tree($0.bytes, without: step, idLength: object.id.utf8.count / 2) } ?? []
      }
      found[commit] = Files(folders: trees, committed: committed)
    }
    return found
  }

  /// Such as a record may state, in full or shortened.
  private static func isID(_ text: String) -> Bool {
    text.utf8.count >= 7 && text.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }
  }

  /// - Parameter commit: As Git keeps it: headers, an empty line, the message.
  private static func committed(_ commit: [UInt8]) -> Moment? {
    for line in commit.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      guard !line.isEmpty else { return nil }
      guard line.starts(with: Array("committer ".utf8)) else { continue }
      let words = line.split(separator: UInt8(ascii: " ")).suffix(2)
      return words.first.flatMap { Int(String(decoding: $0, as: UTF8.self)) }.map(Moment.init(seconds:))
    }
    return nil
  }

  /// - Parameter tree: As Git keeps it: of each entry its mode, a space, its name, a zero and the bytes of its id.
  private static func tree(_ tree: [UInt8], without name: String, idLength: Int) -> [UInt8] {
    var rest = tree[...]
    while let space = rest.firstIndex(of: UInt8(ascii: " ")), let zero = rest[space...].firstIndex(of: 0) {
      let end = min(zero + 1 + idLength, tree.endIndex)
      if rest[(space + 1)..<zero].elementsEqual(name.utf8) {
        return Array(tree[..<rest.startIndex] + tree[end...])
      }
      rest = tree[end...]
    }
    return tree
  }
}
