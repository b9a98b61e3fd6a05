import ArgumentParser
import Authoring
import Diagnostics
import Model

struct NewPageCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "page",
    abstract: "Write a free page: a guide, a policy, a runbook: pages/ID.md.",
    usage: "gazette new page [TITLE] [OPTION]…",
    discussion: """
      Examples:
        gazette new page "How to upgrade" --audience public
        gazette new page "Rollback" --id runbooks/rollback --owner ana
      """)

  @Argument(help: "Its title.")
  var title: String?

  @Option(help: ArgumentHelp("Its path below pages/ (default: from the title).", valueName: "ID"))
  var id: String?

  @Option(help: ArgumentHelp("Who may see it (default: internal).", valueName: "AUDIENCE"))
  var audience: Audience = .internal

  @Option(help: ArgumentHelp("Who keeps it true.", valueName: "PERSON"))
  var owner: String?

  @OptionGroup var writing: WritingOptions
  @OptionGroup var report: ReportOptions

  func run() async throws {
    let content = try await writing.open(report)
    let title = try Questions().text("the title of the page", flag: "it behind `page`", given: title)
    let file = try NewFile.page(title, id: id, audience: audience, owner: owner, in: content)
    try await writing.write(file, to: content, report)
  }
}
