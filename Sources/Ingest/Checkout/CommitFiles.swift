import Diagnostics
import Model

/// The files of a commit, read without checking it out.
///
/// Names and links are those of the commit's tree. Bytes are the work tree's where Git says that it has the same ones,
/// and blobs where it has not.
struct CommitFiles: Sendable {
  enum Entry: Hashable, Sendable {
    case file(blob: String)
    case link(to: String)
    /// The commit of a submodule.
    case submodule(commit: String)
  }

  /// What stands at a path once links are followed.
  enum Place: Hashable, Sendable {
    case entry(String, Entry)
    case folder(String)
  }

  private let entries: [String: Entry]
  /// The paths of ``entries`` by bytes.
  private let paths: [String]
  /// What the work tree does not have as the commit has it.
  private let differing: Set<String>
  private var blobs: [String: [UInt8]] = [:]
  private let repository: GitRepository

  private static let mostLinks = 40

  /// Asks Git for the tree of the commit that a repository is looked at from; no bytes are held yet.
  init(of repository: GitRepository) async throws(FileError) {
    self.repository = repository
    let commit = repository.head ?? "HEAD"
    var modes: [String: (mode: String, id: String)] = [:]
    var stream = FieldStream(fieldsPerRecord: 1)
    try await repository.run(["ls-tree", "-r", "-z", "--full-tree", commit]) { piece in
      stream.append(piece) { fields in
        // `<mode> <type> <id>`, a tab and the path.
        guard let tab = fields[0].firstIndex(of: UInt8(ascii: "\t")) else { return }
        let words = fields[0][..<tab].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
        guard words.count == 3 else { return }
        modes[repairedText(fields[0][(tab + 1)...])] = (words[0], words[2])
      }
    }
    let links = modes.filter { $0.value.mode == "120000" }
    let targets = try await repository.blobs(Set(links.values.map(\.id)))
    entries = modes.mapValues { mode, id in
      switch mode {
      case "120000": .link(to: repairedText(targets[id] ?? []))
      case "160000": .submodule(commit: id)
      default: .file(blob: id)
      }
    }
    paths = modes.keys.sorted(by: precedesInBytes)
    var differing: Set<String> = []
    var names = FieldStream(fieldsPerRecord: 1)
    try await repository.run(
      ["diff-index", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules=all", commit, "--"]
    ) { piece in
      names.append(piece) { differing.insert(repairedText($0[0])) }
    }
    self.differing = differing
  }

  /// The same files, with the bytes of those held that paths lead to, or that stand below folders, links followed.
  func holding(_ wanted: Set<String>, below folders: [String]) async throws(FileError) -> CommitFiles {
    var found: Set<String> = []
    var entered: Set<String> = []
    var left = wanted.union(folders)
    while let path = left.popFirst() {
      switch place(of: path) {
      case .success(.entry(let path, _)): found.insert(path)
      case .success(.folder(let folder)) where entered.insert(folder).inserted:
        left.formUnion(entries(below: folder).filter(isLink))
      case .success(.folder), .failure: break
      }
    }
    let prefixes = entered.map { $0.isEmpty ? "" : $0 + "/" }
    var ids: Set<String> = []
    for path in differing where found.contains(path) || prefixes.contains(where: path.hasPrefix) {
      if case .file(let blob)? = entries[path], blobs[blob] == nil { ids.insert(blob) }
    }
    var files = self
    files.blobs.merge(try await repository.blobs(ids)) { old, _ in old }
    return files
  }

  /// - Parameter path: Normal, as ``CheckoutPath`` makes it.
  func place(of path: String) -> Result<Place, FileReader.Refusal> {
    var steps = path.split(separator: "/").map(String.init)[...]
    var place: [String] = []
    var links = 0
    while let step = steps.popFirst() {
      if step == ".." {
        guard place.popLast() != nil else { return .failure(.outside) }
        continue
      }
      place.append(step)
      let name = place.joined(separator: "/")
      switch entries[name] {
      case .link(let target):
        links += 1
        guard links <= CommitFiles.mostLinks else { return .failure(.missing) }
        guard !target.hasPrefix("/") else { return .failure(.outside) }
        place.removeLast()
        steps = target.split(separator: "/").filter { $0 != "." }.map(String.init) + steps
      case let entry?: return steps.isEmpty ? .success(.entry(name, entry)) : .failure(.missing)
      case nil: guard isFolder(name) else { return .failure(.missing) }
      }
    }
    return .success(.folder(place.joined(separator: "/")))
  }

  /// The bytes of a file.
  /// - Parameter workTree: Reads what the work tree has as the commit has it.
  func read(_ path: String, limit: Int, workTree: FileReader) throws(FileError) -> FileReader.Reading {
    switch place(of: path) {
    case .failure(let refusal): return .refused(refusal)
    case .success(.entry(let path, .file(let blob))):
      guard differing.contains(path) else { return try workTree.read(path, limit: limit) }
      guard let bytes = blobs[blob] else {
        throw FileError(
          path, "the bytes that the commit has are not here", help: "fetch them, or clone without a filter")
      }
      return bytes.count > limit ? .refused(.tooLarge(size: bytes.count)) : .bytes(bytes)
    case .success: return .refused(.notAFile)
    }
  }

  /// Whether a file's bytes are the work tree's; its path there.
  func pathInWorkTree(_ path: String) -> String? {
    guard case .success(.entry(let path, .file)) = place(of: path), !differing.contains(path) else { return nil }
    return path
  }

  /// The paths of everything below a folder, by bytes; links are not followed.
  func entries(below folder: String) -> ArraySlice<String> {
    guard !folder.isEmpty else { return paths[...] }
    let first = start(of: folder + "/")
    // `0` is the byte after `/`.
    return paths[first..<start(of: folder + "0")]
  }

  func isLink(_ path: String) -> Bool {
    if case .link? = entries[path] { true } else { false }
  }

  private func isFolder(_ path: String) -> Bool {
    let first = start(of: path + "/")
    return first < paths.count && paths[first].hasPrefix(path + "/")
  }

  /// The position of the first path that does not come before it.
  private func start(of path: String) -> Int {
    var (low, high) = (0, paths.count)
    while low < high {
      let middle = (low + high) / 2
      if precedesInBytes(paths[middle], path) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
