package import Diagnostics

/// An opened Git repository. It is only read, and never over the network.
package struct GitRepository: Sendable {
  /// Where Git runs: the top of the work tree, or the Git folder itself where there is none; never in output.
  package let folder: String
  /// Whether files stand in ``folder``; `false` for a bare repository.
  package let hasWorkTree: Bool
  /// The full id of the commit that is looked at, which is the one that is checked out unless another was named;
  /// `nil` before the first.
  package private(set) var head: String?
  /// The branch that is checked out; `nil` when HEAD is detached, and for a commit that was named.
  package private(set) var branch: String?
  /// Whether the work tree belongs to ``head``.
  package private(set) var isCheckedOut = true
  /// A commit whose tags are left out where ``head`` does not have what they name: they came later.
  private(set) var later: String?
  /// Whether history is cut off, as in a clone made with `--depth`.
  package let isShallow: Bool
  let git: GitProgram

  /// How commands of Git are told where to begin; `nil` before the first commit.
  var tip: String? { isCheckedOut ? head.map { _ in "HEAD" } : head }

  /// Opens the repository that holds the folder.
  /// - Returns: `nil` when there is none.
  /// - Throws: When the folder is missing, Git is not installed, or Git refuses the repository.
  package static func open(at folder: String) async throws(FileError) -> GitRepository? {
    guard isFolder(folder) else {
      throw FileError(folder, "no such folder", help: "name a folder that exists")
    }
    var git = GitProgram()
    var answer = try await Answer(from: git, in: folder)
    if answer.ending.complaint.contains("dubious ownership") || answer.ending.complaint.contains("unsafe repository") {
      git.safeFolders = try await GitProgram.declaredSafeFolders(for: folder)
      answer = try await Answer(from: git, in: folder)
      if !answer.ending.isSuccess, answer.lines.isEmpty {
        throw FileError(
          folder, answer.ending.reason, help: "run `git config --global --add safe.directory \(folder)` if you trust it"
        )
      }
    }
    if answer.ending.complaint.contains("not a git repository (or any") { return nil }
    guard answer.lines.count >= 3 else { throw FileError(folder, answer.ending.reason) }
    return try await GitRepository(answer, git: git, in: folder)
  }

  /// What `git rev-parse` says of a folder.
  private struct Answer {
    /// As far as Git went, which stops at the first question that has no answer.
    var lines: [String]
    /// The top of the work tree; `nil` where Git did not get that far, as in a bare repository.
    var top: String?
    var ending: GitProgram.Ending

    /// The questions that may fail come last: HEAD before the first commit, the top of the work tree in a bare
    /// repository. The top is all of the rest, for the name of a folder may hold line ends.
    init(from git: GitProgram, in folder: String) async throws(FileError) {
      let (bytes, ending) = try await git.output(
        [
          "rev-parse", "--is-bare-repository", "--is-inside-work-tree", "--is-shallow-repository", "HEAD",
          "--symbolic-full-name", "HEAD", "--show-toplevel",
        ], in: folder)
      let parts = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 5, omittingEmptySubsequences: false)
      lines = parts.prefix(5).map { String(decoding: $0, as: UTF8.self) }.filter { !$0.isEmpty }
      top = ending.isSuccess && parts.count == 6 ? String(decoding: parts[5].dropLast(), as: UTF8.self) : nil
      self.ending = ending
    }
  }

  private init(_ answer: Answer, git: GitProgram, in folder: String) async throws(FileError) {
    self.git = git
    isShallow = answer.lines[2] == "true"
    hasWorkTree = answer.lines[0] == "false" && answer.lines[1] == "true"
    if answer.lines.count == 5 {
      head = answer.lines[3]
      branch = GitRepository.branch(answer.lines[4])
    } else {
      head = nil
      let (bytes, _) = try await git.output(["symbolic-ref", "-q", "HEAD"], in: folder)
      branch = GitRepository.branch(String(decoding: bytes.dropLast(), as: UTF8.self))
    }
    if let top = answer.top {
      self.folder = top
    } else {
      let (bytes, ending) = try await git.output(
        ["rev-parse", hasWorkTree ? "--show-toplevel" : "--absolute-git-dir"], in: folder)
      guard ending.isSuccess else { throw FileError(folder, ending.reason) }
      self.folder = String(decoding: bytes.dropLast(), as: UTF8.self)
    }
  }

  /// The same repository looked at from another commit; branches and tags are those of now.
  /// - Parameter revision: A commit, branch or tag.
  /// - Returns: `nil` when there is no such commit here.
  package func at(_ revision: String) async throws(FileError) -> GitRepository? {
    guard !revision.isEmpty, !revision.hasPrefix("-"), !revision.utf8.contains(0) else { return nil }
    let (bytes, ending) = try await git.output(
      ["rev-parse", "--verify", "--quiet", revision + "^{commit}"], in: folder)
    guard ending.isSuccess else { return nil }
    var repository = self
    repository.head = String(decoding: bytes.dropLast(), as: UTF8.self)
    (repository.branch, repository.isCheckedOut) = (nil, false)
    return repository
  }

  /// The same without the tags of commits that only that commit has.
  func without(tagsOf later: String?) -> GitRepository {
    var repository = self
    repository.later = later
    return repository
  }

  private static func branch(_ reference: String) -> String? {
    let prefix = "refs/heads/"
    return reference.hasPrefix(prefix) ? String(reference.dropFirst(prefix.count)) : nil
  }

  /// HEAD, every ref, and whose names count: what tells whether the history would be told the same again.
  func state() async throws(FileError) -> String {
    let refs = try await output(["for-each-ref", "--format=%(objectname) %(refname)"])
    let mailmap = try FileStatus(ofLinkAt: folder + "/.mailmap")
    let names = mailmap.map { "\($0.inode) \($0.size) \($0.modified) \($0.changed)" } ?? "none"
    return "\(folder)\n\(head ?? "none") \(isShallow) \(names)\n" + String(decoding: refs, as: UTF8.self)
  }

  /// Runs Git here, and takes an ending in error as a failure of the machine.
  func run(_ arguments: [String], receive: (UnsafeRawBufferPointer) -> Void) async throws(FileError) {
    let ending = try await git.run(arguments, in: folder, receive: receive)
    guard ending.isSuccess else { throw FileError("git \(arguments[0])", ending.reason) }
  }

  /// All output at once, for short answers.
  func output(_ arguments: [String]) async throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    try await run(arguments) { bytes.append(contentsOf: $0) }
    return bytes
  }
}
