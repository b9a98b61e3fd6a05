import Foundation
import Subprocess
import SystemPackage

/// A Git repository made for a test, the same ids each time; `remove()` it afterwards.
///
/// Every commit is one hour after the one before, the first at 2026-01-01T00:00:00Z, by Ana Ruiz.
package final class TemporaryRepository: Sendable {
  /// The folder that holds everything of this test: the repository, and others cloned from it.
  package let outer: String
  /// The repository's top, without links.
  package let root: String

  /// A fresh repository with the branch `main` and no commits.
  package init(bare: Bool = false) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gazette-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    outer = folder.resolvingSymlinksInPath().path
    root = outer + "/repository"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    try await git(["init", "-q", "--initial-branch=main"] + (bare ? ["--bare"] : []))
  }

  /// Runs the body with a fresh repository and removes it in the end.
  package static func with<Result>(
    bare: Bool = false, _ body: (TemporaryRepository) async throws -> Result
  ) async throws -> Result {
    let repository = try await TemporaryRepository(bare: bare)
    do {
      let result = try await body(repository)
      try repository.remove()
      return result
    } catch {
      try repository.remove()
      throw error
    }
  }

  package func remove() throws {
    try FileManager.default.removeItem(atPath: outer)
  }

  /// Runs `git` in the repository, or in another folder of ``outer``, and returns what it prints.
  /// - Parameter hour: The time of commits and tags, in hours after 2026-01-01T00:00Z; by default one more than there
  ///   are commits in all branches.
  @discardableResult
  package func git(
    _ arguments: [String], in folder: String? = nil, hour: Int? = nil,
    author: String = "Ana Ruiz", email: String = "ana@harbor.example", key: SigningKey? = nil
  ) async throws -> String {
    let makesObjects = ["commit", "merge", "tag", "rebase", "cherry-pick"].contains(arguments[0])
    let time = makesObjects ? try await date(hour: hour, in: folder ?? root) : "@0 +0000"
    let result = try await run(
      .name("git"), arguments: Arguments(TemporaryRepository.settings + (key?.settings ?? []) + arguments),
      environment: .inherit.updating([
        "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_DIR": nil, "GIT_WORK_TREE": nil,
        "GIT_INDEX_FILE": nil, "LC_ALL": "C", "GIT_AUTHOR_DATE": time, "GIT_COMMITTER_DATE": time,
        "GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": email, "GIT_COMMITTER_NAME": author,
        "GIT_COMMITTER_EMAIL": email,
      ]),
      workingDirectory: FilePath(folder ?? root), input: .none, output: .string(limit: 1 << 24),
      error: .string(limit: 1 << 20))
    guard result.terminationStatus.isSuccess else {
      throw GitFailure(command: arguments.joined(separator: " "), complaint: result.standardError)
    }
    return result.standardOutput
  }

  private static let settings = [
    "-c", "protocol.file.allow=always", "-c", "commit.gpgSign=false", "-c", "uploadpack.allowFilter=true",
    "-c", "core.autocrlf=false",
    "-c", "advice.nestedTag=false", "-c", "gc.auto=0",
  ]

  package struct GitFailure: Error, CustomStringConvertible {
    package var command: String
    package var complaint: String

    package init(command: String, complaint: String) {
      (self.command, self.complaint) = (command, complaint)
    }

    package var description: String { "git \(command): \(complaint)" }
  }

  /// Seconds since 1970 of an hour as the repository counts them.
  package static func seconds(hour: Int) -> Int { 1_767_225_600 + hour * 3600 }

  private func date(hour: Int?, in folder: String) async throws -> String {
    if let hour { return "@\(TemporaryRepository.seconds(hour: hour)) +0000" }
    let count = try await git(["rev-list", "--count", "--all"], in: folder)
    let commits = Int(count.filter(\.isNumber)) ?? 0
    return "@\(TemporaryRepository.seconds(hour: commits)) +0000"
  }

  /// Writes a file below the top, with the folders it needs.
  package func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

  package func write(_ bytes: [UInt8], to path: String) throws {
    let file = URL(fileURLWithPath: root + "/" + path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  /// Makes a symbolic link below the top.
  package func link(_ path: String, to destination: String) throws {
    let place = URL(fileURLWithPath: root + "/" + path)
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: destination)
  }

  /// Commits everything that stands in the work tree, after writing these files.
  /// - Returns: The full id.
  @discardableResult
  package func commit(
    _ message: String, files: [String: String] = [:], hour: Int? = nil,
    author: String = "Ana Ruiz", email: String = "ana@harbor.example", key: SigningKey? = nil
  ) async throws -> String {
    for (path, text) in files { try write(text, to: path) }
    try await git(["add", "--all"])
    try await git(
      ["commit", "-q", "--allow-empty", "-m", message], hour: hour, author: author, email: email, key: key)
    return try await id(of: "HEAD")
  }

  /// Tags a revision: a light tag, or an annotated one when there is a message.
  package func tag(_ name: String, _ message: String? = nil, at revision: String = "HEAD", hour: Int? = nil)
    async throws
  {
    try await git(["tag"] + (message.map { ["-a", "-m", $0] } ?? []) + [name, revision], hour: hour)
  }

  /// Makes a branch and checks it out.
  package func branch(_ name: String, at revision: String = "HEAD") async throws {
    try await git(["checkout", "-q", "-b", name, revision])
  }

  package func checkout(_ revision: String) async throws { try await git(["checkout", "-q", revision]) }

  /// Merges branches into the one that is checked out, always with a commit of its own.
  /// - Returns: The full id of the merge.
  @discardableResult
  package func merge(
    _ branches: String..., message: String = "Merge", hour: Int? = nil, author: String = "Ana Ruiz",
    email: String = "ana@harbor.example", key: SigningKey? = nil
  ) async throws -> String {
    try await git(
      ["merge", "-q", "--no-ff", "-m", message] + branches, hour: hour, author: author, email: email, key: key)
    return try await id(of: "HEAD")
  }

  /// Clones the repository beside itself.
  /// - Parameter depth: How many commits a shallow clone has.
  /// - Returns: The folder of the clone.
  package func clone(
    as name: String = "clone", depth: Int? = nil, filter: String? = nil, bare: Bool = false
  ) async throws -> String {
    let options =
      (depth.map { ["--depth", String($0)] } ?? []) + (filter.map { ["--filter=" + $0] } ?? [])
      + (bare ? ["--bare"] : [])
    try await git(["clone", "-q"] + options + ["file://" + root, outer + "/" + name], in: outer)
    return outer + "/" + name
  }

  /// Adds a linked work tree beside the repository.
  /// - Returns: Its folder.
  package func worktree(_ name: String, at revision: String = "HEAD") async throws -> String {
    try await git(["worktree", "add", "-q", "--detach", outer + "/" + name, revision])
    return outer + "/" + name
  }

  /// Adds another repository as a submodule; not committed yet.
  package func addSubmodule(_ other: TemporaryRepository, at path: String) async throws {
    try await git(["submodule", "--quiet", "add", other.root, path])
  }

  /// The full id of the commit that a revision names.
  package func id(of revision: String) async throws -> String {
    String(try await git(["rev-parse", "--verify", revision + "^{commit}"]).dropLast())
  }
}
