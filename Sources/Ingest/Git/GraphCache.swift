import Crypto
import Diagnostics
import Model
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Who keeps the commits of repositories between runs, and of which repositories.
package struct GraphMemory: Sendable {
  /// Of the program; what another one wrote does not count.
  package var version: String
  /// A repository with fewer commits is read as fast without.
  package var least: Int

  package init(version: String, least: Int = 20_000) {
    (self.version, self.least) = (version, least)
  }
}

/// What Git said of the commits of a repository when they were read before, in the Git folder that all its work trees
/// share.
///
/// It saves time and nothing else: one that is broken, made otherwise or not there is as none, and one of other tips is
/// brought up to date. Whoever may write there may also write branches and hooks.
struct GraphCache: Sendable {
  /// The commits that some tips lead to.
  struct Known: Sendable {
    /// Full ids, sorted.
    var tips: [String]
    /// In the order of a graph.
    var table: CommitTable
  }

  private let folder: String
  private let memory: GraphMemory
  /// What else than the commits decides what Git says of them, as a digest.
  private let circumstances: [UInt8]
  private let repository: GitRepository

  /// - Returns: `nil` where nothing may be kept: what a shallow clone knows of a commit changes with its depth.
  init?(of repository: GitRepository, _ memory: GraphMemory) async throws(FileError) {
    guard !repository.isShallow, let circumstances = try await repository.circumstances(of: memory.version) else {
      return nil
    }
    folder = try await repository.commonFolder() + "/gazette"
    (self.repository, self.memory, self.circumstances) = (repository, memory, circumstances)
  }

  private static let name = "graph"

  /// - Returns: `nil` where there is none that counts.
  func known() async -> Known? {
    do {
      guard try FileStatus(ofLinkAt: folder)?.kind == .folder,
        case .bytes(let bytes) = try FileReader(root: folder).read(GraphCache.name, limit: 16 << 30)
      else { return nil }
      return await GraphCoding.known(in: bytes, circumstances: circumstances)
    } catch {
      return nil
    }
  }

  /// Keeps it whole or not at all. That it cannot be kept costs time at the next run, and nothing else.
  func keep(_ known: Known) async {
    guard known.table.count >= memory.least else { return }
    do {
      // A mailmap that was written meanwhile may have been used or not.
      guard try await repository.circumstances(of: memory.version) == circumstances else { return }
      try write(await GraphCoding.bytes(of: known, circumstances: circumstances))
    } catch {
      return
    }
  }

  private func write(_ bytes: [UInt8]) throws {
    mkdir(folder, 0o777)
    guard try FileStatus(ofLinkAt: folder)?.kind == .folder else { return }
    // Of runs that were ended while they wrote. One that still does will find its file gone and keep nothing.
    for name in try names(inFolder: folder) where name.starts(with: GraphCache.name.utf8 + [UInt8(ascii: "-")]) {
      unlink(folder + "/" + String(decoding: name, as: UTF8.self))
    }
    let draft = folder + "/\(GraphCache.name)-\(getpid())"
    let file = try FileDescriptor.open(
      draft, .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
      permissions: [.ownerReadWrite, .groupRead, .otherRead])
    do {
      _ = try file.closeAfter { try file.writeAll(bytes) }
    } catch {
      unlink(draft)
      throw error
    }
    if rename(draft, folder + "/" + GraphCache.name) != 0 { unlink(draft) }
  }
}

extension GitRepository {
  /// The commits of the cache, brought up to date where they are not those of today, or all anew.
  func table(in cache: GraphCache) async throws(FileError) -> CommitTable {
    let tips = try await tips()
    // Told nothing, Git would begin with HEAD, which is not there.
    guard !tips.isEmpty else { return CommitTable([]) }
    if let known = await cache.known() {
      if known.tips == tips { return known.table }
      if let (table, isNew) = try await table(extending: known, to: tips) {
        // One that only has too much serves as well the next time.
        if isNew { await cache.keep(GraphCache.Known(tips: tips, table: table)) }
        return table
      }
    }
    var reader = CommitReader()
    let ending = try await read(tips, into: &reader)
    guard ending.isSuccess else { throw FileError("git log", ending.reason) }
    guard let columns = reader.columns(), let table = CommitTable(columns.ordered(by: columns.order())) else {
      throw FileError("git log", "its commits do not go together")
    }
    await cache.keep(GraphCache.Known(tips: tips, table: table))
    return table
  }

  /// The same commits as read anew, of which Git tells only those that are new.
  /// - Returns: `nil` when Git does not have all the old tips any more, or they do not go together with the new.
  private func table(
    extending known: GraphCache.Known, to tips: [String]
  ) async throws(FileError) -> (table: CommitTable, isNew: Bool)? {
    var reader = CommitReader(behind: known.table.columns)
    let unknown = tips.filter { reader.knownPosition(of: $0.utf8) == nil }
    if !unknown.isEmpty {
      guard try await read(unknown + known.tips.map { "^" + $0 }, into: &reader).isSuccess else { return nil }
    }
    guard let columns = reader.columns() else { return nil }
    let index = CommitIndex(of: columns)
    let positions = tips.compactMap { index.position(of: $0.utf8, in: columns) }
    guard positions.count == tips.count else { return nil }
    return CommitTable(columns.ordered(by: columns.order(from: positions))).map { ($0, !unknown.isEmpty) }
  }

  private func read(
    _ revisions: [String], into reader: inout CommitReader
  ) async throws(FileError) -> GitProgram.Ending {
    var (result, stream) = (reader, FieldStream(fieldsPerRecord: CommitReader.fields.count))
    reader = CommitReader()
    let ending = try await git.run(
      CommitReader.question + ["--stdin"], in: folder, input: Array(revisions.map { $0 + "\n" }.joined().utf8)
    ) { piece in
      stream.append(piece) { result.read($0) }
    }
    reader = result
    return ending
  }

  /// The full ids of the commits that branches, tags and HEAD name, each once, sorted.
  private func tips() async throws(FileError) -> [String] {
    var tips: Set<String> = []
    if let head { tips.insert(head) }
    var nested: [String] = []
    let format = "--format=%(objectname) %(objecttype) %(*objectname) %(*objecttype)"
    let lines = try await output(["for-each-ref", format, "refs/heads", "refs/tags", "refs/remotes"])
    for line in repairedText(lines).split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      if words.count == 2, words[1] == "commit" { tips.insert(words[0]) }
      guard words.count == 4, words[1] == "tag" else { continue }
      if words[3] == "commit" { tips.insert(words[2]) } else if words[3] == "tag" { nested.append(words[0]) }
    }
    guard !nested.isEmpty else { return tips.sorted() }
    // Older versions of Git look through one tag and no further.
    var answer: [UInt8] = []
    let question = Array(nested.map { $0 + "^{commit}\n" }.joined().utf8)
    let ending = try await git.run(
      ["cat-file", "--batch-check=%(objectname) %(objecttype)"], in: folder, input: question
    ) { answer.append(contentsOf: $0) }
    guard ending.isSuccess else { throw FileError("git cat-file", ending.reason) }
    for line in repairedText(answer).split(separator: "\n") where line.hasSuffix(" commit") {
      tips.insert(String(line.dropLast(" commit".count)))
    }
    return tips.sorted()
  }

  /// A digest of what decides, besides the commits themselves, what Git says of them: the question, the version of Git,
  /// its settings and the mailmap.
  /// - Returns: `nil` where that is not to be known: with a mailmap from elsewhere.
  fileprivate func circumstances(of version: String) async throws(FileError) -> [UInt8]? {
    var writer = PackedWriter()
    writer.write([version] + CommitReader.question) { $0.write($1) }
    writer.append(try await output(["version"]))
    for setting in try await output(["config", "-z", "--list"]).split(separator: 0) {
      if setting.starts(with: "mailmap.".utf8) { return nil }
      // These change as branches come and go, and mean nothing to a log.
      let isAside = ["branch.", "remote.", "submodule.", "user."].contains { setting.starts(with: $0.utf8) }
      if !isAside { writer.write(repairedText(setting)) }
    }
    switch try FileStatus(ofLinkAt: folder + "/.mailmap")?.kind {
    case nil: break
    case .file:
      guard case .bytes(let bytes) = try FileReader(root: folder).read(".mailmap", limit: 1 << 28) else { return nil }
      writer.write(repairedText(bytes))
    default: return nil
    }
    if !hasWorkTree {
      // Where there is no work tree Git takes that of HEAD, if it has one.
      writer.append(try await git.output(["rev-parse", "--quiet", "--verify", "HEAD:.mailmap"], in: folder).bytes)
    }
    return Array(SHA256.hash(data: writer.bytes))
  }
}
