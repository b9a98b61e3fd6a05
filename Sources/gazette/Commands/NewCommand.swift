import ArgumentParser

struct NewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Write a change, a product, an incident and the like.",
    discussion: """
      Never writes over a file. What is missing is asked for on a terminal;
      elsewhere the command says which flag it lacks.

      Examples:
        gazette new change gateway "Search answers in half the time" --kind feature
        gazette new product gateway --name "Harbor Gateway"
        gazette new incident "Search was slow" --product gateway --severity high
        gazette new waiver tests-passed --product gateway --expires 2026-12-31 …
        gazette new exercise rollback --product gateway --environment staging
        gazette new page "How to upgrade"
      """,
    subcommands: [
      NewChangeCommand.self, NewProductCommand.self, NewWaiverCommand.self, NewIncidentCommand.self,
      NewExerciseCommand.self, NewPageCommand.self,
    ])
}
