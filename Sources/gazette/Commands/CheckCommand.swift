import ArgumentParser
import Diagnostics
import Publishing

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read and judge; write nothing.",
    discussion: """
      Examples:
        gazette check
        gazette check --strict --report text --report json=findings.json
      """)

  @OptionGroup var source: SourceOptions
  @OptionGroup var report: ReportOptions

  func run() async throws {
    let build = try await report.withProgress(source.request(isStrict: report.strict)) { try await check($0) }
    keepToTheEnd(build.remains)
    try report.tell(build.report, root: build.root)
    if build.report.isEmpty {
      let (releases, products) = (counted(build.releases, "release"), counted(build.products, "product"))
      report.say("Nothing is wrong with \(releases) of \(products).\n")
    }
  }
}
