import ArgumentParser
import Authoring
import Diagnostics
import Ingest
import Model

extension Acceptance.Result: ExpressibleByArgument {}

struct RecordAcceptanceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "acceptance",
    abstract: "Record that a criterion was accepted, or not.",
    usage: "gazette record acceptance PRODUCT VERSION --criterion TEXT [OPTION]…",
    discussion: """
      Example:
        gazette record acceptance gateway 2.4.0 --criterion "Search finds umlauts" \\
          --role product-owner --evidence unit --commit
      """)

  @OptionGroup var options: RecordOptions

  @Option(help: "What had to be so.")
  var criterion: String

  @Option(help: ArgumentHelp("Who judged it (default: whoever commits).", valueName: "PERSON"))
  var by: String?

  @Option(help: "In which role.")
  var role: String?

  @Option(help: ArgumentHelp("What they found (default: accepted).", valueName: "RESULT"))
  var result: Acceptance.Result = .accepted

  @Option(help: ArgumentHelp("The evidence in this record that shows it.", valueName: "ID"))
  var evidence: String?

  func run() async throws {
    let scene = try await options.scene()
    let known = scene.record.evidence.map(\.id.value)
    if let evidence, !known.contains(evidence) {
      throw UsageError(
        "the record has no evidence `\(evidence)`",
        help: suggestion(for: evidence, among: known) ?? "add it with `gazette record evidence`")
    }
    var words = Part.AcceptanceWords(criterion)
    words.by = try scene.person(by)?.id
    (words.role, words.result, words.evidence) = (role, result, evidence)
    try await options.record(.acceptance(words, at: scene.at), in: scene)
  }
}
