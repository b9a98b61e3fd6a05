import ArgumentParser

struct CompletionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completion",
    abstract: "What makes a shell complete commands and options.",
    usage: "gazette completion SHELL",
    discussion: """
      Examples:
        gazette completion bash > ~/.local/share/bash-completion/completions/gazette
        gazette completion zsh > ~/.zfunc/_gazette     with ~/.zfunc in fpath
        gazette completion fish > ~/.config/fish/completions/gazette.fish
      """)

  enum Shell: String, CaseIterable, ExpressibleByArgument {
    case bash, zsh, fish

    var completion: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }

  @Argument(help: ArgumentHelp("bash, zsh or fish.", valueName: "SHELL"))
  var shell: Shell

  func run() { Console.standardOutput.write(Program.completionScript(for: shell.completion) + "\n") }
}
