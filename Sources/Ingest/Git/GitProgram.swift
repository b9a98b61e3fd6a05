import Diagnostics
package import Subprocess
import SystemPackage

/// The `git` program, run so that neither the user's configuration nor the environment can change what it says, and
/// so that it never touches the network.
package struct GitProgram: Sendable {
  /// What a finished process said on standard error, and whether it succeeded.
  struct Ending: Sendable {
    var isSuccess: Bool
    var complaint: String

    /// The line that says what went wrong, without Git's `fatal:`.
    var reason: String {
      let lines = complaint.split(separator: "\n")
      let prefixes = ["fatal: ", "error: "]
      for prefix in prefixes {
        if let line = lines.first(where: { $0.hasPrefix(prefix) }) { return String(line.dropFirst(prefix.count)) }
      }
      return lines.first.map(String.init) ?? "it failed without a word"
    }
  }

  /// Where Git is, looked up once: else a process would be started for every folder of the `PATH` until one has it.
  package static let executable = programPath("git").map { Executable.path(FilePath($0)) } ?? .name("git")

  /// Folders that the user declared safe although somebody else owns them.
  var safeFolders: [String] = []

  /// Runs Git and hands over its output piece by piece.
  /// - Throws: When Git cannot be started or its output not be read; not when it ends with an error.
  func run(
    _ arguments: [String], in folder: String, receive: (UnsafeRawBufferPointer) -> Void
  ) async throws(FileError) -> Ending {
    do {
      let result = try await Subprocess.run(
        GitProgram.executable, arguments: Arguments(flags + arguments), environment: environment,
        workingDirectory: FilePath(folder), input: .none, output: .sequence, error: .string(limit: 1 << 20)
      ) { execution in
        for try await buffer in execution.standardOutput { buffer.withUnsafeBytes(receive) }
      }
      return Ending(isSuccess: result.terminationStatus.isSuccess, complaint: result.standardError)
    } catch {
      throw GitProgram.failure(error)
    }
  }

  /// Runs Git with lines on its standard input.
  func run(
    _ arguments: [String], in folder: String, input: [UInt8], receive: (UnsafeRawBufferPointer) -> Void
  ) async throws(FileError) -> Ending {
    do {
      // Reading begins before writing ends, or both sides would wait on full pipes.
      let result = try await Subprocess.run(
        GitProgram.executable, arguments: Arguments(flags + arguments), environment: environment,
        workingDirectory: FilePath(folder), input: .inputWriter, output: .sequence, error: .string(limit: 1 << 20)
      ) { execution in
        let writer = execution.standardInputWriter
        async let written: Void = {
          do { _ = try await writer.write(input) } catch {
            try await writer.finish()
            throw error
          }
          try await writer.finish()
        }()
        for try await buffer in execution.standardOutput { buffer.withUnsafeBytes(receive) }
        try await written
      }
      return Ending(isSuccess: result.terminationStatus.isSuccess, complaint: result.standardError)
    } catch {
      throw GitProgram.failure(error)
    }
  }

  /// All output at once, for questions with short answers.
  func output(_ arguments: [String], in folder: String) async throws(FileError) -> (bytes: [UInt8], ending: Ending) {
    var bytes: [UInt8] = []
    let ending = try await run(arguments, in: folder) { bytes.append(contentsOf: $0) }
    return (bytes, ending)
  }

  private var flags: [String] {
    [
      "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.untrackedCache=false", "-c", "log.showSignature=false",
      "-c", "log.showRoot=true", "-c", "log.follow=false", "-c", "log.mailmap=true", "-c", "diff.renames=false",
      "-c", "advice.graftFileDeprecated=false",
    ] + safeFolders.flatMap { ["-c", "safe.directory=\($0)"] }
  }

  private var environment: Environment {
    var changes: [Environment.Key: String?] = [
      "GIT_ALLOW_PROTOCOL": "none", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0",
      "GIT_TERMINAL_PROMPT": "0", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
      "GIT_ATTR_NOSYSTEM": "1", "GIT_GRAFT_FILE": "/dev/null", "LC_ALL": "C",
    ]
    for name in GitProgram.forgotten { changes[Environment.Key(stringLiteral: name)] = .some(nil) }
    return .inherit.updating(changes)
  }

  /// Variables that would point Git at another repository or change its output; a hook that runs us sets some.
  private static let forgotten = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_CONFIG", "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS",
    "GIT_DIFF_OPTS", "GIT_DIR", "GIT_EXTERNAL_DIFF", "GIT_GLOB_PATHSPECS", "GIT_ICASE_PATHSPECS",
    "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_LITERAL_PATHSPECS", "GIT_NAMESPACE", "GIT_NOGLOB_PATHSPECS",
    "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_QUARANTINE_PATH", "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE",
    "GIT_TRACE", "GIT_TRACE2", "GIT_TRACE2_EVENT", "GIT_WORK_TREE", "LANGUAGE",
  ]

  /// What the user declared safe, read from the configuration that is otherwise ignored.
  static func declaredSafeFolders(for folder: String) async throws(FileError) -> [String] {
    var folders: [String] = []
    do {
      let result = try await Subprocess.run(
        GitProgram.executable, arguments: ["config", "--includes", "-z", "--get-all", "safe.directory"],
        environment: .inherit.updating(["GIT_DIR": "/dev/null", "LC_ALL": "C"]),
        workingDirectory: FilePath(folder), output: .string(limit: 1 << 20))
      folders = result.standardOutput.split(separator: "\0").map(String.init)
    } catch {
      throw failure(error)
    }
    return folders
  }

  private static func failure(_ error: any Error) -> FileError {
    guard let error = error as? SubprocessError else { return FileError("git", "\(error)") }
    if error.code == .executableNotFound {
      return FileError("git", "the program is not installed", help: "install Git, or add its folder to `PATH`")
    }
    return FileError("git", error.description)
  }
}
