import ArgumentParser
import Diagnostics

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what a code means, why, with an example, and how to fix it.",
    discussion: """
      Examples:
        gazette explain C002
        gazette explain          lists all codes
      """)

  @Argument(help: ArgumentHelp("A code from a finding.", valueName: "CODE"))
  var code: String?

  func run() throws {
    guard let id = code else {
      let width = Code.all.map(\.id.count).max() ?? 0
      let lines = Code.all.map { $0.id + String(repeating: " ", count: width - $0.id.count) + "  " + $0.title + "\n" }
      return Console.standardOutput.write(lines.joined())
    }
    guard let code = Code.named(id) else {
      throw UsageError(
        "there is no code `\(id)`",
        help: suggestion(for: id.uppercased(), among: Code.all.map(\.id)) ?? "`gazette explain` lists all codes")
    }
    Console.standardOutput.write(words(for: code))
  }

  private func words(for code: Code) -> String {
    var text = "\(code.id): \(code.title)\n\n" + folded(code.why) + "\n"
    if !code.example.isEmpty {
      text += "Example:\n\n"
      let lines = code.example.split(separator: "\n", omittingEmptySubsequences: false)
      text += lines.map { "    \($0)\n" }.joined() + "\n"
    }
    return text + "What to do:\n\n" + folded(code.fix)
  }

  /// Lines of at most 80 characters; lines of the text stay lines.
  private func folded(_ text: String) -> String {
    var folded = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var width = 0
      for word in line.split(separator: " ") {
        if width > 0, width + 1 + word.count > 80 {
          folded += "\n"
          width = 0
        }
        folded += (width > 0 ? " " : "") + word
        width += word.count + (width > 0 ? 1 : 0)
      }
      folded += "\n"
    }
    return folded
  }
}
