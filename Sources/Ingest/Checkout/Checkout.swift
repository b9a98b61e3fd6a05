import Crypto
package import Diagnostics

/// Where the content is and how its files are read. Nothing outside the checkout can be read through it.
package struct Checkout: Sendable {
  /// The absolute path of the work tree's top, links resolved; never in output.
  package let root: String
  /// The content folder, relative to ``root``, without a slash at the end.
  package let content: String
  /// `nil` when the folder is not in a Git work tree, which the report then says.
  package let repository: GitRepository?
  /// The repositories bound by `--source NAME=DIR`.
  package let sources: [String: GitRepository]
  let reader: FileReader

  /// Opens the checkout that holds a folder.
  ///
  /// What Gazette can do without is a warning, or nothing: a shallow clone, no commits; a detached HEAD and a linked
  /// worktree are as good as any other.
  /// - Parameters:
  ///   - folder: Any folder of the checkout.
  ///   - content: The content folder relative to the top; it need not exist.
  ///   - sources: Folders of other repositories, by name.
  ///   - revision: A commit, branch or tag that is read instead of the work tree. Branches, tags and the other
  ///     repositories are those of now.
  ///   - isEarlier: Whether tags of commits that HEAD has and the revision has not are left out.
  package static func open(
    at folder: String, content: String, sources: [String: String], revision: String? = nil, isEarlier: Bool = false,
    into report: inout Report
  ) async throws(FileError) -> Checkout {
    guard let folder = try resolvedPath(folder), isFolder(folder) else {
      throw FileError(folder, "no such folder", help: "run Gazette in a Git checkout")
    }
    guard let content = CheckoutPath(content)?.text, !content.isEmpty else {
      throw FileError(
        content, "the content folder must stand below the top of the checkout",
        help: "name it relative to the top, such as `--content docs/releases`")
    }
    let repository = try await GitRepository.open(at: folder)
    report.add(findings(about: repository))
    var bound: [String: GitRepository] = [:]
    for (name, path) in sources.sorted(by: { $0.key < $1.key }) {
      guard let source = try await GitRepository.open(at: path) else {
        report.error(
          .sourceIsNotARepository, "the source `\(name)` is not a Git repository",
          help: "bind it to a clone: `--source \(name)=DIR`")
        continue
      }
      bound[name] = source
    }
    let top = repository.flatMap { $0.hasWorkTree ? $0 : nil }
    let root = try top.map { repository throws(FileError) in
      try resolvedPath(repository.folder) ?? repository.folder
    }
    let reader = FileReader(root: root ?? folder)
    guard let revision, let top else {
      return Checkout(content: content, repository: top, sources: bound, reader: reader)
    }
    let commit = try await top.found(at: revision).without(tagsOf: isEarlier ? top.head : nil)
    let files = try await CommitFiles(of: commit).holding([], below: [content])
    return Checkout(
      content: content, repository: commit, sources: bound, reader: FileReader(root: reader.root, commit: files))
  }

  private init(content: String, repository: GitRepository?, sources: [String: GitRepository], reader: FileReader) {
    (self.content, self.repository, self.sources, self.reader) = (content, repository, sources, reader)
    root = reader.root
  }

  /// The same checkout, able to read these too when it is one of a commit: what lies outside the content is only asked
  /// for when something names it.
  /// - Parameters:
  ///   - paths: Files, relative to ``root``.
  ///   - folders: All below them.
  package func holding(_ paths: Set<String>, below folders: [String] = []) async throws(FileError) -> Checkout {
    guard let commit = reader.commit else { return self }
    var reader = reader
    let normal = Set(paths.compactMap { CheckoutPath($0)?.text })
    reader.commit = try await commit.holding(normal, below: folders.compactMap { CheckoutPath($0)?.text })
    return Checkout(content: content, repository: repository, sources: sources, reader: reader)
  }

  private static func findings(about repository: GitRepository?) -> [Diagnostic] {
    guard let repository else {
      return [
        .error(
          .notACheckout, "this folder is not in a Git checkout",
          help: "run `git init` and commit, or run Gazette in a clone")
      ]
    }
    guard repository.hasWorkTree else {
      return [
        .error(
          .noWorkTree, "this Git repository has no work tree to read from here",
          help: "run Gazette in a clone or in `git worktree add DIR`")
      ]
    }
    var findings: [Diagnostic] = []
    if repository.head == nil {
      findings.append(.warning(.noCommits, "this checkout has no commits yet", help: "commit once, then run again"))
    }
    if repository.isShallow {
      findings.append(.shallowClone)
    }
    return findings
  }

  /// The regular files below a folder, sorted by the bytes of their paths; none when the folder is missing.
  ///
  /// Links are followed where they stay in the checkout. What cannot be used is reported and left out.
  /// - Parameter folder: Relative to ``root``.
  package func files(under folder: String, into report: inout Report) throws(FileError) -> [ContentFile] {
    guard let path = CheckoutPath(folder)?.text else {
      report.add(.leavesCheckout(folder, at: nil))
      return []
    }
    if let commit = reader.commit { return commit.walk(path, into: &report) }
    let walk = try walk(path)
    report.merge(walk.report)
    return walk.files
  }

  /// Goes through a folder of the work tree.
  /// - Parameter path: Normal.
  func walk(_ path: String) throws(FileError) -> FolderWalk {
    var walk = FolderWalk(root: root)
    try walk.walk(path)
    return walk
  }

  /// The bytes of one file, or `nil` when the report says why it cannot be read.
  /// - Parameters:
  ///   - path: Relative to ``root``.
  ///   - limit: The most bytes that are read.
  ///   - location: Where the path was written; `nil` when it comes from ``files(under:into:)``.
  package func bytes(
    of path: String, limit: Int = Checkout.largestText, at location: SourceLocation? = nil, into report: inout Report
  ) throws(FileError) -> [UInt8]? {
    guard let normal = CheckoutPath(path)?.text else {
      report.add(.leavesCheckout(path, at: location))
      return nil
    }
    switch try reader.read(normal, limit: limit) {
    case .bytes(let bytes): return bytes
    case .refused(let refusal):
      report.add(.refusal(refusal, of: path, limit: limit, at: location))
      return nil
    }
  }

  /// The text of one file: valid UTF-8 without byte order mark, with `\n` for every line end.
  /// - Returns: `nil` when the report says why it cannot be read.
  package func text(
    of path: String, limit: Int = Checkout.largestText, at location: SourceLocation? = nil, into report: inout Report
  ) throws(FileError) -> String? {
    try bytes(of: path, limit: limit, at: location, into: &report).flatMap { text(of: $0, at: path, into: &report) }
  }

  /// The same with the SHA-256 of the bytes.
  func hashedText(of path: String, into report: inout Report) throws(FileError) -> (text: String, sha256: [UInt8]?)? {
    guard let bytes = try bytes(of: path, into: &report), let text = text(of: bytes, at: path, into: &report) else {
      return nil
    }
    return (text, Array(SHA256.hash(data: bytes)))
  }

  private func text(of bytes: [UInt8], at path: String, into report: inout Report) -> String? {
    switch decodedText(bytes) {
    case .text(let text): return text
    case .undecodable(let line, let column, let guess):
      report.add(.notUTF8(path, line: line, column: column, guess: guess))
      return nil
    }
  }

  /// The repository of a submodule, or `nil` when the report says why there is none.
  /// - Parameters:
  ///   - path: Relative to ``root``.
  ///   - location: Where the path was written.
  package func submodule(
    at path: String, named location: SourceLocation?, into report: inout Report
  ) async throws(FileError) -> GitRepository? {
    guard let normal = CheckoutPath(path)?.text else {
      report.add(.leavesCheckout(path, at: location))
      return nil
    }
    if let commit = reader.commit {
      guard case .success(.entry(let place, .submodule(let id))) = commit.place(of: normal),
        let found = try await GitRepository.open(at: root + "/" + place), found.folder != root,
        let standing = try await found.at(id)
      else {
        report.add(.missingSubmodule(path, at: location))
        return nil
      }
      return standing
    }
    switch try reader.resolve(normal) {
    case .failure(.outside):
      report.add(.leavesCheckout(path, at: location))
      return nil
    case .success(let place) where isFolder(place):
      // In a folder that is not checked out, Git finds the repository around it.
      if let found = try await GitRepository.open(at: place), try resolvedPath(found.folder) == place { return found }
    case .success, .failure: break
    }
    report.add(.missingSubmodule(path, at: location))
    return nil
  }

  /// Whether a regular file is there that could be read.
  package func hasFile(_ path: String) throws(FileError) -> Bool {
    guard let path = CheckoutPath(path)?.text else { return false }
    return try reader.hasFile(path)
  }

  /// Whether it is read from a commit and not from the work tree.
  package var isOfCommit: Bool { reader.commit != nil }

  /// The most bytes that a text may have: 16 MiB.
  package static let largestText = 16 << 20
}

extension GitRepository {
  /// The same repository looked at from another commit, which must be there.
  fileprivate func found(at revision: String) async throws(FileError) -> GitRepository {
    if let found = try await at(revision) { return found }
    throw FileError(
      revision, "there is no such commit here",
      help: isShallow
        ? "fetch it, for this clone is shallow: `git fetch --unshallow --tags`, or check out with `fetch-depth: 0`"
        : "name a commit, a branch or a tag that `git rev-parse` knows, or fetch it")
  }
}
