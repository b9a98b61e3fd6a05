/// Every command as a page of the guide, in Markdown.
struct CommandsPage {
  private let program: CommandDescription

  init(_ program: CommandDescription) {
    self.program = program
  }

  var text: String {
    var text = """
      ---
      title: Every command
      summary: What each command of gazette does, with its options.
      order: 90
      ---

      <!-- Written by `gazette man --markdown`; a test says when it is out of date. -->

      `gazette COMMAND --help` shows the same in a terminal, `gazette man | man -l -` as a manual page. Exit status: 0
      clean, or warnings only; 1 findings that are errors; 2 wrong usage, or the machine failed.


      """
    let shared = sharedOptions
    text += "## Options of several commands\n\n" + table(shared.map(\.argument)) + "\n"
    for command in program.commands { text += section(command, without: Set(shared.map(\.argument.usage))) }
    return text
  }

  /// Options that at least four commands have alike, which are said once.
  private var sharedOptions: [(argument: CommandDescription.Argument, count: Int)] {
    var found: [(argument: CommandDescription.Argument, count: Int)] = []
    for argument in program.commands.flatMap({ [$0] + $0.commands }).flatMap(\.ownArguments)
    where argument.kind != .positional {
      if let position = found.firstIndex(where: {
        $0.argument.usage == argument.usage && $0.argument.words == argument.words
      }) {
        found[position].count += 1
      } else {
        found.append((argument, 1))
      }
    }
    return found.filter { $0.count >= 4 }
  }

  private func section(_ command: CommandDescription, without shared: Set<String>, level: String = "##") -> String {
    var text = "\(level) `\(command.fullName)`\n\n\(command.abstract ?? "")\n\n```text\n\(command.synopsis)\n```\n\n"
    let own = command.ownArguments.filter { !shared.contains($0.usage) }
    if !own.isEmpty { text += table(own) + "\n" }
    if let discussion = command.discussion { text += "```text\n\(discussion)\n```\n\n" }
    return text + command.commands.map { section($0, without: shared, level: level + "#") }.joined()
  }

  private func table(_ arguments: [CommandDescription.Argument]) -> String {
    "| option | what it does |\n| --- | --- |\n"
      + arguments.map { argument in
        "| `\(argument.usage.replacing("|", with: "\\|"))` | \(argument.words.replacing("|", with: "\\|")) |\n"
      }.joined()
  }
}
