import ArgumentParser
import Diagnostics
import Publishing

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what a code or a rule means, why, with an example, and how to fix it.",
    usage: "gazette explain [CODE|RULE]",
    discussion: """
      Examples:
        gazette explain C002
        gazette explain approvals-complete
        gazette explain          lists all codes and rules
      """)

  @Argument(help: ArgumentHelp("A code or a rule from a finding.", valueName: "CODE|RULE"))
  var name: String?

  func run() throws {
    guard let id = name else {
      let all = Explanation.all
      let width = all.map(\.id.count).max() ?? 0
      let lines = all.map { $0.id + String(repeating: " ", count: width - $0.id.count) + "  " + $0.title + "\n" }
      return Console.standardOutput.write(lines.joined())
    }
    guard let explanation = Explanation.named(id) else {
      let known = Explanation.all.map(\.id)
      throw UsageError(
        "there is no code or rule `\(id)`",
        help: suggestion(for: id, among: known) ?? "`gazette explain` lists them all")
    }
    Console.standardOutput.write(words(for: explanation))
  }

  private func words(for explanation: Explanation) -> String {
    let sections = explanation.sections.map { section in
      (section.title.map { "\($0):\n\n" } ?? "") + (section.isVerbatim ? indented(section.text) : folded(section.text))
    }
    return "\(explanation.id): \(explanation.title)\n\n" + sections.joined(separator: "\n")
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
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
