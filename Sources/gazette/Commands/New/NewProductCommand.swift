import ArgumentParser
import Authoring
import Diagnostics
import Ingest
import Model

extension Product.Kind: ExpressibleByArgument {}
extension VersionScheme: ExpressibleByArgument {}

struct NewProductCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "product",
    abstract: "Write a product, as far as its tags and its folder tell: products/ID.yml.",
    usage: "gazette new product [ID] [OPTION]…",
    discussion: """
      Examples:
        gazette new product gateway
        gazette new product gateway --name "Harbor Gateway" --kind service
      """)

  @Argument(help: "Its id, which is part of its addresses.")
  var id: String?

  @Option(help: "How people call it.")
  var name: String?

  @Option(help: ArgumentHelp("What it is.", valueName: "KIND"))
  var kind: Product.Kind?

  @Option(help: ArgumentHelp("How its versions are written (default: as its tags are).", valueName: "SCHEME"))
  var versioning: VersionScheme?

  @OptionGroup var writing: WritingOptions
  @OptionGroup var report: ReportOptions

  func run() async throws {
    let content = try await writing.open(report)
    let ask = Questions()
    let id = try ask.text("the id of the product", flag: "it, such as `gazette new product gateway`", given: id)
    guard let repository = content.checkout.repository else { return }
    let view = RepositoryView(
      root: content.checkout.root, tags: try await repository.tags(), remote: try await repository.remoteURL())
    let file = try NewFile.product(
      id, name: name, kind: kind, versioning: versioning, from: view, in: content)
    try await writing.write(file, to: content, report)
  }
}
