import ArgumentParser

struct ManCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "man",
    abstract: "The manual page: every command and option.",
    usage: "gazette man [OPTION]…",
    discussion: """
      Examples:
        gazette man | man -l -
        gazette man > /usr/local/share/man/man1/gazette.1
        gazette man --markdown       the same for the guide
        gazette man --fields         every field of every file, for the guide
      """)

  @Flag(help: "As a page of a site, in Markdown.")
  var markdown = false

  @Flag(help: "The fields of the files instead, in Markdown.")
  var fields = false

  func run() throws {
    if fields { return Console.standardOutput.write(FieldsPage().text) }
    let description = try CommandDescription.ofProgram()
    Console.standardOutput.write(
      markdown ? CommandsPage(description).text : ManualPage(description, version: gazetteVersion).text)
  }
}
