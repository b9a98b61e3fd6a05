import ArgumentParser
import Authoring
import Diagnostics
import Model

extension Exercise.Result: ExpressibleByArgument {}

struct NewExerciseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exercise",
    abstract: "Write down a rehearsal or a chaos experiment: exercises/ID.yml.",
    usage: "gazette new exercise [KIND] [OPTION]…",
    discussion: """
      Example:
        gazette new exercise rollback --product gateway --environment staging \\
          --result succeeded --duration PT18M --by ana
      """)

  @Argument(help: "What was rehearsed, such as rollback.")
  var kind: String?

  @Option(name: .customLong("product"), help: "With which product.")
  var products: [String] = []

  @Option(name: .customLong("environment"), help: "Where.")
  var environments: [String] = []

  @Option(help: ArgumentHelp("What came out.", valueName: "RESULT"))
  var result: Exercise.Result?

  @Option(help: ArgumentHelp("How long it took.", valueName: "PT18M"))
  var duration: String?

  @Option(help: "What was learnt.")
  var findings: String?

  @Option(name: .customLong("by"), help: ArgumentHelp("Who took part.", valueName: "PERSON"))
  var people: [String] = []

  @Option(help: ArgumentHelp("The name of the file (default: from day, kind and product).", valueName: "ID"))
  var id: String?

  @OptionGroup var writing: WritingOptions
  @OptionGroup var report: ReportOptions

  func run() async throws {
    let content = try await writing.open(report)
    let kind = try Questions().text("the kind of exercise", flag: "it, such as `rollback`", given: kind)
    guard isIdentifier(kind) else {
      throw UsageError("`\(kind)` is no kind of exercise", help: "use a–z, 0–9 and `-` only, such as `rollback`")
    }
    if let duration, TimeSpan(duration) == nil {
      throw UsageError("`\(duration)` is not a duration", help: "write `PT18M` for 18 minutes")
    }
    var words = NewFile.ExerciseWords(kind)
    words.products = products
    words.environments = environments
    words.result = result
    words.duration = duration
    words.findings = findings
    words.by = people
    words.id = id
    try await writing.write(try .exercise(words, at: writing.moment, in: content), to: content, report)
  }
}
