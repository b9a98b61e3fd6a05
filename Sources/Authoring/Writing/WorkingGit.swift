package import Diagnostics
import Ingest
package import Model
import Subprocess
import SystemPackage

/// Git as its user has set it up: their name, their hooks, their signature.
///
/// Everything that is read for a site is read otherwise, so that no setting can change what the site says.
package struct WorkingGit: Sendable {
  /// The top of the work tree.
  private let folder: String

  package init(in folder: String) {
    self.folder = folder
  }

  private struct Ending {
    var isSuccess: Bool
    var output: String
    var complaint: String

    /// The line that says what went wrong.
    var reason: String {
      let lines = complaint.split(separator: "\n").map(String.init)
      let line = lines.first { $0.hasPrefix("fatal: ") || $0.hasPrefix("error: ") } ?? lines.first
      guard let line else { return "it failed without a word" }
      for prefix in ["fatal: ", "error: "] where line.hasPrefix(prefix) { return String(line.dropFirst(prefix.count)) }
      return line
    }

    /// Whether another process was quicker, and a moment later there is nothing in the way.
    var isBusy: Bool { !isSuccess && (complaint.contains(".lock'") || complaint.contains("cannot lock ref")) }
  }

  private static let environment = Environment.inherit.updating(["LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"])

  private func run(_ arguments: [String]) async throws(FileError) -> Ending {
    do {
      let result = try await Subprocess.run(
        GitProgram.executable, arguments: Arguments(arguments),
        environment: WorkingGit.environment,
        workingDirectory: FilePath(folder), input: .none, output: .string(limit: 1 << 24),
        error: .string(limit: 1 << 20))
      return Ending(
        isSuccess: result.terminationStatus.isSuccess, output: result.standardOutput, complaint: result.standardError)
    } catch {
      throw FileError("git", "\(error)", help: "see whether Git is installed")
    }
  }

  /// The same where hooks may speak: all they say is read, for a Git that is stopped leaves its locks behind.
  private func runWithHooks(_ arguments: [String]) async throws(FileError) -> Ending {
    do {
      var said: [UInt8] = []
      let result = try await Subprocess.run(
        GitProgram.executable, arguments: Arguments(arguments),
        environment: WorkingGit.environment,
        workingDirectory: FilePath(folder), input: .none, output: .sequence, error: .combinedWithOutput
      ) { execution in
        for try await buffer in execution.standardOutput where said.count < 1 << 20 {
          buffer.withUnsafeBytes { said.append(contentsOf: $0) }
        }
      }
      return Ending(
        isSuccess: result.terminationStatus.isSuccess, output: "", complaint: String(decoding: said, as: UTF8.self))
    } catch {
      throw FileError("git", "\(error)", help: "see whether Git is installed")
    }
  }

  /// Who would be the author, and who the committer, of a commit; `nil` where Git would have to guess.
  package func identities() async throws(FileError) -> (author: Commit.Identity, committer: Commit.Identity)? {
    guard let author = try await identity("GIT_AUTHOR_IDENT"), let committer = try await identity("GIT_COMMITTER_IDENT")
    else { return nil }
    return (author, committer)
  }

  private func identity(_ variable: String) async throws(FileError) -> Commit.Identity? {
    let ending = try await run(["-c", "user.useConfigOnly=true", "var", variable])
    guard ending.isSuccess, let close = ending.output.lastIndex(of: ">") else { return nil }
    return Commit.Trailer(key: "", value: String(ending.output[...close])).identity
  }

  /// The full id of a commit; `nil` when the revision names none.
  package func commit(named revision: String) async throws(FileError) -> String? {
    let ending = try await run(["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"])
    return ending.isSuccess ? ending.output.split(separator: "\n").first.map(String.init) : nil
  }

  /// The commit whose files stand here, the content folder left aside.
  ///
  /// - Returns: `nil` when no commit touched anything but the content.
  package func examinedCommit(besides content: String) async throws(FileError) -> String? {
    let ending = try await run(["rev-list", "--max-count=1", "HEAD", "--", ".", ":(exclude,top,literal)" + content])
    return ending.isSuccess ? ending.output.split(separator: "\n").first.map(String.init) : nil
  }

  /// Whether Git knows a file, as it is or otherwise.
  package func tracks(_ path: String) async throws(FileError) -> Bool {
    try await run(["ls-files", "--error-unmatch", "--", literal(path)]).isSuccess
  }

  /// Whether a file is as HEAD has it.
  package func isCommitted(_ path: String) async throws(FileError) -> Bool {
    guard try await tracks(path) else { return false }
    return try await run(["diff", "--quiet", "HEAD", "--", literal(path)]).isSuccess
  }

  /// Whether Git is told to overlook a file.
  package func ignores(_ path: String) async throws(FileError) -> Bool {
    // The command knows no literal paths, and this one begins with nothing that it would take for a sign.
    try await run(["check-ignore", "--quiet", "--", "./" + path]).isSuccess
  }

  /// Commits these new files and nothing else, whatever else is staged.
  ///
  /// - Parameters:
  ///   - message: Its subject, an empty line, its trailers.
  ///   - turn: Has been waited for before anybody looked at what is there.
  /// - Throws: When Git does not commit, for instance because a hook forbids it; then the files are as new as before.
  package func commit(_ paths: [String], message: String, in turn: CommitTurn) async throws(FileError) {
    defer { withExtendedLifetime(turn) {} }
    let paths = paths.map(literal)
    let added = try await patiently(["add", "--"] + paths)
    guard added.isSuccess else { throw WorkingGit.failure("add", added) }
    let ending = try await patiently(["commit", "--quiet", "--only", "--message", message, "--"] + paths)
    if !ending.isSuccess { _ = try await patiently(["rm", "--quiet", "--cached", "--force", "--"] + paths) }
    guard !ending.isSuccess else { return }
    throw WorkingGit.failure("commit", ending)
  }

  /// Waits until no other process of ours is about to commit here.
  /// - Returns: `nil` where there is no repository.
  package func turn() async throws(FileError) -> CommitTurn? {
    // A file of ours in Git's own folder.
    let ending = try await run(["rev-parse", "--git-path", "gazette.lock"])
    guard ending.isSuccess else { return nil }
    let path = String(ending.output.dropLast())
    return try CommitTurn(path.hasPrefix("/") ? path : folder + "/" + path)
  }

  /// A path that means only itself, whatever characters it holds.
  private func literal(_ path: String) -> String { ":(top,literal)" + path }

  private static func failure(_ command: String, _ ending: Ending) -> FileError {
    FileError(
      "git \(command)", ending.reason, help: "mend that, and run the command again; or leave `--commit` out")
  }

  /// Waits up to ten seconds for others who commit at the same time.
  private func patiently(_ arguments: [String]) async throws(FileError) -> Ending {
    for _ in 0..<100 {
      let ending = try await runWithHooks(arguments)
      guard ending.isBusy else { return ending }
      do { try await Task.sleep(nanoseconds: 100_000_000) } catch { break }
    }
    return try await runWithHooks(arguments)
  }
}
