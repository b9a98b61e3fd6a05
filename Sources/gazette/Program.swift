import ArgumentParser
import Authoring
import CHeap
import Diagnostics

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The version of this program, as pages and `--version` show it.
let gazetteVersion = "0.1.0"

@main
struct Program: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gazette",
    abstract: "Release notes, and the record behind them, as a static site out of a Git checkout.",
    discussion: """
      A first site, in any repository with tags:
        gazette init && gazette build && open _site/index.html

      Exit status: 0 clean or warnings only, 1 findings that are errors, 2 wrong
      usage or the machine failed. `gazette COMMAND --help-hidden` shows rarely
      needed options too.
      """,
    version: gazetteVersion,
    subcommands: [
      InitCommand.self, ImportCommand.self, CheckCommand.self, BuildCommand.self, MergeCommand.self, ServeCommand.self,
      GateCommand.self, NewCommand.self, ReleaseCommand.self, RecordCommand.self, NotesCommand.self, DiffCommand.self,
      CalendarCommand.self, MetricsCommand.self, VerifyCommand.self, ExplainCommand.self, SchemaCommand.self,
      ExportCommand.self, CompletionCommand.self, ManCommand.self,
    ])

  static func main() async {
    // A reader that stops reading, such as `head`, is no reason to die.
    signal(SIGPIPE, SIG_IGN)
    keepStandardStreams()
    gazette_grow_heap_in_large_steps()
    let arguments = Array(CommandLine.arguments.dropFirst())
    if let unknown = unknownCommand(in: arguments) {
      Console.standardError.write(problem(unknown.message, help: unknown.help))
      end(with: ExitStatus.wrongUsage)
    }
    do {
      var command = try parseAsRoot(arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      end(with: status(of: error))
    }
    end(with: ExitStatus.clean)
  }

  /// The first word that names no command where one is expected.
  private static func unknownCommand(in arguments: [String]) -> UsageError? {
    var (command, name) = (Program.self as any ParsableCommand.Type, "gazette")
    for word in arguments.first == "help" ? arguments.dropFirst() : arguments[...] {
      let commands = command.configuration.subcommands
      if commands.isEmpty || word.hasPrefix("-") { return nil }
      guard let next = commands.first(where: { $0.configuration.commandName == word }) else {
        let known = commands.compactMap { $0.configuration.commandName }
        return UsageError(
          "unknown command `\((name + " " + word).dropFirst("gazette ".count))`",
          help: nearest(to: word, among: known).map { "did you mean `\($0)`?" } ?? "`\(name) --help` lists them")
      }
      (command, name) = (next, name + " " + word)
    }
    return nil
  }

  /// Says what is wrong, and gives the exit status that stands for it.
  private static func status(of error: any Error) -> Int32 {
    switch error {
    case let failure as FileError:
      Console.standardError.write(problem(failure.description, help: failure.help))
      return ExitStatus.machineFailed
    case let usage as UsageError:
      Console.standardError.write(problem(usage.message, help: usage.help))
      return ExitStatus.wrongUsage
    case let refusal as Refusal:
      Console.standardError.write(problem(refusal.message, help: refusal.help))
      return ExitStatus.wrongUsage
    case let code as ExitCode:
      return code.rawValue
    default:
      let code = exitCode(for: error)
      let text = fullMessage(for: error) + "\n"
      (code.isSuccess ? Console.standardOutput : Console.standardError).write(text)
      return code.isSuccess ? ExitStatus.clean : ExitStatus.wrongUsage
    }
  }

  private static func problem(_ message: String, help: String?) -> String {
    "error: \(message)\n" + (help.map { " = help: \($0)\n" } ?? "")
  }
}

/// Whoever closes standard output or error shall not have a file of ours opened in its place, and words written there.
private func keepStandardStreams() {
  for stream: Int32 in 0...2 where fcntl(stream, F_GETFD) == -1 { _ = open("/dev/null", O_RDWR) }
}

private func end(with status: Int32) -> Never {
  guard let failure = Console.failure else { exit(status) }
  Console.standardError.write(
    "error: some of the result did not reach standard output: \(failure)\n"
      + " = help: make room, or send it elsewhere, and run it again\n")
  exit(ExitStatus.machineFailed)
}

/// Keeps values to the end of the process: taking a large site apart would take longer than its system does.
func keepToTheEnd(_ values: [any Sendable]) { _ = Unmanaged.passRetained(Kept(values)) }

private final class Kept: Sendable {
  let values: [any Sendable]

  init(_ values: [any Sendable]) { self.values = values }
}

/// What the process ends with.
enum ExitStatus {
  static let clean: Int32 = 0
  static let hasErrors: Int32 = 1
  static let wrongUsage: Int32 = 2
  static let machineFailed: Int32 = 2
}

/// A command that makes no sense as it was typed.
struct UsageError: Error {
  var message: String
  var help: String?

  init(_ message: String, help: String? = nil) {
    (self.message, self.help) = (message, help)
  }
}
