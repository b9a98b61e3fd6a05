/// The manual page, as `man` reads it.
///
/// - Source: man(7), the macros of groff's an-old.tmac.
struct ManualPage {
  private let program: CommandDescription
  private let version: String

  init(_ program: CommandDescription, version: String) {
    (self.program, self.version) = (program, version)
  }

  var text: String {
    var text = ".TH GAZETTE 1 \"\" \"Gazette \(version)\" \"Gazette\"\n"
    text += ".SH NAME\ngazette \\- \(escaped(program.abstract ?? ""))\n"
    text += ".SH SYNOPSIS\n.B gazette\n.I COMMAND\n[\\fIOPTION\\fR]\\&...\n"
    text += ".SH DESCRIPTION\n" + verbatim(program.discussion)
    text += ".SH COMMANDS\n"
    for command in program.commands { text += section(command) }
    text += """
      .SH EXIT STATUS
      .TP
      .B 0
      Clean, or warnings only.
      .TP
      .B 1
      Findings that are errors.
      .TP
      .B 2
      Wrong usage, or the machine failed.
      .SH FILES
      .TP
      .I content/gazette.yml
      The site. \\fBgazette schema\\fR describes every file of the content folder.
      .SH ENVIRONMENT
      .TP
      .B NO_COLOR
      Set to anything, it keeps colours out of reports.

      """
    return text
  }

  private func section(_ command: CommandDescription) -> String {
    var text = ".SS \"\(escaped(command.synopsis))\"\n\(escaped(command.abstract ?? ""))\n"
    for argument in command.ownArguments {
      text += ".TP\n.B \(escaped(argument.usage))\n\(escaped(argument.words))\n"
    }
    if let discussion = command.discussion { text += ".PP\n" + verbatim(discussion) }
    return text + command.commands.map(section).joined()
  }

  private func verbatim(_ text: String?) -> String {
    let lines = (text ?? "").split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) + "\n" }
    return ".nf\n" + lines.joined() + ".fi\n"
  }

  /// A line that troff takes for text, whatever it begins with.
  private func escaped(_ text: String) -> String {
    var line = ""
    for character in text {
      switch character {
      case "\\": line += "\\e"
      case "-": line += "\\-"
      case "\"": line += "\\(dq"
      case "…": line += "..."
      default: line.append(character)
      }
    }
    return line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
  }
}
