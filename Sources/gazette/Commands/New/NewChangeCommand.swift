import ArgumentParser
import Authoring
import Diagnostics
import Ingest
import Model

extension Change.Kind: ExpressibleByArgument {}

struct NewChangeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "change",
    abstract: "Write a change that waits for its release: changes/PRODUCT/ID.md.",
    usage: "gazette new change [PRODUCT] [TEXT] [OPTION]…",
    discussion: """
      Each change is a file of its own, so that branches never edit the same lines.

      Examples:
        gazette new change gateway "Search answers in half the time" --kind feature
        gazette new change gateway "/v1/find is gone" --kind breaking \\
          --action "Call /v2/search" --ref '#412'
      """)

  @Argument(help: "The id of the product.")
  var product: String?

  @Argument(help: "What changed, in Markdown, for the reader of the notes.")
  var text: String?

  @Option(help: ArgumentHelp("What kind of change it is.", valueName: "KIND"))
  var kind: Change.Kind?

  @Option(help: ArgumentHelp("The name of the file, and the change's id (default: from the text).", valueName: "ID"))
  var id: String?

  @Option(help: "The part of the product that it is in.")
  var component: String?

  @Option(name: .customLong("ref"), help: "A ticket or the like; several times for several.")
  var refs: [String] = []

  @Option(help: "What the reader must do.")
  var action: String?

  @Option(help: "What happens if they do not.")
  var impact: String?

  @Option(help: ArgumentHelp("Who may see it.", valueName: "AUDIENCE"))
  var audience: Audience?

  @Option(help: ArgumentHelp("Nothing of it is public before.", valueName: "MOMENT"), transform: TimeArgument.moment)
  var embargoUntil: Moment?

  @Option(name: .customLong("also"), help: ArgumentHelp("Another product that it is for.", valueName: "PRODUCT"))
  var also: [String] = []

  @OptionGroup var writing: WritingOptions
  @OptionGroup var report: ReportOptions

  func run() async throws {
    let content = try await writing.open(report)
    let ask = Questions()
    let product = try ask.name(
      "the product", flag: "its id", given: product, among: content.records.products.map(\.id.text))
    let kind = try ask.choice("the kind of the change", flag: "`--kind`", given: kind)
    let text = try ask.text("the text of the change", flag: "it behind the product", given: text)
    var words = NewFile.ChangeWords(for: product, kind: kind, text: text)
    words.id = id
    words.component = component
    words.refs = refs
    words.action = action
    if kind == .breaking || kind == .removal {
      words.action = try ask.text("what the reader must do", flag: "`--action`", given: action)
    }
    words.impact = impact
    words.audience = audience
    words.embargoUntil = embargoUntil
    words.products = also
    try await writing.write(try .change(words, in: content), to: content, report)
  }
}
