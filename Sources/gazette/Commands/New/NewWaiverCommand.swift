import ArgumentParser
import Authoring
import Diagnostics
import Ingest
import Model
import Publishing

struct NewWaiverCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waiver",
    abstract: "Write an accepted exception from a rule: waivers/ID.yml.",
    usage: "gazette new waiver [RULE] [OPTION]…",
    discussion: """
      Whoever approves it is no author of the release, and commits it.

      Example:
        gazette new waiver tests-passed --product gateway --versions '>=2.4, <2.5' \\
          --reason "The test farm burnt down" --approved-by kemi --role compliance \\
          --expires 2026-12-31
      """)

  @Argument(help: "The rule that it excuses from.")
  var rule: String?

  @Option(help: "The product whose releases it excuses.")
  var product: String?

  @Option(help: ArgumentHelp("Which of its versions (default: all).", valueName: "RANGE"))
  var versions: String?

  @Option(help: "Why it is acceptable.")
  var reason: String?

  @Option(help: ArgumentHelp("Who accepted it.", valueName: "PERSON"))
  var approvedBy: String?

  @Option(help: "In which role.")
  var role: String?

  @Option(help: ArgumentHelp("Who asked for it (default: whoever commits).", valueName: "PERSON"))
  var requestedBy: String?

  @Option(help: ArgumentHelp("What is due later is not excused.", valueName: "DAY"), transform: TimeArgument.when)
  var expires: When?

  @Option(help: "What is done instead.")
  var compensating: String?

  @Option(help: ArgumentHelp("The name of the file (default: from product and rule).", valueName: "ID"))
  var id: String?

  @OptionGroup var writing: WritingOptions
  @OptionGroup var report: ReportOptions

  func run() async throws {
    let content = try await writing.open(report)
    let ask = Questions()
    let rules = Explanation.all.map(\.id).filter { isIdentifier($0) }
    let rule = try ask.text("the rule", flag: "its name, such as `gazette new waiver tests-passed`", given: rule)
    guard rules.contains(rule) else {
      throw UsageError(
        "there is no rule `\(rule)`", help: suggestion(for: rule, among: rules) ?? "`gazette explain` lists them all")
    }
    let product = try ask.name(
      "the product", flag: "`--product`", given: product, among: content.records.products.map(\.id.text))
    let reason = try ask.text("the reason", flag: "`--reason`", given: reason)
    let approver = try ask.name(
      "the person who accepted it", flag: "`--approved-by`", given: approvedBy,
      among: content.records.site.people.map(\.id))
    let expires = try ask.value(
      "the last day", flag: "`--expires`", given: expires, such: "2026-12-31"
    ) { When($0) }
    var words = NewFile.WaiverWords(from: rule, for: product, because: reason, approvedBy: approver, until: expires)
    words.id = id
    words.versions = versions
    words.role = role
    words.compensating = compensating
    let committer = try await WorkingGit(in: content.checkout.root).identities()?.committer
    words.requestedBy = requestedBy ?? content.person(committing: committer)?.id
    try await writing.write(try .waiver(words, at: writing.moment, in: content), to: content, report)
  }
}
