import ArgumentParser
import Authoring
import Diagnostics
import Model

extension Incident.Severity: ExpressibleByArgument {}

struct NewIncidentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "incident",
    abstract: "Write down that something went wrong: incidents/ID.yml.",
    usage: "gazette new incident [TITLE] [OPTION]…",
    discussion: """
      It is internal until its file says `audience: public`.

      Examples:
        gazette new incident "Search was slow" --product gateway --severity high
        gazette new incident "Search was slow" --caused-by gateway@2.4.0 \\
          --began 2026-11-02T08:40Z --environment production
      """)

  @Argument(help: "What happened, in a few words.")
  var title: String?

  @Option(name: .customLong("product"), help: "A product that it hit.")
  var products: [String] = []

  @Option(name: .customLong("environment"), help: "Where.")
  var environments: [String] = []

  @Option(help: ArgumentHelp("How bad it was.", valueName: "SEVERITY"))
  var severity: Incident.Severity?

  @Option(help: ArgumentHelp("The release that caused it (default: unknown).", valueName: "PRODUCT@VERSION"))
  var causedBy: ReleaseName?

  @Option(
    help: ArgumentHelp("When it began (default: when it was noticed).", valueName: "DAY|MOMENT"),
    transform: TimeArgument.when)
  var began: When?

  @Option(help: "What customers noticed.")
  var customerImpact: String?

  @Option(help: ArgumentHelp("The name of the file (default: from day and title).", valueName: "ID"))
  var id: String?

  @OptionGroup var writing: WritingOptions
  @OptionGroup var report: ReportOptions

  func run() async throws {
    let content = try await writing.open(report)
    let ask = Questions()
    let title = try ask.text("what happened", flag: "it in a few words behind `incident`", given: title)
    let severity = try ask.choice("how bad it was", flag: "`--severity`", given: severity)
    var words = NewFile.IncidentWords(title, detected: writing.moment)
    words.severity = severity
    words.products = products
    words.environments = environments
    words.began = began
    words.customerImpact = customerImpact
    words.id = id
    if let causedBy {
      let product = try content.product(causedBy.product)
      try await content.require(causedBy.version, of: product, namedBy: "--caused-by")
      words.causedBy = (causedBy.product, causedBy.version)
      if words.products.isEmpty { words.products = [causedBy.product] }
    }
    try await writing.write(try .incident(words, in: content), to: content, report)
  }
}

/// `gateway@2.4.0`.
struct ReleaseName: ExpressibleByArgument, Hashable, Sendable {
  var product: String
  var version: String

  init?(argument: String) {
    let parts = argument.split(separator: "@", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    (product, version) = (parts[0], parts[1])
  }
}
